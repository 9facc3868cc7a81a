"""A time of handing in that needs a person: the evidence is read, and without a reason nothing is decided."""

from dataclasses import replace

import pytest

from desktop.errors import Problem
from desktop.screens.arrange import column, holder
from desktop.screens.assignment_views import TimingView
from desktop.screens.grading import Grading
from desktop.screens.rooms import Room
from desktop.screens.timing_sheet import TimingActions, TimingSheet, late_by_clock, timing_card
from tests.fakes.assignments import PAPER, Marker

LINES = (
    ("Batas waktu", "20 Maret 2027 pukul 14.00 WIT"),
    ("Disegel menurut komputernya", "21 Maret 2027 pukul 08.00 WIT (jamnya diragukan)"),
    ("Sampai di pusat", "2 April 2027 pukul 09.15 WIT"),
)
HERS = TimingView("p1", "Helena Rumbiak", "Rencana loket. Sekretariat", LINES)
OWN = TimingView("p2", "Yohana Kambu", "Rencana loket. Sekretariat", LINES, own=True)


class Desk:
    """A coordinator's desk: `did` is what was decided, `fault` what stops it."""

    def __init__(self, seat):
        self.seat, self.did, self.said, self.fault, self.again = seat, [], [], None, 0
        self.actions = TimingActions(self.decide, self.said.append, seat.jobs)

    def decide(self, key, on_time, reason):
        if self.fault is not None:
            raise self.fault
        self.did.append((key, on_time, reason))

    def renewed(self):
        self.again += 1

    def card(self):
        def open_one(one):
            self.sheet = TimingSheet(self.seat.window, one, self.actions, self.renewed)

        return holder(column(timing_card((HERS, OWN), open_one), None))


@pytest.fixture
def desk(seat):
    made = Desk(seat)
    seat.enter(Room("home", "Kantor", "office", made.card))
    return made


def test_the_evidence_is_read_and_a_reason_is_asked_for_before_anything_is_decided(seat, desk):
    seat.click("timing_0")
    assert [seat.find(f"timing_said_{at}").text() for at in range(3)] == [said for _, said in LINES]
    assert seat.focus == "timing_reason"
    seat.click("timing_good")
    assert desk.did == []
    seat.press("Dilihat sendiri")
    seat.click("timing_good")
    seat.rest()
    assert desk.did == [("p1", True, "Dilihat sendiri")]
    assert (len(desk.said), desk.again) == (1, 1)


def test_late_is_decided_with_a_reason_too(seat, desk):
    seat.click("timing_0")
    seat.press("Dikirim sesudah diingatkan")
    seat.click("timing_late")
    seat.rest()
    assert desk.did == [("p1", False, "Dikirim sesudah diingatkan")]


def test_ones_own_work_is_for_somebody_else(seat, desk):
    assert seat.window.findChild(type(seat.find("timing_0")), "timing_1") is None


def test_what_could_not_be_stated_stays_on_the_glass_with_what_was_typed(seat, desk):
    desk.fault = Problem("Komputer ini belum mengenal kantor.", "Pasang berkas kantor dahulu.")
    seat.click("timing_0")
    seat.press("Dilihat sendiri")
    seat.click("timing_good")
    seat.rest()
    assert seat.find("timing_problem").isVisible()
    assert seat.find("timing_reason").text() == "Dilihat sendiri"


def test_what_the_clock_alone_calls_late_is_listed_when_somebody_asks_and_then_decided(seat):
    desk, shown = Desk(seat), []

    def page():
        def open_one(one):
            desk.sheet = TimingSheet(seat.window, one, desk.actions, desk.renewed)

        late = (replace(HERS, waits=False),)
        parts = [late_by_clock(late, open_one, None), late_by_clock(late, open_one, lambda: shown.append(1))]
        return holder(column(*parts, None))

    seat.enter(Room("home", "Kantor", "office", page))
    seat.click("late_by_clock")
    assert shown == [1]
    seat.click("late_0")
    seat.press("Jamnya maju tiga hari")
    seat.click("timing_good")
    seat.rest()
    assert desk.did == [("p1", True, "Jamnya maju tiga hari")]


def test_a_trainer_decides_at_the_paper(seat):
    marker, did = Marker((replace(PAPER, timing=HERS),)), []
    actions = replace(marker.actions(), decide=lambda *said: did.append(said))
    seat.enter(Room("home", "Penilaian", "pen", lambda: Grading(actions, seat.jobs)))
    seat.click("paper_0")
    seat.click("paper_timing")
    seat.press("Sudah dibahas tanggal 19")
    seat.click("timing_good")
    seat.rest()
    assert did == [("p1", True, "Sudah dibahas tanggal 19")]
