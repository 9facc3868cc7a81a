"""Initials in a circle: who this is, beside the name and never instead of it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.screens.style import look, sp


def initials(name: str) -> str:
    """Up to two letters of a name; one-word names give their first two (`Yosina` is `YO`)."""
    words = [word for word in name.replace(".", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][:2].upper()
    return (words[0][0] + words[-1][0]).upper()


def paint_avatar(
    painter: QPainter, box: QRectF, text: str, ground: str = "primary_soft", ink: str = "primary"
) -> None:
    """Draw initials in a circle that fills `box`; grounds are colour tokens."""
    chosen = look()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(chosen.colour(ground))
    painter.setPen(QPen(chosen.colour(ink), 1.5) if chosen.contrast else Qt.PenStyle.NoPen)
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    font = chosen.sized(10, 600)
    font.setPixelSize(max(11, round(box.height() * 0.385)))
    painter.setFont(font)
    painter.setPen(chosen.colour(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def avatar_icon(text: str, size: int) -> QIcon:
    """The circle as a button's picture, `size` logical px."""
    ratio = QGuiApplication.devicePixelRatio(QGuiApplication.instance())  # type: ignore[arg-type]
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint_avatar(painter, QRectF(0, 0, size, size), text)
    painter.end()
    return QIcon(made)


class Avatar(QWidget):
    """A painted circle with initials."""

    def __init__(self, text: str, size: int = 32, ground: str = "primary_soft", ink: str = "primary") -> None:
        super().__init__()
        self._given = (text, ground, ink)
        self.setFixedSize(sp(size), sp(size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw with the look in force."""
        del event
        painter = QPainter(self)
        paint_avatar(painter, QRectF(self.rect()), *self._given)
        painter.end()
