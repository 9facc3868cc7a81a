"""The rows of one group commit, gathered in memory and written with one statement a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter

from sqlalchemy import Connection, Dialect, Table, bindparam, func, insert, select, update

from sync.journal.acks import Held
from sync.journal.segment import SegmentPeek
from sync.refusal import Code, Refusal
from sync.server.held import packed, stored
from sync.server.identity import Holder
from sync.server.places import Places
from sync.server.tables import log, run, segment

PUBLIC = 1
"""Flag of a segment that holds what everybody in the office reads."""

WAITING_SEGMENTS = 2_000
"""Segments kept of a key that waits for vouching: many months of study, and no way to fill the disk."""
_CHUNK = 500
_SET_LOG = (
    update(log)
    .where(log.c.log == bindparam("b_log"), log.c.holder == bindparam("b_holder"))
    .values(last=bindparam("b_last"), islands=bindparam("b_islands"))
)


@dataclass(slots=True)
class LogState:
    """What is held of one log of one holder, and whether the database has a row for it."""

    held: Held
    known: bool
    changed: bool = False


@dataclass(slots=True)
class Batch:
    """Everything one group writes. `places` gives the numbers; nothing is visible before `flush`."""

    connection: Connection
    places: Places
    logs: dict[tuple[int, int], LogState] = field(default_factory=dict)
    holders: dict[int, set[int]] = field(default_factory=dict)
    segments: list[dict[str, object]] = field(default_factory=list)
    runs: list[dict[str, object]] = field(default_factory=list)

    def load(self, logs: set[int]) -> None:
        """Read what is held of logs, in one query; what this group has already noted of them stays."""
        wanted = sorted(logs)
        for start in range(0, len(wanted), _CHUNK):
            query = select(log).where(log.c.log.in_(wanted[start : start + _CHUNK]))
            for row in self.connection.execute(query):
                state = LogState(stored(row.last, row.islands), known=True)
                self.logs.setdefault((row.log, row.holder), state)
                self.holders.setdefault(row.log, set()).add(row.holder)

    def held(self, number: int, holder: int) -> Held:
        """Return what is held of a loaded log, with what this group has already added."""
        state = self.logs.get((number, holder))
        return state.held if state else Held()

    def hold(self, number: int, holder: int, held: Held) -> None:
        """Note what is held of a log from now on."""
        state = self.logs.get((number, holder))
        before = state.held.prefix if state else 0
        self.places.holds_more(holder, held.prefix - before)
        if state is None:
            self.logs[number, holder] = LogState(held, known=False, changed=True)
            self.holders.setdefault(number, set()).add(holder)
        elif state.held != held:
            state.held, state.changed = held, True

    def keep(
        self,
        holder: Holder,
        data: bytes,
        peek: SegmentPeek,
        *,
        person: int | None,
        office: int | None,
        public: bool,
        part: bytes | None,
    ) -> None:
        """Add a segment, with its places in the feeds of `person` and `office`."""
        number = self.places.next_segment(self.connection)
        self.segments.append(
            {
                "id": number,
                "holder": holder.id,
                "person": person,
                "person_lsn": None if person is None else self.person_lsn(person, holder.id),
                "office": office,
                "office_lsn": None if office is None else self.office_lsn(office, public=public),
                "flags": PUBLIC if public else 0,
                "fresh": part,
                "data": data,
            }
        )
        # a segment may tell one stretch of a log twice, in two versions
        ends: dict[tuple[int, int], int] = {}
        for one, first, last in peek.runs:
            ends[one, first] = max(last, ends.get((one, first), 0))
        self.runs += [
            {"log": one, "first": first, "segment": number, "last": last}
            for (one, first), last in ends.items()
        ]

    def refuse_flood(self, holder: Holder) -> None:
        """Raise Refusal(TOO_LARGE) when a key that nobody vouched for has brought too much already."""
        waiting = (segment.c.holder == holder.id) & segment.c.person.is_(None)
        count = select(func.count()).select_from(segment).where(waiting)
        mine = sum(row["holder"] == holder.id for row in self.segments)
        if self.connection.execute(count).scalar_one() + mine >= WAITING_SEGMENTS:
            raise Refusal(Code.TOO_LARGE, waiting=WAITING_SEGMENTS)

    def person_lsn(self, person: int, holder: int) -> int:
        """Give the next place in a person's feed."""
        place = self.places.person(self.connection, person)
        place.top += 1
        place.by[holder] = place.top
        return place.top

    def office_lsn(self, office: int, *, public: bool) -> int:
        """Give the next place in an office's feed."""
        place = self.places.office(self.connection, office)
        place.top += 1
        if public:
            place.public = place.top
        return place.top

    def flush(self) -> None:
        """Write what was gathered; the caller's transaction makes it durable."""
        if self.segments:
            _add(self.connection, segment, self.segments)
            _add(self.connection, run, self.runs)
        new = [
            {"log": number, "holder": holder, "last": state.held.prefix, "islands": packed(state.held)}
            for (number, holder), state in self.logs.items()
            if state.changed and not state.known
        ]
        if new:
            _add(self.connection, log, new)
        old = [
            {
                "b_log": number,
                "b_holder": holder,
                "b_last": state.held.prefix,
                "b_islands": packed(state.held),
            }
            for (number, holder), state in self.logs.items()
            if state.changed and state.known
        ]
        if old:
            self.connection.execute(_SET_LOG, old)
        for state in self.logs.values():
            if state.changed:
                state.known, state.changed = True, False
        self.segments, self.runs = [], []


def _add(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows with a statement compiled once: SQLAlchemy's own way costs as much again as the insert."""
    text, order = _compiled(connection.dialect, table)
    values = itemgetter(*order)
    connection.exec_driver_sql(text, [values(row) for row in rows])


@lru_cache(maxsize=16)
def _compiled(dialect: Dialect, table: Table) -> tuple[str, tuple[str, ...]]:
    """Return an INSERT as the driver takes it, and the columns in the order of its parameters."""
    compiled = insert(table).compile(dialect=dialect)
    return str(compiled), tuple(compiled.positiontup or ())
