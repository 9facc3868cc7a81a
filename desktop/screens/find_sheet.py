"""Cari (Ctrl+K): every installed page and one's own notes; with nothing typed it is the list Catatan saya."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.library.search import Hit
from desktop.player.notes import Note
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.card import Target
from desktop.screens.desk_views import DeskActions, NotePlace
from desktop.screens.field import Field
from desktop.screens.icons import Icon
from desktop.screens.note_sheet import ICONS
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.text import Elided, label

_PAUSE_MS = 120  # a search per word, not per letter
MOST = 30


class Spot(NamedTuple):
    """Where a result leads: a page from 1, and the words to bring into sight there."""

    activity: str
    page: int
    words: str
    letter: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    notes: tuple[tuple[Note, NotePlace | None], ...]
    hits: tuple[Hit, ...]


class _Result(Target):
    """One line: where, and the words in their context."""

    def __init__(self, name: str, icon: str, over: str, said: str, go: Callable[[], None]) -> None:
        super().__init__(name, f"{over}. {said}", radius=8)
        words = column(Elided(over, "caption"), Elided(said, "body"), gap=2)
        self.setLayout(row(mid(Icon(icon, "muted", 20)), (words, 1), gap=12, margins=(12, 8, 12, 8)))
        self.chosen.connect(go)


class FindSheet:
    """Asks what to look for; `go` is given the place that was chosen."""

    def __init__(self, window: QWidget, desk: DeskActions, jobs: Jobs, go: Callable[[Spot], None]) -> None:
        self._desk, self._go = desk, go
        self._asked = 0
        self._enter = False
        self._field = Field(
            name="find_field", words=tr("Cari"), hint=tr("Cari di modul dan catatan saya"), icon_name="search"
        )
        self._slot = Slot()
        self._said = label("", "muted", wrap=True, name="find_said")
        self.sheet = Sheet(
            window,
            tr("Cari dan catatan saya"),
            "",
            holder(column(self._field, 8, self._said, self._slot, None, gap=8)),
            (),
            name="find_sheet",
            owner=self,
            width=720,
            picture=Icon("search", "primary", 28),
        )
        self.sheet.setProperty("help", "belajar")
        self._jobs = ScreenJobs(self.sheet, jobs)
        self._rest = QTimer(self.sheet)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_PAUSE_MS)
        self._rest.timeout.connect(self.look)
        self._field.textEdited.connect(lambda _: self._rest.start())
        self._field.returnPressed.connect(self._first)
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.look()

    def look(self) -> None:
        """Search now; only the newest answer is shown."""
        self._rest.stop()
        self._asked += 1
        mine, asked = self._asked, self._field.text().strip()

        def work() -> _Found:
            notes = [note for note in self._desk.notes() if _has(note, asked)][:MOST]
            return _Found(
                tuple((note, self._desk.place(note.activity)) for note in notes), self._desk.find(asked)
            )

        def show(found: _Found) -> None:
            if mine == self._asked:
                self._show(asked, found)

        self._jobs.run(work, show, self._failed)

    def _show(self, asked: str, found: _Found) -> None:
        parts: list[Part] = []
        if found.notes:
            parts.append(label(tr("Catatan saya"), "card"))
        for number, (note, place) in enumerate(found.notes):
            parts.append(self._note_line(number, note, place))
        if found.hits:
            parts.append(label(tr("Di modul"), "card"))
        for number, hit in enumerate(found.hits):
            page = tr("halaman {n}").format(n=hit.page) if hit.page else tr("transkrip")
            over = f"{hit.course}, {hit.module}, {hit.title}, {page}"
            spot = Spot(hit.activity, max(1, hit.page), hit.found)
            said = f"{hit.before}{hit.found}{hit.after}"
            parts.append(_Result(f"hit_{number}", "page", over, said, lambda to=spot: self._leave(to)))  # type: ignore[misc]
        none = not found.notes and not found.hits
        self._said.setVisible(none)
        if none and asked:
            self._said.setText(tr("Tidak ada yang cocok. Coba kata lain."))
        elif none:
            self._said.setText(
                tr("Belum ada catatan. Saat membaca, tekan C untuk mencatat dan T untuk menandai teks.")
            )
        results = [part for part in parts if isinstance(part, _Result) and part.isEnabled()]
        self._slot.put(holder(column(*parts, gap=4), name="find_results"))
        QTimer.singleShot(0, self.sheet, self.sheet.refit)  # the new lines are laid out by then
        if self._enter and results:
            results[0].setFocus(Qt.FocusReason.TabFocusReason)
        self._enter = False

    def _note_line(self, number: int, note: Note, place: NotePlace | None) -> QWidget:
        where = (
            tr("Modul ini tidak terpasang di komputer ini")
            if place is None
            else f"{place.over}, {place.title}"
        )
        over = tr("{tempat}, halaman {n}").format(tempat=where, n=note.page)
        if note.others:
            over = tr("{tempat}, ada versi lain").format(tempat=over)
        said = " ".join((note.text or note.quote or (note.others or ("",))[0]).split())
        if note.closed:
            said = tr("Ditulis di komputer lain dan belum dapat dibuka di sini. Isinya aman.")
        line = _Result(
            f"note_{number}",
            ICONS[note.form],
            over,
            said or tr("Penanda halaman"),
            lambda: self._leave(Spot(note.activity, note.page, note.quote, note.start)),
        )
        line.setEnabled(place is not None)
        return line

    def _first(self) -> None:
        """Enter in the field goes to what is on top; Enter there opens it."""
        self._enter = True
        self.look()

    def _leave(self, spot: Spot) -> None:
        self.sheet.finish()
        self._go(spot)

    def _failed(self, problem: Problem) -> None:
        self._said.setText(f"{problem.title} {problem.advice}")
        self._said.show()


def _has(note: Note, asked: str) -> bool:
    said = " ".join((note.text, note.quote, *note.others)).casefold()
    return all(word in said for word in asked.casefold().split())
