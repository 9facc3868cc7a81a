"""Catat sesi and its answer: typed by keyboard, slips told beside, and one's word goes to the other."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from desktop.errors import Problem
from desktop.screens.evidence import Evidence
from desktop.screens.rooms import Room
from desktop.screens.session_sheet import AnswerSheet, SessionSheet, SessionWish, read_clock
from tests.fakes import outside
from tests.fakes import people_at_work as office


@pytest.fixture
def room(seat):
    seat.enter(Room("home", "Bukti & JP", "award", lambda: Evidence(office.evidence(seat.jobs))))
    return seat


def test_a_session_is_typed_and_saved(room):
    saved, said = [], []
    actions = outside.sessions(room.jobs, save=saved.append, saved=lambda: said.append("ya"))
    SessionSheet(room.window, actions, SessionWish())
    room.find("session_form").choose("mentoring")
    for name, text in (
        ("nip", "198609262015052001"),
        ("day", "20-11-2026"),
        ("start", "9.30"),
        ("minutes", "60"),
    ):
        room.find(f"session_{name}").setText(text)
    room.find("session_topic").setPlainText("Antrean lansia")
    room.find("session_agreed").setPlainText("Loket dua")
    room.click("session_save")
    wish = SessionWish(
        "", "mentoring", "198609262015052001", date(2026, 11, 20), 570, 60, "Antrean lansia", "Loket dua"
    )
    assert (saved, said) == ([wish], ["ya"])
    assert room.window.findChild(QWidget, "session_sheet") is None


@pytest.mark.parametrize(("name", "text"), [("day", "kemarin"), ("start", "25.00"), ("minutes", "satu jam")])
def test_a_slip_is_told_and_nothing_is_saved(room, name, text):
    saved = []
    SessionSheet(room.window, outside.sessions(room.jobs, save=saved.append), outside.SESSION)
    room.find(f"session_{name}").setText(text)
    room.click("session_save")
    assert saved == []
    assert room.focus == f"session_{name}"


def test_where_the_table_allows_no_form_the_sheet_says_so(room):
    SessionSheet(room.window, outside.sessions(room.jobs, forms=()), SessionWish())
    assert room.sees("session_none")
    assert not room.find("session_save").isEnabled()


def test_a_colleague_is_asked_in_bukti_and_the_word_is_given(room):
    room.click("answer_ab")
    assert room.sees("answer_sheet")
    room.click("answer_yes")
    assert not room.sees("answer_sheet")


def test_a_no_needs_its_reason_and_the_sheet_stays(room):
    told = []

    def answer(yes, reason):
        told.append((yes, reason))
        if not reason:
            raise Problem("Tulis alasannya.")

    AnswerSheet(room.window, outside.answers(room.jobs, answer=answer))
    room.click("answer_no")
    assert room.sees("answer_problem")
    room.find("answer_reason").setText("Baru 30 menit")
    room.click("answer_no")
    assert told == [(False, ""), (False, "Baru 30 menit")]
    assert not room.sees("answer_sheet")


def test_what_both_have_stated_is_printed_and_what_waits_can_be_changed(room):
    assert room.find("session_cd").accessibleName().startswith("Lembar sesi…")
    room.click("session_ef")
    assert room.find("session_topic").toPlainText() == outside.SESSION.topic


@pytest.mark.parametrize(
    ("typed", "minute"), [("9.30", 570), ("09:05", 545), ("8", 480), ("24.00", None), ("x", None), ("", None)]
)
def test_a_time_is_read_as_people_type_it(typed, minute):
    assert read_clock(typed) == minute
