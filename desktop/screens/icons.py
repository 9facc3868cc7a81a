"""Icons: our own outline set, tinted by token and drawn sharp at any scale of the screen."""

from functools import cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.screens.icon_path import Stroke, parse
from desktop.screens.style import RESOURCES, look

# Thin strokes vanish on small icons: 1.75 at 24 px, 1.9 at 20, 2.1 at 16 (on the 24 px field).
_STROKES = ((24, 1.75), (20, 1.9), (0, 2.1))


@cache
def _strokes(name: str) -> tuple[Stroke, ...]:
    return parse((RESOURCES / "icons" / f"{name}.svg").read_text("utf-8"))


def exists(name: str) -> bool:
    """Whether the set has this icon."""
    return (RESOURCES / "icons" / f"{name}.svg").is_file()


def paint_icon(painter: QPainter, name: str, box: QRectF, colour: QColor, stroke: float = 0) -> None:
    """Draw an icon into `box` (logical px); `stroke` 0 takes the width that fits the size."""
    size = box.width()
    width = stroke or next(wide for least, wide in _STROKES if size >= least)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(size / 24, box.height() / 24)
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    for part in _strokes(name):
        pen.setWidthF(part.width or width)
        painter.setPen(pen)
        painter.setBrush(QBrush(colour) if part.filled else Qt.BrushStyle.NoBrush)
        painter.drawPath(part.path)
    painter.restore()


@cache
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint_icon(painter, name, QRectF(0, 0, size, size), QColor(colour))
    painter.end()
    return made


def pixmap(name: str, colour: str = "text", size: int = 24) -> QPixmap:
    """An icon tinted with a colour token, `size` logical px square, at the screen's scale."""
    ratio = QGuiApplication.devicePixelRatio(QGuiApplication.instance())  # type: ignore[arg-type]
    return _drawn(name, look().colour(colour).name(QColor.NameFormat.HexArgb), size, ratio)


def icon(name: str, colour: str = "text", size: int = 20, off: str = "muted") -> QIcon:
    """The same as a QIcon with its disabled face, for buttons and actions."""
    made = QIcon(pixmap(name, colour, size))
    made.addPixmap(pixmap(name, off, size), QIcon.Mode.Disabled)
    return made


class Icon(QWidget):
    """One icon standing beside words; decoration only, so a screen reader passes it."""

    def __init__(self, name: str, colour: str = "muted", size: int = 24) -> None:
        super().__init__()
        self._name, self._colour = name, colour
        self.setFixedSize(QSize(look().sp(size), look().sp(size)))

    @property
    def shown(self) -> str:
        """The icon's name."""
        return self._name

    def show_icon(self, name: str, colour: str) -> None:
        """Change the icon and its colour token."""
        self._name, self._colour = name, colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw with the look in force."""
        del event
        painter = QPainter(self)
        paint_icon(painter, self._name, QRectF(self.rect()), look().colour(self._colour))
        painter.end()
