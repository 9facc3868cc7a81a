"""One picture of a pack, fitted to the room, sharp at any DPI, with its sentence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from desktop.background.jobs import Jobs
from desktop.screens.activity_player import Player, ReadingClock
from desktop.screens.arrange import column
from desktop.screens.learning_views import ImageBody
from desktop.screens.picture_canvas import PictureCanvas
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.text import label


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
            column((PictureCanvas(body.data, body.caption), 1), caption, gap=12, margins=(24, 24, 24, 16))
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
