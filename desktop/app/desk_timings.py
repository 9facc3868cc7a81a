"""Deadlines at the desk wired: what needs a person, with its evidence, and the decision that goes out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.assessment.deadline import deadline_of, evidence_lines
from desktop.errors import Problem
from desktop.language import tr
from desktop.office.timings import TimedWork, timed_works
from desktop.screens.assignment_views import TimingView
from desktop.screens.timing_sheet import TimingActions
from desktop.store.timing import decide
from sync.folds.deadlines import Deadline, Verdict

if TYPE_CHECKING:
    from desktop.app.desk_room import DeskRoom
    from desktop.app.session import Session


class DeskTimings:
    """The works of a signed-in coordinator's office whose time somebody has to look at."""

    def __init__(self, session: "Session", desk: "DeskRoom") -> None:
        self._session, self._desk = session, desk
        self._profile = session.profile

    def actions(self) -> TimingActions:
        """What the card asks for."""
        return TimingActions(self._decide, self._session.app.window.say, self._session.app.jobs)

    def works(self) -> tuple[TimedWork, ...]:
        """List what needs a person or was decided."""
        return tuple(one for one in self._every() if not one.may)

    def views(self) -> tuple[tuple[TimingView, ...], tuple[TimingView, ...]]:
        """Lay out what waits, and what is late by its PC's clock alone, where somebody may decide."""
        every = self._every()
        return self._laid(one for one in every if one.waits), self._laid(one for one in every if one.may)

    def _every(self) -> tuple[TimedWork, ...]:
        return timed_works(self._profile, self._desk.desk.people(), self._asked)

    def _laid(self, works: Iterable[TimedWork]) -> tuple[TimingView, ...]:
        zone = self._profile.zone()
        return tuple(
            TimingView(
                _key(one),
                one.name,
                f"{one.title}. {one.unit}" if one.unit else one.title,
                evidence_lines(one.judged.trace, one.deadline, zone),
                one.own,
            )
            for one in works
        )

    def _decide(self, key: str, on_time: bool, reason: str) -> None:  # noqa: FBT001 - as the sheet calls it
        for one in self._every():
            if _key(one) == key:
                decide(self._profile, one.work, Verdict.ON_TIME if on_time else Verdict.LATE, reason)
                self._session.noted()
                return
        raise Problem(tr("Naskah ini sudah berganti."), tr("Ada versi yang lebih baru di antrean."))

    def _asked(self, activity: str) -> tuple[str, Deadline] | None:
        found = self._session.shelf.find(activity)
        if found is None:
            return None
        deadline = deadline_of(found[2].assignment, self._profile.zone())
        return None if deadline is None else (found[2].title, deadline)


def _key(one: TimedWork) -> str:
    return f"{one.person.hex()} {one.work.log} {one.work.seq}"
