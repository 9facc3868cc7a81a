"""The learner's desk wired: notes of the signed-in person, and the search over shelf and notes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.screens.desk_views import DeskActions, NotePlace

if TYPE_CHECKING:
    from desktop.library.search import Hit, PageSearch
    from desktop.library.shelf import Shelf
    from desktop.player.notes import Note, Notes
    from desktop.store.profile import Profile


class StudyDesk:
    """One person's notes and search; what does the work is loaded when somebody writes or asks."""

    def __init__(self, profile: Profile, shelf: Shelf, noted: Callable[[], None]) -> None:
        """`noted` is called, on the thread that recorded, after each record."""
        self._profile, self._shelf, self._noted = profile, shelf, noted
        self._lock = threading.Lock()
        self._search: PageSearch | None = None
        self._closed = False

    def actions(self) -> DeskActions:
        """Hand the screens their callables."""
        return DeskActions(self.notes, self.put, self.remove, self.find, self.place)

    def notes(self) -> tuple[Note, ...]:
        """List the notes, newest first."""
        return self._notes().all()

    def put(self, note: Note) -> None:
        """Keep a note; older ones are sealed to PCs of this person that came since, on the same occasion."""
        notes = self._notes()
        notes.put(note)
        notes.share()
        self._noted()

    def remove(self, note: Note) -> None:
        """Take a note away."""
        self._notes().remove(note)
        self._noted()

    def find(self, asked: str) -> tuple[Hit, ...]:
        """Search the shelf as it is now; a pack installed since is taken in first."""
        with self._lock:
            if self._closed:
                return ()
            if self._search is None:
                from desktop.library.search import PageSearch  # noqa: PLC0415 - only who searches

                self._search = PageSearch(self._shelf)
            self._search.refresh()
            return self._search.find(asked)

    def place(self, activity: str) -> NotePlace | None:
        """Say where an activity stands; None where its pack is not on this PC."""
        found = self._shelf.find(activity)
        if found is None:
            return None
        installed, module, shown = found
        return NotePlace(f"{installed.course.title}, {module.title}", shown.title)

    def close(self) -> None:
        """Give the memory of the search back."""
        with self._lock:
            self._closed = True
            if self._search is not None:
                self._search.close()
                self._search = None

    def _notes(self) -> Notes:
        from desktop.player.notes import Notes  # noqa: PLC0415 - only who writes

        return Notes(self._profile)
