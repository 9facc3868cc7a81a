"""Hours of marking: what a trainer marked by month and assignment, and the time it took: credit points."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desktop.assessment.marks import marks_known
from desktop.store.profile import Profile
from sync.folds.assignments import Mark


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One assignment in one month.

    `month` is its first day, `works` how many were marked or sent back, `seconds` how long that took.
    """

    month: date
    activity: str
    works: int
    seconds: int


def marked_lines(marks: Iterable[Mark], me: bytes, zone: ZoneInfo) -> tuple[MarkedLine, ...]:
    """Add up what `me` has given, oldest month first. A grade that states what marks agree on took no time.

    Each mark counts once, however many were told of it: pass each once.
    """
    found: dict[tuple[date, str], list[Mark]] = {}
    for one in marks:
        if one.author == me:
            month = datetime.fromtimestamp(one.at, zone).date().replace(day=1)
            found.setdefault((month, one.activity), []).append(one)
    return tuple(
        MarkedLine(
            month,
            activity,
            len({(one.person, one.work) for one in of}),
            sum(one.seconds for one in of),
        )
        for (month, activity), of in sorted(found.items())
    )


def hours_of(profile: Profile) -> tuple[MarkedLine, ...]:
    """Add up what this trainer has marked, on any PC as far as it is known here."""
    known = profile.authority()
    return marked_lines(marks_known(profile, known), known.aliases.of(profile.person), profile.zone())
