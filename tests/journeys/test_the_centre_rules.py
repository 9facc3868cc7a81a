"""What the centre alone may rule: two records are one person, a key is no longer its owner's, a person is erased."""

import uuid

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from tests.builders.road import JP, READ, Pc, desk_row, jp_of, read_all, send, sent, take_quiz

MARIA, MARIA_AGAIN, KETUT = LEARNERS[5], LEARNERS[3], LEARNERS[4]


@pytest.fixture
def office(town):
    return town.office((COORDINATOR, MARIA, MARIA_AGAIN, KETUT))


@pytest.fixture
def pack(town):
    return town.pack()


@pytest.fixture
def seat(office, pack, tmp_path, cheap_pins):
    """Sit somebody down at a PC of their own with the course."""

    def at(person, name):
        pc = Pc(tmp_path / name, name, office)
        pc.install(pack)
        return pc, pc.sit(person)

    return at


def finish(pc, profile):
    read_all(pc.learning(profile))
    take_quiz(pc.learning(profile))


def test_two_records_of_one_person_become_one_with_the_hours_once_and_can_be_parted_again(town, office, seat):
    """She got a new number with a new contract, and the roster took her for a second person."""
    old_pc, old = seat(MARIA, "PC Lama")
    new_pc, new = seat(MARIA_AGAIN, "PC Baru")
    _, yohana = seat(COORDINATOR, "PC Sekretariat")
    finish(old_pc, old)
    new_pc.learning(new).page_read(READ, 1, 20)
    for profile in (old, new, yohana):
        sent(profile, town.url)
    ids = [str(uuid.UUID(bytes=one.person)) for one in (old, new)]

    town.ask("person", "merge", *ids)
    for profile in (old, new, yohana, old, new):
        sent(profile, town.url)
    assert old.standing().state_hash == new.standing().state_hash
    row = desk_row(yohana, MARIA_AGAIN)
    assert jp_of(old) == jp_of(new) == row.jp == town.row(office, MARIA_AGAIN)["jp"] == JP

    town.ask("person", "unmerge", *ids)
    for profile in (old, new, yohana):
        sent(profile, town.url)
    assert town.row(office, MARIA)["jp"] == desk_row(yohana, MARIA).jp == JP
    assert town.row(office, MARIA_AGAIN)["jp"] == desk_row(yohana, MARIA_AGAIN).jp == 0


def test_a_revoked_key_keeps_what_was_accepted_and_adds_nothing_anywhere(town, office, seat):
    pc, ketut = seat(KETUT, "PC Loket 1")
    _, yohana = seat(COORDINATOR, "PC Sekretariat")
    finish(pc, ketut)
    sent(ketut, town.url)
    sent(yohana, town.url)
    town.ask("key", "revoke", ketut.keys.signing.public.hex())
    before = len(town.stored(ketut.profile))

    ketut.record("course.completed", course="palsu", version="1", jp=2_000)
    outcome = send(ketut, town.url)
    assert [code for code, _ in outcome.refusals] == ["revoked"]
    assert (outcome.acked, ketut.unsent()) == (0, 1)
    assert len(town.stored(ketut.profile)) == before
    sent(yohana, town.url)
    assert town.row(office, KETUT)["jp"] == desk_row(yohana, KETUT).jp == JP
    # And if the later work reached the desk by another road, it would not count there either.
    late = [fact for fact in ketut.facts() if fact.statement.fields.get("course") == "palsu"]
    assert yohana.authority().accepted(late) == ()


def test_an_erased_person_is_gone_and_what_comes_later_is_acknowledged_and_dropped(town, office, seat):
    pc, ketut = seat(KETUT, "PC Loket 1")
    finish(pc, ketut)
    sent(ketut, town.url)
    town.ask("person", "erase", str(uuid.UUID(bytes=ketut.person)))
    assert town.stored(ketut.profile) == []
    pc.learning(ketut).page_read(READ, 1, 5)
    sent(ketut, town.url)
    assert ketut.unsent() == 0, "the PC is not left waiting for ever"
    assert town.stored(ketut.profile) == []
    assert KETUT.name not in town.ask("report", "--json", "--office", office.name)
