"""One delegate paints every cell of the report: tick, initials, words, bar, pill and date."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.office.report import DeskRow
from desktop.screens.avatar import initials, paint_avatar
from desktop.screens.bar import Fill, Piece, paint_bar
from desktop.screens.cohort_model import DASH, RIGHT, ROW, CohortModel, Col
from desktop.screens.icons import paint_icon
from desktop.screens.pill import paint_pill, pill_size
from desktop.screens.style import look, sp
from sync.folds.cohort import CohortState

PADDING = 12
ROW_HEIGHT = 40
_BAR_LEAST, _BAR_MOST = 48, 100

PILLS = {
    CohortState.BELUM_ADA_DATA: ("muted", ""),
    CohortState.MENUNGGU_VERIFIKASI: ("info", "key"),
    CohortState.BELUM_MULAI: ("muted", ""),
    CohortState.SEDANG_BERJALAN: ("primary", ""),
    CohortState.TIDAK_AKTIF: ("warn", "clock"),
    CohortState.SELESAI: ("ok", "tick"),
}
"""How each state looks: the kind of its pill and its icon, so that colour never speaks alone."""

Index = QModelIndex | QPersistentModelIndex


def paint_check(painter: QPainter, box: QRectF, *, on: bool, part: bool = False) -> None:
    """Draw a tick box of 18 px: empty, ticked, or with the dash that says some are."""
    chosen = look()
    side = 18.0
    square = QRectF(box.x(), box.center().y() - side / 2, side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    filled = on or part
    painter.setPen(QPen(chosen.colour("primary" if filled else "edge"), 1))
    painter.setBrush(chosen.colour("primary" if filled else "surface"))
    painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if filled:
        pen = QPen(chosen.colour("on_primary"), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        middle = square.center()
        if on:
            left = QPointF(square.x() + 4.6, middle.y() + 0.4)
            foot = QPointF(square.x() + 7.6, middle.y() + 3.4)
            right = QPointF(square.x() + 13.4, middle.y() - 3.4)
            painter.drawPolyline(QPolygonF([left, foot, right]))
        else:
            painter.drawLine(QPointF(square.x() + 5, middle.y()), QPointF(square.x() + 13, middle.y()))
    painter.restore()


class CohortDelegate(QStyledItemDelegate):
    """Fills with whole pixels and without antialiasing, so that no seam shows at 125 %."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are 40 px at 100 %."""
        del option, index
        return QSize(0, sp(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        model = index.model()
        one = index.data(ROW)
        if not isinstance(model, CohortModel) or not isinstance(one, DeskRow):
            return
        state, rect = option.state, option.rect
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._ground(painter, rect, index, selected=selected)
        inside = QRectF(rect).adjusted(sp(PADDING), 0, -sp(PADDING), -1)
        column = Col(index.column())
        ink = look().colour("on_selection" if selected else "text")
        if column is Col.CHECK:
            paint_check(painter, inside, on=selected)
        elif column is Col.NAME:
            self._name(painter, inside, one, ink, selected=selected)
        elif column is Col.MODULES:
            self._modules(painter, inside, one, model, ink, selected=selected)
        elif column is Col.STATE:
            self._state(painter, inside, model.words(one, column), one, selected=selected)
        elif column is Col.AS_OF:
            self._as_of(painter, inside, one, model, ink, selected=selected)
        else:
            muted = column is Col.NIP or model.words(one, column) == DASH
            self._words(painter, inside, model.words(one, column), self._quiet(ink, muted, selected), column)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, index: Index, *, selected: bool) -> None:
        chosen = look()
        painter.fillRect(rect, chosen.colour("selection" if selected else "surface"))
        view = self._view
        last = index.row() == index.model().rowCount() - 1
        if not last or rect.bottom() >= view.height() - 2:
            painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), chosen.colour("line"))

    @staticmethod
    def _quiet(ink: QColor, muted: bool, selected: bool) -> QColor:  # noqa: FBT001 - both are states of a cell
        return look().colour("muted") if muted and not (selected and look().contrast) else ink

    @staticmethod
    def _words(
        painter: QPainter, box: QRectF, words: str, ink: QColor, column: Col, *, bold: bool = False
    ) -> None:
        font = look().sized(14, 600 if bold else 400)
        painter.setFont(font)
        painter.setPen(ink)
        side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, shown)

    def _name(self, painter: QPainter, box: QRectF, one: DeskRow, ink: QColor, *, selected: bool) -> None:
        size = sp(28)
        circle = QRectF(box.x(), round(box.center().y() - size / 2), size, size)
        ground = "surface" if selected else "sunken"
        paint_avatar(painter, circle, initials(one.row.name), ground, "text")
        words = box.adjusted(size + sp(12), 0, 0, 0)
        self._words(painter, words, one.row.name, ink, Col.NAME, bold=True)

    def _modules(
        self, painter: QPainter, box: QRectF, one: DeskRow, model: CohortModel, ink: QColor, *, selected: bool
    ) -> None:
        row = one.row
        words = model.words(one, Col.MODULES)
        if row.modules_done is None:
            self._words(painter, box, words, self._quiet(ink, True, selected), Col.MODULES)
            return
        width = max(sp(_BAR_LEAST), min(sp(_BAR_MOST), box.width() - sp(52)))
        bar = QRectF(box.x(), round(box.center().y()) - 4, width, 8)
        whole = row.modules_total > 0 and row.modules_done >= row.modules_total
        fill = Fill.DONE if whole else Fill.RUNNING
        ground = look().colour("surface") if selected else None
        paint_bar(painter, bar, [Piece(row.modules_done, fill)], row.modules_total, ground)
        beside = box.adjusted(width + sp(8), 0, 0, 0)
        painter.setFont(look().sized(13))
        painter.setPen(self._quiet(ink, True, selected))
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)

    @staticmethod
    def _state(painter: QPainter, box: QRectF, words: str, one: DeskRow, *, selected: bool) -> None:
        kind, icon = PILLS[one.row.state]
        ground = "surface" if selected else ""
        if pill_size(words, icon).width() > box.width() + sp(PADDING):
            icon = ""
        paint_pill(painter, box.x(), round(box.center().y()), words, kind, icon, ground)

    def _as_of(
        self, painter: QPainter, box: QRectF, one: DeskRow, model: CohortModel, ink: QColor, *, selected: bool
    ) -> None:
        at = one.row.as_of
        words = model.words(one, Col.AS_OF)
        if not model.days.stale(at):
            self._words(painter, box, words, self._quiet(ink, True, selected), Col.AS_OF)
            return
        warn = ink if selected and look().contrast else look().colour("warn")
        side = sp(16)
        paint_icon(painter, "clock", QRectF(box.x(), round(box.center().y() - side / 2), side, side), warn)
        self._words(painter, box.adjusted(side + sp(6), 0, sp(PADDING), 0), words, warn, Col.AS_OF)
