"""Refleksi: typed by keyboard, told where it stands on a paper, and changed after that on purpose only."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from desktop.errors import Problem
from desktop.screens.evidence import Evidence
from desktop.screens.reflection_sheet import ReflectionSheet, ReflectionView
from desktop.screens.rooms import Room
from tests.fakes import outside
from tests.fakes import people_at_work as office


@pytest.fixture
def room(seat):
    seat.enter(Room("home", "Bukti & JP", "award", lambda: Evidence(office.evidence(seat.jobs))))
    return seat


def opened(room, view=outside.REFLECTION, **more):
    ReflectionSheet(room.window, "2026", outside.reflections(room.jobs, view, **more))
    room.qtbot.waitUntil(lambda: loaded(room, view))


def loaded(room, view):
    return room.sees("reflection_again" if view.printed else "reflection_save") and (
        room.find("reflection_learned").isReadOnly() == bool(view.printed)
    )


def test_both_answers_are_typed_and_saved_and_the_sheet_goes(room):
    saved, said = [], []
    opened(room, ReflectionView(), save=lambda *words: saved.append(words), saved=lambda: said.append("ya"))
    assert room.focus == "reflection_learned"
    room.find("reflection_learned").setPlainText("Surat dicatat dahulu.")
    room.find("reflection_use").setPlainText("Buku agenda.")
    room.click("reflection_save")
    room.qtbot.waitUntil(lambda: bool(said))
    assert (saved, said) == ([("Surat dicatat dahulu.", "Buku agenda.")], ["ya"])
    assert room.window.findChild(QWidget, "reflection_sheet") is None


def test_bukti_opens_what_was_written_before(room):
    room.click("reflection")
    room.qtbot.waitUntil(lambda: loaded(room, outside.REFLECTION))
    assert room.find("reflection_learned").toPlainText() == outside.REFLECTION.learned
    assert not room.find("reflection_use").isReadOnly()


def test_what_stands_on_a_paper_is_only_read_until_somebody_writes_again(room):
    opened(room, ReflectionView("Satu.", "Dua.", printed=date(2026, 11, 20)))
    assert "20 November 2026" in room.find("reflection_printed").accessibleName()
    assert room.find("reflection_learned").isReadOnly()
    assert not room.sees("reflection_save")
    room.click("reflection_again")
    assert not room.find("reflection_learned").isReadOnly()
    assert room.sees("reflection_save")


def test_a_slip_is_told_and_what_was_typed_stays(room):
    def refuse(*_words):
        raise Problem("Tulis dahulu refleksinya.", "Satu atau dua kalimat sudah cukup.")

    opened(room, ReflectionView(), save=refuse)
    room.find("reflection_learned").setPlainText("Surat")
    room.click("reflection_save")
    room.qtbot.waitUntil(lambda: room.sees("reflection_problem"))
    assert room.find("reflection_learned").toPlainText() == "Surat"
    assert room.find("reflection_save").isEnabled()
