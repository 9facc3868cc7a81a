"""Jejak audit on the glass: a sheet of days, what was done with people's data on each, and who did it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.formats import number
from desktop.language import tr
from desktop.screens.arrange import TOP, Part, column, holder, line, row
from desktop.screens.button import Button
from desktop.screens.icons import Icon
from desktop.screens.notice import problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import label

SHOWN = 200
"""Rows at once; what is older is counted."""
_DAY = 150


@dataclass(frozen=True, slots=True)
class TrailRow:
    """What was done on a day, in a sentence; `by` says who, empty where that is clear."""

    day: str
    words: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class TrailActions:
    """`load` runs as a job and gives the newest first."""

    load: Callable[[], Sequence[TrailRow]]
    jobs: Jobs


class TrailSheet(Sheet):
    """The list; nothing in it can be changed, here or elsewhere."""

    def __init__(self, window: QWidget, title: str, about: str, empty: str, actions: TrailActions) -> None:
        self._empty = empty
        self._slot = Slot("trail_slot")
        close = Button(tr("Tutup"), "main", name="trail_ok")
        super().__init__(
            window,
            title,
            about,
            holder(column(self._slot, None, gap=0, margins=(0, 0, 8, 4))),
            (close,),
            name="trail_sheet",
            width=760,
            picture=Icon("shield", "primary", 28),
        )
        self.setProperty("help", "tentang-data")
        close.clicked.connect(self.dismiss)
        self._jobs = ScreenJobs(self, actions.jobs)
        self._jobs.run(actions.load, self._show, self._failed)

    def _show(self, rows: Sequence[TrailRow]) -> None:
        if not rows:
            self._slot.put(label(self._empty, "muted", wrap=True))
        else:
            parts: list[Part] = []
            for day, of_day in groupby(rows[:SHOWN], key=lambda one: one.day):
                parts += [line()] if parts else []
                parts.append(_day(day, tuple(of_day)))
            if len(rows) > SHOWN:
                older = tr("{n} lagi yang lebih lama tidak ditampilkan.").format(n=number(len(rows) - SHOWN))
                parts += [line(), label(older, "muted", wrap=True)]
            self._slot.put(holder(column(*parts, gap=10), "", "trail_rows"))
        self.refit()

    def _failed(self, problem: Problem) -> None:
        self._slot.put(problem_notice(problem, name="trail_problem"))
        self.refit()


def _day(day: str, rows: Sequence[TrailRow]) -> QWidget:
    """One day at the left, what was done on it at the right."""
    head = label(day, "strong")
    head.setFixedWidth(sp(_DAY))
    said: list[Part] = []
    for one in rows:
        words: list[Part] = [label(one.words, wrap=True)]
        if one.by:
            words.append(label(one.by, "caption", wrap=True))
        said.append(holder(column(*words, gap=1)))
    return holder(row((head, 0, TOP), (column(*said, gap=8), 1), gap=12))
