"""Kantor > Peserta on the glass: found, sorted, ticked, copied and saved by a coordinator's own hands."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.office.cohort_table import CohortTable
from desktop.office.export import clipboard_text, columns, csv_bytes
from desktop.office.report import FOLLOW_UP, Filter, Freshness, Sort
from desktop.screens import style
from desktop.screens.cohort import Cohort, CohortActions, CohortSummary
from desktop.screens.cohort_model import DASH, ROW, CohortModel, Col, Days
from desktop.screens.cohort_table import widths
from desktop.screens.style import Theme
from desktop.store.database import open_database
from sync.folds.cohort import CohortState
from tests.builders.cohort import NOW, invented_rows

WIT = ZoneInfo("Asia/Jayapura")
DAYS = Days(WIT, 2026, NOW)
ROWS = invented_rows(60, seed=5, units=3)
COLUMNS = columns(WIT, 2026)


class Office:
    """A desk with a table of its own; `said` are toasts, `reset` whose PIN was asked for."""

    def __init__(self, folder, jobs):
        self.database = open_database(folder / "desk.db", b"k" * 32)
        self.table = CohortTable(self.database)
        self.rows, self.said, self.reset, self.asked, self.looked = list(ROWS), [], [], [], []
        self.actions = CohortActions(
            self.load,
            self.ids,
            self.table.rows,
            self.table.counts,
            lambda ids: csv_bytes(self.table.rows(ids), COLUMNS),
            lambda ids: clipboard_text(self.table.rows(ids), COLUMNS),
            lambda: "peserta.csv",
            self.reset.append,
            self.looked.append,
            self.said.append,
            jobs,
        )

    def load(self):
        self.table.renew(self.rows)
        return CohortSummary(Freshness(6, 5, NOW - 23 * 86_400), self.table.units(), DAYS)

    def ids(self, wanted, sort, descending):
        self.asked.append((wanted, sort, descending))
        return self.table.ids(wanted, sort, descending=descending)


@pytest.fixture
def jobs(qtbot):
    made = Jobs()
    yield made
    assert made.close()


@pytest.fixture
def office(tmp_path, jobs):
    made = Office(tmp_path, jobs)
    yield made
    made.database.close()


@pytest.fixture
def page(qtbot, office):
    style.apply(QApplication.instance(), Theme.LIGHT)
    made = Cohort(office.actions, DAYS)
    qtbot.addWidget(made)
    made.resize(1262, 640)
    made.show()
    qtbot.waitUntil(lambda: office.actions.jobs.idle() and shown(made) == len(office.rows))
    return made


def child(page, name):
    found = [one for one in page.findChildren(object) if one.objectName() == name]
    assert found, name
    return found[0]


def shown(page):
    return page._table.model().rowCount()


def settled(qtbot, page, office):
    qtbot.waitUntil(lambda: not page._typing.isActive() and office.actions.jobs.idle())


def names(page):
    model = page._table.model()
    return [model.desk_row(place).row.name for place in range(model.rowCount())]


def test_everybody_is_shown_by_name_with_the_count_and_the_age_of_the_data(page):
    assert names(page) == sorted(one.row.name for one in ROWS)
    assert child(page, "cohort_people").text() == "60 peserta"
    assert child(page, "cohort_freshness").text() == "data dari 5 dari 6 komputer, terlama 3 November 2026"


def test_typing_finds_by_name_and_by_nip(qtbot, page, office):
    search = child(page, "cohort_search")
    qtbot.keyClicks(search, "yosina")
    settled(qtbot, page, office)
    assert names(page)
    assert all("Yosina" in name for name in names(page))
    search.clear()
    qtbot.keyClicks(search, ROWS[3].nip)
    settled(qtbot, page, office)
    assert names(page) == [ROWS[3].row.name]


def test_chips_count_and_filter(qtbot, page, office):
    follow = sum(one.row.state in FOLLOW_UP for one in ROWS)
    chip = child(page, "chip_follow")
    assert chip.text() == f"Tindak lanjut {follow}"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    settled(qtbot, page, office)
    assert shown(page) == follow


def test_a_unit_narrows_the_table_and_the_counts(qtbot, page, office):
    unit = ROWS[0].row.unit
    child(page, "cohort_unit").choose(unit)
    settled(qtbot, page, office)
    expected = sum(one.row.unit == unit for one in ROWS)
    assert shown(page) == expected
    assert child(page, "chip_all").text() == f"Semua {expected}"


def test_a_click_on_a_head_sorts_and_another_turns_it(qtbot, page, office):
    head = page._table.head
    where = QPoint(head.sectionViewportPosition(Col.JP) + 20, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=where)
    settled(qtbot, page, office)
    values = [page._table.model().desk_row(place).row.jp for place in range(60)]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=True)
    assert values[len(known) :] == [None] * (60 - len(known))
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=where)
    settled(qtbot, page, office)
    assert office.asked[-1] == (Filter(), Sort.JP, False)


def test_no_data_is_a_dash_and_never_a_zero(page):
    model = page._table.model()
    for place in range(model.rowCount()):
        one = model.desk_row(place)
        if one.row.state is CohortState.BELUM_ADA_DATA:
            assert {model.words(one, column) for column in (Col.MODULES, Col.JP, Col.SCORE, Col.AS_OF)} == {
                DASH
            }
            assert model.words(one, Col.STATE) == "Belum ada data"
            return
    raise AssertionError("nobody without data in this office")


def test_ticks_in_the_first_column_add_up_and_the_box_above_ticks_all(qtbot, page):
    table = page._table
    for place in (0, 2):
        box = table.visualRect(table.model().index(place, Col.CHECK)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert table.ticked_count() == 2
    assert child(page, "cohort_ticked").text() == "2 dipilih"
    where = QPoint(table.head.sectionViewportPosition(Col.CHECK) + 20, 20)
    qtbot.mouseClick(table.head.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert table.ticked_count() == 60
    qtbot.mouseClick(table.head.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert table.ticked_count() == 0


def test_by_keyboard_alone_two_rows_are_ticked_and_copied(qtbot, page, office):
    table = page._table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Space)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert table.ticked_count() == 2
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(office.said))
    lines = QApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in lines] == ["Nama", *names(page)[:2]]
    assert office.said == ["2 baris disalin."]


def test_ctrl_f_leads_from_the_table_to_the_search(qtbot, page):
    page.window().activateWindow()
    page._table.setFocus()
    qtbot.keyClick(page._table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.window().focusWidget() is child(page, "cohort_search")


def test_saving_without_ticks_saves_what_is_shown(qtbot, page, office, tmp_path, monkeypatch):
    target = tmp_path / "peserta"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.mouseClick(child(page, "cohort_export"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(office.said))
    data = target.with_suffix(".csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 61
    assert office.said == ["peserta.csv disimpan."]


def test_a_full_stick_is_said_and_nothing_is_lost(qtbot, page, tmp_path):
    page.save_to(tmp_path / "no" / "such" / "folder.csv")
    qtbot.waitUntil(page._slot.isVisible)
    assert child(page, "cohort_problem").accessibleName()


def test_resetting_a_pin_is_offered_for_one_person_only(qtbot, page, office):
    button = child(page, "cohort_reset_pin")
    assert not button.isVisible()
    page._table._toggle(1)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert office.reset == [page._table.model().desk_row(1).row.person]
    page._table._toggle(2)
    assert not button.isVisible()


def test_nobody_found_says_so_and_leads_back(qtbot, page, office):
    qtbot.keyClicks(child(page, "cohort_search"), "zzz")
    settled(qtbot, page, office)
    assert child(page, "cohort_empty").isVisible()
    qtbot.mouseClick(child(page, "cohort_clear"), Qt.MouseButton.LeftButton)
    settled(qtbot, page, office)
    assert shown(page) == 60


def test_new_data_keep_search_order_and_filter(qtbot, page, office):
    qtbot.keyClicks(child(page, "cohort_search"), "a")
    page._order(Col.STATE)
    settled(qtbot, page, office)
    before = office.asked[-1]
    office.rows = office.rows[:30]
    page.refresh()
    qtbot.waitUntil(lambda: office.actions.jobs.idle() and shown(page) <= 30)
    assert office.asked[-1] == before


def test_what_a_delivery_brings_changes_figures_and_leaves_ticks_and_place(qtbot, page, office):
    table = page._table
    for place in (40, 45):
        table._toggle(place)
    table.scrollTo(table.model().index(45, Col.NAME))
    before = (table.ticked_ids(), table.verticalScrollBar().value())
    one = table.model().desk_row(45)
    newer = replace(one, row=replace(one.row, jp=1900, modules_done=4))
    office.rows = [newer if each.row.person == one.row.person else each for each in office.rows]
    page.refresh()
    qtbot.waitUntil(lambda: office.actions.jobs.idle() and table.model().desk_row(45).row.jp == 1900)
    assert (table.ticked_ids(), table.verticalScrollBar().value()) == before


def test_a_tick_never_moves_to_another_person(qtbot, page, office):
    table = page._table
    table._toggle(10)
    first = min(office.rows, key=lambda one: one.row.name)
    other = replace(first, row=replace(first.row, name="Zzz", person=b"z" * 16))
    office.rows = [each for each in office.rows if each is not first] + [other]
    page.refresh()
    qtbot.waitUntil(lambda: office.actions.jobs.idle() and names(page)[-1] == "Zzz")
    assert shown(page) == 60
    assert table.ticked_ids() == []


def test_a_desk_that_cannot_be_read_is_a_notice_with_a_way_on(qtbot, office):
    def broken():
        raise Problem("Basis data terkunci.", "Coba lagi.")

    actions = CohortActions(
        broken,
        office.ids,
        office.table.rows,
        office.table.counts,
        office.actions.csv,
        office.actions.text,
        office.actions.file_name,
        office.actions.reset_pin,
        office.actions.look_at,
        office.actions.say,
        office.actions.jobs,
    )
    page = Cohort(actions, DAYS)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page._slot.isVisible)
    assert child(page, "cohort_problem_retry").isVisible()


@pytest.mark.parametrize("room", [600, 700, 866, 941, 1198, 1700])
@pytest.mark.parametrize("scale", [0.9, 1.0, 1.25, 2.0])
def test_columns_fill_any_width_and_the_nip_goes_first(room, scale):
    shown_now = widths(room, lambda pixels: round(pixels * scale))
    if room / scale > 580:
        assert sum(shown_now.values()) == room
    assert {Col.NAME, Col.STATE, Col.JP} <= set(shown_now)
    if Col.UNIT not in shown_now:
        assert Col.NIP not in shown_now


def test_the_model_reads_pages_and_keeps_few(qtbot, office):
    office.load()
    read = []

    def rows(numbers):
        read.append(len(numbers))
        return [ROWS[0]] * len(numbers)

    model = CohortModel(rows, DAYS)
    from array import array

    model.show_ids(array("i", range(10_000)), DAYS)
    for place in (0, 5, 199, 200, 9_999, 3):
        assert model.index(place, 0).data(ROW) is ROWS[0]
    assert read == [200, 200, 200]


@pytest.mark.parametrize("theme", list(Theme))
def test_every_state_paints_ticked_and_not_in_every_theme(qtbot, office, theme):
    style.apply(QApplication.instance(), theme)
    page = Cohort(office.actions, DAYS)
    qtbot.addWidget(page)
    page.resize(1000, 2600)
    page.show()
    qtbot.waitUntil(lambda: office.actions.jobs.idle() and shown(page) == 60)
    plain = page.grab().toImage()
    page._table.selectAll()
    assert page.grab().toImage() != plain
    style.apply(QApplication.instance(), Theme.LIGHT)


def test_a_row_is_read_aloud_whole(page):
    model = page._table.model()
    for place in range(60):
        one = model.desk_row(place)
        said = model.index(place, Col.NAME).data(Qt.ItemDataRole.AccessibleTextRole)
        assert one.row.name in said
        assert ("JP" in said) == (one.row.jp is not None)
