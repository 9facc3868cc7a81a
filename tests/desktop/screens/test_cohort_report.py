"""Kantor > Laporan: numbers, two charts with their tables, a workbook and a paper; faults leave the page."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.office.follow_up import paces_of
from desktop.office.gather import freshness_of
from desktop.office.monthly import monthly, units_of
from desktop.office.report import Gathered
from desktop.screens import style
from desktop.screens.cohort_report import ReportActions, ReportTab
from desktop.screens.paper_sheet import DrawnPaper
from desktop.screens.style import Theme
from sync.folds.cohort import ComputerRow
from sync.folds.weeks import Week
from sync.jp_table import shipped_table
from tests.builders.cohort import NOW, invented_rows

ZONE = ZoneInfo("Asia/Jayapura")


class World:
    def __init__(self, jobs):
        self.jobs, self.rows = jobs, invented_rows(42, units=14)
        self.drawn, self.saved, self.said, self.fault = [], [], [], None

    def load(self):
        pcs = (ComputerRow(b"1" * 16, "PC Loket 1", 7, NOW),)
        weeks = [Week(date(2026, 9, 7) + timedelta(weeks=n), 3 * n) for n in range(12)]
        found = Gathered(tuple(self.rows), pcs, (), freshness_of(pcs, NOW))
        return monthly(found, paces_of(shipped_table(), NOW, ZONE), weeks, (), ("Waropen", ZONE, NOW))

    def actions(self):
        return ReportActions(
            self.load,
            self._draw,
            lambda size: self._draw("handover", size),
            lambda _report: b"PK",
            lambda _parent, title: f"/media/stick/{title}.pdf",
            lambda _parent, _report: "/media/stick/laporan.xlsx",
            lambda path, data: self.saved.append((path, data)),
            lambda path, data: self.saved.append((path, b"serah " + data)),
            self._save,
            self.said.append,
            self.jobs,
        )

    def _draw(self, report, size):
        self.drawn.append(size.value if report != "handover" else f"serah {size.value}")
        page = QImage(28, 20, QImage.Format.Format_RGB32)
        page.fill(Qt.GlobalColor.white)
        return DrawnPaper("Laporan bulanan November 2026", 4, b"%PDF", page)

    def _save(self, path, data):
        if self.fault:
            raise self.fault
        self.saved.append((path, data))


@pytest.fixture
def world(qtbot):
    jobs = Jobs()
    yield World(jobs)
    assert jobs.close()


@pytest.fixture
def room(qtbot, world):
    style.apply(QApplication.instance(), Theme.LIGHT)
    window = QWidget()
    window.setLayout(QVBoxLayout())
    made = ReportTab(world.actions())
    window.layout().addWidget(made)
    qtbot.addWidget(window)
    window.resize(1262, 700)
    window.show()
    qtbot.waitUntil(world.jobs.idle)
    made.window_of_test = window
    return made


def child(room, name):
    return next((one for one in room.window().findChildren(QWidget, name) if one.isVisible()), None)


def press(qtbot, world, room, name):
    child(room, name).click()
    qtbot.waitUntil(world.jobs.idle)
    QApplication.processEvents()


def texts(room, name):
    return [one.text() for one in child(room, name).findChildren(QLabel)]


def test_each_chart_has_its_numbers_as_words_and_as_a_table(qtbot, world, room):
    assert child(room, "report_weeks_chart").accessibleName().startswith("minggu 7 Sep: 0 orang; ")
    told = texts(room, "report_weeks")
    assert {str(3 * n) for n in range(12)} <= set(told)
    units = units_of(world.rows)
    biggest = max(units, key=lambda one: one.people)
    assert child(room, "unit_bar_0").accessibleName() == (
        f"{biggest.unit}: {biggest.done} dari {biggest.people} selesai"
    )
    assert any(words.endswith("unit lain ada di berkas XLSX.") for words in texts(room, "report_units"))


def test_the_numbers_at_the_head_add_up(qtbot, world, room):
    assert child(room, "report_number_0").accessibleName() == "Peserta: 42"
    parts = [child(room, f"report_number_{n}").accessibleName() for n in range(1, 5)]
    assert sum(int(words.rsplit(" ", 1)[1]) for words in parts) == 42


def test_the_workbook_is_saved_where_one_chose(qtbot, world, room):
    press(qtbot, world, room, "report_xlsx")
    assert world.saved == [("/media/stick/laporan.xlsx", b"PK")]
    assert world.said == ["Laporan disimpan dan sudah diperiksa."]


def test_a_stick_that_is_full_is_told_and_the_page_stays(qtbot, world, room):
    world.fault = Problem("Berkas tidak dapat disimpan di sana.", "Periksa sisa ruang.")
    press(qtbot, world, room, "report_xlsx")
    assert child(room, "report_problem").accessibleName().startswith("Berkas tidak dapat disimpan")
    assert child(room, "report_print") is not None
    assert world.said == []


def test_the_report_is_looked_at_before_it_is_saved_on_either_paper(qtbot, world, room):
    press(qtbot, world, room, "report_print")
    assert child(room, "paper_state").accessibleName().startswith("Laporan bulanan November 2026, 4 halaman")
    press(qtbot, world, room, "paper_f4")
    press(qtbot, world, room, "paper_save")
    assert world.drawn == ["A4", "F4"]
    assert world.saved == [("/media/stick/Laporan bulanan November 2026.pdf", b"%PDF")]


def test_the_minutes_of_a_hand_over_are_drawn_on_either_paper(qtbot, world, room):
    press(qtbot, world, room, "report_handover")
    press(qtbot, world, room, "paper_f4")
    assert world.drawn == ["serah A4", "serah F4"]
