"""From a provisional proof to a numbered certificate, that reaches its owner alone, and may be taken back."""

import re

import pytest

from desktop.cli import main as suluh
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.errors import Problem
from desktop.evidence.judge import Worth, judge, known_here
from desktop.evidence.proofs import certificates_of, known_certificates, provisional
from desktop.paper.proof_page import print_proof
from desktop.store.facts import Scope
from desktop.store.profile import Profile
from sync.folds.certificates import KINDS
from sync.proof import MARK, read_proof
from sync.refusal import Code, Refusal
from tests.builders.road import COURSE, Pc, read_all, send, sent, take_quiz

FERDINAND, HELENA = LEARNERS[2], LEARNERS[3]
TITLE = "Kantor yang rapi"


def finish(pc, profile):
    learning = pc.learning(profile)
    read_all(learning)
    take_quiz(learning)


@pytest.fixture
def story(town, tmp_path, cheap_pins):
    office = town.office((COORDINATOR, FERDINAND, HELENA))
    pc = Pc(tmp_path / "pc", "PC Loket 1", office)
    pc.install(town.pack())
    return town, office, pc


def numbers(town, office):
    return [
        line.split("  ")[0]
        for line in town.ask("certificate", "issue", "--office", office.name).splitlines()[:-1]
    ]


def test_a_finished_course_becomes_a_numbered_certificate_for_its_owner_alone(story):
    town, office, pc = story
    ferdinand, helena = pc.sit(FERDINAND), pc.sit(HELENA)
    with pytest.raises(Problem, match="belum selesai"):
        provisional(ferdinand, COURSE, TITLE)
    finish(pc, ferdinand)
    paper = provisional(ferdinand, COURSE, TITLE)
    assert judge(paper, known_here(pc.store)).worth is Worth.PROVISIONAL
    assert (read_proof(paper).name, read_proof(paper).nip) == (FERDINAND.name, FERDINAND.nip)

    town.ask("certificate", "form", "--issuer", "BPSDM Provinsi", "--code", "SLH/BPSDM")
    assert numbers(town, office) == [], "nothing has come to the centre yet"
    for one in (ferdinand, helena):
        sent(one, town.url)
    (number,) = numbers(town, office)
    assert re.fullmatch(r"\d{5}/SLH/BPSDM/20\d\d", number)
    assert numbers(town, office) == [], "each once"
    for one in (ferdinand, helena):
        sent(one, town.url)
    mine = certificates_of(ferdinand)[COURSE]
    assert (mine.number, mine.holds, certificates_of(helena)) == (number, True, {})
    assert helena.facts(kinds=KINDS) == ()
    found = judge(mine.proof, known_here(pc.store))
    assert (found.worth, found.proof.name, found.proof.jp) == (
        Worth.HOLDS,
        FERDINAND.name,
        read_proof(paper).jp,
    )

    town.ask("certificate", "revoke", number, "--reason", "Tugas akhirnya disalin")
    sent(ferdinand, town.url)
    gone = certificates_of(ferdinand)[COURSE]
    assert (gone.holds, gone.revoked) == (False, "Tugas akhirnya disalin")
    assert judge(mine.proof, known_here(pc.store, known_certificates(ferdinand))).worth is Worth.REVOKED
    assert judge(mine.proof, known_here(pc.store)).reason == "", "anybody at this PC learns that, not why"
    assert judge(mine.proof, known_here(pc.store)).worth is Worth.REVOKED
    assert numbers(town, office) == [], "what was taken back is not given again by itself"


def test_a_learner_cannot_issue_a_certificate_to_herself(story, monkeypatch):
    town, _, pc = story
    helena = pc.sit(HELENA)
    own = provisional_of_a_finished(pc, helena)
    assert judge(own, known_here(pc.store)).worth is Worth.PROVISIONAL
    fields = {"number": "00099/SLH/BPSDM/2026", "course": COURSE, "version": "1.0", "proof": own}
    with pytest.raises(Refusal) as told:
        helena.record("certificate.issued", **fields)
    assert told.value.code is Code.AUTHOR

    monkeypatch.setattr(Profile, "_allow", lambda *_: None)  # a program of her own does not ask
    helena.record("certificate.issued", **fields)
    assert len(helena.facts(Scope.OWN, kinds=KINDS)) == 1
    assert certificates_of(helena) == {}, "only the centre's word counts"
    assert "author" in {code for code, _ in send(helena, town.url).refusals}
    assert all(fact.statement.kind not in KINDS for fact in town.stored(helena.profile))


def provisional_of_a_finished(pc, profile):
    finish(pc, profile)
    return provisional(profile, COURSE, TITLE)


def test_a_changed_letter_or_another_centre_is_found_out(story, tmp_path):
    _, _, pc = story
    helena = pc.sit(HELENA)
    paper = provisional_of_a_finished(pc, helena)
    for at in range(len(MARK), len(paper), 17):
        changed = paper[:at] + ("A" if paper[at] != "A" else "B") + paper[at + 1 :]
        assert judge(changed, known_here(pc.store)).worth is Worth.FORGED


def test_the_printed_file_is_judged_by_the_command_at_any_pc(story, tmp_path, capsys):
    town, office, pc = story
    ferdinand = pc.sit(FERDINAND)
    finish(pc, ferdinand)
    town.ask("certificate", "form", "--issuer", "BPSDM Provinsi", "--code", "SLH/BPSDM")
    sent(ferdinand, town.url)
    (number,) = numbers(town, office)
    sent(ferdinand, town.url)
    file = tmp_path / "sertifikat.pdf"
    file.write_bytes(print_proof(certificates_of(ferdinand)[COURSE].proof))
    pc.off()

    assert suluh(["verify", str(file), "--data", str(pc.folder)]) == 0
    said = capsys.readouterr().out
    assert "Sertifikat ini asli." in said
    assert number in said
    assert FERDINAND.name in said

    assert suluh(["verify", str(file), "--data", str(tmp_path / "pc-lain")]) == 1
    assert "tidak mengenal pusat" in capsys.readouterr().out
    assert not (tmp_path / "pc-lain").exists(), "looking leaves nothing behind"
    file.write_bytes(b"%PDF-1.7 buatan sendiri")
    assert suluh(["verify", str(file), "--data", str(pc.folder)]) == 1
    assert "bukan bukti dari Suluh" in capsys.readouterr().out
