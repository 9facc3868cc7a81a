"""Roles with a last day: from which second on what somebody states in a role no longer counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sync.journal.kind import Author
from sync.journal.kinds import KINDS
from sync.journal.statement import Fact

ENDED = "role.ended"
WHOLE = ""
"""The role of a person who is here for that role alone, without NIP: with it everything ends."""
ROLE_AUTHORS: Mapping[str, Author] = {
    "trainer": Author.TRAINER,
    "mentor": Author.MENTOR,
    "jury": Author.JURY,
}
"""Roles whose word ends with their last day; a coordinator's ends with a hand-over and a revoked key."""
OPEN_END = 2**62
"""The second of an end that was taken back."""
SOON = 14
"""Days before a last day from which on it is told: two rounds of a stick."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The last Unix second of each (person, role); of WHOLE where somebody was here for the role alone."""

    of: Mapping[tuple[bytes, str], int] = field(default_factory=dict)

    def over(self, person: bytes, roles: Iterable[str], fact: Fact) -> bool:
        """Tell whether a person states something after the end of every role that it takes.

        The day is the statement's own, by the clock in its signed log. The day it arrives would refuse honest
        work of the last week that comes by stick a month later.
        """
        kind = KINDS.get(fact.statement.kind)
        if not self.of or kind is None or kind.opening:
            return False
        if fact.wall > self.of.get((person, WHOLE), OPEN_END):
            return True
        if Author.SELF in kind.authors:
            return False
        ended = {role for role in roles if fact.wall > self.of.get((person, role), OPEN_END)}
        gone, live = role_authors(ended), role_authors(set(roles) - ended)
        return bool(kind.authors & gone) and not kind.authors & live


def ends(by_centre: Iterable[Fact]) -> Ends:
    """Fold what the centre said of last days; the greatest (counter, log, seq) about one role holds."""
    said: dict[tuple[bytes, str], tuple[tuple[int, int, int], int]] = {}
    for fact in by_centre:
        fields = fact.statement.fields
        person, role, after = fields.get("person"), fields.get("role"), fields.get("after")
        counter = fields.get("counter")
        if fact.statement.kind != ENDED or not isinstance(person, bytes) or not isinstance(role, str):
            continue
        if not isinstance(after, int) or not isinstance(counter, int):
            continue
        rank = (counter, *fact.identity)
        if (person, role) not in said or rank > said[person, role][0]:
            said[person, role] = rank, after
    return Ends({key: after for key, (_, after) in said.items()})


def concerned(kinds: Iterable[str], role: str) -> bool:
    """Tell whether a segment of these kinds may hold what the end of a role refuses."""
    known = [KINDS[kind] for kind in kinds if kind in KINDS and not KINDS[kind].opening]
    if role == WHOLE:
        return bool(known)
    return any(Author.SELF not in kind.authors and kind.authors & role_authors([role]) for kind in known)


def role_authors(roles: Iterable[str]) -> frozenset[Author]:
    """Give as whom these roles speak."""
    return frozenset(ROLE_AUTHORS[role] for role in roles if role in ROLE_AUTHORS)


def last_second(until: str, zone: str) -> int:
    """Give the last Unix second of a day (ISO) in an office's zone; the open end where there is no day."""
    if not until:
        return OPEN_END
    day = date.fromisoformat(until) + timedelta(days=1)
    return int(datetime.combine(day, time.min, ZoneInfo(zone)).timestamp()) - 1
