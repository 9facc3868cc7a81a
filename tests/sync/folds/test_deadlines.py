"""Handed in on time or not: by the device's own sequence, signed times and who saw it when, whatever a clock says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.folds import deadlines
from sync.folds.assignments import work_digest
from sync.folds.clocks import BEGINNING
from sync.folds.deadlines import (
    DAY,
    Deadline,
    Decision,
    Judged,
    Timing,
    Trace,
    Verdict,
    by_clock_alone,
    decision_of,
    in_force,
    judge,
    traces,
)
from tests.builders.facts import PC

END = BEGINNING + 400 * DAY
OWNER, DESK, CENTRE = b"p" * 16, b"d" * 16, b"z" * 16
DEADLINE = Deadline(END, grace=9)


def hands_in(pc, at, floor=0):
    """As the write door does: what is known of the time, and then the work."""
    pc.says("work.sealed", at, floor=floor, said=pc.wall + at)
    work = work_digest("k/m/t", "1", "isi", ())
    return pc.says(
        "assignment.submitted", at, activity="k/m/t", version="1", text="isi", names=(), files=b"", work=work,
        counter=1,
    )  # fmt: skip


def seen(handed, collected=0, received=0):
    log, seq = handed.identity
    found = []
    if collected:
        desk = PC(DESK, b"e" * 16, log=900, wall=collected, signer=b"d" * 32)
        found.append(desk.says("work.collected", of_log=log, of_seq=seq))
    if received:
        centre = PC(CENTRE, b"\0" * 16, log=990, wall=received, signer=b"z" * 32)
        found.append(centre.says("work.received", of_log=log, of_seq=seq, came=received))
    return found


def trace_of(handed, *facts):
    return traces([handed, *facts])[OWNER, handed.statement.log, handed.statement.seq]


def told(pc, handed, **when):
    return judge(trace_of(handed, *pc.facts, *seen(handed, **when)), DEADLINE)


def test_sealed_in_time_and_nine_days_on_the_road_is_on_time():
    pc = PC(OWNER, wall=END - DAY)
    handed = hands_in(pc, 3600, floor=END - 20 * DAY)
    assert told(pc, handed) is Timing.ON_THE_WAY
    assert told(pc, handed, received=END + 9 * DAY) is Timing.ON_TIME
    assert told(pc, handed, received=END + 9 * DAY + 1) is Timing.PERSON, "beyond the grace nobody is refused"


def test_without_a_grace_it_does_not_matter_when_it_comes():
    pc = PC(OWNER, wall=END - DAY)
    handed = hands_in(pc, 3600)
    trace = trace_of(handed, *pc.facts)
    assert judge(trace, Deadline(END)) is Timing.ON_TIME
    assert judge(trace, Deadline(END - 2 * DAY)) is Timing.LATE


def test_a_clock_in_2010_goes_to_a_person_with_both_bounds_or_is_proved_by_whoever_had_it():
    pc = PC(OWNER, wall=1_262_304_000)
    pc.says("clock.doubted", 0, floor=END - 5 * DAY, said=1_262_304_000)
    handed = hands_in(pc, 600, floor=END - 5 * DAY + 600)
    trace = trace_of(handed, *pc.facts, *seen(handed, received=END + 13 * DAY))
    assert trace.said == 1_262_304_600
    assert (trace.doubted, trace.earliest, trace.latest) == (True, END - 5 * DAY + 600, END + 13 * DAY)
    assert judge(trace, DEADLINE) is Timing.PERSON
    assert told(pc, handed, collected=END - 60, received=END + 13 * DAY) is Timing.ON_TIME


def test_a_clock_three_days_fast_that_is_set_back_costs_nobody_the_deadline():
    fast = PC(OWNER, log=1, wall=END - 2 * DAY + 3 * DAY)
    handed = hands_in(fast, 60)
    assert told(fast, handed) is Timing.LATE, "so far nothing speaks against it"
    after = PC(OWNER, log=2, wall=END - DAY)
    back = after.says("clock.doubted", 0, floor=0, said=END - DAY)
    linked = type(back)(
        type(back.header)(2, OWNER, b"c" * 16, 1, 2, END - DAY, 0, b"b" * 8), back.statement, back.signer
    )
    assert judge(trace_of(handed, *fast.facts, linked), DEADLINE) is Timing.PERSON
    assert told(fast, handed, collected=END - DAY) is Timing.ON_TIME, "the desk had it before"
    assert trace_of(handed, *fast.facts, *seen(handed, received=END - DAY)).doubted


def test_late_by_a_fast_clock_that_nobody_sets_back_may_be_decided_and_what_is_proved_late_is_not_asked():
    fast = PC(OWNER, wall=END - 2 * DAY + 3 * DAY)
    handed = hands_in(fast, 60, floor=END - 5 * DAY)
    trace = trace_of(handed, *fast.facts, *seen(handed, collected=END + 5 * DAY, received=END + 9 * DAY))
    assert judge(trace, DEADLINE) is Timing.LATE, "nothing speaks against its clock"
    assert by_clock_alone(trace, DEADLINE), "and nothing else says that it was late"
    asked = Judged(Timing.LATE, trace, clock_alone=True)
    assert (asked.asks, asked.counts) == (True, Timing.LATE), "late until somebody decides otherwise"
    decided = Judged(Timing.LATE, trace, word(), clock_alone=True)
    assert (decided.asks, decided.counts) == (False, Timing.ON_TIME)
    assert not by_clock_alone(replace(trace, earliest=END + 1), DEADLINE), "signed after it"
    assert not by_clock_alone(replace(trace, fixed=True), DEADLINE), "the centre has put the clock right"
    assert not by_clock_alone(replace(trace, doubted=True), DEADLINE), "in doubt it is in the queue anyway"
    assert not by_clock_alone(replace(trace, at=END), DEADLINE)


def test_a_stick_signed_after_the_deadline_proves_that_it_was_later_whatever_the_clock_says():
    pc = PC(OWNER, wall=END - DAY)
    handed = hands_in(pc, 0, floor=END + 60)
    assert told(pc, handed) is Timing.LATE


def test_what_its_pc_recorded_later_and_the_centre_had_bounds_what_lay_on_the_lost_stick():
    pc = PC(OWNER, wall=END - DAY)
    handed = hands_in(pc, 0)
    later = hands_in(pc, 600)
    assert trace_of(handed, *pc.facts, *seen(later, received=END - 60)).received == END - 60


def test_nobody_is_their_own_witness():
    pc = PC(OWNER, wall=END + DAY)
    handed = hands_in(pc, 0)
    own = pc.start(7, END - DAY).says(
        "work.collected", of_log=handed.statement.log, of_seq=handed.statement.seq
    )
    assert trace_of(handed, *pc.facts, own).collected == 0


def test_nobody_is_their_own_witness_from_another_profile_either():
    """A coordinator hands in late at home and merges at the desk, by a clock set back: one person, two profiles."""
    pc = PC(OWNER, wall=END + DAY)
    handed = hands_in(pc, 0)
    place = (OWNER, *handed.identity)
    told = [handed, *pc.facts, *seen(handed, collected=END - DAY)]
    assert traces(told)[place].collected == END - DAY, "somebody else is a witness"
    assert traces(told, lambda _: b"one" * 5 + b".")[place].collected == 0
    assert traces(told, {OWNER: OWNER}.get)[place].collected == END - DAY, (
        "the desk's owner is not known here"
    )


def test_a_desk_whose_clock_is_in_doubt_is_no_witness():
    pc = PC(OWNER, wall=END - DAY)
    handed = hands_in(pc, 0)
    desk = PC(DESK, b"e" * 16, log=900, wall=END - 2 * DAY, signer=b"d" * 32)
    desk.says("clock.doubted", 0, floor=END + DAY, said=END - 2 * DAY)
    desk.says("work.collected", of_log=handed.statement.log, of_seq=handed.statement.seq)
    assert trace_of(handed, *pc.facts, *desk.facts).collected == 0


CLOCKS = st.one_of(
    st.sampled_from([-3 * DAY, 3 * DAY, 0]),
    st.just(1_262_304_000 - END),
    st.just(2_147_483_000 - END),
    st.integers(-40 * DAY, 40 * DAY),
)


def journal(true, shift, floor, collected, received, moved):
    """One person's work at true time `true`, by a clock that is off by `shift`, as the PC notes it."""
    pc = PC(OWNER, wall=max(0, true + shift))
    if floor > pc.wall + 600 or moved:
        pc.says("clock.doubted", 0, floor=floor, said=pc.wall)
    handed = hands_in(pc, 0, floor=floor)
    return handed, [*pc.facts, *seen(handed, collected, received)]


@given(st.data())
def test_any_order_and_any_repetition_give_the_same(data):
    true = END + data.draw(st.integers(-10, 10)) * DAY
    _, facts = journal(true, data.draw(CLOCKS), true - DAY, true + DAY, true + 9 * DAY, moved=True)
    shuffled = data.draw(st.permutations(facts))
    again = data.draw(st.lists(st.sampled_from(facts), max_size=4))
    assert traces([*shuffled, *again]) == traces(facts)


@given(st.integers(-20, 20), CLOCKS, st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_whatever_the_clock_said_nobody_is_judged_against_the_truth_once_it_is_in_doubt(
    days, shift, before, desk, road
):
    """With a clock that was noted as wrong only bounds decide, and bounds are true."""
    true = END + days * DAY
    handed, facts = journal(
        true, shift, true - before * DAY, true + desk * DAY, true + (desk + road) * DAY, True
    )
    timing = judge(trace_of(handed, *facts), DEADLINE)
    assert timing is Timing.PERSON or timing is (Timing.ON_TIME if true <= END else Timing.LATE)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("_speaks_against", lambda *_: False),
        ("_earliest", lambda fact, logs: 0),
        ("_first", lambda *_: 0),
    ],
    ids=["every clock is believed", "signed times are forgotten", "nobody is a witness"],
)
def test_planted_faults_turn_these_stories_red(monkeypatch, name, fault):
    monkeypatch.setattr(deadlines, name, fault)
    with pytest.raises(AssertionError):
        test_a_clock_in_2010_goes_to_a_person_with_both_bounds_or_is_proved_by_whoever_had_it()


def word(author=DESK, learner=OWNER, reason="Dilihat sendiri", verdict=1, counter=1, seq=1):
    fields = {
        "learner": learner, "of_log": 1, "of_seq": 2, "verdict": verdict, "reason": reason, "counter": counter,
    }  # fmt: skip
    return decision_of(fields, author, END, 900, seq)


def test_a_decision_has_a_reason_and_an_author_who_is_somebody_else():
    assert word(reason=" ") is None
    assert word(author=OWNER) is None
    assert word(verdict=9) is None
    assert isinstance(word(), Decision)


@given(st.permutations([word(counter=1), word(verdict=2, counter=2, seq=2), word(counter=2, seq=1)]))
def test_of_several_decisions_the_same_holds_everywhere(said):
    assert in_force(said)[OWNER, 1, 2].verdict == Verdict.LATE.value


def test_a_decision_settles_what_needs_a_person_and_takes_nothing_that_is_proved():
    trace, late = Trace(END, doubted=True), word(verdict=2)
    assert Judged(Timing.PERSON, trace, late).counts is Timing.LATE
    assert Judged(Timing.PERSON, trace, word()).counts is Timing.ON_TIME
    assert Judged(Timing.ON_TIME, trace, late).counts is Timing.ON_TIME
    assert Judged(Timing.PERSON, trace).counts is Timing.PERSON
