"""The reader: the Markdown pages of one activity, page by page, from where one stopped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from desktop.background.jobs import Jobs
from desktop.language import tr
from desktop.screens.activity_player import Player, ReadingClock
from desktop.screens.arrange import column
from desktop.screens.desk_views import NotePad
from desktop.screens.learning_views import PagesBody
from desktop.screens.page_notes import PageNotes, show_words
from desktop.screens.page_text import PageText
from desktop.screens.resume_point import ResumePoint
from desktop.screens.screen_jobs import ScreenJobs

_REST_MS = 800  # the place is kept when scrolling rests, not at every step of the wheel


class Reader(Player):
    """Pages to read. A page is recorded once its end was in sight, with the seconds spent on it."""

    def __init__(
        self,
        body: PagesBody,
        point: ResumePoint,
        record: Callable[[int, int], bool],
        keep: Callable[[ResumePoint], None],
        jobs: Jobs,
        pad: NotePad | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("reader")
        self._body, self._record, self._keep, self._jobs = body, record, keep, ScreenJobs(self, jobs)
        self._page = min(max(point.page, 1), len(body.texts))
        self._recorded: set[int] = set()
        self._seen_end = False
        self.text = PageText()
        self.text.turned.connect(self._turned)
        self.text.followed.connect(self._follow)
        self.text.end_reached.connect(self._end)
        self.setLayout(column((self.text, 1), gap=0))
        self.setFocusProxy(self.text)
        self._clock = ReadingClock(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._keep_place)
        self.text.verticalScrollBar().valueChanged.connect(lambda _: self._rest.start())
        self._letter, self._words = point.letter, point.words
        self._notes = None if pad is None else PageNotes(self.text, pad, jobs)
        if self._notes is not None:
            self._notes.trouble.connect(self.trouble)
        self._show()

    def begin(self) -> None:
        """Go to the very line where one stopped."""
        self.text.setFocus()
        self.text.go_to(self._letter)
        if self._words:
            show_words(self.text, self._words)
            self._words = ""
        self._clock.start()

    def leave(self) -> None:
        """Keep the place; record the page when its end was seen."""
        self._rest.stop()
        self._keep_place()
        self._record_page()

    def turn(self, step: int) -> bool:
        """Go a page on or back."""
        if step > 0:
            self._seen_end = True  # who turns the page is done with it, also the last
        if not 1 <= self._page + step <= len(self._body.texts):
            return False
        self._record_page()
        self._page += step
        self._letter = 0
        self._show()
        self._clock.start()
        self._keep_place()
        self.moved.emit()
        return True

    def place(self) -> str:
        """Tell which page this is."""
        return tr("Halaman {n} dari {m}").format(n=self._page, m=len(self._body.texts))

    def keys(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Space pages; F7 brings the text cursor."""
        return (
            ((tr("Spasi"),), tr("gulir")),
            (("F7",), tr("pilih teks")),
            (("C",), tr("catat")),
            (("F1",), tr("semua tombol")),
        )

    def help_page(self) -> str:
        """Name the page of help."""
        return "baca"

    def _show(self) -> None:
        at = self._page - 1
        self._seen_end = False
        self.text.show_page(self._body.texts[at], self._body.names[at], self._body.resource)
        self.text.setAccessibleName(self.place())
        if self._notes is not None:
            self._notes.turn_to(self._page)

    def _turned(self, step: int) -> None:
        if not self.turn(step):
            self.ended.emit(step)

    def _follow(self, path: str) -> None:
        if path in self._body.names:
            self.turn(self._body.names.index(path) + 1 - self._page)
        else:
            self.followed.emit(path)

    def _end(self) -> None:
        self._seen_end = True

    def _keep_place(self) -> None:
        self._letter = self.text.letter()
        self._keep(ResumePoint(page=self._page, letter=self._letter))

    def _record_page(self) -> None:
        seconds = self._clock.stop()
        if not self._seen_end or self._page in self._recorded:
            return
        page = self._page
        self._recorded.add(page)
        self._jobs.write(lambda: self._record(page, seconds), self._was_recorded, self.trouble.emit)

    def _was_recorded(self, done: bool) -> None:  # noqa: FBT001  # a job delivers its result
        if done:
            self.completed.emit()
