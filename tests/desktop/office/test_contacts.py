"""Words that coordinators had with people: noted for desks alone, merged from two of them, and told apart."""

from datetime import date

import pytest

from desktop.errors import Problem
from desktop.office import contacts as room
from desktop.office.carry import to_centre
from desktop.office.contacts import NOTED, Way, contacts, note_contact
from desktop.store.profile import Profile
from sync.journal.authority import Authority
from sync.journal.keys import LetterKey
from sync.journal.secret_fields import opened, seal_fields
from sync.refusal import Refusal
from tests.builders.office import MARKUS, YOHANA
from tests.builders.round import Desk, PostCentre

DAY = date(2026, 11, 21)
NOTE = "anaknya sakit, mulai lagi Senin"


@pytest.fixture
def desk(tmp_path, office):
    made = Desk(tmp_path / "meja", office, "PC Sekretariat")
    made.sit(MARKUS)
    yield made
    made.off()


@pytest.fixture
def pc(tmp_path, office):
    made = Desk(tmp_path / "loket", office, "PC Loket")
    made.sit(YOHANA)
    yield made
    made.off()


def test_what_was_said_is_read_back_at_the_desk_newest_first(desk, pc):
    person = pc.people[YOHANA].person
    note_contact(desk.people[MARKUS], person, DAY, Way.PHONE, f"  {NOTE} ")
    note_contact(desk.people[MARKUS], person, date(2026, 11, 3), Way.UNREACHED, "")
    log = contacts(desk.people[MARKUS])[person]
    assert [(one.day, one.way, one.note) for one in log] == [
        (DAY, Way.PHONE, NOTE),
        (date(2026, 11, 3), Way.UNREACHED, ""),
    ]
    assert {one.by for one in log} == {desk.people[MARKUS].person}


def test_a_note_says_that_the_centre_has_it_once_it_has(desk, pc, office):
    person = pc.people[YOHANA].person
    note_contact(desk.people[MARKUS], person, DAY, Way.TALK, NOTE)
    assert not contacts(desk.people[MARKUS])[person][0].at_centre
    assert to_centre(desk.people[MARKUS], PostCentre(office)).failure is None
    assert contacts(desk.people[MARKUS])[person][0].at_centre


def test_only_a_key_of_the_office_opens_a_note(desk, pc):
    note_contact(desk.people[MARKUS], pc.people[YOHANA].person, DAY, Way.PHONE, NOTE)
    (fact,) = desk.people[MARKUS].facts(kinds=(NOTED,))
    for key in (LetterKey.generate(), pc.people[YOHANA].keys.letter):
        with pytest.raises(Refusal):
            opened(fact, key)
    assert NOTE.encode() not in fact.statement.fields["sealed"]
    assert all(NOTE.encode() not in file.read_bytes() for file in desk.folder.rglob("*") if file.is_file())


def test_a_learner_notes_nothing(pc):
    with pytest.raises(Problem, match="koordinator"):
        note_contact(pc.people[YOHANA], b"x" * 16, DAY, Way.PHONE, "")
    assert pc.people[YOHANA].facts(kinds=(NOTED,)) == ()


def test_a_learners_forged_note_is_none(pc, monkeypatch):
    yohana = pc.people[YOHANA]
    monkeypatch.setattr(Profile, "_allow", lambda _self, _kinds: None)
    office = pc.store.office()
    said = seal_fields(NOTED, {"day": 1, "way": "phone", "note": "palsu"}, (office.header.office_letter,))
    yohana.record(NOTED, person=b"x" * 16, sealed=said)
    yohana.keys.office.update(pc.office.keys)
    assert contacts(yohana) == {}
    monkeypatch.setattr(Authority, "accepted", lambda _self, facts: tuple(facts))
    assert contacts(yohana) != {}, "a desk that asks nobody would count it"


def test_a_note_of_a_newer_program_with_an_unknown_way_is_passed_over(desk):
    office = desk.store.office()
    said = seal_fields(NOTED, {"day": 1, "way": "telepathy", "note": ""}, (office.header.office_letter,))
    desk.people[MARKUS].record(NOTED, person=b"x" * 16, sealed=said)
    assert contacts(desk.people[MARKUS]) == {}
    assert room.NOTE_LIMIT == 200
