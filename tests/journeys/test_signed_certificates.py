"""The PDF that an official signed goes home to its owner alone, by a line or a stick, behind everybody's results."""

import random
from dataclasses import replace
from types import SimpleNamespace

import pytest

from desktop.app.proofs import Proofs
from desktop.cli import main as suluh
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.evidence.judge import Worth, judge_file, known_here
from desktop.evidence.proofs import certificates_of, known_certificates, signed_file
from desktop.office.carry import to_centre
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.screens.paper_sheet import PaperSize
from desktop.store.facts import Scope
from sync.client.deliver import deliver
from sync.client.faults import Failure, Fault
from sync.client.stick import Stick
from sync.client.transport import Transport
from sync.folds.certificates import KINDS as TOLD
from sync.folds.certificates import PART
from sync.server import signed_papers
from tests.builders.road import COURSE, READ, Pc, read_all, sent, take_quiz
from tests.builders.signed import signed_pdf

FERDINAND, HELENA = LEARNERS[2], LEARNERS[3]
ONE_REPLY = 40 * 1024
"""Bytes of one answer with a piece of a file: five seconds at 64 kbit/s, and all that a cut costs."""


@pytest.fixture
def story(town, tmp_path, cheap_pins, qapp):
    office = town.office((COORDINATOR, FERDINAND, HELENA))
    pc = Pc(tmp_path / "pc", "PC Loket 1", office)
    pc.install(town.pack())
    yield town, office, pc
    pc.off()


def issued(story, tmp_path):
    """Both finish and get a number; the centre's paper for Ferdinand's official to sign lies in a file."""
    town, office, pc = story
    people = pc.sit(FERDINAND), pc.sit(HELENA)
    for one in people:
        learning = pc.learning(one)
        read_all(learning)
        take_quiz(learning)
        sent(one, town.url)
    town.ask("certificate", "form", "--issuer", "BPSDM Provinsi", "--code", "SLH/BPSDM")
    said = town.ask("certificate", "issue", "--office", office.name).splitlines()[:-1]
    number = {line.rsplit("  ", 1)[1]: line.split("  ")[0] for line in said}
    return *people, number[FERDINAND.name], number[HELENA.name]


def drawn(town, number, tmp_path):
    """The paper of a number, as the centre's operator draws it for the official."""
    text, paper = tmp_path / "teks.txt", tmp_path / "untuk-ditandatangani.pdf"
    text.write_text(town.ask("certificate", "text", number))
    assert suluh(["paper", str(text), str(paper)]) == 0
    return paper.read_bytes()


def attached(town, number, data, tmp_path, *more):
    file = tmp_path / "bertanda-tangan.pdf"
    file.write_bytes(data)
    return town.ask("certificate", "attach", number, str(file), *more)


def _file(tmp_path, data):
    path = tmp_path / "diperiksa.pdf"
    path.write_bytes(data)
    return str(path)


def _session(pc, profile):
    return SimpleNamespace(profile=profile, shelf=pc.shelf, app=SimpleNamespace(store=pc.store, jobs=None))


class Watched:
    """The line to the centre; notes what each answer weighed, and drops the answers that it is told to."""

    def __init__(self, url, dropped=()):
        self._road, self._dropped, self.weighed = Transport(url), set(dropped), []

    def post(self, body):
        answer = self._road.post(body)
        self.weighed.append(answer.received)
        return Failure(Fault.CUT) if len(self.weighed) in self._dropped else answer


def test_the_signed_file_comes_home_in_pieces_over_a_line_that_breaks_and_to_nobody_else(story, tmp_path):
    town, _, pc = story
    ferdinand, helena, his, hers = issued(story, tmp_path)
    official = signed_pdf(drawn(town, his, tmp_path), 300_000)
    assert his in attached(town, his, official, tmp_path)
    town.ask("certificate", "revoke", hers, "--reason", "Tugas akhirnya disalin")

    line = Watched(town.url, dropped=(3, 7))
    for _ in range(3):  # two breaks, then to the end
        deliver(ferdinand, line, pc.store.clock)
    held = certificates_of(ferdinand)[COURSE]
    assert signed_file(ferdinand, held).data == official
    assert max(line.weighed) < ONE_REPLY
    assert sum(line.weighed) < 1.35 * len(official), "a break brings only its own piece again"
    sent(helena, town.url)
    assert certificates_of(helena)[COURSE].revoked is not None
    assert helena.facts(kinds=(PART,)) == ()
    assert {one.number for one in known_certificates(helena).values()} == {hers}

    # nothing is asked again, nor attached again
    quiet = Watched(town.url)
    deliver(ferdinand, quiet, pc.store.clock)
    attached(town, his, official, tmp_path)
    deliver(ferdinand, quiet, pc.store.clock)
    assert max(quiet.weighed) < 800
    assert len(ferdinand.facts(kinds=TOLD)) == 2


def test_what_was_learned_leaves_and_what_was_said_arrives_before_a_file_is_whole(story, tmp_path):
    town, _, pc = story
    ferdinand, _, his, _ = issued(story, tmp_path)
    attached(town, his, signed_pdf(drawn(town, his, tmp_path), 200_000), tmp_path)
    deliver(ferdinand, Watched(town.url, dropped=(3,)), pc.store.clock)
    held = certificates_of(ferdinand)[COURSE]
    some = signed_file(ferdinand, held)
    assert some.data is None
    assert 0 < some.come < some.parts

    pc.learning(ferdinand).page_read(READ, 1, 9)
    town.ask("certificate", "revoke", his, "--reason", "Salah orang")
    one = Watched(town.url, dropped=(2,))
    deliver(ferdinand, one, pc.store.clock)
    assert ferdinand.unsent() == 0, "the page went with the first request"
    assert certificates_of(ferdinand)[COURSE].revoked == "Salah orang", "and the word overtook the file"
    assert signed_file(ferdinand, certificates_of(ferdinand)[COURSE]) is None


def test_by_stick_the_number_and_the_whole_file_come_home_in_one_round(story, tmp_path):
    town, office, pc = story
    ferdinand, helena, his, _ = issued(story, tmp_path)
    official = signed_pdf(drawn(town, his, tmp_path), 90_000)
    attached(town, his, official, tmp_path)
    desk = Pc(tmp_path / "meja", "PC Sekretariat", office)
    yohana = desk.sit(COORDINATOR)
    root = tmp_path / "flashdisk"
    root.mkdir()
    Stick(root, desk.store.office()).prepare()
    exchange(pc.store, Stick(root, pc.store.office()))
    merge(yohana, Stick(root, desk.store.office()))
    road = Transport(town.url)
    assert to_centre(yohana, lambda body: road.post(body, "/v1/carry").body).failure is None
    merge(yohana, Stick(root, desk.store.office()))
    exchange(pc.store, Stick(root, pc.store.office()))
    for one in (ferdinand, helena):
        one.catch_up()
    assert signed_file(ferdinand, certificates_of(ferdinand)[COURSE]).data == official
    assert helena.facts(kinds=(PART,)) == yohana.facts(Scope.OFFICE, kinds=(PART,)) == ()
    everything = b"\0".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    assert official[-60_000:-59_000] not in everything, "the one who carries it cannot read it"
    desk.off()


def test_a_changed_file_is_refused_and_one_taken_back_is_not_given_out(story, tmp_path):
    town, _, pc = story
    ferdinand, _, his, _ = issued(story, tmp_path)
    official = signed_pdf(drawn(town, his, tmp_path), 40_000)
    attached(town, his, official, tmp_path)
    sent(ferdinand, town.url)
    known = known_here(pc.store, known_certificates(ferdinand))
    assert judge_file(official, known).worth is Worth.SIGNED
    changed = official.replace(b"%%EOF", b"%%E0F", 1)
    assert judge_file(changed, known).worth is Worth.CHANGED
    assert judge_file(changed, known_here(pc.store)).worth is Worth.HOLDS, "others judge the text alone"
    assert town.ask("certificate", "check", _file(tmp_path, official)).count("SHA-256") == 1
    with pytest.raises(AssertionError, match="BUKAN"):
        town.ask("certificate", "check", _file(tmp_path, changed))

    paper = Proofs(_session(pc, ferdinand)).draw(COURSE, PaperSize.A4)
    assert (paper.title, paper.pdf, paper.fixed) == ("Sertifikat resmi bertanda tangan", official, True)
    town.ask("certificate", "revoke", his, "--reason", "Salah orang")
    sent(ferdinand, town.url)
    assert judge_file(official, known_here(pc.store, known_certificates(ferdinand))).worth is Worth.REVOKED
    gone = Proofs(_session(pc, ferdinand)).draw(COURSE, PaperSize.A4)
    assert (gone.kind, gone.fixed, gone.pdf != official) == ("bad", False, True)


def test_only_a_whole_signed_pdf_of_this_very_certificate_is_attached(story, tmp_path):
    town, _, _ = story
    _, _, his, hers = issued(story, tmp_path)
    paper = drawn(town, his, tmp_path)
    dice = random.Random(5).randbytes(4_000)
    for data, why in (
        (b"bukan pdf", "bukan PDF"),
        (paper, "belum ditandatangani"),
        (signed_pdf(drawn(town, hers, tmp_path), 20_000), "bukan milik"),
        (signed_pdf(b"%PDF-1.7\n" + dice + b"\n%%EOF\n", 20_000), "bukan milik"),
        (signed_pdf(paper, 3 << 20), "lebih besar"),
        (signed_pdf(paper, 20_000)[:-5_000], "bukan PDF"),
    ):
        with pytest.raises(AssertionError, match=why):
            attached(town, his, data, tmp_path)
    attached(town, his, signed_pdf(b"%PDF-1.7\n" + dice + b"\n%%EOF\n", 20_000), tmp_path, "--unmarked")
    with pytest.raises(AssertionError, match="bukan milik"):
        attached(town, his, signed_pdf(drawn(town, hers, tmp_path), 20_000), tmp_path, "--unmarked")
    town.ask("certificate", "revoke", his, "--reason", "Salah orang")
    with pytest.raises(AssertionError, match="sudah dicabut"):
        attached(town, his, signed_pdf(paper, 20_000), tmp_path)


def test_planted_a_file_in_the_wrong_persons_feed_reaches_that_person(story, tmp_path, monkeypatch):
    """What makes the stories above mean something: address it wrongly, and the other one has the parts."""
    town, _, pc = story
    ferdinand, helena, his, _ = issued(story, tmp_path)
    data = signed_pdf(drawn(town, his, tmp_path), 30_000)
    right = signed_papers.find

    def wrong(connection, number):
        return replace(right(connection, number), person=pc.store.office().find(HELENA.nip).person)

    monkeypatch.setattr(signed_papers, "find", wrong)
    attached(town, his, data, tmp_path)
    for one in (ferdinand, helena):
        sent(one, town.url)
    assert helena.facts(kinds=(PART,)) != ()
    assert signed_file(ferdinand, certificates_of(ferdinand)[COURSE]) is None
