"""A stick on its round, invented: what is plugged in, what a visit would find, and a visit held still."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from desktop.errors import Problem
from desktop.screens.visit_views import (
    PackWaiting,
    StickSort,
    StickView,
    VisitActions,
    VisitDone,
    VisitProgress,
    VisitStep,
)

OFFICE = "Kantor Distrik Waropko"
OURS = StickView(
    "/media/BIRU", "SANDISK BIRU", StickSort.OURS, OFFICE, 31, 1_240, 3,
    (PackWaiting("Keamanan Informasi Kantor", 48_000_000),), 2_000, 13_400_000_000,
)  # fmt: skip
NEW = StickView("/media/BARU", "KINGSTON", StickSort.NEW, free=28_000_000_000)
FOREIGN = StickView("/media/LAIN", "TOSHIBA", StickSort.OTHER, "Distrik Mindiptana")
FULL = replace(OURS, needed=40_000_000, free=2_000_000)
READ_ONLY = replace(OURS, writable=False)
LONG = replace(
    OURS,
    label="FLASHDISK-KOORDINATOR-DISTRIK-WAROPKO-NOMOR-2",
    packs=(
        PackWaiting("Penyelenggaraan Pelayanan Publik Berbasis Elektronik bagi Aparatur Distrik", 312_000_000),
        PackWaiting("Menulis Naskah Dinas", 31_000_000),
    ),
)  # fmt: skip
DONE = VisitDone(31, 3, ("Keamanan Informasi Kantor",), ("PC Loket 2", "PC Arsip"))
COPYING = VisitProgress(VisitStep.COPY, 12, 31)
CHECKING = VisitProgress(VisitStep.CHECK, 20, 31)
TAKING = VisitProgress(VisitStep.TAKE, 1, 3)
INSTALLING = VisitProgress(
    VisitStep.INSTALL, 9_000_000, 48_000_000, "Keamanan Informasi Kantor", 48_000_000, 40
)


class Drive:
    """What is plugged in, and a visit that goes on only when the story lets it."""

    def __init__(self, *sticks: StickView) -> None:
        self.sticks = sticks
        self.done = DONE
        self.fault: Problem | None = None
        self.steps: tuple[VisitProgress, ...] = (COPYING,)
        self.go = threading.Event()
        self.visited: list[str] = []
        self.prepared: list[str] = []
        self.ends = 0

    def actions(self) -> VisitActions:
        return VisitActions(lambda: self.sticks, self._prepare, self._exchange, lambda: OFFICE, self._ended)

    def _prepare(self, stick: StickView) -> None:
        self.prepared.append(stick.label)
        self.sticks = (replace(OURS, key=stick.key, label=stick.label),)

    def _exchange(
        self, stick: StickView, tell: Callable[[VisitProgress], None], stopped: Callable[[], bool]
    ) -> VisitDone:
        for how_far in self.steps:
            tell(how_far)
        self.go.wait(20)
        if self.fault is not None:
            raise self.fault
        if stopped():
            return VisitDone(12, 0, stopped=True)
        self.visited.append(stick.label)
        return self.done

    def _ended(self) -> None:
        self.ends += 1
