"""The two feeds' counters: where the next thing for a person or an office goes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from sync.server.tables import EVERYBODYS, log, place, segment

KEPT = 100_000  # people whose counters are remembered before the memory is emptied
_NUMBERS = 0
"""The row of `place` that keeps the number of the last segment before some were erased; no feed has it."""

NOBODY = 1
"""The row of those who have no office and no person: as a person's it would be that of number 0."""

# Written once: to build a query and to look up what it compiles to costs as much as a small query itself.
_ENDS = select(place).where(place.c.feed == bindparam("of"))
_TOP = select(place.c.top).where(place.c.feed == bindparam("of"))
_LAST_SEGMENT = select(func.max(segment.c.id))
_WRITTEN = (
    select(segment.c.holder, func.max(segment.c.person_lsn))
    .where(segment.c.person == bindparam("of"))
    .group_by(segment.c.holder)
)
_LAST = select(func.max(segment.c.office_lsn)).where(segment.c.office == bindparam("of"))
_LAST_PUBLIC = _LAST.where(EVERYBODYS)
_HELD = select(func.coalesce(func.sum(log.c.last + log.c.apart), 0)).where(log.c.holder == bindparam("of"))


@dataclass(slots=True)
class PersonPlace:
    """A person's feed: its end, the last place of each key that wrote into it, and what is held of each."""

    top: int
    by: dict[int, int]
    held: dict[int, int] = field(default_factory=dict)
    changed: bool = False

    def of_others(self, holder: int) -> int:
        """Return the last place that some other key than this one wrote."""
        return max((lsn for key, lsn in self.by.items() if key != holder), default=0)


@dataclass(slots=True)
class OfficePlace:
    """An office's feed: its end, and the last place of what everybody in the office reads."""

    top: int
    public: int
    changed: bool = False


class Places:
    """Counters of all feeds in use, read from what is stored. Used by one thread, inside its transactions.

    This is right where one transaction writes at a time, as on SQLite; LockedPlaces is for PostgreSQL.
    """

    def __init__(self) -> None:
        self._people: dict[int, PersonPlace] = {}
        self._offices: dict[int, OfficePlace] = {}
        self._held: dict[int, int] = {}
        self._segment = 0

    def forget(self) -> None:
        """Drop the memory: a transaction failed, or another process wrote."""
        self._people.clear()
        self._offices.clear()
        self._held.clear()
        self._segment = 0

    def next_segment(self, connection: Connection) -> int:
        """Give the number of the next segment: one never given, also where the last ones were erased."""
        if not self._segment:
            left = connection.execute(_TOP, {"of": _NUMBERS}).scalar() or 0
            self._segment = max(connection.execute(_LAST_SEGMENT).scalar() or 0, left)
        self._segment += 1
        return self._segment

    def person(self, connection: Connection, key: int, *, write: bool = False) -> PersonPlace:  # noqa: ARG002
        """Return the counters of a person's feed; `write` where it will be written."""
        known = self._people.get(key)
        if known is None:
            if len(self._people) >= KEPT:
                self._people.clear()
            by = written(connection, key)
            left = connection.execute(_TOP, {"of": person_feed(key)}).scalar()
            known = self._people[key] = PersonPlace(max(left or 0, *by.values(), 0), by)
        return known

    def held(self, connection: Connection, person: int, holder: int) -> int:  # noqa: ARG002 - see above
        """Return how many statements of a person's key are held, each log as far as it has no gap."""
        known = self._held.get(holder)
        if known is None:
            if len(self._held) >= KEPT:
                self._held.clear()
            known = self._held[holder] = held_of(connection, holder)
        return known

    def holds_more(self, holder: int, count: int) -> None:
        """Note that more of a key is held than the database says so far."""
        if holder in self._held:
            self._held[holder] += count

    def office(self, connection: Connection, key: int, *, write: bool = False) -> OfficePlace:  # noqa: ARG002
        """Return the counters of an office's feed; `write` where it will be written."""
        known = self._offices.get(key)
        if known is None:
            known = self._offices[key] = office_ends(connection, key)
            row = connection.execute(_ENDS, {"of": office_feed(key)}).first()
            if row is not None:
                known.top, known.public = max(known.top, row.top), max(known.public, row.public)
        return known

    def written(self) -> None:
        """Hear that all logs noted so far stand in the database."""

    def flush(self, connection: Connection) -> None:
        """Write the counters back, where they are kept in rows."""

    def leave(self, connection: Connection, people: Iterable[int] = (), offices: Iterable[int] = ()) -> None:
        """Keep the ends of feeds before things go out of them: no place is given twice."""
        last = self.next_segment(connection) - 1
        self._segment = last
        ends = {_NUMBERS: (last, 0)}
        for key in people:
            ends[person_feed(key)] = (self.person(connection, key).top, 0)
        for key in offices:
            office = self.office(connection, key)
            ends[office_feed(key)] = (office.top, office.public)
        connection.execute(delete(place).where(place.c.feed.in_(ends)))
        rows = [
            {"feed": feed, "top": top, "public": public, "keys": b""} for feed, (top, public) in ends.items()
        ]
        connection.execute(insert(place), rows)


def office_feed(key: int) -> int:
    """Return the number of an office's feed."""
    return 2 * key


def person_feed(key: int) -> int:
    """Return the number of a person's feed."""
    return 2 * key + 1


def written(connection: Connection, person: int) -> dict[int, int]:
    """Return the last place that each key wrote into a person's feed."""
    return {row[0]: row[1] for row in connection.execute(_WRITTEN, {"of": person})}


def office_ends(connection: Connection, office: int) -> OfficePlace:
    """Return the ends of an office's feed as the stored segments tell them."""
    top = connection.execute(_LAST, {"of": office}).scalar() or 0
    public = connection.execute(_LAST_PUBLIC, {"of": office}).scalar() or 0
    return OfficePlace(top, public)


def held_of(connection: Connection, holder: int) -> int:
    """Return how many statements of a key are held: each log as far as it has no gap, and its branches."""
    return int(connection.execute(_HELD, {"of": holder}).scalar_one())
