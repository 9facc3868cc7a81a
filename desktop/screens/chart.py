"""A small painted chart: columns that begin at zero; a table with the same numbers stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.screens.style import look, sp

_LABEL, _VALUE, _GAP, _MOST = 20, 18, 0.34, 40


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what stands under it, and its value."""

    under: str
    value: int


class Columns(QWidget):
    """Columns that begin at zero, each with its value above it; `words` say it to who cannot see it."""

    def __init__(self, columns: Sequence[Column], words: str, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self._columns = tuple(columns)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(sp(168))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a base line, the columns, and the words where they have room."""
        del event
        if not self._columns:
            return
        chosen = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(chosen.font("caption"))
        wide, base = self.width() / len(self._columns), self.height() - sp(_LABEL)
        high = base - sp(_VALUE)
        most = max(1, *(one.value for one in self._columns))
        for place, one in enumerate(self._columns):
            bar = min(wide * (1 - _GAP), sp(_MOST))
            left, tall = wide * place + (wide - bar) / 2, high * one.value / most
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(chosen.colour("primary"))
            painter.drawRoundedRect(
                QRectF(left, base - tall, bar, tall), min(3.0, tall / 2), min(3.0, tall / 2)
            )
            painter.setPen(chosen.colour("text"))
            above = QRectF(wide * place, base - tall - sp(_VALUE), wide, sp(_VALUE))
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(one.value))
            painter.setPen(chosen.colour("muted"))
            under = QRectF(wide * place, base, wide, sp(_LABEL))
            every = 1 if wide >= sp(46) else 2
            if place % every == (len(self._columns) - 1) % every:
                wider = under.adjusted(-wide / 2, 0, wide / 2, 0) if every > 1 else under
                wider.moveRight(min(wider.right(), float(self.width())))
                painter.drawText(wider, Qt.AlignmentFlag.AlignCenter, one.under)
        painter.setPen(chosen.colour("edge"))
        painter.drawLine(0, round(base), self.width(), round(base))
        painter.end()
