"""A picture on its own: fitted to the room, sharp at any DPI, in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.language import tr
from desktop.screens.arrange import column, holder
from desktop.screens.button import Button
from desktop.screens.page_picture import draw, drawing_size, follow_theme, is_drawing, photograph
from desktop.screens.sheet import Sheet
from desktop.screens.style import look, sp

_LARGEST = 1400  # px: a drawing is enlarged to the room, but not to a poster


class PictureCanvas(QWidget):
    """A picture fitted to the room it gets, drawn anew only for another size, screen or theme."""

    def __init__(self, data: bytes, caption: str) -> None:
        super().__init__()
        self.setObjectName("picture")
        self.setAccessibleName(caption)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(sp(160), sp(120))
        self._data = data
        self._drawn: QImage | None = None
        self._for: tuple[object, ...] = ()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture in the middle, made anew only for another size, screen or theme."""
        del event
        ratio = self.devicePixelRatioF()
        wanted = (self.width(), self.height(), ratio, look().theme)
        if wanted != self._for:
            self._for, self._drawn = wanted, self._make(ratio)
        painter = QPainter(self)
        if self._drawn is None:
            painter.setPen(look().colour("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Gambar ini tidak dapat dibuka."))
        else:
            size = self._drawn.deviceIndependentSize()
            scale = min(1.0, self.width() / size.width(), self.height() / size.height())
            box = QRectF(QPointF(), size * scale)
            box.moveCenter(QRectF(self.rect()).center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self._drawn)
        painter.end()

    def _make(self, ratio: float) -> QImage | None:
        if not is_drawing(self._data):
            return photograph(self._data, self.width(), ratio)
        size = drawing_size(self._data)
        if size.isEmpty():
            return None
        high = self.height() * size.width() / size.height()
        wide = max(1, round(min(self.width(), high, sp(_LARGEST))))
        themed = follow_theme(self._data)
        return draw(themed or self._data, wide, ratio, paper=None if themed else look().colour("#FFFFFF"))


def show_large(window: QWidget, data: bytes, caption: str) -> Sheet:
    """Show a picture of a page as large as the window allows, until somebody closes it."""
    canvas = PictureCanvas(data, caption)
    canvas.setMinimumHeight(max(sp(160), window.height() - sp(300)))
    close = Button(tr("Tutup"), "main", name="closePicture")
    title = caption or tr("Gambar")
    body = holder(column((canvas, 1)))
    sheet = Sheet(
        window, title, "", body, (close,), name="largePicture", width=round(window.width() / look().scale)
    )
    close.clicked.connect(sheet.dismiss)
    return sheet
