"""People without NIP at the centre: an office file names them by a code, and their stay and roles have a last day."""

import re

import pytest

from sync.journal.authority import Roots, Verdict, authority
from sync.journal.ending import last_second
from sync.journal.segment import decode_segment
from sync.officefile import read_office
from sync.officefile_codes import enrolment_proof, enrolment_verifier
from sync.refusal import Code
from sync.server.commands import main
from tests.builders.centre import BUDI, CentreProcess, Line, Pc, make_office

ZONE = "Asia/Jayapura"
GUEST, TRAINER = "Sari Lestari", "199004122015051003"
LAST = "2027-03-31"
ROSTER = f"""NIP;Nama;Unit;Peran;Peran sampai
19860926 201505 1 001;Yohana Rumbiak;Distrik Waropen;koordinator;
19870515 2022 21 2 007;Budi Wanggai;Puskesmas Urfas;peserta;
{TRAINER};Petrus Ayorbaba;Distrik Waropen;pengajar;31-03-2027
;{GUEST};Narasumber;praktisi;31-03-2027
"""


class At:
    """A clock that stands at a second."""

    def __init__(self, second):
        self.second = second

    def wall(self):
        return self.second

    def monotonic(self):
        return self.second

    def boot(self):
        return b"b" * 8


@pytest.fixture
def office(home, tmp_path):
    return make_office(home, tmp_path / "tamu", ROSTER, f"Kantor Tamu {tmp_path.name}")


@pytest.fixture
def guest(office):
    """The guest at a PC on the last day: found by the code alone."""
    return sits(office, last_second(LAST, ZONE) - 3600)


def code_of(office):
    return office.codes[""]


def sits(office, at):
    entry = office.file.find_by_code(enrolment_verifier(code_of(office)))
    pc = Pc(office.file.header.centre, clock=At(at))
    pc.opens(entry.person, enrolment_proof(code_of(office), pc.signing.public))
    return pc


def test_the_office_file_finds_a_guest_by_the_code_and_by_nothing_else(office):
    entry = office.file.find_by_code(enrolment_verifier(code_of(office).lower()))
    assert (entry.name, entry.role, entry.nips, entry.until) == (GUEST, "guest", (), LAST)
    assert entry.verifier == b"", "what the code opens must not let anybody forge another proof"
    assert office.file.find_by_code(enrolment_verifier("0000-0000-0000")) is None
    assert office.file.find_by_code(enrolment_verifier(office.codes[BUDI])) is None, (
        "who has a NIP signs up by it"
    )
    assert GUEST.encode() not in office.file.raw


def test_a_guests_code_stays_good_in_every_later_file(office, home, tmp_path):
    out = tmp_path / "baru"
    words = ("--office", office.file.header.name, "--url", "http://127.0.0.1:9", "--out", str(out))
    assert main(["office", "update", *words, "--data", str(home.folder)]) == 0
    (file,) = out.glob("*.suluh-kantor")
    found = read_office(file.read_bytes()).find_by_code(enrolment_verifier(code_of(office)))
    assert found.person == office.file.find_by_code(enrolment_verifier(code_of(office))).person
    assert not (out / "kode-pendaftaran.csv").exists()


def test_what_a_guest_did_until_the_last_day_is_taken_and_what_is_dated_later_is_not(office, guest, line):
    guest.reads(2)
    reply = guest.syncs(line)
    assert (reply.refusals, guest.acked) == ((), 3)

    guest.clock.second = last_second(LAST, ZONE) + 1
    guest.start()
    guest.reads(1)
    ((code, _),) = guest.syncs(line).refusals
    assert code == Code.AUTHOR.wire
    assert guest.acked == 0


def test_work_of_the_last_day_counts_however_late_it_comes(office, guest, line):
    """The day is the statement's own: a stick may need a month."""
    guest.reads(2)
    request = guest.request((guest.segment(),), at=last_second(LAST, ZONE) + 60 * 86_400)
    reply = guest.takes(line.send(request), request)
    assert (reply.refusals, guest.acked) == ((), 3)


def test_a_prolonged_stay_is_taken_again_and_every_pc_hears_both_days(office, guest, line, home, tmp_path):
    guest.syncs(line)
    guest.clock.second = last_second(LAST, ZONE) + 1
    guest.start()
    guest.reads(1)
    assert guest.syncs(line).refusals

    roster = tmp_path / "lagi.csv"
    person = office.file.find_by_code(enrolment_verifier(code_of(office))).person
    text = ROSTER.replace("sampai\n", "sampai;UUID\n").replace(
        f";{GUEST};Narasumber;praktisi;31-03-2027", f";{GUEST};Narasumber;praktisi;30-06-2027;{person.hex()}"
    )
    roster.write_text(re.sub(r"(;koordinator;|;peserta;|pengajar;31-03-2027)\n", r"\1;\n", text), "utf-8")
    words = ("--office", office.file.header.name, "--out", str(tmp_path / "b"), "--data", str(home.folder))
    assert main(["office", "update", str(roster), *words]) == 0
    assert guest.syncs(line).refusals == ()
    assert guest.acked == 1
    guest.fetches(line)
    facts = [fact for piece in guest.pieces for fact in piece.facts]
    ends = [
        fact for fact in facts if fact.statement.kind == "role.ended" and fact.statement.fields["role"] == ""
    ]
    assert len({fact.statement.digest for fact in ends}) == 2
    roots = Roots(frozenset({office.file.header.centre}))
    verdicts = authority(facts, roots)
    assert verdicts.ends.of[person, ""] == last_second("2027-06-30", ZONE)


def test_a_trainer_learns_on_after_the_last_day_and_marks_no_more(office, line):
    petrus = Pc.of(office, TRAINER, clock=At(last_second(LAST, ZONE) - 60))
    assert petrus.syncs(line).refusals == ()
    petrus.clock.second = last_second(LAST, ZONE) + 1
    petrus.start()
    petrus.reads(1)
    assert petrus.syncs(line).refusals == ()


def test_a_guest_is_sent_nothing_of_the_others(office, guest, line):
    budi = Pc.of(office, BUDI)
    budi.reads(3)
    budi.finishes("kursus", 600)
    budi.syncs(line)
    guest.syncs(line)
    guest.fetches(line)
    facts = [fact for piece in guest.pieces for fact in piece.facts]
    assert not [fact for fact in facts if fact.header.profile == budi.profile]
    assert BUDI.encode() not in b"".join(repr(fact).encode() for fact in facts)


def test_planted_fault_a_centre_that_forgets_last_days_is_seen(own_home, tmp_path):
    """The door is what refuses: with it open the late words are acknowledged."""
    office = make_office(own_home, tmp_path / "tamu", ROSTER, "Kantor Tamu")
    late = sits(office, last_second(LAST, ZONE) + 1)
    late.reads(1)
    open_door = "import sync.server.intake as intake\nintake.too_late = lambda *_: ''\n"
    with CentreProcess(own_home, open_door) as running, Line(running.port) as line:
        assert late.syncs(line).refusals == ()
        assert late.acked == 2


def test_the_verdict_of_a_pc_is_that_of_the_centre(office, guest, line):
    guest.reads(1)
    guest.syncs(line)
    guest.fetches(line)
    facts = [fact for piece in guest.pieces for fact in piece.facts]
    judge = authority(facts, Roots(frozenset({office.file.header.centre})))
    early = decode_segment(guest.segment()).facts[-1]
    guest.clock.second = last_second(LAST, ZONE) + 1
    guest.start()
    guest.reads(1)
    late = decode_segment(guest.segment()).facts[-1]
    assert (judge.verdict(early), judge.verdict(late)) == (Verdict.COUNTS, Verdict.ENDED)
