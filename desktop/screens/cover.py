"""Covers: a quiet woven ground (anyaman) with one glyph, drawn, so that no course needs a picture file."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.screens.icons import paint_icon
from desktop.screens.style import look, sp

_STEP = 14
TINTS = 6


def tint_of(identity: str) -> int:
    """The same course has the same tint on every PC."""
    return sum(ord(letter) * (place + 1) for place, letter in enumerate(identity)) % TINTS


def _rounded(box: QRectF, corners: tuple[int, int, int, int], radius: float) -> QPainterPath:
    """A box whose corners (top left, top right, bottom right, bottom left) are rounded where marked."""
    top_left, top_right, bottom_right, bottom_left = (radius if mark else 0.0 for mark in corners)
    right, bottom = box.right(), box.bottom()
    path = QPainterPath()
    path.moveTo(box.x() + top_left, box.y())
    path.lineTo(right - top_right, box.y())
    if top_right:
        path.arcTo(right - 2 * top_right, box.y(), 2 * top_right, 2 * top_right, 90, -90)
    path.lineTo(right, bottom - bottom_right)
    if bottom_right:
        path.arcTo(
            right - 2 * bottom_right, bottom - 2 * bottom_right, 2 * bottom_right, 2 * bottom_right, 0, -90
        )
    path.lineTo(box.x() + bottom_left, bottom)
    if bottom_left:
        path.arcTo(box.x(), bottom - 2 * bottom_left, 2 * bottom_left, 2 * bottom_left, 270, -90)
    path.lineTo(box.x(), box.y() + top_left)
    if top_left:
        path.arcTo(box.x(), box.y(), 2 * top_left, 2 * top_left, 180, -90)
    return path


def _weave(painter: QPainter, box: QRectF, tint: int, light: QColor, strong: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for down in range(int(box.height()) // _STEP + 2):
        for across in range(int(box.width()) // _STEP + 2):
            x, y = across * _STEP, down * _STEP
            phase = (across + down * (2 if tint % 2 else 1) + tint) % 4
            if phase == 0:
                painter.setBrush(light)
                painter.drawRoundedRect(QRectF(x + 1, y + 4, _STEP * 2 - 2, 6), 2, 2)
            elif phase == 2 and (across + down + tint) % 3 == 0:
                painter.setBrush(strong)
                painter.drawRoundedRect(QRectF(x + 4, y + 1, 6, _STEP * 2 - 2), 2, 2)


class Cover(QWidget):
    """A cover `height` px high; deep only on the one card that says what to do next."""

    def __init__(
        self,
        tint: int,
        icon: str,
        *,
        height: int = 72,
        width: int = 0,
        corners: tuple[int, int, int, int] = (1, 1, 0, 0),
        glyph: int = 28,
        deep: bool = False,
    ) -> None:
        super().__init__()
        self._tint, self._icon, self._corners = tint % TINTS, icon, corners
        self._glyph, self._deep = sp(glyph), deep
        if height:
            self.setFixedHeight(sp(height))
        if width:
            self.setFixedWidth(sp(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, weave and glyph."""
        del event
        chosen = look()
        ground, light, strong, ink = (
            chosen.colour(name) for name in (chosen.deep if self._deep else chosen.tints[self._tint])
        )
        box = QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(_rounded(box, self._corners, 10 - chosen.border))
        painter.fillRect(box, ground)
        wide = box.width() > sp(160)
        if not chosen.contrast:
            _weave(painter, box, self._tint, light, strong)
            fade = QLinearGradient(0, 0, box.width() * (0.75 if wide else 1.5), 0)
            clear = QColor(ground)
            clear.setAlpha(0)
            fade.setColorAt(0, ground)
            fade.setColorAt(1, clear)
            painter.fillRect(box, fade)
        x = sp(19) if wide else (box.width() - self._glyph) / 2
        where = QRectF(x, (box.height() - self._glyph) / 2, self._glyph, self._glyph)
        paint_icon(painter, self._icon, where, ink)
        if chosen.contrast:
            painter.setClipping(False)
            edge = chosen.colour("line")
            if not self._corners[2] and self._corners[1]:
                painter.fillRect(QRectF(0, box.height() - 2, box.width(), 2), edge)
            elif not self._corners[1]:
                painter.fillRect(QRectF(box.width() - 2, 0, 2, box.height()), edge)
        painter.end()
