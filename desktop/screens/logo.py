"""The torch of Suluh: the only ember besides the current place."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.screens.icon_path import parse
from desktop.screens.style import look, sp

_FLAME = (
    '<path d="M13 1.5c.7 4 6.4 6.2 6.4 11.9A6.8 6.8 0 0 1 12.6 20.3 6.8 6.8 0 0 1 5.8 13.5c0-2.8 '
    '1.5-4.6 2.9-6 .4 1.8 1.1 2.8 2.1 3.1C10.3 7.2 11.3 3.9 13 1.5z"/>'
)
_HEART = (
    '<path d="M12.8 12.2c.3 1.5 1.9 2.2 1.9 4a2.2 2.2 0 0 1-4.4 0c0-1.2.7-1.7 1.2-2.3.3.5.6.7.8.7 '
    '0-.9.1-1.7.5-2.4z"/>'
)
_RIM = '<path d="M6.8 23.4h11.6"/>'
_GRIP = '<path d="M9.3 26.6h6.6l-1.5 6.9a1 1 0 0 1-1 .8h-1.6a1 1 0 0 1-1-.8z"/>'
_LEFT, _WIDE, _HIGH = 5.5, 14.2, 36.0


def paint_logo(painter: QPainter, box: QRectF) -> None:
    """Draw the torch as high as `box`, centred in it, on the rail's ground."""
    chosen = look()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    grown = box.height() / _HIGH
    painter.translate(box.x() + (box.width() - _WIDE * grown) / 2, box.y())
    painter.scale(grown, grown)
    painter.translate(-_LEFT, -0.6)
    painter.setPen(Qt.PenStyle.NoPen)
    for drawing, colour in ((_FLAME, "ember"), (_HEART, "rail"), (_GRIP, "rail_on")):
        painter.setBrush(chosen.colour(colour))
        painter.drawPath(parse(drawing)[0].path)
    pen = QPen(chosen.colour("rail_on"), 2.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPath(parse(_RIM)[0].path)
    painter.restore()


class Logo(QWidget):
    """The torch, `height` px high and as narrow as it is."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self.setFixedSize(round(sp(height) * _WIDE / _HIGH), sp(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw with the look in force."""
        del event
        painter = QPainter(self)
        paint_logo(painter, QRectF(self.rect()))
        painter.end()
