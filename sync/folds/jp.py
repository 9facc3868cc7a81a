"""Lesson hours (JP) by the year in which they count: recognised, on their way, or only claimed."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from zoneinfo import ZoneInfo

from sync.folds.completion import CourseDone, claim_order
from sync.folds.listing import Listing
from sync.folds.order import Moment
from sync.folds.sessions import Session
from sync.folds.training import Training, TrainingState
from sync.folds.years import CALENDAR, Years

MOST = 10_000_000
"""Hundredths of JP beyond which no claim is written down: the most a pack can say of itself."""


@dataclass(frozen=True, slots=True)
class JpEntry:
    """One finished course, once, in the year of its first completion; `jp` in hundredths.

    `listed`: a signed source says what the version is worth, and all its modules are done. Otherwise `jp` is
    only what the statement claims, and counts nowhere. `version` is the one that was finished.
    """

    course: str
    year: int
    jp: int
    at: int
    recognised: bool
    listed: bool = True
    version: str = ""


@dataclass(frozen=True, slots=True)
class JpYear:
    """A year's hours in hundredths.

    `recognised`: the catalogue lists them and the centre holds them. `waiting`: a signed source lists them
    and one of the two is still missing. `claimed`: nothing signed stands behind them yet, or nobody
    has judged the training outside. `rejected`: the desk has said that they do not count.
    """

    year: int
    recognised: int = 0
    waiting: int = 0
    claimed: int = 0
    rejected: int = 0

    @property
    def total(self) -> int:
        """Hundredths of JP of the year, recognised and waiting together; the rest stays out."""
        return self.recognised + self.waiting


def year_of(at: int, zone: ZoneInfo) -> int:
    """Return the calendar year of a Unix time where the office is: 00.30 WIT on 1 January is new there."""
    return day_of(at, zone).year


_LAST = 253_370_764_800  # 1 January 9999; Python knows no year after


def day_of(at: int, zone: ZoneInfo) -> date:
    """Return the day of a Unix time where the office is; a fold never fails on a clock beyond all years."""
    return datetime.fromtimestamp(min(max(at, 0), _LAST), zone).date()


@dataclass(frozen=True, slots=True)
class Held:
    """What the centre holds: `endorsed` are identities that came out of it, `acked` ends of logs."""

    endorsed: frozenset[tuple[int, int]] = frozenset()
    acked: Mapping[int, int] = field(default_factory=dict)

    def has(self, when: Moment) -> bool:
        """Whether the statement of that moment is among it."""
        return (when.log, when.seq) in self.endorsed or self.acked.get(when.log, 0) >= when.seq


def jp_entries(
    claims: Iterable[CourseDone],
    modules: AbstractSet[str],
    zone: ZoneInfo,
    held: Held,
    listing: Listing,
    years: Years = CALENDAR,
) -> tuple[JpEntry, ...]:
    """List each course once, by its first completion in time of those that the best source lists.

    What a statement claims is never believed: a version is worth what `listing` says, and only where all
    its `modules` are done. A course finished again, on another PC or in a newer version, gives no second
    credit. It is recognised when the catalogue lists it and the centre holds any such completion.
    `years` says in which of the person's years a day lies.
    """
    best: dict[str, tuple[_Worth, CourseDone]] = {}
    known: set[str] = set()
    for claim in claims:
        worth = _worth(claim, modules, listing)
        before = best.get(claim.course)
        if before is None or _rank(worth, claim) < _rank(*before):
            best[claim.course] = (worth, claim)
        if worth.source is _Source.CATALOGUE and held.has(claim.when):
            known.add(claim.course)
    entries = (
        JpEntry(
            course,
            years.of(day_of(claim.when.at, zone)),
            worth.jp,
            claim.when.at,
            recognised=course in known,
            listed=worth.source is not _Source.NONE,
            version=claim.version,
        )
        for course, (worth, claim) in best.items()
    )
    return tuple(sorted(entries, key=lambda entry: (entry.at, entry.course)))


class _Source(IntEnum):
    """Who says what a completion is worth, the best first."""

    CATALOGUE = 0
    PACK = 1
    NONE = 2


@dataclass(frozen=True, slots=True)
class _Worth:
    source: _Source
    jp: int


def _worth(claim: CourseDone, modules: AbstractSet[str], listing: Listing) -> _Worth:
    listed = listing.of(claim.course, claim.version)
    if listed is None or not listed.modules <= modules:
        return _Worth(_Source.NONE, min(max(claim.jp, 0), MOST))
    return _Worth(_Source.CATALOGUE if listed.by_centre else _Source.PACK, listed.jp)


def _rank(worth: _Worth, claim: CourseDone) -> tuple[_Source, tuple[Moment, str, str, int]]:
    return worth.source, claim_order(claim)


_PLACES = {TrainingState.RECOGNISED: 0, TrainingState.WAITING: 2, TrainingState.REJECTED: 3}


def jp_years(
    entries: Iterable[JpEntry], trainings: Iterable[Training | Session] = ()
) -> Mapping[int, JpYear]:
    """Add courses, training outside and sessions up by year, oldest year first."""
    sums: dict[int, list[int]] = {}
    for entry in entries:
        year = sums.setdefault(entry.year, [0, 0, 0, 0])
        year[2 if not entry.listed else 0 if entry.recognised else 1] += entry.jp
    for one in trainings:
        sums.setdefault(one.year, [0, 0, 0, 0])[_PLACES[one.state]] += one.jp
    return {year: JpYear(year, *sums[year]) for year in sorted(sums)}
