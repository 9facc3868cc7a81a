"""The picture of a film, painted from its frames, so that it is grabbed and scaled like any widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.screens.icons import paint_icon
from desktop.screens.multimedia import NO_CARD, expecting, multimedia
from desktop.screens.style import look, sp

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame, QVideoSink


class VideoSurface(QWidget):
    """Shows the newest frame of its `sink`; a click asks to play or pause."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("videoSurface")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(sp(160), sp(90))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.sink: QVideoSink = multimedia().QVideoSink(self)
        self.sink.videoFrameChanged.connect(self._take)
        self._image = QImage()
        self.paused = True
        self.frames = 0
        self._caption = ""

    def sizeHint(self) -> QSize:
        """As wide as a page; the height follows the film."""
        return QSize(sp(760), sp(428))

    def set_caption(self, words: str) -> None:
        """Show the words of this moment over the foot of the picture."""
        if words != self._caption:
            self._caption = words
            self.setAccessibleDescription(words)
            self.update()

    def set_paused(self, *, paused: bool) -> None:
        """Draw the sign of a film that waits, or take it away."""
        self.paused = paused
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Play or pause."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame as large as it fits, the words said, and the play sign while it waits."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._picture_box()
        frame = QPainterPath()
        frame.addRoundedRect(box, 10, 10)
        painter.fillPath(frame, Qt.GlobalColor.black)
        if not self._image.isNull():
            painter.setClipPath(frame)
            painter.drawImage(box, self._image)
            painter.setClipping(False)
        if self._caption:
            self._words(painter, box)
        if self.paused:
            self._play_sign(painter, box.center())
        painter.end()

    def _picture_box(self) -> QRectF:
        """The place of the film, as large as it fits; 16 to 9 before its first frame."""
        shape = QSizeF(16, 9) if self._image.isNull() else QSizeF(self._image.size())
        box = QRectF(QPointF(), shape.scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio))
        box.moveCenter(QRectF(self.rect()).center())
        return box

    def _words(self, painter: QPainter, whole: QRectF) -> None:
        """White on black whatever the theme: captions lie on a picture of any colour."""
        painter.setFont(look().sized(15, 600))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        room = whole.adjusted(sp(24), sp(16), -sp(24), -sp(18))
        words = painter.boundingRect(room, flags, self._caption)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 205))
        painter.drawRoundedRect(words.adjusted(-sp(10), -sp(5), sp(10), sp(5)), 6, 6)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(room, flags, self._caption)

    def _play_sign(self, painter: QPainter, middle: QPointF) -> None:
        radius = sp(36)
        painter.setBrush(look().colour("primary"))
        painter.drawEllipse(middle, radius, radius)
        side = sp(36)
        box = QRectF(middle.x() - side / 2 + sp(2), middle.y() - side / 2, side, side)
        paint_icon(painter, "play", box, look().colour("on_primary"), 2)

    def _take(self, frame: QVideoFrame) -> None:
        if frame.isValid():
            self.frames += 1
            if self._image.isNull():
                with expecting(NO_CARD):
                    self._image = frame.toImage()
            else:
                self._image = frame.toImage()
            self.update()
