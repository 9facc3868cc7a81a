"""The body that segments and feed pieces share: heads, shapes, and squeezed columns of some runs."""

from __future__ import annotations

from collections.abc import Sequence

from sync.journal.codec import CURRENT, Codec, codec
from sync.journal.heads import Entry, RunHead, Table, put_heads, put_shapes
from sync.journal.limits import Limits
from sync.journal.log import Run, chain
from sync.journal.octets import put_varint, varint
from sync.journal.rows import put_rows, read_rows
from sync.journal.shapes import Shape, shape_of
from sync.refusal import Code, Refusal


def put_block(
    out: bytearray, entries: Sequence[Entry], profiles: Table, signers: Table, *, chained: bool
) -> None:
    """Append heads, shapes and squeezed columns of runs, in the current codec."""
    book = codec(CURRENT)
    shapes, raw = _columns([entry.run for entry in entries])
    put_heads(out, entries, profiles, signers, chained=chained)
    put_shapes(out, shapes, book)
    squeezed = book.squeeze(raw)
    stored = len(squeezed) >= len(raw)
    put_varint(out, len(raw) << 1 | stored)
    out += raw if stored else squeezed


def read_block(
    body: bytes, pos: int, book: Codec, heads: Sequence[RunHead], shapes: Sequence[Shape], limits: Limits
) -> tuple[Run, ...]:
    """Unpack the columns at `pos`, which reach to the end of `body`."""
    size, pos = varint(body, pos)
    stored, size = size & 1, size >> 1
    if size > limits.raw:
        raise Refusal(Code.TOO_LARGE, size=size, limit=limits.raw)
    if stored and len(body) - pos != size:
        raise Refusal(Code.MALFORMED, what="size")
    raw = body[pos:] if stored else book.expand(body[pos:], size)
    return tuple(
        Run(head.header, head.start_chain or (chain(head.header) if head.first == 1 else b""), statements)
        for head, statements in zip(heads, read_rows(raw, heads, shapes, limits), strict=True)
    )


def columns_of(runs: Sequence[Run]) -> bytes:
    """Return the columns of some runs before they are squeezed: what a dictionary is trained on."""
    return _columns(runs)[1]


def _columns(runs: Sequence[Run]) -> tuple[list[Shape], bytes]:
    places: dict[Shape, int] = {}
    row_shapes = [
        places.setdefault(shape_of(statement), len(places)) for run in runs for statement in run.statements
    ]
    shapes = list(places)
    return shapes, put_rows(runs, shapes, row_shapes)
