"""The clear part of a segment or feed piece: which runs of which logs it holds, and their shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sync.journal.codec import Codec
from sync.journal.limits import Limits
from sync.journal.log import CHAIN_SIZE, Run
from sync.journal.octets import encoded, put_text, put_varint, taken, text, unzigzag, varint, zigzag
from sync.journal.shapes import Shape
from sync.journal.statement import LOG_LIMIT, NUMBER_LIMIT, LogHeader, ValueType
from sync.refusal import Code, Refusal

ID_SIZE = 16
BOOT_SIZE = 8
_TYPES = {int(kind): kind for kind in ValueType}
_NO_PREVIOUS, _FAR_PREVIOUS, _NEAR_PREVIOUS = 0, 1, 2


class RunHead(NamedTuple):
    """One run without its statements; `sparse` when numbers are missing between them (feed pieces only)."""

    header: LogHeader
    signer: bytes
    first: int
    size: int
    sparse: bool
    start_chain: bytes


class Entry(NamedTuple):
    """A run to be written, with the key that signed for it."""

    run: Run
    signer: bytes


class Table:
    """Values of one size, each written once and then named by its place."""

    __slots__ = ("places", "values")

    def __init__(self, values: Sequence[bytes] = ()) -> None:
        self.values = list(dict.fromkeys(values))
        self.places = {value: place for place, value in enumerate(self.values)}

    def put(self, out: bytearray) -> None:
        """Append the number of values and the values."""
        put_varint(out, len(self.values))
        for value in self.values:
            out += value

    def put_place(self, out: bytearray, value: bytes) -> None:
        """Append the place of a value; nothing where there is no choice."""
        if len(self.values) > 1:
            put_varint(out, self.places[value])


def read_table(data: bytes, pos: int, size: int, limits: Limits) -> tuple[list[bytes], int]:
    """Read a table of values of `size` bytes each."""
    count, pos = varint(data, pos)
    if not 0 < count <= limits.table:
        raise Refusal(Code.MALFORMED, what="table")
    block, end = taken(data, pos, count * size)
    return [block[start : start + size] for start in range(0, len(block), size)], end


def put_heads(
    out: bytearray, entries: Sequence[Entry], profiles: Table, signers: Table, *, chained: bool
) -> None:
    """Append PCs, boots and runs; `chained` writes where the chain stands, unless a run begins its log."""
    pcs = Table([entry.run.header.pc for entry in entries])
    boots = Table([entry.run.header.boot for entry in entries])
    pcs.put(out)
    boots.put(out)
    put_varint(out, len(entries))
    wall = 0
    for place, (run, signer) in enumerate(entries):
        header = run.header
        out += header.log.to_bytes(8, "big")
        profiles.put_place(out, header.profile)
        signers.put_place(out, signer)
        pcs.put_place(out, header.pc)
        boots.put_place(out, header.boot)
        _put_previous(out, header, entries[:place])
        put_varint(out, zigzag(header.wall - wall))
        wall = header.wall
        put_varint(out, header.monotonic)
        sparse = run.last - run.first + 1 != len(run.statements)
        put_varint(out, run.first)
        put_varint(out, len(run.statements) << 1 | sparse)
        if chained and run.first > 1:
            out += run.start_chain


def read_heads(
    data: bytes,
    pos: int,
    profiles: Sequence[bytes],
    signers: Sequence[bytes],
    limits: Limits,
    *,
    chained: bool,
) -> tuple[list[RunHead], int]:
    """Read what `put_heads` wrote; return (runs, next position). Raises Refusal."""
    pcs, pos = read_table(data, pos, ID_SIZE, limits)
    boots, pos = read_table(data, pos, BOOT_SIZE, limits)
    count, pos = varint(data, pos)
    if not 0 < count <= limits.runs:
        raise Refusal(Code.MALFORMED, what="runs")
    heads: list[RunHead] = []
    wall = total = 0
    for _ in range(count):
        raw, pos = taken(data, pos, 8)
        log = int.from_bytes(raw, "big")
        profile, pos = _choice(data, pos, profiles)
        signer, pos = _choice(data, pos, signers)
        pc, pos = _choice(data, pos, pcs)
        boot, pos = _choice(data, pos, boots)
        previous_log, previous_seq, pos = _read_previous(data, pos, heads)
        step, pos = varint(data, pos)
        wall += unzigzag(step)
        monotonic, pos = varint(data, pos)
        first, pos = varint(data, pos)
        size, pos = varint(data, pos)
        sparse, size = bool(size & 1), size >> 1
        total += size
        start = b""
        if chained and first > 1:
            start, pos = taken(data, pos, CHAIN_SIZE)
        if not (
            0 < log < LOG_LIMIT
            and 0 <= wall < NUMBER_LIMIT
            and monotonic < NUMBER_LIMIT
            and 0 < first < NUMBER_LIMIT
            and size > 0
            and total <= limits.statements
            and not (chained and sparse)
        ):
            raise Refusal(Code.MALFORMED, what="run")
        header = LogHeader(log, profile, pc, previous_log, previous_seq, wall, monotonic, boot)
        heads.append(RunHead(header, signer, first, size, sparse, start))
    return heads, pos


def put_shapes(out: bytearray, shapes: Sequence[Shape], codec: Codec, limits: Limits) -> None:
    """Append the shapes in use: known ones by number, others in full, so that nobody needs to know them."""
    put_varint(out, len(shapes))
    for shape in shapes:
        number = codec.numbers.get(shape)
        if number is not None:
            put_varint(out, number + 1)
            continue
        if any(not name or len(encoded(name)) > limits.name for name in (shape.kind, *shape.names)):
            raise Refusal(Code.FIELD, kind=shape.kind, what="name")
        if len(shape.names) > limits.fields:
            raise Refusal(Code.TOO_LARGE, kind=shape.kind, what="fields")
        put_varint(out, 0)
        put_text(out, shape.kind)
        put_varint(out, len(shape.names))
        for name, kind in zip(shape.names, shape.types, strict=True):
            put_text(out, name)
            out.append(kind)


def read_shapes(data: bytes, pos: int, codec: Codec, limits: Limits) -> tuple[list[Shape], int]:
    """Read the shapes in use."""
    count, pos = varint(data, pos)
    if not 0 < count <= limits.shapes:
        raise Refusal(Code.MALFORMED, what="shapes")
    shapes: list[Shape] = []
    for _ in range(count):
        number, pos = varint(data, pos)
        if number > len(codec.shapes):
            raise Refusal(Code.MALFORMED, what="shape")
        if number:
            shapes.append(codec.shapes[number - 1])
            continue
        shape, pos = _read_shape(data, pos, limits)
        shapes.append(shape)
    return shapes, pos


def _read_shape(data: bytes, pos: int, limits: Limits) -> tuple[Shape, int]:
    kind, pos = text(data, pos, limits.name)
    size, pos = varint(data, pos)
    if size > limits.fields:
        raise Refusal(Code.TOO_LARGE, what="fields")
    names: list[str] = []
    types: list[ValueType] = []
    for _ in range(size):
        name, pos = text(data, pos, limits.name)
        code, pos = taken(data, pos, 1)
        if code[0] not in _TYPES or (names and name <= names[-1]):
            raise Refusal(Code.MALFORMED, what="field")
        names.append(name)
        types.append(_TYPES[code[0]])
    return Shape(kind, tuple(names), tuple(types)), pos


def _choice(data: bytes, pos: int, values: Sequence[bytes]) -> tuple[bytes, int]:
    """Read the place of a value in a table; nothing is written where there is no choice."""
    if len(values) == 1:
        return values[0], pos
    place, pos = varint(data, pos)
    if place >= len(values):
        raise Refusal(Code.MALFORMED, what="place")
    return values[place], pos


def _put_previous(out: bytearray, header: LogHeader, before: Sequence[Entry]) -> None:
    """Append the log before this one: nothing, a run so many places back, or an id in full."""
    if not header.previous_log:
        put_varint(out, _NO_PREVIOUS)
        return
    for back, entry in enumerate(reversed(before)):
        if entry.run.header.log == header.previous_log:
            put_varint(out, _NEAR_PREVIOUS + back)
            end = entry.run.first + len(entry.run.statements) - 1
            put_varint(out, zigzag(header.previous_seq - end))
            return
    put_varint(out, _FAR_PREVIOUS)
    out += header.previous_log.to_bytes(8, "big")
    put_varint(out, header.previous_seq)


def _read_previous(data: bytes, pos: int, before: Sequence[RunHead]) -> tuple[int, int, int]:
    """Read the log before; return (log, its last number, next position)."""
    how, pos = varint(data, pos)
    if how == _NO_PREVIOUS:
        return 0, 0, pos
    if how == _FAR_PREVIOUS:
        raw, pos = taken(data, pos, 8)
        log = int.from_bytes(raw, "big")
        seq, pos = varint(data, pos)
    else:
        back = how - _NEAR_PREVIOUS
        if back >= len(before):
            raise Refusal(Code.MALFORMED, what="previous")
        near = before[-1 - back]
        step, pos = varint(data, pos)
        log = near.header.log
        seq = unzigzag(step) + near.first + near.size - 1
    if not (0 < log < LOG_LIMIT and 0 < seq < NUMBER_LIMIT):
        raise Refusal(Code.MALFORMED, what="previous")
    return log, seq, pos
