"""The report's table: rows ticked like a check list, columns that fit any width, sorted by head or menu."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView

from desktop.language import tr
from desktop.office.report import DeskRow
from desktop.screens.cohort_delegate import ROW_HEIGHT, CohortDelegate
from desktop.screens.cohort_header import CohortHeader
from desktop.screens.cohort_model import PAGE, SORTS, CohortModel, Col, Days
from desktop.screens.style import sp

_FIXED = {
    Col.CHECK: 44,
    Col.NIP: 92,
    Col.MODULES: 168,
    Col.JP: 76,
    Col.SCORE: 68,
    Col.STATE: 180,
    Col.AS_OF: 100,
}
_LEAST_NAME, _LEAST_UNIT = 200, 112
_NARROW_MODULES = 116
_NARROW_NAME = 140
_DROPPED = (Col.NIP, Col.UNIT, Col.SCORE)
"""What goes first when room is short: the NIP, then the unit, then the last score; at last the date."""


def widths(room: int, scale: Callable[[float], int] = sp) -> Mapping[Col, int]:
    """Divide `room` px among the columns; one that does not fit is left out. Never wider than the room."""
    shown = {column: scale(width) for column, width in _FIXED.items()}
    shown[Col.NAME], shown[Col.UNIT] = scale(_LEAST_NAME), scale(_LEAST_UNIT)
    if sum(shown.values()) > room:
        shown[Col.MODULES] = scale(_NARROW_MODULES)
    for column in _DROPPED:
        if sum(shown.values()) > room:
            del shown[column]
    if sum(shown.values()) - shown[Col.NAME] + scale(_NARROW_NAME) > room:
        del shown[Col.AS_OF]
    spare = max(0, room - sum(shown.values()))
    if Col.UNIT in shown:
        shown[Col.UNIT] += spare // 2
        spare -= spare // 2
    shown[Col.NAME] = max(scale(_NARROW_NAME), room - sum(shown.values()) + shown[Col.NAME])
    return shown


class CohortView(QTableView):
    """Selected is ticked. Space ticks, Ctrl+A ticks all, Ctrl+C copies, the menu key sorts and copies."""

    sort_wanted = Signal(int)
    copy_wanted = Signal()
    ticked = Signal()
    chosen = Signal(object)

    def __init__(self, read: Callable[[Sequence[int]], Sequence[DeskRow]], days: Days) -> None:
        super().__init__()
        self.setObjectName("cohort_table")
        self.setAccessibleName(tr("Daftar peserta"))
        self._model = CohortModel(read, days, self)
        self.setModel(self._model)
        self.setItemDelegate(CohortDelegate(self))
        self.head = CohortHeader(self)
        self.setHorizontalHeader(self.head)
        self.head.ordered.connect(self.sort_wanted)
        self.head.all_wanted.connect(self.tick_all)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(sp(ROW_HEIGHT))
        self.verticalHeader().setMinimumSectionSize(sp(ROW_HEIGHT))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.selectionModel().selectionChanged.connect(self._ticks_changed)

    def show_ids(self, ids: array[int], days: Days) -> None:
        """Show other rows; ticks are dropped, because their rows may be gone. The same rows keep theirs."""
        places = sorted(self._places())
        before = _people(self._model.at_hand(place) for place in places[: PAGE + 1])
        if not self._model.show_ids(ids, days):
            if len(places) > PAGE or before != _people(map(self._model.desk_row, places)):
                self.clearSelection()  # the roster changed: the same numbers are other people now
            return
        self.scrollToTop()
        self._ticks_changed()
        if len(ids):
            first = self._model.index(0, Col.NAME)
            self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)

    def ticked_ids(self) -> list[int]:
        """Give the numbers of the ticked rows, in the order shown."""
        ids = self._model.ids
        return [ids[place] for place in sorted(self._places())]

    def ticked_count(self) -> int:
        """Count the ticked rows without reading any."""
        return len(self._places())

    def ticked_row(self) -> DeskRow | None:
        """Give the ticked row where exactly one is ticked."""
        places = self._places()
        return self._model.desk_row(places.pop()) if len(places) == 1 else None

    def _places(self) -> set[int]:
        places: set[int] = set()
        for stretch in self.selectionModel().selection().toList():
            places.update(range(stretch.top(), stretch.bottom() + 1))
        return places

    def tick_all(self) -> None:
        """Tick everybody shown; when everybody is ticked, nobody."""
        if self.ticked_count() == self._model.rowCount():
            self.clearSelection()
        else:
            self.selectAll()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click in the first column ticks or unticks that row alone and leaves the others."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == Col.CHECK and event.button() is Qt.MouseButton.LeftButton:
            self._toggle(index.row())
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the current row; Ctrl+C copies; Esc unticks."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._toggle(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape and self.ticked_count():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer copying and every order, for the mouse's right button and for the menu key."""
        menu = QMenu(self)
        menu.setObjectName("cohort_menu")
        menu.addAction(tr("Salin")).triggered.connect(self.copy_wanted.emit)
        menu.addSeparator()
        for column in SORTS:
            if not self.isColumnHidden(column):
                act = menu.addAction(tr("Urutkan menurut {kolom}").format(kolom=self._model.head(column)))
                act.triggered.connect(lambda _=False, section=int(column): self.sort_wanted.emit(section))
        where = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            box = self.visualRect(self.currentIndex())
            where = self.viewport().mapToGlobal(box.bottomLeft() + QPoint(sp(60), 0))
        menu.exec(where)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the new width among the columns."""
        super().resizeEvent(event)
        shown = widths(self.viewport().width())
        for column in Col:
            self.setColumnHidden(column, column not in shown)
            if column in shown:
                self.setColumnWidth(column, shown[column])

    def _toggle(self, place: int) -> None:
        flags = QItemSelectionModel.SelectionFlag
        index = self._model.index(place, Col.NAME)
        whole = QItemSelection(self._model.index(place, 0), self._model.index(place, len(Col) - 1))
        self.selectionModel().select(whole, flags.Toggle)
        self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        self.setFocus()

    def _ticks_changed(self) -> None:
        count = self.ticked_count()
        self.head.show_ticks(every=0 < count == self._model.rowCount(), some=count > 0)
        self.ticked.emit()


def _people(rows: Iterable[DeskRow | None]) -> list[bytes]:
    return [one.row.person if one is not None else b"" for one in rows]
