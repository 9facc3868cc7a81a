"""The drawn sign of an empty screen: an icon on a quiet disc with the torch's rings."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.screens.icons import paint_icon
from desktop.screens.style import look, sp


class Sign(QWidget):
    """One large icon; decoration, so it has no accessible name."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(sp(160), sp(128))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc, rings, icon."""
        del event
        chosen = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        radius = self.height() / 2 - 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(chosen.colour("primary_soft"))
        painter.drawEllipse(middle, radius * 0.78, radius * 0.78)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(chosen.colour("line"), 1))
        painter.drawEllipse(middle, radius, radius)
        if chosen.contrast:
            painter.drawEllipse(middle, radius * 0.78, radius * 0.78)
        side = sp(48)
        box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
        paint_icon(painter, self._icon, box, chosen.colour("primary"), 1.5)
        painter.end()
