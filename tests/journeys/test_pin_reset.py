"""A forgotten PIN: a code from the coordinator's desk, without any line; the work stays, and the hours stay right."""

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.errors import Problem
from desktop.people.vouching import hand_out, reset_codes, vouch, waiting_keys
from desktop.store.facts import Scope
from tests.builders.road import (
    JP,
    QUIZ,
    READ,
    RIGHT,
    Pc,
    desk_row,
    jp_of,
    read_all,
    send,
    sent,
    take_quiz,
)

SIMON = LEARNERS[8]
NEW_PIN = "602913"


@pytest.fixture
def office(town):
    return town.office((COORDINATOR, SIMON))


@pytest.fixture
def pc(town, office, tmp_path, cheap_pins):
    made = Pc(tmp_path / "pc", "PC Loket 1", office)
    made.install(town.pack())
    return made


@pytest.fixture
def desk(office, tmp_path, cheap_pins):
    """The coordinator at her own PC."""
    return Pc(tmp_path / "meja", "PC Sekretariat", office).sit(COORDINATOR)


def code_for_simon(desk, simon):
    """She finds his code at her desk and reads it to him; no line is needed for that."""
    person = desk.store.office().find(SIMON.nip).person
    (code,) = [one for one in reset_codes(desk, person) if one.profile == simon.profile]
    assert code.pc_name == "PC Loket 1"
    return hand_out(desk, code)


def test_a_forgotten_pin_costs_no_work_and_the_new_key_waits_for_a_word(town, office, pc, desk):
    simon = pc.sit(SIMON)
    read_all(pc.learning(simon))
    begun = pc.learning(simon).quizzing.start(QUIZ)
    pc.learning(simon).quizzing.answer(QUIZ, begun.number, 0, RIGHT[0], 9)
    sent(simon, town.url)
    sent(desk, town.url)
    # After the last sync he goes on, offline, and then forgets his PIN.
    pc.learning(simon).quizzing.answer(QUIZ, begun.number, 1, RIGHT[1], 9)
    simon.put_draft("place somewhere", b"page 2")
    before = simon.standing()
    simon.close()
    with pytest.raises(Problem, match="PIN tidak cocok"):
        pc.enter(simon.profile, NEW_PIN)

    again = pc.reset(simon.profile, code_for_simon(desk, simon), NEW_PIN)
    assert again.standing().state_hash == before.state_hash
    assert again.draft("place somewhere") == b"page 2"
    going_on = pc.learning(again).quizzing.start(QUIZ)
    assert (going_on.number, going_on.answers) == (begun.number, {0: RIGHT[0], 1: RIGHT[1]})
    for view in going_on.questions:
        pc.learning(again).quizzing.answer(QUIZ, going_on.number, view.id, RIGHT[view.id], 5)
    assert pc.learning(again).quizzing.finish(QUIZ, going_on.number).score == 10_000
    assert jp_of(again) == JP
    assert not again.vouched()

    # What he did with the new key waits; what the old key signed counts, also what had not been sent.
    sent(again, town.url)
    assert again.unsent() == 0
    assert pc.store.outbox.outgoing() == ()
    waiting_row = town.row(office, SIMON)
    assert (waiting_row["jp"], waiting_row["state"]) == (0, "sedang_berjalan")
    sent(desk, town.url)
    assert desk_row(desk, SIMON).jp == 0
    (key,) = waiting_keys(desk)
    assert (key.profile, key.signing) == (again.profile, again.keys.signing.public)
    assert desk.authority().person_of(key.profile) == again.person

    vouch(desk, key, again.person)
    sent(desk, town.url)
    sent(again, town.url)
    assert again.vouched()
    assert again.standing().quizzes[QUIZ].attempts == 1
    assert jp_of(again) == desk_row(desk, SIMON).jp == town.row(office, SIMON)["jp"] == JP
    own = sorted(fact.identity for fact in again.facts(Scope.OWN))
    assert sorted(fact.identity for fact in town.stored(again.profile)) == own
    assert {fact.signer for fact in town.stored(again.profile)} == {
        simon.keys.signing.public,
        again.keys.signing.public,
    }
    again.close()
    with pytest.raises(Problem, match="PIN tidak cocok"):
        pc.enter(simon.profile)
    pc.enter(simon.profile, NEW_PIN).close()


def test_a_code_opens_once_and_the_next_one_comes_to_the_desk_with_the_next_sync(town, pc, desk):
    simon = pc.sit(SIMON)
    sent(simon, town.url)
    sent(desk, town.url)
    simon.close()
    code = code_for_simon(desk, simon)
    with pytest.raises(Problem, match="Kode atur ulang PIN tidak cocok"):
        pc.reset(simon.profile, "0000-0000-0000", NEW_PIN)
    again = pc.reset(simon.profile, code, NEW_PIN)
    again.close()
    with pytest.raises(Problem, match="Kode atur ulang PIN tidak cocok"):
        pc.reset(simon.profile, code, "771204")

    again = pc.enter(simon.profile, NEW_PIN)
    send(again, town.url)
    sent(desk, town.url)
    newer = code_for_simon(desk, simon)
    assert newer != code
    again.close()
    third = pc.reset(simon.profile, newer, "771204")
    assert len({fact.signer for fact in third.facts(Scope.OWN)}) == 3


def test_a_reset_on_one_pc_leaves_the_other_pc_as_it_was(town, office, pc, desk, tmp_path):
    """He studies at two PCs; the PIN of one is forgotten. The other keeps its own, and both end the same."""
    other = Pc(tmp_path / "lain", "PC Rapat", office)
    other.install(town.pack())
    here, there = pc.sit(SIMON), other.sit(SIMON, code=False)
    other.learning(there).page_read(READ, 1, 30)
    for simon in (here, there):
        sent(simon, town.url)
    sent(desk, town.url)
    for key in waiting_keys(desk):
        vouch(desk, key, key.person)
    sent(desk, town.url)

    here.close()
    again = pc.reset(here.profile, code_for_simon(desk, here), NEW_PIN)
    read_all(pc.learning(again))
    take_quiz(pc.learning(again))
    sent(again, town.url)
    sent(there, town.url)
    assert jp_of(there) == 0, "a key nobody vouched for tells the other PC nothing"
    sent(desk, town.url)
    for key in waiting_keys(desk):
        vouch(desk, key, again.person)
    sent(desk, town.url)
    for simon in (again, there, again):
        sent(simon, town.url)
    assert again.standing().state_hash == there.standing().state_hash
    assert jp_of(again) == jp_of(there) == desk_row(desk, SIMON).jp == town.row(office, SIMON)["jp"] == JP
