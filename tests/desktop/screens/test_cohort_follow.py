"""Kantor > Tindak lanjut: reasons as chips, a message without a NIP, a paper, and a word that is noted."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from desktop.background.jobs import Jobs
from desktop.office.contacts import Contact, Way
from desktop.office.corrections import Wish
from desktop.office.endings import Ending
from desktop.office.follow_up import calls, message, paces_of
from desktop.screens import style
from desktop.screens.button import Button
from desktop.screens.cohort_corrections import CorrectionActions
from desktop.screens.cohort_follow import SHOWN, FollowUpActions, FollowUpTab, FollowUpView
from desktop.screens.cohort_model import Days
from desktop.screens.paper_sheet import DrawnPaper
from desktop.screens.style import Theme
from sync.folds.cohort import CohortState
from sync.folds.corrections import Correction, Topic
from sync.folds.years import contract_years
from sync.jp_table import shipped_table
from tests.builders.cohort import NOW, invented_rows

DAYS = Days(ZoneInfo("Asia/Jayapura"), 2026, NOW)
PACES = paces_of(shipped_table(), NOW, DAYS.zone)


class World:
    def __init__(self, jobs):
        self.jobs, self.rows, self.log = jobs, invented_rows(120), {}
        self.noted, self.said, self.drawn, self.saved = [], [], [], []
        self.wishes, self.answered, self.endings = (), [], ()

    def actions(self):
        return FollowUpActions(
            lambda: FollowUpView(calls(self.rows, PACES, self.log), DAYS, self.wishes, endings=self.endings),
            lambda found: message(found, "Distrik Abenaho", date(2026, 11, 26)),
            self._draw,
            self._note,
            lambda _parent, title: f"/media/stick/{title}.pdf",
            lambda path, pdf: self.saved.append((path, pdf)),
            self.said.append,
            self.jobs,
            CorrectionActions(self._put_right, self._decline, self.said.append, self.jobs),
        )

    def _put_right(self, one):
        self.answered.append((one.name, "sudah"))
        self.wishes = ()

    def _decline(self, one, reason):
        self.answered.append((one.name, reason))
        self.wishes = ()

    def _draw(self, found, size):
        self.drawn.append((len(found), size.value))
        page = QImage(20, 28, QImage.Format.Format_RGB32)
        page.fill(Qt.GlobalColor.white)
        return DrawnPaper("Daftar tindak lanjut", 2, b"%PDF", page)

    def _note(self, person, day, way, words):
        self.noted.append((person, day, way, words))
        self.log[person] = (Contact(person, day, way, words, b"m" * 16, NOW, at_centre=False),)


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
    made = FollowUpTab(world.actions())
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


def test_what_ends_soon_stands_above_the_list_also_where_nobody_needs_a_word(qtbot, world, room):
    assert child(room, "endings_card") is None
    world.endings = (Ending("Sari Lestari", "Masa tamu", date(2026, 11, 30), 4),)
    world.rows = []
    room.refresh()
    qtbot.waitUntil(world.jobs.idle)
    assert child(room, "ending_0").accessibleName() == (
        "Sari Lestari. Masa tamu sampai 30 November 2026, 4 hari lagi."
    )
    assert child(room, "follow_empty") is not None


def test_chips_count_each_reason_and_choosing_one_leaves_its_people(qtbot, world, room):
    everybody = calls(world.rows, PACES, {})
    assert child(room, "why_0").text().strip() == f"Semua {len(everybody)}"
    idle = [one for one in world.rows if one.row.state is CohortState.TIDAK_AKTIF]
    assert child(room, "why_4").text().strip() == f"14 hari tidak aktif {len(idle)}"
    press(qtbot, world, room, "why_4")
    assert len(room.shown()) == len(idle)
    assert child(room, "why_4").isChecked()


def test_a_long_list_is_shown_in_parts_and_copied_whole_without_a_nip(qtbot, world, room):
    assert child(room, f"call_{SHOWN - 1}") is not None
    assert child(room, f"call_{SHOWN}") is None
    press(qtbot, world, room, "more")
    assert child(room, f"call_{SHOWN}") is not None
    press(qtbot, world, room, "follow_copy")
    text = QGuiApplication.clipboard().text()
    assert text.count("\n") == len(room.shown()) + 3
    assert not any(one.nip in text for one in world.rows)
    assert world.said == ["Pesan disalin. Tempel di WhatsApp atau SMS."]


def test_a_word_that_was_had_is_noted_and_shown_with_where_it_is_kept(qtbot, world, room):
    first = room.shown()[0]
    press(qtbot, world, room, "call_0")
    child(room, "contact_way").choose("phone")
    child(room, "contact_day").setText("21-11-2026")
    child(room, "contact_note").setText("mulai lagi Senin")
    press(qtbot, world, room, "contact_save")
    assert world.noted == [(first.found.row.person, date(2026, 11, 21), Way.PHONE, "mulai lagi Senin")]
    assert child(room, "call_0").accessibleName().endswith("Telepon, 21 Nov: mulai lagi Senin")
    press(qtbot, world, room, "call_0")
    said = [one.text() for one in child(room, "contact_sheet").findChildren(QLabel)]
    assert "Telepon, 21 Nov: mulai lagi Senin" in said
    assert "di komputer ini, belum dikirim" in said


@pytest.mark.parametrize("day", ["31-02-2026", "besok", "27-11-2026"])
def test_a_day_that_is_none_or_to_come_is_not_noted(qtbot, world, room, day):
    press(qtbot, world, room, "call_0")
    child(room, "contact_day").setText(day)
    press(qtbot, world, room, "contact_save")
    assert world.noted == []
    assert child(room, "contact_day_advice").text().startswith("Tulis seperti")


def test_the_list_is_drawn_for_both_papers_and_saved(qtbot, world, room):
    press(qtbot, world, room, "follow_print")
    press(qtbot, world, room, "paper_f4")
    press(qtbot, world, room, "paper_save")
    assert world.drawn == [(len(room.shown()), "A4"), (len(room.shown()), "F4")]
    assert world.saved == [("/media/stick/Daftar tindak lanjut.pdf", b"%PDF")]
    assert child(room, "paper_saved") is not None


def test_nobody_to_call_is_said_calmly(qtbot, world, room):
    world.rows = [one for one in world.rows if one.row.state is CohortState.BELUM_ADA_DATA]
    room.refresh()
    qtbot.waitUntil(lambda: world.jobs.idle() and child(room, "follow_empty") is not None)
    assert room.findChild(Button, "follow_copy") is None


def test_whoever_is_on_contract_owes_what_the_table_says_of_contracts():
    (row,) = invented_rows(1)
    for nip, target in (("198609262015051001", 2000), ("198609262024211001", 2400), ("", 2000)):
        assert PACES.of(replace(row, nip=nip)).target == target
    dated = replace(row, nip="198609262024211001", years=contract_years(["2024-03-01"]))
    left = date(2027, 2, 28) - datetime.fromtimestamp(NOW, DAYS.zone).date()
    assert PACES.of(dated).days_left == left.days


def wish(version, held="Helena Bonai", right="Helena Bonay, S.Sos.", **more):
    asked = Correction(b"d" * 32, 1, 1, NOW, Topic.NAME, "Helena Bonai", right, 1)
    return Wish(b"w" * 16, "Helena Bonai", "Kependudukan", asked, held, version, own=more.get("own", False))


def shows(qtbot, world, room, *wishes):
    world.wishes = wishes
    room.refresh()
    qtbot.waitUntil(world.jobs.idle)
    QApplication.processEvents()


def test_a_request_for_correction_stands_above_the_calls_and_is_declined_with_a_reason(qtbot, world, room):
    shows(qtbot, world, room, wish(1))
    assert child(room, "call_0") is not None
    press(qtbot, world, room, "wish_0")
    assert not child(room, "answer_done").isEnabled()
    press(qtbot, world, room, "answer_decline")
    assert world.answered == []
    child(room, "answer_reason").setText("Gelar belum ada di SK")
    press(qtbot, world, room, "answer_decline")
    assert world.answered == [("Helena Bonai", "Gelar belum ada di SK")]
    assert child(room, "wish_0") is None


@pytest.mark.parametrize("ready", [wish(2), wish(1, held="helena bonay S Sos")])
def test_a_newer_list_or_one_that_says_so_lets_it_be_called_put_right(qtbot, world, room, ready):
    world.rows = []
    shows(qtbot, world, room, ready)
    nobody = child(room, "follow_empty")
    assert nobody is not None, "nobody to call, and a request all the same"
    assert "Selain itu tidak ada yang perlu ditindaklanjuti." in {
        one.text() for one in nobody.findChildren(QLabel)
    }
    press(qtbot, world, room, "wish_0")
    press(qtbot, world, room, "answer_done")
    assert world.answered == [("Helena Bonai", "sudah")]


def test_ones_own_request_is_shown_and_left_to_somebody_else(qtbot, world, room):
    shows(qtbot, world, room, wish(2, own=True))
    assert room.findChild(Button, "wish_0") is None
    assert room.findChild(Button, "answer_done") is None
