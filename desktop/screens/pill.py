"""The pill: a state in two words, with an icon where colour alone would have to speak."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.screens.icons import paint_icon
from desktop.screens.style import look, sp

_GROUNDS = {"muted": "sunken", "primary": "primary_soft"}


def pill_size(text: str, icon: str = "") -> QSize:
    """How much room a pill takes, px."""
    words = QFontMetricsF(look().sized(12, 600)).horizontalAdvance(text)
    return QSize(round(words) + sp(18) + (sp(20) if icon else 0), sp(24))


def paint_pill(
    painter: QPainter, left: float, middle: float, text: str, kind: str, icon: str = "", ground: str = ""
) -> None:
    """Draw a pill from its left edge and middle; `kind` is ok, warn, bad, info, primary or muted."""
    chosen = look()
    size = pill_size(text, icon)
    box = QRectF(left, middle - size.height() / 2, size.width(), size.height())
    colour = chosen.colour(kind)
    fill = QColor(chosen.colour(ground or _GROUNDS.get(kind, f"{kind}_soft")))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill)
    painter.setPen(QPen(colour, 1) if chosen.contrast else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    x = box.x() + sp(8)
    if icon:
        paint_icon(painter, icon, QRectF(x - 2, middle - sp(16) / 2, sp(16), sp(16)), colour)
        x += sp(18)
    painter.setPen(colour)
    painter.setFont(chosen.sized(12, 600))
    where = QRectF(x, box.y(), box.right() - x, box.height())
    painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()


class Pill(QWidget):
    """A painted pill; `ground` replaces its soft ground (surface, on a selected row)."""

    def __init__(self, text: str, kind: str = "muted", icon: str = "", ground: str = "") -> None:
        super().__init__()
        self._given = (text, kind, icon, ground)
        self.setAccessibleName(text)
        self.setFixedSize(pill_size(text, icon))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The words of the pill."""
        return self._given[0]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw with the look in force."""
        del event
        painter = QPainter(self)
        text, kind, icon, ground = self._given
        paint_pill(painter, 0, self.height() / 2, text, kind, icon, ground)
        painter.end()
