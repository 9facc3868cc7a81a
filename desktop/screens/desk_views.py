"""What the learner's desk gives the screens: notes of the signed-in person, and the search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what opens notes and what searches is loaded when somebody writes or asks
    from desktop.library.search import Hit
    from desktop.player.notes import Note


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Where a note or a page stands, in words: `{kursus}, {modul}` and the activity's title."""

    over: str
    title: str


@dataclass(frozen=True, slots=True)
class DeskActions:
    """Notes and search; all calls may block. `place` names an activity, None when its pack is not here."""

    notes: Callable[[], tuple[Note, ...]]
    put: Callable[[Note], None]
    remove: Callable[[Note], None]
    find: Callable[[str], tuple[Hit, ...]]
    place: Callable[[str], NotePlace | None]


@dataclass(frozen=True, slots=True)
class NotePad:
    """The notes of one activity."""

    activity: str
    desk: DeskActions
