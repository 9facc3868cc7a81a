"""Three people share one PC and its one window: who leaves is locked and loses nothing, and each word is its writer's."""

import time

import pytest
from PySide6.QtCore import Qt

from desktop.errors import Problem
from desktop.store.facts import Scope
from tests.builders.road import JP, QUIZ, sent
from tests.fakes.clock import HandClock
from tests.journeys.shared_pc import (
    CONTROL_L,
    DORCE,
    FERDINAND,
    HALF,
    HELENA,
    KEYS,
    OWN,
    PINS,
    RIGHT,
    Seat,
    Shared,
)

IDLE = 300
"""Seconds without a sign until the lock."""


@pytest.fixture
def shared(town, cheap_pins, tmp_path):
    return Shared(town, tmp_path / "bersama")


@pytest.fixture
def sit(shared, qtbot):
    seats = []

    def down():
        seats.append(Seat(shared.pc.folder))
        return seats[-1]

    yield down
    for seat in seats:
        seat.up()


def said_in(facts):
    return {fact.statement.fields["answer"] for fact in facts if fact.statement.kind == "quiz.answered"}


def spans(seat, shared, *people):
    """How far the statements of these people reach, sealed in this PC's outbox."""
    return [seat.app.store.outbox.covered(shared.ids[who]) for who in people]


def ferdinand_leaves_in_the_middle(seat, shared):
    """He types half a word and is called away; after five minutes nothing of his is on the glass."""
    seat.comes(FERDINAND)
    seat.begins_the_quiz()
    order = seat.answers(OWN[FERDINAND], None, HALF)
    assert shared.lies_about() == set(), "in the middle of an attempt, its window open"
    seat.passes(IDLE - 30)
    assert seat.pilot.see("idle_notice") is not None
    assert not seat.app.window.covered
    seat.passes(29)
    assert not seat.app.window.covered
    seat.passes(1)
    assert seat.app.window.covered
    seat.pilot.wait("lock_screen")
    assert [seat.pilot.see(name) for name in ("quizRun", "questionText", "answerField", "rail")] == [None] * 4
    kept = seat.facts()
    assert said_in(kept) == {OWN[FERDINAND], RIGHT[order[1]], HALF}, "half a word is kept with the rest"
    seat.types("1", "2", "x", Qt.Key.Key_Return, CONTROL_L, Qt.Key.Key_Escape)
    assert seat.app.window.covered
    assert seat.facts() == kept, "whoever types here types into the lock"
    assert shared.lies_about() == set()
    seat.pilot.click("lock_switch_user")
    seat.rest()
    assert seat.app.session is None
    return order


def helena_does_hers(seat, shared):
    """Her own rules, her own attempt, her own answers; nothing of his moves meanwhile."""
    before = spans(seat, shared, FERDINAND, DORCE)
    seat.comes(HELENA)
    assert seat.begins_the_quiz() == "Mulai kuis"
    assert seat.field() == ""
    seat.answers(OWN[HELENA], None, None, None)
    seat.hands_in()
    assert spans(seat, shared, FERDINAND, DORCE) == before
    assert said_in(seat.facts()) & {OWN[FERDINAND], HALF} == set()
    seat.pilot.click("switch_user")


def dorce_is_called_away(seat, shared):
    """She changes the user in the middle of a question, by the keys."""
    before = spans(seat, shared, FERDINAND, HELENA)
    seat.comes(DORCE)
    assert seat.begins_the_quiz() == "Mulai kuis"
    seat.answers(OWN[DORCE])
    seat.types(CONTROL_L)
    seat.pilot.wait("sign_in_screen")
    assert seat.app.session is None
    assert spans(seat, shared, FERDINAND, HELENA) == before


def ferdinand_comes_back(seat, order):
    """Her PIN does not open his; his opens the very question that he left."""
    seat.tries(FERDINAND, PINS[HELENA])
    assert "PIN tidak cocok" in seat.told()
    assert seat.app.session is None
    seat.comes(FERDINAND)
    assert seat.begins_the_quiz() == "Lanjutkan kuis"
    assert (seat.asked(), seat.field()) == (order[2], HALF)
    for place, words in ((1, RIGHT[order[1]]), (0, OWN[FERDINAND])):
        seat.pilot.click("previousQuestion")
        assert (seat.asked(), seat.field()) == (order[place], words)
    # Away again, and this time he comes back himself: to the same place, by his PIN.
    seat.passes(IDLE)
    assert seat.app.window.covered
    seat.pilot.write("pin", PINS[FERDINAND])
    seat.pilot.click("sign_in")
    seat.pilot.until(lambda: not seat.app.window.covered, "his page again")
    seat.rest()
    assert (seat.asked(), seat.field()) == (order[0], OWN[FERDINAND])
    assert seat.answers(OWN[FERDINAND], None, None, None)[:3] == order
    seat.hands_in()
    seat.pilot.click("switch_user")


def five_wrong_pins_shut_one_door(seat):
    """Somebody guesses at Dorce's tile: her door is shut, also for her own PIN, and nobody else's."""
    for guess in ("111222", "222333", "333444", "444555", "555666"):
        assert "Terlalu banyak" not in seat.told()
        seat.tries(DORCE, guess)
    assert "Terlalu banyak percobaan. Tunggu 5 menit." in seat.told()
    assert not seat.pilot.see("pin").isEnabled()
    seat.tries(DORCE, PINS[DORCE])
    assert "Terlalu banyak percobaan" in seat.told()
    assert seat.app.session is None
    seat.comes(HELENA)
    seat.pilot.click("switch_user")
    seat.pilot.wait("sign_in_screen")


def test_three_people_change_places_and_every_word_is_of_who_typed_it(town, shared, sit):
    seat = sit()
    order = ferdinand_leaves_in_the_middle(seat, shared)
    helena_does_hers(seat, shared)
    dorce_is_called_away(seat, shared)
    ferdinand_comes_back(seat, order)
    five_wrong_pins_shut_one_door(seat)
    outgoing = seat.app.store.outbox.outgoing()
    assert {one.profile for one in outgoing} == set(shared.ids.values()), (
        "nobody's, or a fourth's, is nothing"
    )
    seat.up()
    assert shared.lies_about() == set(), "the window is closed"
    files, opened = shared.opens_as_sqlite()
    assert (len(files), opened) == (1 + len(PINS), set()), "the PC's own and one for each of the three"

    # Dorce's five minutes pass; her attempt waits for her as she left it.
    shared.pc.clock = HandClock(int(time.time()) + IDLE - 60)
    shared.pc.on()
    with pytest.raises(Problem, match="Terlalu banyak"):
        shared.enter(DORCE)
    shared.pc.clock.wait(120)
    dorce = shared.enter(DORCE)
    running = shared.pc.learning(dorce).quizzing.body(QUIZ).running
    assert (list(running.answers.values()), running.interrupted) == ([OWN[DORCE]], False)

    # Every event has the UUID of who was signed in, on the PC and at the centre.
    profiles = {FERDINAND: shared.enter(FERDINAND), HELENA: shared.enter(HELENA), DORCE: dorce}
    for who, profile in profiles.items():
        facts = profile.facts(Scope.OWN)
        assert {fact.header.profile for fact in facts} == {shared.ids[who]}
        assert {fact.signer for fact in facts} == {profile.keys.signing.public}
        said = said_in(facts)
        assert {words for words in (*OWN.values(), HALF) if words in said} == {
            FERDINAND: {OWN[FERDINAND], HALF},
            HELENA: {OWN[HELENA]},
            DORCE: {OWN[DORCE]},
        }[who]
        assert profile.facts(kinds=("quiz.power_loss",)) == ()
        assert profile.standing().quizzes[QUIZ].attempts == 1
        sent(profile, town.url)
        stored = sorted(fact.identity for fact in town.stored(shared.ids[who]))
        assert stored == sorted(fact.identity for fact in profile.facts(Scope.OWN))
        assert shared.at_the_centre()[shared.ids[who]] == (who.name, profile.person)
    assert len({profile.person for profile in profiles.values()}) == len(PINS)
    assert [town.row(shared.office, who)["jp"] or 0 for who in PINS] == [JP, JP, 0]


def a_stranger_types(seat, away):
    """Ferdinand leaves at a question; after a while somebody sits down and types at once. Gives what was kept."""
    seat.comes(FERDINAND)
    seat.begins_the_quiz()
    seat.answers(OWN[FERDINAND])
    seat.now += away
    seat.types("z", "z", Qt.Key.Key_Return)
    return said_in(seat.facts()) - {OWN[FERDINAND]}


def test_who_sits_down_after_five_minutes_cannot_answer_under_the_name_of_who_left(shared, sit):
    seat = sit()
    assert a_stranger_types(seat, IDLE + 1) == set()
    assert seat.app.window.covered


def test_planted_fault_without_the_lock_a_strangers_words_are_kept_as_his(shared, sit):
    seat = sit()
    seat.app.window.presence.set_idle(0)
    assert a_stranger_types(seat, IDLE + 1) == {f"{OWN[FERDINAND]}zz"}


def test_planted_fault_what_lies_in_clear_beside_the_databases_is_found(shared):
    (shared.pc.folder / "jawaban sementara.txt").write_text(f"{OWN[HELENA]} {KEYS[2]}")
    assert shared.lies_about() == {OWN[HELENA], KEYS[2]}
