"""What Tukar data shows: the stick that is plugged in, how far a visit is, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from desktop.errors import Problem


class StickSort(Enum):
    """Whose a stick is."""

    NEW = "not prepared for any office"
    OURS = "prepared for the office of this PC"
    OTHER = "prepared for another office"


@dataclass(frozen=True, slots=True)
class PackWaiting:
    """A pack on the stick that this PC does not have; `size` in bytes."""

    title: str
    size: int


@dataclass(frozen=True, slots=True)
class StickView:
    """A stick that is plugged in, and what a visit would do with it.

    `key` is for the application. `results`, together `result_bytes`, wait on this PC to be copied to it;
    `letters` and `packs` lie on it for this PC. `problem`: nothing can be copied to it or from it.
    """

    key: str
    label: str
    sort: StickSort
    results: int = 0
    result_bytes: int = 0
    letters: int = 0
    packs: tuple[PackWaiting, ...] = ()
    problem: Problem | None = None


class VisitStep(Enum):
    """What a visit is doing; results go first, so that they are safe whatever happens after."""

    COPY = 1
    CHECK = 2
    TAKE = 3
    INSTALL = 4


@dataclass(frozen=True, slots=True)
class VisitProgress:
    """How far a visit is: `done` of `total` in the step's own unit (files, letters, bytes of a pack).

    `title` names the pack that is being installed, `size` its bytes, `seconds` how long it still takes where
    that is no guess, else 0.
    """

    step: VisitStep
    done: int
    total: int
    title: str = ""
    size: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class VisitDone:
    """A visit that ended without a fault. Everything that was copied was read again and compared.

    `left` names the PCs that are still to be visited, the next one first; None where this PC cannot know.
    `stopped`: somebody chose Batal; what was copied before is whole all the same.
    """

    results: int
    letters: int
    packs: tuple[str, ...] = ()
    left: tuple[str, ...] | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class VisitActions:
    """`sticks` and `prepare` run as jobs, `exchange` as a long one; `pc` and `office` are names.

    `exchange` is given the stick, what to tell how far it is, and whether somebody asked it to stop. It
    raises Problem. `ended` follows on the GUI thread: what is on the glass may have changed.
    """

    sticks: Callable[[], tuple[StickView, ...]]
    prepare: Callable[[StickView], None]
    exchange: Callable[[StickView, Callable[[VisitProgress], None], Callable[[], bool]], VisitDone]
    office: Callable[[], str]
    ended: Callable[[], None]
