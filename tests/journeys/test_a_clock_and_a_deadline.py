"""Story 4 (*Jam komputer salah*): a clock in 2010, in 2038, three days fast, and a deadline that nobody loses by it."""

import time
from datetime import datetime

import pytest
from PySide6.QtWidgets import QLabel

from desktop.app.desk_report import letter_of
from desktop.app.news import timings_decided
from desktop.errors import Problem
from desktop.store.facts import Scope
from desktop.store.timing import Times
from sync.folds import deadlines
from sync.folds.assignments import SUBMITTED
from sync.folds.clocks import clock_doubts
from sync.folds.deadlines import DECIDED, Timing
from sync.folds.order import DOUBTED
from sync.journal.passing import to_one
from sync.refusal import Code, Refusal
from tests.builders.road import JP, QUIZ, RIGHT, desk_row, read_all, sent, take_quiz
from tests.journeys.assignment_round import TASK, TUTI, desk_of
from tests.journeys.deadline_office import DAY, FIRST, PAPUA, REASON, SECOND, Office


@pytest.fixture
def office(town, cheap_pins, tmp_path):
    made = Office(town, tmp_path)
    yield made
    made.off()


def studies(pc, profile, clock=None, *, moved=0):
    """A module, the quiz and the assignment; in the middle of the quiz somebody sets the clock."""
    learning = pc.learning(profile)
    read_all(learning)
    if clock is None:
        take_quiz(learning)
    else:
        attempt = learning.quizzing.start(QUIZ)
        for place, view in enumerate(attempt.questions):
            clock.wait(20)
            clock.at += moved * (place == 1)
            learning.quizzing.answer(QUIZ, attempt.number, view.id, RIGHT[view.id], 20)
        assert learning.quizzing.finish(QUIZ, attempt.number).score == 10_000
    return hands_in(pc, profile)


def hands_in(pc, profile):
    assigning = pc.learning(profile).assigning
    assigning.keep_text(TASK, "Rencana saya")
    return assigning.hand_in(TASK).handed


def judged(profile, deadline):
    """What a PC, the desk or a trainer says of the time of all that was handed in."""
    times = Times(profile)
    known = times.known
    facts = known.accepted(profile.facts(kinds=(SUBMITTED,)))
    works = deadlines_of(facts, known)
    return {work.person: times.judged(work, deadline) for work in works}


def deadlines_of(facts, known):
    from sync.folds.assignments import submissions

    return [of[-1] for of in submissions(facts, known.person_of).values()]


def whole(town, profile):
    """Nothing is lost, numbers rise one by one, no time goes back, and the centre has each once."""
    facts = sorted(profile.facts(Scope.OWN), key=lambda one: one.identity)
    logs = {}
    for fact in facts:
        logs.setdefault(fact.statement.log, []).append(fact.statement)
        assert fact.statement.fields.get("seconds", 0) >= 0
    for said in logs.values():
        assert [one.seq for one in said] == list(range(1, len(said) + 1))
        times = [one.at for one in said]
        assert times == sorted(times)
        assert times[0] >= 0
    stored = [fact.identity for fact in town.stored(profile.profile)]
    assert sorted(stored) == [fact.identity for fact in facts]
    return logs


def words_of(widget):
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def decides(pilot, app):
    """The coordinator looks at the evidence of the second learner, and decides with a reason."""
    pilot.click("rail_office")
    pilot.settle(app.jobs.idle)
    app.window.findChild(type(pilot.wait("office")), "office").open("follow")
    pilot.settle(app.jobs.idle)
    card = words_of(app.window)
    pilot.click("timing_1")
    sheet = pilot.wait("timing_sheet")
    evidence = words_of(sheet)
    pilot.click("timing_good")
    without = "Tulis alasannya." in words_of(sheet)
    pilot.write("timing_reason", REASON)
    pilot.click("timing_good")
    pilot.until(lambda: pilot.see("timing_sheet") is None, "the sheet is gone")
    pilot.settle(app.jobs.idle)
    left = app.window.findChildren(QLabel)
    return card, evidence, without, " ".join(one.text() for one in left if one.isVisible())


def test_both_clocks_are_wrong_and_the_second_learner_is_judged_by_a_person_with_the_evidence(
    office, qtbot, town
):
    """Both finish before the deadline of the 20th; both sync on the 2nd of the next month."""
    end = office.deadline.end
    a, clock_a, first = office.sits("PC A", FIRST, 1_262_304_000)
    clock_a.wait(600)
    studies(a, first)
    b, clock_b, second = office.sits("PC B", SECOND, end - 2 * DAY + 3 * DAY)
    receipt = studies(b, second, clock_b)
    assert receipt.late, "so far nothing speaks against its clock"
    clock_b.wait(3600)
    clock_b.at -= 3 * DAY
    b.learning(second).page_read(f"{QUIZ.split('/')[0]}/m1/baca", 1, 30)
    assert [fact.statement.kind for fact in second.facts(Scope.OWN)].count(DOUBTED) == 1, (
        "noted, not punished"
    )
    handed = b.learning(second).assigning.body(TASK).handed
    assert (handed.late, handed.looked_at) == (False, True)

    office.opens_at(int(time.time()))
    tuti = office.sets_up("laptop").sit(TUTI)
    office.people.append(tuti)
    sent(tuti, town.url)
    office.visits(a, b)
    office.to_town()
    office.round(a, b)
    for one in (first, second):
        one.catch_up()
        whole(town, one)
    card, evidence, without, after = office.at_the_window(decides)
    assert "Waktu pengumpulan perlu diperiksa (2)" in card
    assert "jamnya diragukan" in evidence
    assert f"{datetime.fromtimestamp(end, PAPUA):%H.%M} WIT" in evidence, (
        "12.00 in Jakarta, in the desk's zone"
    )
    assert without, "no decision without a reason"
    assert "Waktu pengumpulan perlu diperiksa (1)" in after

    office.round(a, b)
    for _ in range(2):
        sent(tuti, town.url)
    for one in (first, second):
        one.catch_up()
    handed = b.learning(second).assigning.body(TASK).handed
    assert not handed.late
    assert handed.counts == f"Diputuskan tepat waktu: {REASON}"
    came = [
        view for _, view in timings_decided(second, b.shelf, lambda at: datetime.fromtimestamp(at, PAPUA))
    ]
    assert [view.title for view in came] == ["Rencana loket: diputuskan tepat waktu"]
    assert came[0].about.endswith(REASON)
    assert list(timings_decided(first, a.shelf, lambda at: datetime.fromtimestamp(at, PAPUA))) == []
    for witness in (second, office.yohana, tuti):
        said = judged(witness, office.deadline)[second.person]
        assert (said.timing, said.counts, said.decision.reason) == (Timing.PERSON, Timing.ON_TIME, REASON)
    assert "waktu perlu diperiksa" not in _about(office, tuti, second)
    assert "waktu perlu diperiksa" in _about(office, tuti, first)
    _the_first_learner_is_judged_by_the_marker(office, tuti, a, first)
    _the_report_has_the_decisions(office)
    _the_hours_fall_in_the_right_year(office, (first, FIRST), (second, SECOND))
    with pytest.raises(Refusal) as refused:
        second.record(DECIDED, **to_one(DECIDED, first.person, {"reason": "x"}, (first.keys.letter.public,)))
    assert refused.value.code is Code.AUTHOR


def _the_report_has_the_decisions(office):
    report = office.report()
    told = [word for part in letter_of(report).parts for row in getattr(part, "rows", ()) for word in row]
    assert f"Tepat waktu: {REASON}" in told
    assert "Tepat waktu: Naskahnya sudah dibahas tanggal 19" in told
    assert {line.one.row.name for line in report.lines if line.clock} == {FIRST.name, SECOND.name}


def _the_first_learner_is_judged_by_the_marker(office, tuti, a, first):
    """A trainer decides as well, and the desk, which then has nothing left to look at, hears it."""
    room = desk_of(office.pcs[-1], tuti)
    paper = next(one for one in room.view().papers if one.key.startswith(first.person.hex()))
    said = dict(paper.timing.lines)["Disegel menurut komputernya"]
    assert said == "1 Januari 2010 pukul 09.10 WIT (jamnya diragukan)"
    with pytest.raises(Problem, match="Alasan"):
        room.decide(paper.key, True, " ")
    room.decide(paper.key, True, "Naskahnya sudah dibahas tanggal 19")
    sent(tuti, office.town.url)
    office.round(a)
    office.round(a)
    first.catch_up()
    handed = a.learning(first).assigning.body(TASK).handed
    assert handed.counts == "Diputuskan tepat waktu: Naskahnya sudah dibahas tanggal 19"
    said = judged(office.yohana, office.deadline)
    assert {one.counts for one in said.values()} == {Timing.ON_TIME}
    assert {one.decision.author for one in said.values()} == {office.yohana.person, tuti.person}


def _about(office, tuti, learner):
    queue = desk_of(office.pcs[-1], tuti).view().papers
    return next(one.about for one in queue if one.key.startswith(learner.person.hex()))


def _the_hours_fall_in_the_right_year(office, *people):
    """Of A by the time signed on the stick, of B by what its clock said: on the PC, at the desk, at the centre."""
    for profile, who in people:
        at = profile.standing().last_active
        year = datetime.fromtimestamp(at, PAPUA).year
        assert year == datetime.fromtimestamp(office.deadline.end - 2 * DAY, PAPUA).year
        assert profile.standing().jp_of(year).total == JP
        assert profile.standing().jp_of(2010).total == 0
        assert desk_row(office.yohana, who).jp == office.town.row(office.office, who)["jp"] == JP


def test_what_the_desk_had_before_the_deadline_is_on_time_by_evidence_whatever_the_clock_said(office):
    """The coordinator came by on the 19th, when B already said the 22nd."""
    end = office.deadline.end
    b, clock_b, second = office.sits("PC B", SECOND, end - 2 * DAY + 3 * DAY)
    studies(b, second, clock_b)
    office.opens_at(end - DAY)
    office.visits(b)
    (said,) = judged(office.yohana, office.deadline).values()
    assert (said.timing, said.trace.doubted) == (Timing.ON_TIME, True)
    assert said.trace.collected == end - DAY


def test_a_fast_clock_that_nobody_sets_back_is_late_until_who_knows_better_opens_and_decides_it(office):
    """The coordinator comes by only after the day that B's clock showed: nothing speaks against it."""
    end = office.deadline.end
    b, clock_b, second = office.sits("PC B", SECOND, end - 2 * DAY + 3 * DAY)
    receipt = studies(b, second, clock_b)
    assert receipt.late
    assert "beri tahu koordinator atau penilai" in receipt.counts
    office.opens_at(end + 3 * DAY)
    office.visits(b)
    (said,) = judged(office.yohana, office.deadline).values()
    assert (said.timing, said.clock_alone, said.trace.doubted) == (Timing.LATE, True, False)

    def decides_late(pilot, app):
        pilot.click("rail_office")
        pilot.settle(app.jobs.idle)
        app.window.findChild(type(pilot.wait("office")), "office").open("follow")
        pilot.settle(app.jobs.idle)
        queue = "Waktu pengumpulan perlu diperiksa" in words_of(app.window)
        pilot.click("late_by_clock")
        pilot.click("late_0")
        pilot.write("timing_reason", REASON)
        pilot.click("timing_good")
        pilot.until(lambda: pilot.see("timing_sheet") is None, "the sheet is gone")
        pilot.settle(app.jobs.idle)
        return queue

    assert not office.at_the_window(decides_late), "it is in nobody's queue"
    (said,) = judged(office.yohana, office.deadline).values()
    assert (said.timing, said.counts, said.decision.reason) == (Timing.LATE, Timing.ON_TIME, REASON)


@pytest.mark.parametrize("wrong", [1_262_304_000, 2_147_480_000, "+3", "-3"])
def test_by_stick_no_clock_loses_an_event_or_an_hour_and_the_report_asks_to_look(office, town, wrong):
    moved = 0 if isinstance(wrong, int) else int(wrong) * DAY
    wall = wrong if isinstance(wrong, int) else int(time.time()) - 3600
    pc, clock, learner = office.sits("PC A", FIRST, wall)
    office.opens_at(int(time.time()))
    started = clock.monotonic()
    studies(pc, learner, clock, moved=moved)
    spent = clock.monotonic() - started
    assert spent < 3600, "the day or the years that the clock jumped are in no duration"
    office.visits(pc)
    report = office.report()
    assert [line.one.row.name for line in report.lines if line.clock] == [FIRST.name]
    assert "Waktu perlu diperiksa" in [part.title for part in letter_of(report).parts]
    facts = office.yohana.authority().accepted(office.yohana.facts())
    doubted = {one.log for one in clock_doubts(facts, int(time.time())) if one.profile == learner.profile}
    office.to_town()
    logs = whole(town, learner)
    assert doubted == set(logs), "clock_suspect: the one log, and no other"
    assert town.row(office.office, FIRST)["jp"] == JP


def test_the_clock_of_a_quiz_runs_by_seconds_that_nobody_can_set(office):
    pc, clock, learner = office.sits("PC A", FIRST, office.began)
    quizzing = pc.learning(learner).quizzing
    attempt = quizzing.start(QUIZ)
    for days in (3, -6, 3):
        clock.at += days * DAY
        clock.wait(60)
        quizzing.beat(QUIZ, attempt.number)
    assert quizzing.start(QUIZ).left == 1800 - 3 * 60


def test_planted_fault_a_fold_that_believes_every_clock_calls_the_second_learner_late(office, monkeypatch):
    b, clock_b, second = office.sits("PC B", SECOND, office.deadline.end + DAY)
    studies(b, second, clock_b)
    clock_b.at -= 3 * DAY
    b.learning(second).page_read(f"{QUIZ.split('/')[0]}/m1/baca", 1, 30)
    assert not b.learning(second).assigning.body(TASK).handed.late
    monkeypatch.setattr(deadlines, "_speaks_against", lambda *_: False)
    assert b.learning(second).assigning.body(TASK).handed.late
