"""What somebody studied in a year, course by course, out of the log: days, minutes and pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sync.folds.order import clock_offsets, moment, number, text
from sync.folds.years import CALENDAR, Years
from sync.journal.statement import Fact

STUDY = frozenset({"page.read", "media.watched", "quiz.answered"})
"""Kinds that say how long somebody was at it, and with what."""
_AT_MOST = 3600
"""Seconds that one statement counts for at most: a page left open over night is no study."""


@dataclass(slots=True)
class Studied:
    """One course in one year: on which days, how many seconds, and which pages of which activity."""

    course: str
    days: set[date] = field(default_factory=set)
    seconds: int = 0
    pages: set[tuple[str, int]] = field(default_factory=set)
    versions: set[str] = field(default_factory=set)


def studied(
    facts: Iterable[Fact], zone: ZoneInfo, year: int, years: Years = CALENDAR
) -> Mapping[str, Studied]:
    """Add a year's study up by course. Pass one person's facts, in any order; a repetition adds nothing."""
    once = {(fact.identity, fact.statement.digest): fact for fact in facts}
    offsets = clock_offsets(once.values())
    found: dict[str, Studied] = {}
    for fact in once.values():
        if fact.statement.kind not in STUDY:
            continue
        day = datetime.fromtimestamp(moment(fact, offsets).at, zone).date()
        if years.of(day) != year:
            continue
        activity = text(fact, "activity")
        one = found.setdefault(activity.split("/")[0], Studied(activity.split("/")[0]))
        one.days.add(day)
        one.seconds += min(max(number(fact, "seconds"), 0), _AT_MOST)
        one.versions |= {text(fact, "version")} - {""}
        if fact.statement.kind == "page.read":
            one.pages.add((activity, number(fact, "page")))
    return dict(sorted(found.items()))
