"""Packs in the background: one at a time, gone on with after a cut, dropped at once, told when there."""

import threading

import pytest

from desktop.background.pack_fetches import Failed, PackFetches, Queued, Running, Waiting
from desktop.errors import Problem
from sync.client import retry
from sync.client.faults import Failure, Fault

CUT = Failure(Fault.CUT)


class Line:
    """Stands for the work: each pack ends as it is told to, in its turn."""

    def __init__(self) -> None:
        self.ends, self.begun, self.errands = {}, [], {}
        self.open = threading.Event()
        self.open.set()

    def __call__(self, digest, errand):
        self.begun.append(digest)
        self.errands[digest] = errand
        self.open.wait(10)
        end = self.ends.get(digest, [None])
        found = end.pop(0) if end else None
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
def line():
    return Line()


@pytest.fixture
def fetches(qtbot, line, monkeypatch):
    monkeypatch.setattr(retry, "FIRST", 0.02)
    made = PackFetches(line, draw=lambda: 0.0)
    made.came = []
    made.whole.connect(made.came.append)
    yield made
    line.open.set()
    assert made.close(10_000)


def test_they_come_one_after_another_and_each_is_told(qtbot, line, fetches):
    line.open.clear()
    fetches.take("a")
    fetches.take("b")
    fetches.take("a")
    assert (fetches.state("a"), fetches.state("b")) == (Running(), Queued())
    line.open.set()
    qtbot.waitUntil(lambda: fetches.came == ["a", "b"])
    assert line.begun[:2] == ["a", "b"]
    assert fetches.state("a") is None


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.NAME_UNKNOWN, Fault.BUSY, Fault.BROKEN])
def test_a_line_that_comes_and_goes_is_tried_again_by_itself(qtbot, line, fetches, fault):
    line.ends["a"] = [Failure(fault), Failure(fault), None]
    seen = []
    fetches.changed.connect(lambda: seen.append(fetches.state("a")))
    fetches.take("a")
    qtbot.waitUntil(lambda: fetches.came == ["a"])
    assert line.begun == ["a"] * 3
    assert Waiting() in seen


@pytest.mark.parametrize("end", [Failure(Fault.PORTAL), Problem("Penuh."), ValueError("a bug")], ids=str)
def test_what_a_person_has_to_know_waits_for_a_person(qtbot, line, fetches, end):
    line.ends["a"] = [end, None]
    fetches.take("a")
    qtbot.waitUntil(lambda: isinstance(fetches.state("a"), Failed))
    assert not fetches._timer.isActive() or fetches._timer.remainingTime() == 0
    assert line.begun == ["a"]
    fetches.take("a")
    qtbot.waitUntil(lambda: fetches.came == ["a"])


def test_one_that_waits_for_its_line_lets_the_next_go_first(qtbot, line, fetches, monkeypatch):
    monkeypatch.setattr(retry, "FIRST", 600.0)
    line.ends["a"] = [CUT]
    fetches.take("a")
    qtbot.waitUntil(lambda: fetches.state("a") == Waiting())
    fetches.take("b")
    qtbot.waitUntil(lambda: "b" in line.begun)
    assert line.begun[:2] == ["a", "b"]


def test_batal_stops_it_and_the_work_is_told_to_keep_nothing(qtbot, line, fetches):
    line.open.clear()
    fetches.take("a")
    qtbot.waitUntil(lambda: "a" in line.errands)
    assert fetches.drop("a"), "the work clears away what came"
    assert line.errands["a"].dropped
    assert line.errands["a"].stop.is_set()
    assert not fetches.drop("b")
    fetches.take("a")  # and asked for again at once
    line.open.set()
    qtbot.waitUntil(lambda: fetches.came == ["a"])
    assert line.begun == ["a", "a"]


def test_closing_the_app_stops_it_and_keeps_what_came(qtbot, line, fetches):
    line.open.clear()
    fetches.take("a")
    qtbot.waitUntil(lambda: "a" in line.errands)
    fetches._pool.waitForDone(0)
    line.errands["a"].stop.wait(0)
    assert not fetches.close(0)
    assert line.errands["a"].stop.is_set()
    assert not line.errands["a"].dropped


def test_the_time_left_is_told_only_when_a_pace_is_known(qtbot, line, fetches, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("desktop.background.pack_fetches.time.monotonic", lambda: now[0])
    line.open.clear()
    fetches.take("a")
    qtbot.waitUntil(lambda: "a" in line.errands)
    errand = line.errands["a"]
    for at, done, told in (
        (100.0, 1_000, None),
        (100.1, 2_000, None),
        (101.0, 11_000, Running(11_000, None)),
        (110.0, 101_000, Running(101_000, 90)),
    ):
        now[0] = at
        errand.tell(done, 1_001_000)
        if told is not None:
            qtbot.waitUntil(lambda told=told: fetches.state("a") == told)
