"""How far a feed has come: a cursor moves only over what is held without a hole."""

from __future__ import annotations

from sync.refusal import Code, Refusal


def moved(cursor: int, start: int, end: int) -> int:
    """Return the cursor after a piece from `start` to `end` was taken in; it never goes back.

    A piece that begins after the cursor leaves a hole and is refused (CURSOR): its facts may be kept, since
    facts are a set, but the cursor stays, so that the centre sends what is missing.
    """
    if not 0 <= start <= end:
        raise Refusal(Code.MALFORMED, what="cursor")
    if start > cursor:
        raise Refusal(Code.CURSOR, cursor=cursor, start=start)
    return max(cursor, end)
