"""What the questions of quizzes look like on the glass: frozen views and plain callables, no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FEW = 10
"""Attempts below which numbers about a question say little."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One question. `right` is the mean of its marks in percent; `apart` from -1 to 1, None while unknown.

    `trap` is the wrong answer that most gave, `trapped` how many; both empty where none is known. `voided`
    says in words why, by whom and when it no longer counts.
    """

    question: int
    text: str
    asked: int
    right: int
    apart: float | None
    trap: str
    trapped: int
    voided: str = ""


@dataclass(frozen=True, slots=True)
class RecountRow:
    """One attempt counted again: whose, in words; the scores; what became of it."""

    who: str
    about: str
    state: str
    kind: str


@dataclass(frozen=True, slots=True)
class QuizRow:
    """One version of a quiz."""

    key: str
    title: str
    version: str
    attempts: int
    items: tuple[ItemRow, ...]
    recounts: tuple[RecountRow, ...]
    told: str = ""


@dataclass(frozen=True, slots=True)
class QuizDeskView:
    """All quizzes of which anything has come; `as_of` says in words how fresh that is."""

    quizzes: tuple[QuizRow, ...]
    as_of: str


@dataclass(frozen=True, slots=True)
class QuizDeskActions:
    """`load` and `effect` read, `void` states; all block. Keys are those of `QuizRow`."""

    load: Callable[[], QuizDeskView]
    effect: Callable[[str, int], str]
    void: Callable[[str, int, str], None]
