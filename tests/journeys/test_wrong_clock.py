"""A dead battery and a clock in a hurry: everybody can learn, nothing is lost, and the hours fall in the right year."""

import time

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.store.facts import Scope
from tests.builders.road import JP, QUIZ, READ, RIGHT, Pc, desk_row, read_all, sent, take_quiz
from tests.fakes.clock import HandClock

BERNADUS = LEARNERS[0]
CLOCKS = {"stands in 2010": 1_262_304_000, "stands in 2038": 2_147_483_000}


def this_year():
    """The year at the office, which is nine hours ahead."""
    return time.gmtime(time.time() + 9 * 3600).tm_year


@pytest.mark.parametrize("wrong", CLOCKS)
def test_the_hours_fall_in_the_right_year_whatever_the_clock_said(town, cheap_pins, tmp_path, wrong):
    office = town.office((COORDINATOR, BERNADUS))
    clock = HandClock(wall=CLOCKS[wrong])
    pc = Pc(tmp_path / "pc", "PC Loket 1", office, clock)
    pc.install(town.pack())  # a pack signed years after, or before, what this PC calls today
    bernadus = pc.sit(BERNADUS)
    clock.wait(600)
    read_all(pc.learning(bernadus))
    clock.wait(60)
    take_quiz(pc.learning(bernadus))
    sent(bernadus, town.url)
    yohana = Pc(tmp_path / "meja", "PC Sekretariat", office).sit(COORDINATOR)
    sent(yohana, town.url)

    here = bernadus.standing().jp_of(this_year())
    assert here.recognised == here.total == JP
    at_the_desk, at_the_centre = desk_row(yohana, BERNADUS), town.row(office, BERNADUS)
    assert at_the_desk.jp == at_the_centre["jp"] == JP
    assert abs(at_the_centre["last_active"] - time.time()) < 120
    assert at_the_desk.last_active == at_the_centre["last_active"] == bernadus.standing().last_active


@pytest.mark.parametrize("days", [3, -3])
def test_a_clock_that_is_set_in_the_middle_of_a_quiz_changes_neither_order_nor_year(
    town, cheap_pins, tmp_path, days
):
    office = town.office((COORDINATOR, BERNADUS))
    clock = HandClock(wall=int(time.time()))
    pc = Pc(tmp_path / "pc", "PC Loket 1", office, clock)
    pc.install(town.pack())
    bernadus = pc.sit(BERNADUS)
    learning = pc.learning(bernadus)
    read_all(learning)
    attempt = learning.quizzing.start(QUIZ)
    for place, view in enumerate(attempt.questions):
        clock.wait(20)
        clock.at += days * 86_400 * (place == 1)
        learning.quizzing.answer(QUIZ, attempt.number, view.id, RIGHT[view.id], 20)
    assert learning.quizzing.finish(QUIZ, attempt.number).score == 10_000

    facts = sorted(bernadus.facts(Scope.OWN), key=lambda one: one.identity)
    times = [fact.statement.at for fact in facts]
    assert [fact.statement.seq for fact in facts] == list(range(1, len(facts) + 1))
    assert times == sorted(times), "within a log time never goes back, whatever the wall clock does"
    assert times[-1] - times[0] == 60
    sent(bernadus, town.url)
    row = town.row(office, BERNADUS)
    assert bernadus.standing().jp_of(this_year()).recognised == row["jp"] == JP


def test_a_pc_whose_clock_fell_back_knows_a_later_day_from_the_centres_word(town, cheap_pins, tmp_path):
    office = town.office((COORDINATOR, BERNADUS))
    clock = HandClock(wall=int(time.time()))
    pc = Pc(tmp_path / "pc", "PC Loket 1", office, clock)
    bernadus = pc.sit(BERNADUS)
    sent(bernadus, town.url)
    bernadus.close()
    pc.off()
    clock.restart(wall=CLOCKS["stands in 2010"])
    pc.on()
    assert pc.store.now() >= time.time() - 60
    pc.install(town.pack())
    again = pc.enter(bernadus.profile)
    pc.learning(again).page_read(READ, 1, 30)
    assert sent(again, town.url).acked > 0
    assert len({fact.statement.log for fact in again.facts(Scope.OWN)}) == 2
