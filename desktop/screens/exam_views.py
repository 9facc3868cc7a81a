"""What proctored exams look like on the glass: frozen views and plain callables, no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.screens.paper_sheet import PaperActions


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One person of an exam: their code, and how they stand in words; `ticks` while a tick says anything."""

    person: bytes
    name: str
    code: str
    state: str
    kind: str
    ticks: bool


@dataclass(frozen=True, slots=True)
class ExamRow:
    """One exam, with what happened in it, each in words."""

    key: bytes
    title: str
    about: str
    seats: tuple[SeatRow, ...]
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExamsView:
    """All exams known here, attempts without one in words, and what a new one may be of.

    `quizzes` are keys and titles of proctored quizzes installed here; `nips` are put into an empty form.
    """

    exams: tuple[ExamRow, ...]
    strays: tuple[str, ...]
    quizzes: tuple[tuple[str, str], ...]
    nips: tuple[str, ...] = ()
    today: str = ""


@dataclass(frozen=True, slots=True)
class ExamActions:
    """All but `load` state; every call blocks. `open` takes quiz, day, place and NIPs as typed."""

    load: Callable[[], ExamsView]
    open: Callable[[str, str, str, str], bytes]
    tick: Callable[[bytes, bytes, bool], None]
    note: Callable[[bytes, str], None]
    paper: Callable[[bytes], PaperActions]
