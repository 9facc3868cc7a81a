"""Jobs of one screen: their results are delivered only while the screen exists."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop.background.jobs import Job, Jobs
from desktop.errors import Problem

Result = TypeVar("Result")
Given = TypeVar("Given")


class ScreenJobs:
    """The same two lanes as `Jobs`. The work is always done; who asked may be gone when it is."""

    def __init__(self, screen: QObject, jobs: Jobs) -> None:
        self._screen, self._jobs = screen, jobs

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        problem: Callable[[Problem], None],
    ) -> Job:
        """Do work beside others."""
        return self._jobs.run(work, self._while_here(done), self._while_here(problem))

    def run_long(
        self,
        work: Callable[[Job], Result],
        done: Callable[[Result], None],
        problem: Callable[[Problem], None],
        progress: Callable[[int, int], None],
    ) -> Job:
        """Do work that reports how far it is."""

        def report(steps: int, total: int) -> None:
            if isValid(self._screen):
                progress(steps, total)

        return self._jobs.run(work, self._while_here(done), self._while_here(problem), report)

    def write(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        problem: Callable[[Problem], None],
    ) -> Job:
        """Do work in the writer's lane."""
        return self._jobs.write(work, self._while_here(done), self._while_here(problem))

    def _while_here(self, act: Callable[[Given], None]) -> Callable[[Given], None]:
        def deliver(given: Given) -> None:
            if isValid(self._screen):
                act(given)

        return deliver
