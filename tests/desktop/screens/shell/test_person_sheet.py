"""From the report down to a single answer: questions by their numbers, answers in words, and what was voided."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop import language
from desktop.screens.person_sheet import PersonSheet
from desktop.screens.pill import Pill
from desktop.screens.style import sp
from tests.fakes import one_person


@pytest.fixture
def sheet(seat):
    seat.enter()
    made = PersonSheet(seat.window, one_person.RAHEL, one_person.actions(seat.jobs))
    seat.rest()
    yield seat
    made.sheet.dismiss()


def words(seat, name):
    return [one.text() for one in seat.find(name).findChildren(QLabel)]


def test_an_attempt_says_without_which_question_it_counts_and_its_answers_open_by_a_click(sheet):
    heads = words(sheet, "person_quizzes")
    assert "Percobaan 1: nilai 58,3 tanpa soal 9, 1 insiden listrik, 17 November 2026, PC Loket 1" in heads
    assert "Percobaan 2: nilai 72,7 tanpa soal 9, lulus, 24 November 2026, PC Loket 1" in heads
    sheet.click("answers_2")
    said = words(sheet, "answers_of_2")
    assert said[:3] == ["Soal 1", "Benar", "9 detik"]
    ninth = said.index("Soal 9")
    assert said[ninth : ninth + 4] == ["Soal 9", "Menteri PANRB", "Dibatalkan, tidak dihitung", "31 detik"]
    assert said[said.index("Soal 10") + 1] == "tidak dijawab"
    assert said.count("Dibatalkan, tidak dihitung") == 1
    sheet.click("answers_2")
    assert not sheet.sees("answers_of_2")


def test_without_the_pack_answers_are_shown_as_recorded_and_the_sheet_says_so(sheet):
    sheet.click("answers_3")
    said = words(sheet, "answers_of_3")
    assert said[0] == "Paket versi 1.1 tidak terpasang di komputer ini: jawaban tampil seperti dicatat."
    assert said[1:4] == ["Soal 1", "1", "9 detik"]


def test_in_english_many_things_have_their_plural(seat):
    language.use("en")
    seat.enter()
    made = PersonSheet(seat.window, one_person.RAHEL, one_person.actions(seat.jobs))
    seat.rest()
    shown = [one.text() for one in made.sheet.findChildren(QWidget) if isinstance(one, QLabel)]
    assert "Quizzes" in shown
    seat.click("answers_2")
    assert "1 second" in words(seat, "answers_of_2")
    made.sheet.dismiss()


def test_what_stands_at_the_right_stays_off_the_scroll_bar(sheet):
    sheet.click("answers_2")
    area = sheet.find("person_sheet_scroll")
    bar = area.verticalScrollBar()
    assert bar.isVisible()
    edge = bar.mapToGlobal(bar.rect().topLeft()).x()
    for pill in sheet.find("person_sheet").findChildren(Pill):
        assert pill.mapToGlobal(pill.rect().topRight()).x() + sp(8) < edge
    close, scroll = sheet.find("person_sheet_close"), bar.mapToGlobal(bar.rect().topRight()).x()
    panel = sheet.find("person_sheet_panel")
    assert close.mapToGlobal(close.rect().topRight()).x() < scroll
    assert scroll <= panel.mapToGlobal(panel.rect().topRight()).x()
