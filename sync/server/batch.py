"""The rows of one group commit, gathered in memory and written with one statement a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, func, select

from sync.journal.acks import Held
from sync.journal.segment import SegmentPeek
from sync.refusal import Code, Refusal
from sync.server.bulk import add, change
from sync.server.held import Stretch, listed, packed, runs_of, stored
from sync.server.identity import Holder
from sync.server.places import Places
from sync.server.stored import clipped, original, originals
from sync.server.tables import log, segment

PUBLIC, TRAINERS, LONG = 1, 2, 4
"""Flags of a segment: who else of its office reads anything of it, everybody or the trainers; or that it is a
piece of a file, which comes after everything else in its person's feed.
"""

WAITING_SEGMENTS = 2_000
"""Segments kept of a key that waits for vouching: many months of study, and no way to fill the disk."""
_CHUNK = 500

# built once: a full intake asks them for every segment, and making a query costs more than its answer
_OF_LOGS = select(log).where(log.c.log.in_(bindparam("numbers", expanding=True)))
_NEWEST_FIRST = (
    originals(segment.c.id)
    .where(segment.c.id.in_(bindparam("numbers", expanding=True)))
    .order_by(segment.c.id.desc())
)


@dataclass(slots=True)
class LogState:
    """What is held of one log of one holder, in which segments, and whether the database has a row for it."""

    held: Held
    known: bool
    apart: int = 0
    runs: list[Stretch] = field(default_factory=list)
    changed: bool = False


@dataclass(slots=True)
class Batch:
    """Everything one group writes. `places` gives the numbers; nothing is visible before `flush`."""

    connection: Connection
    places: Places
    logs: dict[tuple[int, int], LogState] = field(default_factory=dict)
    holders: dict[int, set[int]] = field(default_factory=dict)
    segments: list[dict[str, object]] = field(default_factory=list)

    def load(self, logs: set[int]) -> None:
        """Read what is held of logs, in one query; what this group has already noted of them stays."""
        wanted = sorted(logs)
        for start in range(0, len(wanted), _CHUNK):
            for row in self.connection.execute(_OF_LOGS, {"numbers": wanted[start : start + _CHUNK]}):
                held = stored(row.last, row.islands)
                state = LogState(held, known=True, apart=row.apart, runs=runs_of(row.runs))
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

    def branch(self, number: int, holder: int) -> None:
        """Note that one more statement is held under a number that another has already."""
        state = self.logs[number, holder]
        state.apart += 1
        state.changed = True
        self.places.holds_more(holder, 1)

    def keep(
        self,
        holder: Holder,
        data: bytes,
        peek: SegmentPeek,
        *,
        person: int | None,
        office: int | None,
        public: bool,
        trainers: bool = False,
        long: bool = False,
        part: bytes,
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
                "flags": (PUBLIC if public else 0) | (TRAINERS if trainers else 0) | (LONG if long else 0),
                "fresh": part,
                "body": clipped(data),
            }
        )
        # a segment may tell one stretch of a log twice, in two versions
        ends: dict[tuple[int, int], int] = {}
        for one, first, last in peek.runs:
            ends[one, first] = max(last, ends.get((one, first), 0))
        for (one, first), last in ends.items():
            state = self.logs[one, holder.id]
            state.runs.append((first, last, number))
            state.changed = True

    def overlapping(self, holder: int, runs: Sequence[tuple[int, int, int]]) -> Iterator[bytes]:
        """Give each kept segment of a holder that holds any number of the runs, newest first."""
        found = {
            number
            for one, first, last in runs
            if (state := self.logs.get((one, holder))) is not None
            for low, high, number in state.runs
            if low <= last and first <= high
        }
        if found & {row["id"] for row in self.segments}:
            self.flush()
        if found:
            yield from map(original, self.connection.execute(_NEWEST_FIRST, {"numbers": sorted(found)}))

    def refuse_flood(self, holder: Holder) -> None:
        """Raise Refusal(TOO_LARGE) when a key that nobody vouched for has brought too much already."""
        waiting = (segment.c.holder == holder.id) & segment.c.person.is_(None)
        count = select(func.count()).select_from(segment).where(waiting)
        mine = sum(row["holder"] == holder.id for row in self.segments)
        if self.connection.execute(count).scalar_one() + mine >= WAITING_SEGMENTS:
            raise Refusal(Code.TOO_LARGE, waiting=WAITING_SEGMENTS)

    def person_lsn(self, person: int, holder: int) -> int:
        """Give the next place in a person's feed."""
        place = self.places.person(self.connection, person, write=True)
        place.top += 1
        place.by[holder] = place.top
        place.changed = True
        return place.top

    def office_lsn(self, office: int, *, public: bool) -> int:
        """Give the next place in an office's feed."""
        place = self.places.office(self.connection, office, write=True)
        place.top += 1
        place.changed = True
        if public:
            place.public = place.top
        return place.top

    def flush(self) -> None:
        """Write what was gathered; the caller's transaction makes it durable."""
        if self.segments:
            add(self.connection, segment, self.segments)
        changed = [(key, state) for key, state in self.logs.items() if state.changed]
        for write, known in ((add, False), (change, True)):
            rows = [_row(*key, state) for key, state in changed if state.known is known]
            if rows:
                write(self.connection, log, rows)
        for _, state in changed:
            state.known, state.changed = True, False
        self.segments = []
        self.places.written()
        self.places.flush(self.connection)


def _row(number: int, holder: int, state: LogState) -> dict[str, object]:
    """Return what the table says of a log."""
    return {
        "log": number,
        "holder": holder,
        "last": state.held.prefix,
        "islands": packed(state.held),
        "apart": state.apart,
        "runs": listed(state.runs),
    }
