"""Lesson hours (JP) by calendar year of the office: what the centre holds, and what still waits for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sync.folds.completion import CourseDone, claim_order

YEARLY_TARGET = 2000
"""Hundredths of JP an ASN owes each calendar year: 20 JP (PP 11/2017 art. 203 par. 4, kept by PP 17/2020)."""


@dataclass(frozen=True, slots=True)
class JpEntry:
    """One course that counts, once, in the year of its first completion; `jp` in hundredths."""

    course: str
    year: int
    jp: int
    at: int
    recognised: bool


@dataclass(frozen=True, slots=True)
class JpYear:
    """A year's hours in hundredths: `recognised` reached the centre, `waiting` is only on this side of it."""

    year: int
    recognised: int = 0
    waiting: int = 0

    @property
    def total(self) -> int:
        """Hundredths of JP of the year, recognised and waiting together."""
        return self.recognised + self.waiting


def year_of(at: int, zone: ZoneInfo) -> int:
    """Return the calendar year of a Unix time where the office is: 00.30 WIT on 1 January is new there."""
    return datetime.fromtimestamp(at, zone).year


def jp_entries(
    claims: Iterable[CourseDone],
    zone: ZoneInfo,
    endorsed: frozenset[tuple[int, int]],
    acked: Mapping[int, int],
) -> tuple[JpEntry, ...]:
    """List each course once, by its first completion in time.

    A course finished again, on another PC or in a newer version, gives no second credit. It is recognised
    when the centre holds any of its completions: `endorsed` are identities that came out of the centre,
    `acked` the last sequence of each log that the centre has signed for.
    """
    first: dict[str, CourseDone] = {}
    held: set[str] = set()
    for claim in claims:
        before = first.get(claim.course)
        if before is None or claim_order(claim) < claim_order(before):
            first[claim.course] = claim
        _, log, seq = claim.when
        if (log, seq) in endorsed or acked.get(log, 0) >= seq:
            held.add(claim.course)
    entries = (
        JpEntry(course, year_of(claim.when.at, zone), max(claim.jp, 0), claim.when.at, course in held)
        for course, claim in first.items()
    )
    return tuple(sorted(entries, key=lambda entry: (entry.at, entry.course)))


def jp_years(entries: Iterable[JpEntry]) -> Mapping[int, JpYear]:
    """Add entries up by year, oldest year first."""
    sums: dict[int, list[int]] = {}
    for entry in entries:
        year = sums.setdefault(entry.year, [0, 0])
        year[0 if entry.recognised else 1] += entry.jp
    return {year: JpYear(year, *sums[year]) for year in sorted(sums)}
