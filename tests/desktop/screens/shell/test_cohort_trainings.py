"""Kantor > Pelatihan lain: a coordinator looks at the scan, recognises or rejects, and never judges their own."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.errors import Problem
from desktop.screens.cohort_trainings import ClaimLook, ClaimRow, Trainings, TrainingsActions, TrainingsView
from desktop.screens.evidence import JpState
from desktop.screens.rooms import Room

HELENA = ClaimRow(b"h", "Helena Bonay", "Seminar", "Seminar, BKPSDM, 20 November 2026", 800, JpState.CLAIMED)
OWN = ClaimRow(b"y", "Yohana Wenda", "Lokakarya", "Milik Anda", 500, JpState.CLAIMED, may=False)
KETUT = ClaimRow(b"k", "Ketut Jaya", "Magang", "Magang, Pemkab", 2000, JpState.RECOGNISED)


class World:
    """The desk's claims, and what was made of them."""

    def __init__(self, jobs):
        self.jobs, self.view = jobs, TrainingsView([HELENA, OWN], [KETUT])
        self.stated, self.said, self.fault, self.scan = (
            [],
            [],
            None,
            QImage(60, 80, QImage.Format.Format_RGB32),
        )

    def look(self, key):
        row = next(one for one in (HELENA, OWN, KETUT) if one.key == key)
        return ClaimLook(row, [("Nama", row.name)], self.scan, "" if self.scan else "Tanpa pindaian.")

    def state(self, *what):
        if self.fault is not None:
            raise self.fault
        self.stated.append(what)
        self.view = TrainingsView([OWN], [HELENA, KETUT])

    def actions(self):
        return TrainingsActions(
            lambda: self.view, self.look, self.state, self.state, lambda *_: "", self.said.append, self.jobs
        )


@pytest.fixture
def world(seat):
    made = World(seat.jobs)
    seat.enter(Room("home", "Kantor", "office", lambda: Trainings(made.actions())))
    return made


def test_a_claim_is_looked_at_and_recognised_for_what_the_desk_says(seat, world):
    seat.click("look_0")
    assert seat.find("claim_scan").accessibleName() == "Pindaian bukti"
    assert seat.find("claim_jp").text() == "8"
    seat.find("claim_jp").setText("4,5")
    seat.click("claim_recognise")
    assert world.stated == [(b"h", 450)]
    assert world.said == ["Diakui."]
    assert seat.window.findChild(QWidget, "look_1") is None, "the list is the new one"


def test_a_rejection_has_a_reason(seat, world):
    seat.click("look_0")
    seat.click("claim_reject")
    assert seat.find("claim_reason_advice").text() == "Tulis alasannya."
    assert world.stated == []
    seat.find("claim_reason").setText("Tidak terbaca")
    seat.click("claim_reject")
    assert world.stated == [(b"h", "Tidak terbaca")]


def test_a_coordinators_own_is_shown_and_cannot_be_judged(seat, world):
    seat.click("look_1")
    assert not seat.find("claim_recognise").isEnabled()
    assert not seat.find("claim_reject").isEnabled()


def test_without_a_scan_that_is_said_before_anything_else(seat, world):
    world.scan = None
    seat.click("look_0")
    assert "Tanpa pindaian" in seat.find("claim_notice").accessibleName()
    assert not seat.find("claim_save").isEnabled()


def test_what_could_not_be_stated_is_told_and_can_be_tried_again(seat, world):
    world.fault = Problem("Catatan ini sudah berubah.", "Tutup, lalu lihat daftar yang baru.")
    seat.click("look_0")
    seat.click("claim_recognise")
    assert "sudah berubah" in seat.find("claim_problem").accessibleName()
    assert seat.find("claim_recognise").isEnabled()


def test_what_was_judged_stays_to_be_looked_at(seat, world):
    seat.click("again_0")
    assert seat.find("claim_jp").text() == "20"
