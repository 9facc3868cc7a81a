"""Whoever leaves the PC finds it locked, and what they did where they left it."""

import sys
import time

import pytest
import time_machine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.screens.lock import Lock, LockActions
from desktop.screens.presence import Presence, seconds
from desktop.screens.rooms import Room
from desktop.screens.sign_in import PlaceView
from tests.fakes import people_at_work as office


class Hand:
    """A clock that only the test moves."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def watched(seat):
    """The window of the seat, its presence on a clock of ours."""
    clock = Hand()
    seat.enter()
    presence = seat.window.presence
    presence.clock = clock
    presence.touch()

    def pass_time(seconds):
        clock.now += seconds
        presence.look_up()

    return pass_time


def test_nothing_happens_while_somebody_works(seat, watched):
    watched(200)
    seat.press(Qt.Key.Key_Tab)
    watched(200)
    assert seat.asked == []
    assert not seat.sees("idle_notice")


def test_at_four_thirty_it_warns_and_any_key_keeps_the_screen(seat, watched):
    watched(270)
    assert seat.find("idle_notice").words() == "Layar dikunci dalam 30 detik. Tekan tombol apa saja."
    watched(12)
    assert seat.find("idle_notice").words() == "Layar dikunci dalam 18 detik. Tekan tombol apa saja."
    before = seat.focus
    seat.press(Qt.Key.Key_Tab)
    assert not seat.sees("idle_notice")
    assert seat.focus == before  # the key only said "I am here"
    watched(200)
    assert seat.asked == []


def test_after_five_minutes_it_locks(seat, watched):
    watched(270)
    watched(31)
    assert seat.asked == ["lock"]
    assert not seat.sees("idle_notice")


def test_a_moving_mouse_is_somebody(seat, watched):
    watched(299)
    for place in (seat.window.rect().center(), seat.window.rect().topLeft()):
        QTest.mouseMove(seat.window.windowHandle(), place)
    seat.rest()
    watched(20)
    assert seat.asked == []


def test_a_playing_video_is_somebody(seat, watched):
    seat.playing = True
    watched(2000)
    seat.playing = False
    watched(269)
    assert seat.asked == []
    watched(40)
    assert seat.asked == ["lock"]


def test_the_clock_of_the_pc_does_not_decide(qapp):
    """Presence counts on a clock that never runs backwards, whatever the date is set to."""
    with time_machine.travel("2010-01-01"):
        presence = Presence(qapp, idle_s=300, busy=lambda: False)
        before = presence.clock()
    with time_machine.travel("2009-01-01"):
        assert presence.clock() >= before


def test_who_wakes_a_pc_that_slept_finds_the_lock_and_not_the_page(seat, watched):
    presence = seat.window.presence
    presence.clock.now += 3 * 3600  # the lid was closed, and no timer has run yet
    seat.press(Qt.Key.Key_Tab)
    assert seat.asked == ["lock"]


@pytest.mark.skipif(sys.platform != "linux", reason="where the system's own clock leaves sleep out")
def test_sleep_counts_as_absence(monkeypatch):
    asked = []
    monkeypatch.setattr(time, "clock_gettime", lambda which: asked.append(which) or 5.0)
    assert (seconds(), asked) == (5.0, [time.CLOCK_BOOTTIME])


class Half(QWidget):
    """A page with something half done."""

    def __init__(self):
        super().__init__()
        self.left = 0

    def leave(self):
        self.left += 1


def test_the_lock_hides_everything_and_the_same_person_comes_back_to_the_same_page(seat):
    half = Half()
    seat.enter(Room("home", "Beranda", "home", lambda: half))
    entered = []

    def unlocked(session):
        entered.append(session)
        seat.window.uncover()

    seat.window.presence.left.emit()
    assert half.left == 1
    lock = LockActions(
        who=lambda: office.TILES[0],
        place=lambda: PlaceView("PC Loket 1", "Kantor Distrik"),
        unlock=office.wrong_pin,
        unlocked=unlocked,
        switch_user=lambda: seat.asked.append("switch"),
        look=office.calm_look(),
        jobs=seat.jobs,
    )
    seat.window.cover(lambda: Lock(lock))
    seat.rest()
    assert seat.window.covered
    assert not half.isVisible()
    assert not seat.sees("rail")
    assert seat.focus == "pin"
    seat.press((Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier))
    seat.press(Qt.Key.Key_F6)
    assert seat.asked == ["lock"]  # no key goes round the lock
    seat.press("111222", Qt.Key.Key_Return)
    assert seat.window.covered
    seat.press(office.PIN, Qt.Key.Key_Return)
    assert entered == ["session"]
    assert not seat.window.covered
    assert half.isVisible()


def test_somebody_else_changes_the_user_from_the_lock(seat):
    seat.enter()
    lock = LockActions(
        who=lambda: office.TILES[0],
        place=lambda: PlaceView("PC Loket 1", ""),
        unlock=office.wrong_pin,
        unlocked=lambda _session: None,
        switch_user=lambda: seat.asked.append("switch"),
        look=office.calm_look(),
        jobs=seat.jobs,
    )
    seat.window.cover(lambda: Lock(lock))
    seat.click("lock_switch_user")
    assert seat.asked == ["switch"]
