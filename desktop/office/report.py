"""The report's own words: a row of the desk, what is shown and in which order, and how fresh the data are."""

from dataclasses import dataclass
from enum import Enum

from sync.folds.cohort import CohortRow, CohortState, ComputerRow, WaitingProfile
from sync.folds.years import CALENDAR, Years


class Sort(Enum):
    """By what the table is ordered; the value is the column. Equal ones follow by name."""

    NAME = "n"
    NIP = "nip_tail"
    UNIT = "unit"
    MODULES = "modules_done"
    JP = "jp"
    SCORE = "last_score"
    STATE = "state"
    AS_OF = "as_of"


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A row of the report with the person's whole NIP, which only the desk knows, and how their years run.

    The table that pages through them keeps `years` of nobody.
    """

    row: CohortRow
    nip: str
    years: Years = CALENDAR


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown: words of a name or digits of a NIP, one unit (or all), some states (or all)."""

    words: str = ""
    unit: str = ""
    states: frozenset[CohortState] = frozenset()


@dataclass(frozen=True, slots=True)
class Freshness:
    """How fresh the data are: of how many computers they are at most 14 days old, and the oldest time.

    `oldest` is Unix seconds, None while no computer was heard of.
    """

    computers: int
    fresh: int
    oldest: int | None


@dataclass(frozen=True, slots=True)
class ClockNote:
    """Somebody's work at a computer whose clock was wrong: when it said it was, and what that can have been.

    Unix seconds; `earliest` is 0 where nothing that was signed gives a bound.
    """

    person: bytes
    name: str
    pc: str
    said: int
    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """The desk's folds. People are in the roster's order; computers the longest unheard first."""

    rows: tuple[DeskRow, ...]
    computers: tuple[ComputerRow, ...]
    waiting: tuple[WaitingProfile, ...]
    freshness: Freshness
    clocks: tuple[ClockNote, ...] = ()


FOLLOW_UP = frozenset({CohortState.BELUM_MULAI, CohortState.TIDAK_AKTIF, CohortState.MENUNGGU_VERIFIKASI})
"""States in which a word from the coordinator helps: *Tindak lanjut*."""
