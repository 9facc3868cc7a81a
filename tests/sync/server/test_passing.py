"""What a coordinator states for one person comes into that person's feed, in the centre's name, and nowhere else."""

import pytest

from sync.journal.passing import PASSED, passed, to_one
from sync.server import passing
from tests.builders.centre import BUDI, MARIA, YOHANA, Pc, holds, make_office

KIND = "training.judged"
REASON = "Surat tugasnya belum dilampirkan"


def judges(desk, office, person, **fields):
    readers = (office.file.header.centre_letter, desk.letter.public)
    said = {"id": "kursus-1", "verdict": 2, "reason": REASON, "counter": 1} | fields
    return desk.says(KIND, **to_one(KIND, person, said, readers))


def heard(pc):
    return passed([fact for piece in pc.pieces for fact in piece.facts])


@pytest.fixture
def people(office, line):
    found = Pc.of(office, YOHANA), Pc.of(office, BUDI), Pc.of(office, MARIA)
    for pc in found:
        pc.syncs(line)
    return found


def test_it_comes_to_the_one_and_to_nobody_else(office, line, people):
    desk, budi, maria = people
    judges(desk, office, office.entry(BUDI).person)
    desk.syncs(line)
    for pc in people:
        pc.fetches(line)
    (word,) = heard(budi)
    assert (word.kind, word.author) == (KIND, office.entry(YOHANA).person)
    assert (word.log, word.seq) == (desk.log, desk.statements[-1].seq)
    assert word.fields == {"id": "kursus-1", "verdict": 2, "reason": REASON, "counter": 1}
    assert heard(maria) == heard(desk) == ()
    assert maria.heard("office", KIND) == []


def test_the_same_segment_again_in_other_cuts_passes_nothing_twice(office, line, people):
    desk, budi, _ = people
    judges(desk, office, office.entry(BUDI).person)
    desk.syncs(line)
    judges(desk, office, office.entry(BUDI).person, counter=2)
    desk.syncs(line)
    desk.syncs(line, desk.segment())
    budi.fetches(line)
    assert [word.fields["counter"] for word in heard(budi)] == [1, 2]
    assert len(budi.heard("person", PASSED)) == 2, "the centre said each once"


def test_a_learner_cannot_write_as_the_desk(office, line, people):
    _, budi, maria = people
    judges(maria, office, office.entry(BUDI).person, verdict=1)
    reply = maria.syncs(line)
    assert [code for code, _ in reply.refusals] == ["author"]
    budi.fetches(line)
    assert heard(budi) == ()


def test_a_coordinator_reaches_only_people_of_the_own_office(home, office, line, people, tmp_path):
    desk, _, _ = people
    other = make_office(home, tmp_path / "lain", name="Kantor lain")
    stranger = Pc.of(other, BUDI)
    stranger.syncs(line)
    judges(desk, office, other.entry(BUDI).person)
    assert not desk.syncs(line).refusals
    stranger.fetches(line)
    assert heard(stranger) == ()


def test_planted_fault_a_centre_that_asks_nobody_whose_office_it_is_gives_itself_away(monkeypatch):
    class Anybody:
        office, erased = 2, 0

        def person_of(self, *_):
            return self

    class Desk:
        role, office = "coordinator", 1

    rule = passing.Passing(None, Anybody(), None)
    to = type("To", (), {"id": 1})()
    fact = type("Said", (), {"statement": type("Statement", (), {"kind": KIND})(), "wall": 0})()
    assert rule._may(None, Desk(), None, to, fact) is False
    monkeypatch.setattr(Desk, "office", 2)
    assert rule._may(None, Desk(), None, to, fact) is True


def test_what_is_sealed_to_somebody_else_or_nonsense_is_kept_and_passed_to_nobody(office, line, people):
    desk, budi, _ = people
    person = office.entry(BUDI).person
    desk.says(KIND, **to_one(KIND, person, {"id": "x"}, [desk.letter.public]))
    desk.says(KIND, person=person, sealed=b"bukan surat")
    desk.says(KIND, person=bytes(16), sealed=b"")
    judges(desk, office, person)
    assert not desk.syncs(line).refusals
    budi.fetches(line)
    assert len(heard(budi)) == 1


def test_on_the_way_nobody_reads_it(home, office, line, people):
    desk, _, _ = people
    judges(desk, office, office.entry(BUDI).person)
    assert REASON.encode() not in desk.segment()
    desk.syncs(line)
    assert holds(home, KIND.encode())


def test_nobody_states_anything_for_themselves(office, line, people):
    desk, *_ = people
    judges(desk, office, office.entry(YOHANA).person)
    reply = desk.syncs(line)
    assert reply.refusals == ()
    desk.fetches(line)
    assert heard(desk) == ()
