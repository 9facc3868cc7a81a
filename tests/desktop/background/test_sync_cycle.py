"""The cycle in the background: when it sends, what it says, and that it never holds anybody up."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication

from desktop.background.sending import SendingProgress
from desktop.background.sync_cycle import (
    Idle,
    LimitReached,
    Offline,
    Sending,
    Sent,
    SyncCycle,
    Trouble,
)
from desktop.background.sync_words import word_failure, word_limit
from sync.client.deliver import SyncOutcome
from sync.client.faults import Failure, Fault


def _sent(count=3):
    return SyncOutcome(at=1_795_700_000, rounds=1, acked=count, facts=0, sent_bytes=300, received_bytes=150)


def _failed(fault, code=""):
    return SyncOutcome(None, 1, 0, 0, 75, 0, failure=Failure(fault, code, retry_after=0.0))


@pytest.fixture
def cycle(qtbot):
    made = SyncCycle(draw=lambda: 0.5)
    states = []
    made.changed.connect(states.append)
    made.states = states
    yield made
    made.release()


def _deliver(qtbot, cycle, outcome):
    with qtbot.waitSignal(cycle.delivered, timeout=5000):
        cycle.use(lambda _: outcome, first=900)
        cycle.send_now()


def test_what_was_sent_is_told_with_the_centres_time(qtbot, cycle):
    _deliver(qtbot, cycle, _sent())
    assert cycle.states == [Sending(), Sent(1_795_700_000, 3)]
    assert (cycle.totals.requests, cycle.totals.sent_bytes, cycle.totals.received_bytes) == (1, 300, 150)


@pytest.mark.parametrize("fault", [Fault.NAME_UNKNOWN, Fault.UNREACHABLE, Fault.CUT])
def test_no_internet_is_calm_and_never_trouble(qtbot, cycle, fault):
    _deliver(qtbot, cycle, _failed(fault))
    assert isinstance(cycle.state, Offline)


def test_since_when_it_is_offline_is_remembered_over_the_next_tries(qtbot, cycle):
    _deliver(qtbot, cycle, _failed(Fault.UNREACHABLE))
    first = cycle.state
    with qtbot.waitSignal(cycle.delivered, timeout=5000):
        cycle.send_now()
    assert cycle.state == first


@pytest.mark.parametrize("fault", [fault for fault in Fault if not fault.offline])
def test_everything_else_is_said_in_words_with_the_work_safe(qtbot, cycle, fault):
    _deliver(qtbot, cycle, _failed(fault, "centre"))
    assert isinstance(cycle.state, Trouble)
    problem = cycle.state.problem
    assert problem.title
    assert "tersimpan" in problem.advice


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_its_words(fault):
    assert word_failure(Failure(fault, "x")).title


def test_a_failing_road_is_not_hurried_by_new_work_but_by_a_click(qtbot, cycle):
    _deliver(qtbot, cycle, _failed(Fault.UNREACHABLE))
    pause = cycle._timer.remainingTime()
    cycle.recorded()
    assert abs(cycle._timer.remainingTime() - pause) < 1000
    with qtbot.waitSignal(cycle.delivered, timeout=5000):
        cycle.send_now()
    assert cycle._timer.remainingTime() > pause


def test_work_recorded_after_all_was_sent_goes_soon(qtbot, cycle):
    _deliver(qtbot, cycle, _sent())
    cycle.recorded()
    assert cycle._timer.remainingTime() < 25_000
    before = cycle._timer.remainingTime()
    cycle.recorded()
    assert cycle._timer.remainingTime() <= before


def test_recording_goes_on_while_a_delivery_hangs(qtbot, cycle):
    hang, begun = threading.Event(), threading.Event()

    def work(_):
        begun.set()
        hang.wait(10)
        return _sent(0)

    cycle.use(work, first=900)
    cycle.send_now()
    assert begun.wait(5)
    cycle.recorded()
    cycle.send_now()
    assert cycle.state == Sending()
    with qtbot.waitSignal(cycle.delivered, timeout=5000):
        hang.set()
    assert cycle._timer.remainingTime() < 25_000


def test_switching_user_stops_a_delivery_and_drops_its_result(qtbot, cycle):
    begun = threading.Event()

    def work(errand):
        begun.set()
        while not errand.cancelled():
            threading.Event().wait(0.005)
        return _sent(99)

    cycle.use(work, first=900)
    cycle.send_now()
    assert begun.wait(5)
    assert cycle.release()
    QCoreApplication.processEvents()  # the result was posted before release() returned: here it would arrive
    assert not any(isinstance(state, Sent) for state in cycle.states)
    cycle.send_now()
    assert not cycle.busy


def test_a_bug_in_a_delivery_is_told_and_the_cycle_goes_on(qtbot, cycle):
    def work(_):
        raise ZeroDivisionError

    cycle.use(work, first=900)
    with qtbot.waitSignal(cycle.changed, timeout=5000, check_params_cb=lambda one: isinstance(one, Trouble)):
        cycle.send_now()
    assert not cycle.state.problem.known
    assert cycle._timer.isActive()


def test_what_the_centre_refused_is_said(qtbot, cycle):
    outcome = SyncOutcome(5, 1, 0, 0, 1, 1, refusals=(("office", {}),))
    _deliver(qtbot, cycle, outcome)
    assert isinstance(cycle.state, Trouble)


def test_a_code_from_a_newer_centre_is_named(qtbot, cycle):
    _deliver(qtbot, cycle, SyncOutcome(5, 1, 0, 0, 1, 1, refusals=(("new-thing", {}),)))
    assert isinstance(cycle.state, Trouble)
    assert "new-thing" in cycle.state.problem.title


def test_nobody_signed_in_sends_nothing(cycle):
    cycle.send_now()
    cycle.recorded()
    assert cycle.state == Idle()
    assert not cycle.busy


def test_a_busy_centre_is_left_alone_as_long_as_it_asked(qtbot, cycle):
    _deliver(qtbot, cycle, SyncOutcome(None, 1, 0, 0, 1, 1, failure=Failure(Fault.BUSY, retry_after=1800.0)))
    assert cycle._timer.remainingTime() > 1_790_000


def test_how_far_it_is_is_told_while_it_goes(qtbot, cycle):
    half = SendingProgress(600_000, 1_200_000, 90)

    def work(errand):
        errand.tell(half)
        return _sent()

    with qtbot.waitSignal(cycle.delivered, timeout=5000):
        cycle.use(work, first=900)
        cycle.send_now()
    assert cycle.states == [Sending(), Sending(half), Sent(1_795_700_000, 3)]


def test_how_far_it_was_for_somebody_who_left_is_not_shown(qtbot, cycle):
    begun, left = threading.Event(), threading.Event()

    def work(errand):
        begun.set()
        left.wait(10)
        errand.tell(SendingProgress(1, 2, 3))
        return _sent()

    cycle.use(work, first=900)
    cycle.send_now()
    assert begun.wait(5)
    cycle.release(wait_ms=0)
    left.set()
    assert cycle._pool.waitForDone(5000)
    QCoreApplication.processEvents()
    assert cycle.states == [Sending()]


def _until_the_limit(errand):
    """A month whose data is used up: what nobody asked for stops by itself."""
    return _sent() if errand.by_hand else SyncOutcome(None, 0, 0, 0, 0, 0, cancelled=True)


@pytest.fixture
def limited(qtbot, cycle):
    with qtbot.waitSignal(cycle.delivered, timeout=5000):
        cycle.use(_until_the_limit, first=0)
    return cycle


def test_a_month_whose_data_is_used_up_is_a_calm_pause_and_not_trouble(limited):
    assert limited.state == LimitReached()
    assert limited._timer.remainingTime() > 200_000
    limited.recorded()
    assert limited._timer.remainingTime() > 200_000, "work waits, and is not tried every few seconds"
    title, advice = word_limit()
    assert title == "Batas data bulan ini tercapai. Kirim sekarang tetap bisa."
    assert "tersimpan" in advice


def test_send_now_goes_though_the_data_is_used_up(qtbot, limited):
    with qtbot.waitSignal(limited.delivered, timeout=5000):
        limited.send_now()
    assert limited.state == Sent(1_795_700_000, 3)


def test_the_pause_does_not_flicker_while_it_looks_whether_it_still_holds(qtbot, limited):
    limited.states.clear()
    with qtbot.waitSignal(limited.delivered, timeout=5000):
        limited._plan(0)
    assert limited.states == []


def test_send_now_during_a_delivery_that_meets_the_limit_goes_at_once_after_it(qtbot, cycle):
    begun, clicked = threading.Event(), threading.Event()

    def work(errand):
        begun.set()
        clicked.wait(10)
        return _until_the_limit(errand)

    with qtbot.waitSignal(cycle.changed, timeout=5000, check_params_cb=lambda one: isinstance(one, Sent)):
        cycle.use(work, first=0)
        qtbot.waitUntil(begun.is_set)
        cycle.send_now()
        clicked.set()
    assert cycle.states == [Sending(), LimitReached(), Sending(), Sent(1_795_700_000, 3)]
