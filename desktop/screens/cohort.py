"""Kantor > Peserta: the cohort report, with search, filters, order, copy and a file for Excel."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QSizePolicy, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.formats import number
from desktop.language import tr
from desktop.office.report import FOLLOW_UP, DeskRow, Filter, Freshness, Sort
from desktop.screens.arrange import column, holder, line, mid, row
from desktop.screens.button import Button
from desktop.screens.choice import Combo
from desktop.screens.cohort_model import SORTS, Col, Days
from desktop.screens.cohort_table import CohortView
from desktop.screens.field import Field
from desktop.screens.fold import Flow, Fold
from desktop.screens.notice import problem_notice
from desktop.screens.page import Scroll, empty
from desktop.screens.slot import Slot
from desktop.screens.style import look, sp
from desktop.screens.text import Elided, label
from sync.folds.cohort import CohortState

FOLD = 780
"""Pixels at 100 % below which the tools stand in two lines."""
TYPING_MS = 120
"""Milliseconds after the last key before the table follows what is typed."""
FIRST_DOWN = frozenset({Sort.MODULES, Sort.JP, Sort.SCORE, Sort.AS_OF})
"""What one wants to see greatest first, at the first click."""
ALL, DONE, RUNNING, FOLLOW, SILENT = "all", "done", "running", "follow", "silent"
CHIPS: Mapping[str, frozenset[CohortState]] = {
    ALL: frozenset(),
    DONE: frozenset({CohortState.SELESAI}),
    RUNNING: frozenset({CohortState.SEDANG_BERJALAN}),
    FOLLOW: FOLLOW_UP,
    SILENT: frozenset({CohortState.BELUM_ADA_DATA}),
}
"""The chips and the states each shows."""


@dataclass(frozen=True, slots=True)
class CohortSummary:
    """What stands beside the table: how fresh the data are, which units there are, and how days are told."""

    freshness: Freshness
    units: tuple[str, ...]
    days: Days


@dataclass(frozen=True, slots=True)
class CohortActions:
    """What the report asks of the application.

    `load` folds anew what has come and `ids` orders and filters: both run as jobs. `rows` and `counts` answer
    in milliseconds on the GUI thread. `csv` and `text` make the file and the clipboard of some rows, as jobs.
    `reset_pin` is given the person, `look_at` the row; `say` shows a toast.
    """

    load: Callable[[], CohortSummary]
    ids: Callable[[Filter, Sort, bool], array[int]]
    rows: Callable[[Sequence[int]], Sequence[DeskRow]]
    counts: Callable[[str], Mapping[CohortState, int]]
    csv: Callable[[Sequence[int]], bytes]
    text: Callable[[Sequence[int]], str]
    file_name: Callable[[], str]
    reset_pin: Callable[[bytes], None]
    look_at: Callable[[DeskRow], None]
    say: Callable[[str], None]
    jobs: Jobs


class Cohort(QWidget):
    """The tab Peserta. `refresh` folds anew; `show_chip` opens one of the filters from elsewhere."""

    def __init__(self, actions: CohortActions, days: Days) -> None:
        super().__init__()
        self.setObjectName("cohort")
        self._actions = actions
        self._days = days
        self._sort, self._descending = Sort.NAME, False
        self._asked = 0
        self._renewed = False
        self._build()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._ask)
        self._search.textChanged.connect(lambda _: self._typing.start())
        self._search.returnPressed.connect(self._ask)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._find)
        self._ticked()
        self.refresh()

    def help_page(self) -> str:
        """The page of help for F1."""
        return "kantor-peserta"

    def begin(self) -> None:
        """Put the focus where one starts: the search."""
        self._search.setFocus()

    def refresh(self) -> None:
        """Fold anew what has come, and show it with the same search, filters and order."""
        self._actions.jobs.write(self._actions.load, self._loaded, self._failed)

    def show_chip(self, key: str) -> None:
        """Show one of the filters (`follow`, `silent`…)."""
        chip = self._chips.get(key)
        if chip is not None:
            chip.click()

    def _find(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _build(self) -> None:
        self._search = Field(
            name="cohort_search",
            words=tr("Cari nama atau NIP"),
            hint=tr("Cari nama atau NIP"),
            icon_name="search",
        )
        self._search.setMinimumWidth(sp(150))
        self._search.setMaximumWidth(sp(264))
        self._units = Combo([("", tr("Semua unit kerja"))], name="cohort_unit", words=tr("Unit kerja"))
        self._units.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._units.setMinimumWidth(sp(120))
        self._units.setMaximumWidth(sp(190))
        self._units.currentIndexChanged.connect(self._unit_chosen)
        self._chips = {key: Button(words, "chip", name=f"chip_{key}") for key, words in _chip_words().items()}
        for chip in self._chips.values():
            chip.setAutoExclusive(True)
            chip.clicked.connect(self._ask)
        self._chips[ALL].setChecked(True)
        seek = holder(row((self._search, 300), (self._units, 200), None, gap=8))
        chips = holder(Flow(tuple(self._chips.values()), gap=8, line_gap=8))
        for part in (self._search, self._units):  # the chips take what they need, the search what is left
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        seek.setMaximumWidth(sp(462))
        tools = Fold((seek, 1), (chips, 0), fold=FOLD, gap=8)
        self._slot = Slot("cohort_slot")
        self._table = CohortView(self._actions.rows, self._days)
        self._table.sort_wanted.connect(lambda section: self._order(Col(section)))
        self._table.copy_wanted.connect(self._copy)
        self._table.ticked.connect(self._ticked)
        self._empty = self._no_match()
        self._card = holder(
            column(self._line(), line(), (self._table, 1), (self._empty, 1), gap=0, margins=(0, 0, 0, 6)),
            "card",
            "cohort_card",
        )
        self._empty.hide()
        self._table.setMinimumHeight(sp(180))
        parts = column(tools, 16, self._slot, (self._card, 1), gap=0, margins=(24, 16, 24, 24))
        inside = holder(parts, "", "page")
        self.setLayout(column((Scroll(inside, name="cohort_scroll"), 1), gap=0))

    def _line(self) -> QFrame:
        """Over the table: at the left what to do with the ticked, at the right how many and how fresh."""
        self._count_ticked = label("", "strong", name="cohort_ticked")
        self._copy_button = Button(tr("Salin"), "quiet", "copy", name="cohort_copy", tip=tr("Salin (Ctrl+C)"))
        self._copy_button.clicked.connect(self._copy)
        self._save_button = Button(tr("Simpan untuk Excel"), "quiet", "export", name="cohort_export")
        self._save_button.clicked.connect(self._save)
        self._pin_button = Button(tr("Atur ulang PIN"), "quiet", "key", name="cohort_reset_pin")
        self._pin_button.clicked.connect(self._reset_pin)
        self._look_button = Button(tr("Lihat rincian"), "quiet", "user", name="cohort_person")
        self._look_button.clicked.connect(self._look)
        self._people = label("", "strong", name="cohort_people")
        self._people.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._fresh = Elided("", "body", "muted", least=120)
        self._fresh.setObjectName("cohort_freshness")
        parts = (
            self._count_ticked,
            self._copy_button,
            self._save_button,
            self._pin_button,
            self._look_button,
        )
        acts = holder(row(*(mid(part) for part in parts), None, gap=8))
        told = holder(row(None, mid(self._people), mid(self._fresh, 1000), gap=8))
        made = holder(row((Fold((acts, 0), (told, 1), fold=FOLD, gap=8), 1), margins=(6, 0, 16, 0)))
        made.setMinimumHeight(sp(48))
        return made

    def _no_match(self) -> QWidget:
        clear = Button(tr("Hapus saringan"), name="cohort_clear")
        clear.clicked.connect(self._clear)
        return empty(
            "search",
            tr("Tidak ada yang cocok"),
            tr("Tidak ada peserta dengan nama, unit dan keadaan itu."),
            clear,
            name="cohort_empty",
        )

    def _clear(self) -> None:
        self._search.clear()
        self._units.choose("")
        self._chips[ALL].setChecked(True)
        self._ask()

    def _filter(self) -> Filter:
        chip = next((key for key, button in self._chips.items() if button.isChecked()), ALL)
        return Filter(self._search.text().strip(), self._units.value(), CHIPS[chip])

    def _unit_chosen(self) -> None:
        self._count()
        self._ask()

    def _order(self, wanted: Col) -> None:
        sort = SORTS[wanted]
        self._descending = not self._descending if sort is self._sort else sort in FIRST_DOWN
        self._sort = sort
        self._table.head.show_order(wanted, descending=self._descending)
        self._ask()

    def _ask(self) -> None:
        """Ask for the rows wanted now; only the newest answer is shown."""
        self._typing.stop()
        self._asked += 1
        asked, wanted, sort, down = self._asked, self._filter(), self._sort, self._descending
        self._actions.jobs.run(
            lambda: self._actions.ids(wanted, sort, down), lambda ids: self._show(asked, ids), self._failed
        )

    def _show(self, asked: int, ids: array[int]) -> None:
        if asked != self._asked:
            return
        self._table.show_ids(ids, self._days)
        none = len(ids) == 0 and self._renewed
        self._table.setVisible(not none)
        self._empty.setVisible(none)
        self._people.setText(tr("{n} peserta").format(n=number(len(ids))))

    def _loaded(self, summary: CohortSummary) -> None:
        self._slot.put()
        self._renewed = True
        self._days = summary.days
        chosen = self._units.value()
        self._units.blockSignals(True)
        self._units.clear()
        self._units.addItem(tr("Semua unit kerja"), "")
        for unit in summary.units:
            self._units.addItem(unit, unit)
        self._units.choose(chosen)
        self._units.blockSignals(False)
        words = fresh_words(summary.freshness, summary.days)
        self._fresh.set_text(words)
        self._fresh.setMaximumWidth(round(QFontMetricsF(look().font("body")).horizontalAdvance(words)) + 4)
        self._count()
        self._ask()

    def _count(self) -> None:
        counts = self._actions.counts(self._units.value())
        for key, words in _chip_words().items():
            wanted = CHIPS[key] or frozenset(CohortState)
            total = sum(counts.get(state, 0) for state in wanted)
            self._chips[key].set_text(f"{words} {number(total)}")

    def _ticked(self) -> None:
        count = self._table.ticked_count()
        self._count_ticked.setVisible(count > 0)
        self._count_ticked.setText(tr("{n} dipilih").format(n=number(count)))
        self._pin_button.setVisible(count == 1)
        self._look_button.setVisible(count == 1)

    def _chosen_ids(self) -> Sequence[int]:
        """The ticked rows; where none is ticked, all that are shown."""
        return self._table.ticked_ids() or self._table.model().ids  # type: ignore[attr-defined]

    def _copy(self) -> None:
        ids = list(self._chosen_ids())
        self._actions.jobs.run(
            lambda: self._actions.text(ids), lambda words: self._copied(words, len(ids)), self._failed
        )

    def _copied(self, words: str, count: int) -> None:
        QGuiApplication.clipboard().setText(words)
        self._actions.say(tr("{n} baris disalin.").format(n=number(count)))

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self.window(), tr("Simpan untuk Excel"), self._actions.file_name(), tr("Berkas CSV (*.csv)")
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, file: Path) -> None:
        """Write the ticked rows, or all that are shown, as a file for Excel."""
        ids = list(self._chosen_ids())
        target = file if file.suffix else file.with_suffix(".csv")

        def work() -> None:
            target.write_bytes(self._actions.csv(ids))

        self._actions.jobs.run(
            work,
            lambda _: self._actions.say(tr("{berkas} disimpan.").format(berkas=target.name)),
            self._failed,
        )

    def _reset_pin(self) -> None:
        one = self._table.ticked_row()
        if one is not None:
            self._actions.reset_pin(one.row.person)

    def _look(self) -> None:
        one = self._table.ticked_row()
        if one is not None:
            self._actions.look_at(one)

    def _failed(self, problem: Problem) -> None:
        self._slot.put(problem_notice(problem, retry=self.refresh, name="cohort_problem"), _gap())


def fresh_words(freshness: Freshness, days: Days) -> str:
    """Say how fresh the data are: `data dari 5 dari 6 komputer, terlama 3 November 2026`."""
    if freshness.oldest is None:
        return tr("belum ada data dari komputer mana pun")
    return tr("data dari {a} dari {b} komputer, terlama {tgl}").format(
        a=freshness.fresh, b=freshness.computers, tgl=days.long(freshness.oldest)
    )


def _chip_words() -> dict[str, str]:
    return {
        ALL: tr("Semua"),
        DONE: tr("Selesai"),
        RUNNING: tr("Sedang berjalan"),
        FOLLOW: tr("Tindak lanjut"),
        SILENT: tr("Belum ada data"),
    }


def _gap() -> QWidget:
    made = QWidget()
    made.setFixedHeight(sp(12))
    return made
