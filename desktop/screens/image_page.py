"""One picture of a pack, fitted to the room, sharp at any DPI, with its sentence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.background.jobs import Jobs
from desktop.language import tr
from desktop.screens.activity_player import Player, ReadingClock
from desktop.screens.arrange import column
from desktop.screens.learning_views import ImageBody
from desktop.screens.page_picture import draw, drawing_size, follow_theme, is_drawing, photograph
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.style import look, sp
from desktop.screens.text import label

_LARGEST = 1400  # px: a drawing is enlarged to the room, but not to a poster


class _Canvas(QWidget):
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


class ImagePage(Player):
    """A picture to look at; looking at it once completes it."""

    def __init__(self, body: ImageBody, record: Callable[[int, int], bool], jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("image")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "own")
        self._record, self._jobs = record, ScreenJobs(self, jobs)
        caption = label(body.caption, "caption", wrap=True)
        caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(
            column((_Canvas(body.data, body.caption), 1), caption, gap=12, margins=(24, 24, 24, 16))
        )
        caption.setVisible(bool(body.caption))
        self._clock = ReadingClock(self)

    def begin(self) -> None:
        """Begin to look."""
        super().begin()
        self._clock.start()

    def leave(self) -> None:
        """Record that it was looked at."""
        seconds = self._clock.stop()
        self._jobs.write(lambda: self._record(1, seconds), self._was_recorded, self.trouble.emit)

    def help_page(self) -> str:
        """Name the page of help."""
        return "baca"

    def _was_recorded(self, done: bool) -> None:  # noqa: FBT001  # a job delivers its result
        if done:
            self.completed.emit()
