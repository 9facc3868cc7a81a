"""Who is worth a word from the coordinator, and why: from the report, the pace and the year's end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from zoneinfo import ZoneInfo

from sync.folds.cohort import CohortRow, CohortState
from sync.folds.years import CALENDAR, Years

NEAR = 7
"""Days before a last day from which it is told (people.md, C4)."""


class Why(IntEnum):
    """A reason to call somebody, the most pressing first."""

    DEADLINE = 1
    """The year ends within seven days and hours are lacking."""
    UNKNOWN = 2
    """Work waits for a word about whose it is."""
    NOT_STARTED = 3
    """The person has a profile and has opened no lesson."""
    INACTIVE = 4
    """Not finished, and no learning for more than 14 days."""
    BELOW_PACE = 5
    """Fewer hours than the months that have gone by ask for."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What the year asks of somebody now, in hundredths of JP; `days_left` counts the days after today."""

    target: int
    expected: int
    days_left: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A person to follow up, with every reason, the most pressing first; `lacking`: hundredths of JP."""

    row: CohortRow
    pace: Pace
    why: tuple[Why, ...]
    lacking: int | None


def pace_of(target: int, now: int, zone: ZoneInfo, years: Years = CALENDAR) -> Pace:
    """Say how far somebody should be: a twelfth of the target for each month of the year that is over."""
    today = datetime.fromtimestamp(now, zone).date()
    first, last = years.span(years.of(today))
    over = 12 * (today.year - first.year) + today.month - first.month - (today.day < first.day)
    return Pace(target, target * (12 if today == last else min(over, 12)) // 12, (last - today).days)


def reasons(row: CohortRow, pace: Pace) -> tuple[Why, ...]:
    """Say why a person is worth a word; none for whom nothing is known, since a visit comes first there."""
    if row.state is CohortState.MENUNGGU_VERIFIKASI:
        return (Why.UNKNOWN,)
    if row.jp is None:
        return ()
    found = []
    if row.jp < pace.target and pace.days_left <= NEAR:
        found.append(Why.DEADLINE)
    if row.state is CohortState.BELUM_MULAI:
        found.append(Why.NOT_STARTED)
    if row.state is CohortState.TIDAK_AKTIF:
        found.append(Why.INACTIVE)
    if row.jp < pace.expected:
        found.append(Why.BELOW_PACE)
    return tuple(sorted(found))


def follow_ups(rows: Iterable[tuple[CohortRow, Pace]]) -> tuple[FollowUp, ...]:
    """List who is worth a word, each by their own pace, the most pressing reason first, then by name."""
    found = [
        FollowUp(row, pace, why, None if row.jp is None else max(0, pace.target - row.jp))
        for row, pace in rows
        if (why := reasons(row, pace))
    ]
    return tuple(sorted(found, key=lambda one: (one.why[0], one.row.name.casefold(), one.row.person)))


def counts(found: Iterable[FollowUp]) -> Mapping[Why, int]:
    """Count people by reason; one with two reasons counts in both."""
    sums = dict.fromkeys(Why, 0)
    for one in found:
        for why in one.why:
            sums[why] += 1
    return sums
