"""The feeds' counters where several processes write: each in a row, locked while its feed is written."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from sync.server.bulk import POSTGRESQL, change
from sync.server.places import OfficePlace, PersonPlace, Places, held_of, office_feed, person_feed
from sync.server.tables import place

_KEYS = msgspec.msgpack.Decoder(dict[int, tuple[int, int]])
_UNCOUNTED = -1
_READ = "SELECT feed, top, public, keys FROM place WHERE feed = ANY(%(feeds)s)"
_LOCK = f"{_READ} ORDER BY feed FOR UPDATE"
_NUMBERS = "SELECT nextval('segment_number') FROM generate_series(1, %(count)s)"


class LockNeededError(Exception):
    """Feeds are to be written that another process may hold: the group begins again and locks them first."""

    def __init__(self, feeds: Iterable[int]) -> None:
        self.feeds = frozenset(feeds)
        super().__init__(f"feeds {sorted(self.feeds)}")


class LockedPlaces(Places):
    """Counters for one transaction on PostgreSQL; nothing is remembered beyond it.

    `lock` waits for rows in the order of their numbers, as every process does, so no two wait for each other.
    What turns out to be needed later is taken only if nobody holds it. With `alone` no other process writes.
    """

    def __init__(self, *, alone: bool = False) -> None:
        super().__init__()
        self._alone = alone
        self._locked: set[int] = set()
        self._numbers: list[int] = []
        self._whose: dict[int, PersonPlace] = {}
        self._new: dict[int, int] = {}
        self._unwritten: dict[int, int] = {}

    def forget(self) -> None:
        """Begin a transaction, or end one that failed."""
        super().forget()
        self._locked.clear()
        self._numbers.clear()
        self._whose.clear()
        self._new.clear()
        self._unwritten.clear()

    def lock(self, connection: Connection, feeds: Iterable[int], segments: int) -> None:
        """Lock feeds and read them; then draw the numbers of `segments` segments, which nobody has passed."""
        for row in connection.exec_driver_sql(_LOCK, {"feeds": list(feeds)}):
            self._locked.add(row.feed)
            self._load(row)
        if segments:
            self._draw(connection, segments)

    def look(self, connection: Connection, feeds: Iterable[int]) -> None:
        """Read feeds that nothing is written to."""
        wanted = [feed for feed in feeds if feed not in self._locked]
        for row in connection.exec_driver_sql(_READ, {"feeds": wanted}) if wanted else ():
            self._load(row)

    def need(self, feeds: Iterable[int]) -> None:
        """Raise LockNeededError where not all of these feeds are locked."""
        missing = set(feeds) - self._locked
        if missing:
            raise LockNeededError(missing)

    def next_segment(self, connection: Connection) -> int:
        """Give the number of the next segment; numbers of a transaction that failed are never used."""
        if not self._numbers:
            self._draw(connection, 1)
        return self._numbers.pop()

    def person(self, connection: Connection, key: int, *, write: bool = False) -> PersonPlace:
        """Return the counters of a person's feed. Raises LockNeededError where they are not to be had."""
        if key not in self._people or write:
            self._ensure(connection, person_feed(key), write=write)
        return self._people[key]

    def office(self, connection: Connection, key: int, *, write: bool = False) -> OfficePlace:
        """Return the counters of an office's feed. Raises as `person` does."""
        if key not in self._offices or write:
            self._ensure(connection, office_feed(key), write=write)
        return self._offices[key]

    def held(self, connection: Connection, person: int, holder: int) -> int:
        """Return how many statements of a person's key are held, each log as far as it has no gap."""
        counters = self.person(connection, person)
        if holder not in counters.held:
            counters.held[holder] = held_of(connection, holder) + self._unwritten.get(holder, 0)
            counters.changed = True
            self._whose[holder] = counters
        return counters.held[holder]

    def holds_more(self, holder: int, count: int) -> None:
        """Note that more of a key is held than the database says so far."""
        self._new[holder] = self._new.get(holder, 0) + count
        self._unwritten[holder] = self._unwritten.get(holder, 0) + count
        counters = self._whose.get(holder)
        if counters is not None:
            counters.held[holder] += count
            counters.changed = True

    def written(self) -> None:
        """Hear that all logs noted so far stand in the database."""
        self._unwritten.clear()

    def flush(self, connection: Connection) -> None:
        """Write the counters that have changed."""
        rows: list[dict[str, object]] = []
        for key, one in self._people.items():
            if one.changed and person_feed(key) in self._locked:
                rows.append({"feed": person_feed(key), "top": one.top, "public": 0, "keys": _packed(one)})
            one.changed = False
        for key, office in self._offices.items():
            if office.changed:
                values = {"top": office.top, "public": office.public, "keys": b""}
                rows.append({"feed": office_feed(key), **values})
            office.changed = False
        if rows:
            change(connection, place, rows)

    def leave(self, connection: Connection, people: Iterable[int] = (), offices: Iterable[int] = ()) -> None:
        """Do nothing: the rows stay when segments go."""

    def _ensure(self, connection: Connection, feed: int, *, write: bool) -> None:
        """Have a feed's row, locked where it will be written."""
        if feed in self._locked:
            return
        query = select(place).where(place.c.feed == feed)
        if write and not self._alone:
            query = query.with_for_update(skip_locked=True)
        row = connection.execute(query).first()
        if row is None:
            raise LockNeededError({feed})
        if write:
            self._locked.add(feed)
        self._load(row)

    def _load(self, row: Row[Any]) -> None:
        """Take the counters of a row."""
        key, is_person = divmod(row.feed, 2)
        if not is_person:
            self._offices[key] = OfficePlace(row.top, row.public)
            return
        keys = _KEYS.decode(row.keys) if row.keys else {}
        known = PersonPlace(row.top, {holder: last for holder, (last, _) in keys.items() if last})
        for holder, (_, count) in keys.items():
            if count != _UNCOUNTED:
                known.held[holder] = count + self._new.get(holder, 0)
                known.changed = known.changed or holder in self._new
                self._whose[holder] = known
        self._people[key] = known

    def _draw(self, connection: Connection, count: int) -> None:
        rows = connection.exec_driver_sql(_NUMBERS, {"count": count})
        self._numbers = sorted(rows.scalars().all(), reverse=True)


def places_of(connection: Connection) -> Places:
    """Return the counters for whoever writes alone: a ruling, not intake."""
    return LockedPlaces(alone=True) if connection.dialect.name == POSTGRESQL else Places()


def _packed(one: PersonPlace) -> bytes:
    """Write what is counted of each key of a person."""
    keys = one.by.keys() | one.held.keys()
    return msgspec.msgpack.encode({key: (one.by.get(key, 0), one.held.get(key, _UNCOUNTED)) for key in keys})
