"""In which weeks people were learning: how many different people of an office in each of the last weeks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sync.folds.order import clock_offsets, moment
from sync.folds.standing import LEARNING
from sync.journal.statement import Fact

WEEKS = 12
"""Weeks that are looked back on."""


@dataclass(frozen=True, slots=True)
class Week:
    """A week by its Monday where the office is, and how many people were seen learning in it."""

    monday: date
    people: int


def active_weeks(
    facts: Iterable[Fact],
    owners: Mapping[bytes, bytes],
    zone: ZoneInfo,
    now: int,
    count: int = WEEKS,
) -> tuple[Week, ...]:
    """Count people by week, the oldest first; `owners` maps profiles to persons, and others are not counted.

    The last learning of each log is enough, as a log is one start of the app; more say it no better than a
    start that lasted over midnight on a Sunday. What lies in the future counts nowhere.
    """
    held = list(facts)
    offsets = clock_offsets(held)
    last = _monday(now, zone)
    mondays = [last - timedelta(weeks=back) for back in reversed(range(count))]
    seen: dict[date, set[bytes]] = {monday: set() for monday in mondays}
    for fact in held:
        person = owners.get(fact.header.profile)
        if person is None or fact.statement.kind not in LEARNING:
            continue
        at = moment(fact, offsets).at
        if 0 < at <= now:
            seen.get(_monday(at, zone), set()).add(person)
    return tuple(Week(monday, len(people)) for monday, people in seen.items())


def _monday(at: int, zone: ZoneInfo) -> date:
    day = datetime.fromtimestamp(at, zone).date()
    return day - timedelta(days=day.weekday())
