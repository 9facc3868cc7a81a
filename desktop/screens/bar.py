"""The progress bar: 8 px, parts in colour, what is waiting hatched, and always words beside it."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.screens.style import look, sp


class Fill(Enum):
    """What a part of a bar stands for."""

    DONE = "ok"  # recognised or finished
    RUNNING = "primary"  # under way
    WAITING = "wait"  # counted, not yet confirmed: hatched, never colour alone
    BAD = "bad"  # rejected
    USED = "edge"  # space taken by others


class Piece(NamedTuple):
    """A stretch of the bar in the unit of its total."""

    value: float
    fill: Fill


def _hatch(painter: QPainter, box: QRectF) -> None:
    painter.save()
    painter.fillRect(box, look().colour("primary_soft"))
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(look().colour("primary"), 2))
    x = box.x() - box.height()
    while x < box.right() + box.height():
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
        x += 6
    painter.restore()


def paint_bar(
    painter: QPainter, box: QRectF, parts: Sequence[Piece], total: float, ground: QColor | None = None
) -> None:
    """Draw a bar into `box`; `ground` replaces the track on a selected row."""
    chosen = look()
    radius = box.height() / 2
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(path)
    painter.fillRect(box, ground if ground and not chosen.contrast else chosen.colour("track"))
    shown = [part for part in parts if part.value > 0]
    x = box.x()
    for number, part in enumerate(shown):
        share = min(1.0, part.value / total) if total > 0 else 0.0
        stretch = QRectF(x, box.y(), box.width() * share, box.height())
        if part.fill is Fill.WAITING:
            _hatch(painter, stretch)
        else:
            painter.fillRect(stretch, chosen.colour(part.fill.value))
        x += stretch.width()
        if number < len(shown) - 1:
            # Primary beside ok is 1.2 : 1, so a gap parts them.
            painter.fillRect(QRectF(x - 1, box.y(), 2, box.height()), chosen.colour("surface"))
    painter.restore()
    if chosen.contrast:
        painter.setPen(QPen(chosen.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class Bar(QWidget):
    """A painted bar with its words as the accessible name."""

    def __init__(self, parts: Sequence[Piece], total: float, words: str, *, name: str = "bar") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFixedHeight(8)
        self.setMinimumWidth(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._parts, self._total = tuple(parts), total
        self.setAccessibleName(words)

    def show_parts(self, parts: Sequence[Piece], total: float, words: str) -> None:
        """Show other values."""
        self._parts, self._total = tuple(parts), total
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw with the look in force."""
        del event
        painter = QPainter(self)
        paint_bar(painter, QRectF(self.rect()), self._parts, self._total)
        painter.end()


class Swatch(QWidget):
    """The little square of a legend; an empty one for zero, which is no alarm."""

    def __init__(self, fill: Fill, *, empty: bool = False) -> None:
        super().__init__()
        self._fill, self._empty = fill, empty
        self.setFixedSize(sp(12), sp(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw with the look in force."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._empty:
            painter.setPen(QPen(look().colour("edge"), 1.25))
            painter.drawRoundedRect(box.adjusted(0.6, 0.6, -0.6, -0.6), 2.5, 2.5)
        else:
            path = QPainterPath()
            path.addRoundedRect(box, 2.5, 2.5)
            painter.setClipPath(path)
            if self._fill is Fill.WAITING:
                _hatch(painter, box)
            else:
                painter.fillRect(box, look().colour(self._fill.value))
        painter.end()
