"""Telling a repetition from a branch: same number, other statement."""

from collections.abc import Sequence

from sync.journal.segment import decode_segment
from sync.journal.statement import Identity
from sync.refusal import Refusal
from sync.server.batch import Batch


def branched(
    batch: Batch, holder: int, data: bytes, runs: Sequence[tuple[int, int, int]]
) -> tuple[Identity, ...]:
    """Return the places where a segment says something else than what is held under the same numbers.

    Empty for a repetition, whether byte for byte or cut another way. Takes a few milliseconds, and is asked
    only where a segment overlaps what is held.
    """
    held: dict[Identity, set[bytes]] = {}
    for other in batch.overlapping(holder, runs):
        if other == data:
            return ()
        for place, digest in _digests(other).items():
            held.setdefault(place, set()).add(digest)
    return tuple(place for place, digest in _digests(data).items() if digest not in held.get(place, {digest}))


def _digests(data: bytes) -> dict[Identity, bytes]:
    """Return the digest of each statement of a segment; one that does not unpack holds nothing."""
    try:
        return {fact.statement.identity: fact.statement.digest for fact in decode_segment(data).facts}
    except Refusal:
        return {}
