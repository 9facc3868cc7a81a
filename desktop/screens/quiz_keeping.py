"""Keeping answers: each goes to the store at once, and is called saved when the store has said so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.saved_mark import SavedMark
from desktop.screens.screen_jobs import ScreenJobs


@dataclass(frozen=True, slots=True)
class _Asked:
    """One answer on its way; the newest of a question is the one that counts."""

    question: int
    answer: str
    number: int


class AnswerKeeper:
    """Sends answers one after another. `complain` shows what went wrong, and None when all is well again."""

    def __init__(
        self,
        keep: Callable[[int, str, int], None],
        jobs: ScreenJobs,
        mark: SavedMark,
        complain: Callable[[Problem | None], None],
    ) -> None:
        self._store, self._jobs, self._mark, self._complain = keep, jobs, mark, complain
        self._newest: dict[int, int] = {}
        self._failed: dict[int, str] = {}
        self._waiting = 0
        self._number = 0

    @property
    def all_well(self) -> bool:
        """Whether every answer is with the store or on its way there."""
        return not self._failed

    def keep(self, question: int, answer: str, seconds: int) -> None:
        """Ask the store to keep an answer; it replaces an earlier one that could not be kept."""
        self._number += 1
        asked = _Asked(question, answer, self._number)
        self._newest[question] = asked.number
        self._failed.pop(question, None)
        self._waiting += 1
        self._mark.say(tr("Menyimpan…"), "muted", "saved")
        self._jobs.write(
            lambda: self._store(question, answer, seconds),
            lambda _: self._kept(),
            lambda problem: self._not_kept(asked, problem),
        )

    def again(self) -> None:
        """Try once more what could not be kept."""
        for question, answer in tuple(self._failed.items()):
            self.keep(question, answer, 0)

    def _kept(self) -> None:
        self._waiting -= 1
        if self._failed:
            return
        self._complain(None)
        if not self._waiting:
            self._mark.say(tr("Jawaban tersimpan"), "ok", "tick")

    def _not_kept(self, asked: _Asked, problem: Problem) -> None:
        self._waiting -= 1
        if self._newest[asked.question] != asked.number:
            return  # a newer answer to the same question is on its way
        self._failed[asked.question] = asked.answer
        self._mark.say(tr("Jawaban belum tersimpan"), "bad", "warning")
        self._complain(problem)
