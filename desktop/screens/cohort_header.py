"""The head of the report: words over their columns, our own arrow, and the box that ticks everybody."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.screens.cohort_delegate import PADDING, paint_check
from desktop.screens.cohort_model import RIGHT, SORTS, Col
from desktop.screens.icons import paint_icon
from desktop.screens.style import look, sp


class CohortHeader(QHeaderView):
    """Paints itself whole. A click on a head asks for that order; on the box it asks for all or none."""

    ordered = Signal(int)
    all_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("cohort_header")
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(sp(36))
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMouseTracking(True)
        self._sorted: tuple[Col, bool] = (Col.NAME, False)
        self._ticked = (False, False)
        self.sectionClicked.connect(self._clicked)

    def sizeHint(self) -> QSize:
        """40 px high at 100 %."""
        return QSize(super().sizeHint().width(), sp(40))

    def show_order(self, column: Col, *, descending: bool) -> None:
        """Put the arrow over a column."""
        self._sorted = (column, descending)
        self.viewport().update()

    def show_ticks(self, *, every: bool, some: bool) -> None:
        """Show whether everybody, or somebody, is ticked."""
        if self._ticked != (every, some):
            self._ticked = (every, some)
            self.viewport().update()

    def _clicked(self, section: int) -> None:
        column = Col(section)
        if column is Col.CHECK:
            self.all_wanted.emit()
        elif column in SORTS:
            self.ordered.emit(section)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Repaint the head under the mouse."""
        super().mouseMoveEvent(event)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        """Draw one head: ground, words, arrow, line."""
        chosen = look()
        column = Col(logicalIndex)
        hovered = self.underMouse() and rect.contains(self.viewport().mapFromGlobal(self.cursor().pos()))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        clickable = column in SORTS
        painter.fillRect(rect, chosen.colour("sunken" if hovered and clickable else "surface"))
        line = QRect(rect.x(), rect.bottom() - chosen.border + 1, rect.width(), chosen.border)
        painter.fillRect(line, chosen.colour("line"))
        inside = QRectF(rect).adjusted(sp(PADDING), 0, -sp(PADDING), -1)
        if column is Col.CHECK:
            every, some = self._ticked
            paint_check(painter, inside, on=every, part=some)
        else:
            self._words(painter, inside, column, hovered=hovered)
        painter.restore()

    def _words(self, painter: QPainter, box: QRectF, column: Col, *, hovered: bool) -> None:
        chosen = look()
        words = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        font = chosen.sized(12, 600)
        ink = chosen.colour("text" if hovered or self._sorted[0] is column else "muted")
        painter.setFont(font)
        painter.setPen(ink)
        side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
        arrow = sp(12)
        sorted_here = self._sorted[0] is column
        width = QFontMetricsF(font).horizontalAdvance(words)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, words)
        if sorted_here:
            if column in RIGHT:
                x = box.right() - width - sp(4) - arrow
            else:
                x = min(box.x() + width + sp(6), box.right() - arrow)
            where = QRectF(x, round(box.center().y() - arrow / 2), arrow, arrow)
            paint_icon(painter, "down" if self._sorted[1] else "up", where, ink, 2.4)
