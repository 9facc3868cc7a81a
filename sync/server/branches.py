"""Telling a repetition from a branch: same number, other statement."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from sync.journal.segment import decode_segment
from sync.journal.statement import Identity
from sync.refusal import Refusal
from sync.server.tables import run, segment


def branched(
    connection: Connection, holder: int, data: bytes, runs: Sequence[tuple[int, int, int]]
) -> tuple[Identity, ...]:
    """Return the places where a segment says something else than what is held under the same numbers.

    Empty for a repetition, whether byte for byte or cut another way. Takes a few milliseconds, and is asked
    only where a segment overlaps what is held.
    """
    held: dict[Identity, bytes] = {}
    for other in _overlapping(connection, holder, runs):
        if other == data:
            return ()
        held.update(_digests(other))
    return tuple(place for place, digest in _digests(data).items() if held.get(place, digest) != digest)


def _overlapping(
    connection: Connection, holder: int, runs: Sequence[tuple[int, int, int]]
) -> Iterator[bytes]:
    """Give each stored segment of this holder that holds any number of the runs, newest first."""
    seen: set[int] = set()
    for number, first, last in runs:
        query = (
            select(segment.c.id, segment.c.data)
            .join(run, run.c.segment == segment.c.id)
            .where(run.c.log == number, run.c.first <= last, run.c.last >= first, segment.c.holder == holder)
            .order_by(segment.c.id.desc())
        )
        for row in connection.execute(query):
            if row.id not in seen:
                seen.add(row.id)
                yield row.data


def _digests(data: bytes) -> dict[Identity, bytes]:
    """Return the digest of each statement of a segment; one that does not unpack holds nothing."""
    try:
        return {fact.statement.identity: fact.statement.digest for fact in decode_segment(data).facts}
    except Refusal:
        return {}
