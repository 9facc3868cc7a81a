"""Receipts looked up: whether the centre holds a piece of work by its short code, and since which day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, insert, select

from sync.journal.receipt import WORK, receipt_mark
from sync.journal.segment import decode_segment, peek_segment
from sync.refusal import Code, Refusal
from sync.server.stored import original, originals
from sync.server.tables import meta, segment

MOST = 30_000
"""Segments that one look-up goes through, the newest: some seconds of one core, an office's last year."""
_DAY, _ZONE = 86_400, 8 * 3600
"""Days are told by the clock of Central Indonesia: an hour off, at most, in the east and west."""
_CAME = "came_"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Work that the centre holds: its kind, when it was done (Unix), and the day it came, if known."""

    kind: str
    done: int
    came: date | None


def find_receipts(connection: Connection, office: int, mark: bytes) -> tuple[Receipt, ...]:
    """Find the work of an office whose code is `mark`; several where they share it, none where it is unknown.

    What was erased is not found, nor what nobody has vouched for yet. Raises Refusal(TOO_LARGE) when the
    newest MOST segments hold no such work and there are more.
    """
    found: set[Receipt] = set()
    query = originals(segment.c.id).where(segment.c.office == office).order_by(segment.c.id.desc())
    for count, row in enumerate(connection.execute(query.limit(MOST + 1))):
        if count == MOST and not found:
            raise Refusal(Code.TOO_LARGE, limit=MOST)
        found.update(_told(connection, original(row), row.id, mark))
    return tuple(sorted(found, key=lambda one: (one.done, one.kind)))


def _told(connection: Connection, data: bytes, number: int, mark: bytes) -> Iterator[Receipt]:
    """Tell of a segment's work with this code what a receipt may say; most segments are not even unpacked."""
    peek = peek_segment(data)
    if not any(kind in WORK for kind in peek.kinds):
        return
    fits = (
        receipt_mark(log, seq) == mark for log, first, last in peek.runs for seq in range(first, last + 1)
    )
    if not any(fits):
        return
    for fact in decode_segment(data).facts:
        kind = fact.statement.kind
        if kind in WORK and receipt_mark(*fact.identity) == mark:
            yield Receipt(kind, fact.wall, came_on(connection, number))


def came_on(connection: Connection, number: int) -> date | None:
    """Tell on which day a segment came; None for one from before days were noted."""
    query = select(meta.c.name).where(meta.c.name.startswith(_CAME, autoescape=True), meta.c.value < number)
    name = connection.execute(query.order_by(meta.c.name.desc()).limit(1)).scalar()
    return None if name is None else date.fromisoformat(name.removeprefix(_CAME))


def day_name(now: int) -> str:
    """Name the row that notes a day."""
    return _CAME + date.fromordinal(719_163 + (now + _ZONE) // _DAY).isoformat()


def day_is_noted(connection: Connection, now: int) -> bool:
    """Whether this day's row is there."""
    return connection.execute(select(meta.c.value).where(meta.c.name == day_name(now))).first() is not None


def note_day(connection: Connection, now: int) -> None:
    """Note the greatest number of a segment with which this day begins: one row a day, none a segment."""
    if not day_is_noted(connection, now):
        last = connection.execute(select(func.max(segment.c.id))).scalar() or 0
        connection.execute(insert(meta).values(name=day_name(now), value=last))
