"""Deadlines at the desk: whose work came with a time that somebody has to look at, and what was decided."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.store.timing import Times
from sync.folds.assignments import SUBMITTED, Submission, submissions
from sync.folds.deadlines import Deadline, Judged, Timing

if TYPE_CHECKING:
    from desktop.store.profile import Profile
    from sync.officefile import PersonEntry

Asked = Callable[[str], tuple[str, Deadline] | None]
"""Gives the title and deadline of an activity; None for one without a deadline, or not installed here."""


@dataclass(frozen=True, slots=True)
class TimedWork:
    """The newest work of somebody of the roster for an assignment with a deadline.

    `own` is the coordinator's own: somebody else decides.
    """

    person: bytes
    name: str
    unit: str
    title: str
    work: Submission
    deadline: Deadline
    judged: Judged
    own: bool

    @property
    def waits(self) -> bool:
        """Whether it still needs a person."""
        return self.judged.counts is Timing.PERSON

    @property
    def may(self) -> bool:
        """Whether nobody has to decide and somebody may: it is late by its PC's clock alone."""
        return self.judged.asks and not self.waits


def timed_works(profile: "Profile", people: Iterable["PersonEntry"], asked: Asked) -> tuple[TimedWork, ...]:
    """List the works that need a person, were decided by one or may be, those that wait first, by name."""
    facts = profile.facts(kinds=(SUBMITTED,))
    if not facts:
        return ()
    times = Times(profile)
    known = times.known
    entries = {known.aliases.of(one.person): one for one in people}
    me, found = known.aliases.of(profile.person), []
    for (person, activity), versions in submissions(known.accepted(facts), known.person_of).items():
        what, entry = asked(activity), entries.get(known.aliases.of(person))
        if what is None or entry is None:
            continue
        title, deadline = what
        judged = times.judged(versions[-1], deadline)
        if judged.asks or judged.decision is not None:
            own = known.aliases.of(person) == me
            found.append(
                TimedWork(entry.person, entry.name, entry.unit, title, versions[-1], deadline, judged, own)
            )
    return tuple(sorted(found, key=lambda one: (not one.waits, one.name, one.title)))
