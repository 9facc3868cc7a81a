"""Notes beside a page that is read: C writes one, T marks what is selected, B keeps the page."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.background.jobs import Jobs
from desktop.player.notes import Form, Note
from desktop.screens.desk_views import NotePad
from desktop.screens.note_sheet import NoteSheet
from desktop.screens.page_marks import draw_marks, find_quote, selection_of
from desktop.screens.page_text import PageText
from desktop.screens.screen_jobs import ScreenJobs


class PageNotes(QObject):
    """Hears the keys of a page and draws what was kept of it; `listed` says that the notes are read anew."""

    trouble = Signal(object)
    listed = Signal()

    def __init__(self, text: PageText, pad: NotePad, jobs: Jobs) -> None:
        super().__init__(text)
        self._text, self._pad, self._jobs = text, pad, ScreenJobs(self, jobs)
        self._page = 1
        self._sheet: NoteSheet | None = None  # what a sheet calls lives as long as somebody holds it
        self._all: tuple[Note, ...] = ()
        text.marked.connect(self._marked)
        text.composed.connect(self._draw)
        self._read()

    def turn_to(self, page: int) -> None:
        """Draw the notes of another page."""
        self._page = page
        self._draw()

    def here(self) -> tuple[Note, ...]:
        """Give the notes of the page on screen."""
        return tuple(note for note in self._all if note.page == self._page)

    def _marked(self, key: str) -> None:
        start, end, quote = selection_of(self._text)
        wanted = Note(self._pad.activity, self._page, start, end, quote)
        if key == "B":
            held = next((note for note in self.here() if note.form is Form.BOOKMARK), None)
            if held is None:
                self._keep(replace(wanted, quote="", form=Form.BOOKMARK))
            else:
                self._drop(held)
        elif key == "T":
            if quote:
                self._keep(replace(wanted, form=Form.HIGHLIGHT))
        else:
            self._sheet = NoteSheet(
                self._text.window(), self._under(start, end) or wanted, self._keep, self._drop
            )

    def _under(self, start: int, end: int) -> Note | None:
        """The note at the text cursor, to be changed instead of written beside."""
        place = self._text.textCursor().position() if start == end else start
        for note in self.here():
            found = find_quote(self._text.document(), note.quote, note.start, note.end)
            if found is not None and found.selectionStart() <= place <= found.selectionEnd():
                return note
        return None

    def _keep(self, note: Note) -> None:
        self._jobs.write(lambda: self._pad.desk.put(note), lambda _: self._read(), self.trouble.emit)

    def _drop(self, note: Note) -> None:
        self._jobs.write(lambda: self._pad.desk.remove(note), lambda _: self._read(), self.trouble.emit)

    def _read(self) -> None:
        def work() -> tuple[Note, ...]:
            return tuple(note for note in self._pad.desk.notes() if note.activity == self._pad.activity)

        self._jobs.run(work, self._show, self.trouble.emit)

    def _show(self, notes: tuple[Note, ...]) -> None:
        self._all = notes
        self._draw()
        self.listed.emit()

    def _draw(self) -> None:
        draw_marks(self._text, self.here())


def show_words(text: PageText, words: str) -> None:
    """Bring words of the page into sight and select them, once the page is laid out."""

    def show() -> None:
        found = find_quote(text.document(), words)
        if found is not None:
            text.go_to(found.selectionStart())
            text.setTextCursor(found)

    show()
    QTimer.singleShot(0, text, show)
