"""Setelan, *Yang akan dihapus*: what here comes to the end of its term, when it goes, what holds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder
from desktop.screens.notice import problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.slot import Slot
from desktop.screens.text import label

SHOWN = 12
"""Lines at once, the earliest; what comes after is counted."""


@dataclass(frozen=True, slots=True)
class TermsView:
    """`rows` say what, and when it goes or why it stays; `about` says how people are told."""

    about: str
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TermsActions:
    """`load` runs as a job."""

    load: Callable[[], TermsView]
    jobs: Jobs


class TermsCard(QFrame):
    """The list; nothing is decided here, so there is no button."""

    def __init__(self, actions: TermsActions) -> None:
        super().__init__()
        self.setProperty("f", "card")
        self.setObjectName("terms_card")
        self._slot = Slot("terms_slot")
        self.setLayout(
            column(
                label(tr("Yang akan dihapus di komputer ini"), "card"),
                self._slot,
                gap=10,
                margins=(20, 16, 20, 16),
            )
        )
        ScreenJobs(self, actions.jobs).run(actions.load, self._show, self._failed)

    def _show(self, view: TermsView) -> None:
        parts: list[Part] = [
            holder(column(label(what, wrap=True), label(fate, "caption", wrap=True), gap=1))
            for what, fate in view.rows[:SHOWN]
        ]
        if not parts:
            parts.append(label(tr("Tidak ada."), "muted"))
        elif len(view.rows) > SHOWN:
            parts.append(label(tr("{n} lagi sesudahnya.").format(n=len(view.rows) - SHOWN), "muted"))
        parts.append(label(view.about, "caption", wrap=True))
        self._slot.put(holder(column(*parts, gap=8), "", "terms_rows"))

    def _failed(self, problem: Problem) -> None:
        self._slot.put(problem_notice(problem, name="terms_problem"))
