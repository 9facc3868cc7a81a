"""The table's model: an array of row numbers and a few pages of rows; sorting and filtering happen in SQL."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.formats import jp, long_day, moment_of, score, short_day
from desktop.language import tr
from desktop.office.export import state_words
from desktop.office.report import DeskRow, Sort
from sync.folds.cohort import INACTIVE_AFTER

PAGE = 200
"""Rows read at once."""
PAGES_KEPT = 8
"""Pages kept: a few screens in each direction, far under 1 MB."""

ROW = Qt.ItemDataRole.UserRole
_ROLES = frozenset(
    {
        ROW,
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ToolTipRole,
    }
)
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Col(IntEnum):
    """The columns, left to right."""

    CHECK = 0
    NAME = 1
    NIP = 2
    UNIT = 3
    MODULES = 4
    JP = 5
    SCORE = 6
    STATE = 7
    AS_OF = 8


SORTS = {
    Col.NAME: Sort.NAME,
    Col.NIP: Sort.NIP,
    Col.UNIT: Sort.UNIT,
    Col.MODULES: Sort.MODULES,
    Col.JP: Sort.JP,
    Col.SCORE: Sort.SCORE,
    Col.STATE: Sort.STATE,
    Col.AS_OF: Sort.AS_OF,
}
RIGHT = frozenset({Col.JP, Col.SCORE})
"""Columns of numbers, which stand at the right."""
DASH = "–"
"""What is shown where nothing is known: a dash, never a zero."""


@dataclass(frozen=True, slots=True)
class Days:
    """In which zone days are told, which year's JP are shown, and what now is (trusted Unix seconds)."""

    zone: ZoneInfo
    year: int
    now: int

    def short(self, at: int | None) -> str:
        """Give `21 Nov`, with the year when it is another one; a dash for no data."""
        if at is None:
            return DASH
        day = moment_of(at, self.zone).date()
        words = short_day(day)
        return words if day.year != self.year else words.rsplit(" ", 1)[0]

    def long(self, at: int) -> str:
        """Give `3 November 2026`."""
        return long_day(moment_of(at, self.zone).date())

    def stale(self, at: int | None) -> bool:
        """Tell whether data of that time are over 14 days old."""
        return at is not None and self.now - at > INACTIVE_AFTER


class CohortModel(QAbstractTableModel):
    """`read` gives rows by their numbers, in a millisecond; it is asked on the GUI thread."""

    def __init__(
        self, read: Callable[[Sequence[int]], Sequence[DeskRow]], days: Days, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._ids: array[int] = array("i")
        self._pages: OrderedDict[int, Sequence[DeskRow]] = OrderedDict()
        self.days = days

    def show_ids(self, ids: array[int], days: Days) -> bool:
        """Show other rows, or the same in another order; tells whether anything moved.

        Where nothing moved, only what stands in the rows is read anew, and ticks and place stay.
        """
        if ids == self._ids and len(ids):
            self._pages.clear()
            self.days = days
            self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(Col) - 1))
            return False
        self.beginResetModel()
        self._ids, self.days = ids, days
        self._pages.clear()
        self.endResetModel()
        return True

    @property
    def ids(self) -> array[int]:
        """The numbers of the rows, in the order shown."""
        return self._ids

    def desk_row(self, place: int) -> DeskRow | None:
        """Give the row at a place, reading its page when it is not at hand."""
        page, at = divmod(place, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._read(self._ids[page * PAGE : (page + 1) * PAGE])
            self._pages[page] = rows
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return rows[at] if at < len(rows) else None

    def at_hand(self, place: int) -> DeskRow | None:
        """Give the row at a place as it was last read; None where its page is not at hand."""
        page, at = divmod(place, PAGE)
        rows = self._pages.get(page, ())
        return rows[at] if at < len(rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(Col)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a cell's words, the whole row for the delegate, or a sentence for a screen reader."""
        one = self.desk_row(index.row()) if index.isValid() and role in _ROLES else None
        if one is None or role == ROW:
            return one
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.sentence(one)
        if role == Qt.ItemDataRole.ToolTipRole:
            return {Col.NAME: one.row.name, Col.UNIT: one.row.unit}.get(Col(index.column()))
        return self.words(one, Col(index.column()))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Give the head of a column."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.head(Col(section))

    def head(self, column: Col) -> str:
        """Word the head of a column."""
        return {
            Col.CHECK: "",
            Col.NAME: tr("Peserta"),
            Col.NIP: tr("NIP"),
            Col.UNIT: tr("Unit kerja"),
            Col.MODULES: tr("Modul wajib"),
            Col.JP: tr("JP {tahun}").format(tahun=self.days.year),
            Col.SCORE: tr("Nilai"),
            Col.STATE: tr("Keadaan"),
            Col.AS_OF: tr("Data per"),
        }[column]

    def words(self, one: DeskRow, column: Col) -> str:
        """Word a cell."""
        row = one.row
        tail = row.nip_tail
        return {
            Col.CHECK: "",
            Col.NAME: row.name,
            Col.NIP: f"… {tail[:1]} {tail[1:]}" if tail else DASH,
            Col.UNIT: row.unit,
            Col.MODULES: DASH if row.modules_done is None else f"{row.modules_done}/{row.modules_total}",
            Col.JP: DASH if row.jp is None else _hours(row.jp, row.jp_claimed or 0),
            Col.SCORE: DASH if row.last_score is None else score(row.last_score),
            Col.STATE: state_words(row.state),
            Col.AS_OF: self.days.short(row.as_of),
        }[column]

    def sentence(self, one: DeskRow) -> str:
        """Read a whole row aloud; what is not known is said, not counted."""
        row = one.row
        parts = [row.name, row.unit, state_words(row.state)]
        if row.modules_done is not None and row.jp is not None:
            parts.append(tr("{n} dari {total} modul").format(n=row.modules_done, total=row.modules_total))
            parts.append(tr("{n} JP").format(n=jp(row.jp)))
        if row.jp_claimed:
            parts.append(tr("{n} JP menunggu").format(n=jp(row.jp_claimed)))
        if row.as_of is not None:
            parts.append(tr("data per {tgl}").format(tgl=self.days.long(row.as_of)))
        return ", ".join(part for part in parts if part)


def _hours(counted: int, claimed: int) -> str:
    """Word hours; those that wait for the catalogue stand beside the sum: `6 (+4)`."""
    return f"{jp(counted)} (+{jp(claimed)})" if claimed else jp(counted)
