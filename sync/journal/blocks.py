"""The body that segments and feed pieces share: heads, shapes, and squeezed columns of some runs."""

from __future__ import annotations

from collections.abc import Sequence

from sync.journal.codec import CURRENT, Codec, codec
from sync.journal.heads import BOOT_SIZE, ID_SIZE, Entry, RunHead, Table, put_heads, put_shapes
from sync.journal.kinds import check_place
from sync.journal.limits import Limits
from sync.journal.log import CHAIN_SIZE, Run, chain
from sync.journal.octets import put_varint, varint
from sync.journal.rows import put_rows, read_rows
from sync.journal.shapes import Shape, shape_of
from sync.journal.statement import NUMBER_LIMIT
from sync.refusal import Code, Refusal


def put_block(
    out: bytearray,
    entries: Sequence[Entry],
    profiles: Table,
    signers: Table,
    limits: Limits,
    *,
    chained: bool,
) -> None:
    """Append heads, shapes and squeezed columns of runs, in the current codec.

    Raises Refusal for what a receiver would refuse, so that nothing is recorded that cannot travel.
    """
    book = codec(CURRENT)
    runs = [entry.run for entry in entries]
    for run in runs:
        _check_run(run, chained=chained)
    if not 0 < len(runs) <= limits.runs or sum(len(run.statements) for run in runs) > limits.statements:
        raise Refusal(Code.TOO_LARGE, runs=len(runs))
    shapes, raw = _columns(runs)
    if len(raw) > limits.raw or len(shapes) > limits.shapes:
        raise Refusal(Code.TOO_LARGE, size=len(raw), limit=limits.raw)
    put_heads(out, entries, profiles, signers, chained=chained)
    put_shapes(out, shapes, book, limits)
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


def _check_run(run: Run, *, chained: bool) -> None:
    """Raise Refusal unless the run has the sizes and order that a reader insists on."""
    header = run.header
    if (len(header.profile), len(header.pc), len(header.boot)) != (ID_SIZE, ID_SIZE, BOOT_SIZE):
        raise Refusal(Code.FIELD, what="header")
    if bool(header.previous_log) != bool(header.previous_seq) or not run.statements:
        raise Refusal(Code.FIELD, what="run")
    if not (0 <= header.wall < NUMBER_LIMIT and 0 <= header.monotonic < NUMBER_LIMIT):
        raise Refusal(Code.FIELD, what="header")
    if chained and run.first > 1 and len(run.start_chain) != CHAIN_SIZE:
        raise Refusal(Code.FIELD, what="chain")
    before = run.first - 1
    for statement in run.statements:
        check_place(statement)
        if statement.log != header.log or statement.seq <= before:
            raise Refusal(Code.FIELD, what="run", seq=statement.seq)
        if chained and statement.seq != before + 1:
            raise Refusal(Code.FIELD, what="run", seq=statement.seq)
        before = statement.seq
