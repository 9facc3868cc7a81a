"""The two feeds' counters: where the next thing for a person or an office goes."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from sync.server.tables import log, segment

KEPT = 100_000  # people whose counters are remembered before the memory is emptied


@dataclass(slots=True)
class PersonPlace:
    """A person's feed: its end, and the last place of each key that wrote into it."""

    top: int
    by: dict[int, int]

    def of_others(self, holder: int) -> int:
        """Return the last place that some other key than this one wrote."""
        return max((lsn for key, lsn in self.by.items() if key != holder), default=0)


@dataclass(slots=True)
class OfficePlace:
    """An office's feed: its end, and the last place of what everybody in the office reads."""

    top: int
    public: int


class Places:
    """Counters of all feeds in use. Used by one thread, inside its transactions."""

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
        """Give the number of the next segment."""
        if not self._segment:
            self._segment = connection.execute(select(func.max(segment.c.id))).scalar() or 0
        self._segment += 1
        return self._segment

    def person(self, connection: Connection, key: int) -> PersonPlace:
        """Return the counters of a person's feed."""
        known = self._people.get(key)
        if known is None:
            query = (
                select(segment.c.holder, func.max(segment.c.person_lsn))
                .where(segment.c.person == key)
                .group_by(segment.c.holder)
            )
            by = {row[0]: row[1] for row in connection.execute(query)}
            if len(self._people) >= KEPT:
                self._people.clear()
            known = self._people[key] = PersonPlace(max(by.values(), default=0), by)
        return known

    def held(self, connection: Connection, holder: int) -> int:
        """Return how many statements of a key are held, each log as far as it has no gap."""
        known = self._held.get(holder)
        if known is None:
            query = select(func.coalesce(func.sum(log.c.last), 0)).where(log.c.holder == holder)
            if len(self._held) >= KEPT:
                self._held.clear()
            known = self._held[holder] = int(connection.execute(query).scalar_one())
        return known

    def holds_more(self, holder: int, count: int) -> None:
        """Note that more of a key is held than the database says so far."""
        if holder in self._held:
            self._held[holder] += count

    def office(self, connection: Connection, key: int) -> OfficePlace:
        """Return the counters of an office's feed."""
        known = self._offices.get(key)
        if known is None:
            last = select(func.max(segment.c.office_lsn)).where(segment.c.office == key)
            top = connection.execute(last).scalar() or 0
            public = connection.execute(last.where(segment.c.flags != 0)).scalar() or 0
            known = self._offices[key] = OfficePlace(top, public)
        return known
