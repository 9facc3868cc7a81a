"""Statements of several runs as columns per kind and field, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sync.journal.columns import indexes, lengths, numbers, put_numbers
from sync.journal.heads import RunHead
from sync.journal.limits import Limits
from sync.journal.log import Run
from sync.journal.octets import decoded, encoded, put_varint, taken, varint, varints
from sync.journal.shapes import Shape
from sync.journal.statement import NUMBER_LIMIT, Statement, Value, ValueType
from sync.refusal import Code, Refusal


class _Texts:
    """The table of texts while it is being filled, in order of first use."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def place(self, text: str) -> int:
        return self.places.setdefault(text, len(self.places))

    def put(self, out: bytearray) -> None:
        """Append count, shared prefix lengths, rest lengths, rests: each text leans on the one before."""
        texts = [encoded(text) for text in self.places]
        put_varint(out, len(texts))
        shared = [_shared(before, text) for before, text in zip([b"", *texts], texts, strict=False)]
        for size in shared:
            put_varint(out, size)
        for size, text in zip(shared, texts, strict=True):
            put_varint(out, len(text) - size)
        for size, text in zip(shared, texts, strict=True):
            out += text[size:]


def put_rows(runs: Sequence[Run], shapes: Sequence[Shape], row_shapes: Sequence[int]) -> bytes:
    """Return the columns of all statements of the runs; `row_shapes` names each one's shape by place."""
    texts = _Texts()
    body = bytearray()
    if len(shapes) > 1:
        for place in row_shapes:
            put_varint(body, place)
    for run in runs:
        if run.last - run.first + 1 != len(run.statements):
            _put_sparse(body, run)
    gaps = [gap for run in runs for gap in _gaps(run)]
    put_numbers(body, gaps, ())
    statements = [statement for run in runs for statement in run.statements]
    by_shape: list[list[int]] = [[] for _ in shapes]
    for row, place in enumerate(row_shapes):
        by_shape[place].append(row)
    for shape, rows in zip(shapes, by_shape, strict=True):
        own_gaps = [gaps[row] for row in rows]
        for name, kind in zip(shape.names, shape.types, strict=True):
            _put_column(body, kind, [statements[row].fields[name] for row in rows], own_gaps, texts)
    out = bytearray()
    texts.put(out)
    return bytes(out + body)


def read_rows(
    raw: bytes, heads: Sequence[RunHead], shapes: Sequence[Shape], limits: Limits
) -> list[tuple[Statement, ...]]:
    """Return the statements of each run. Raises Refusal."""
    total = sum(head.size for head in heads)
    texts, pos = _read_texts(raw, 0, limits.raw)
    row_shapes = [0] * total
    if len(shapes) > 1:
        row_shapes, pos = varints(raw, pos, total)
        if max(row_shapes) >= len(shapes):
            raise Refusal(Code.MALFORMED, what="row")
    if sum(len(shapes[place].names) for place in row_shapes) > limits.cells:
        raise Refusal(Code.TOO_LARGE, what="cells")
    seqs: list[Sequence[int]] = []
    for head in heads:
        if head.sparse:
            steps, pos = varints(raw, pos, head.size - 1)
            seqs.append(_sparse(head.first, steps))
        else:
            seqs.append(range(head.first, head.first + head.size))
    gaps, pos = numbers(raw, pos, total, ())
    own_gaps: list[list[int]] = [[] for _ in shapes]
    for place, gap in zip(row_shapes, gaps, strict=True):
        own_gaps[place].append(gap)
    fields: list[Iterator[dict[str, Value]]] = []
    for shape, shape_gaps in zip(shapes, own_gaps, strict=True):
        columns: list[Sequence[Value]] = []
        for kind in shape.types:
            column, pos = _read_column(raw, pos, kind, shape_gaps, texts, limits.cells)
            columns.append(column)
        fields.append(_fields(shape, columns, len(shape_gaps)))
    if pos != len(raw):
        raise Refusal(Code.MALFORMED, what="rest")
    return _statements(heads, seqs, gaps, [(shapes[place].kind, fields[place]) for place in row_shapes])


def _fields(shape: Shape, columns: Sequence[Sequence[Value]], count: int) -> Iterator[dict[str, Value]]:
    """Give the fields of each statement of one shape."""
    names = shape.names
    if not names:
        return iter([{} for _ in range(count)])
    # Every column was read with the same count, so no zip is short.
    return iter([dict(zip(names, row, strict=False)) for row in zip(*columns, strict=False)])


def _statements(
    heads: Sequence[RunHead],
    seqs: Sequence[Sequence[int]],
    gaps: Sequence[int],
    told: Sequence[tuple[str, Iterator[dict[str, Value]]]],
) -> list[tuple[Statement, ...]]:
    """Put runs together; `told` has for each row its kind and where its fields come from next."""
    runs: list[tuple[Statement, ...]] = []
    rows = iter(zip(gaps, told, strict=True))
    for head, run_seqs in zip(heads, seqs, strict=True):
        log = head.header.log
        at = highest = lowest = 0
        statements: list[Statement] = []
        for seq, (gap, (kind, fields)) in zip(run_seqs, rows, strict=False):
            at += gap
            highest, lowest = max(highest, at), min(lowest, at)
            statements.append(Statement(log, seq, kind, at, next(fields)))
        if lowest < 0 or highest >= NUMBER_LIMIT or run_seqs[-1] >= NUMBER_LIMIT:
            raise Refusal(Code.MALFORMED, what="at")
        runs.append(tuple(statements))
    return runs


def _gaps(run: Run) -> Iterable[int]:
    before = 0
    for statement in run.statements:
        yield statement.at - before
        before = statement.at


def _put_sparse(out: bytearray, run: Run) -> None:
    for before, statement in zip(run.statements, run.statements[1:], strict=False):
        put_varint(out, statement.seq - before.seq - 1)


def _sparse(first: int, steps: Iterable[int]) -> list[int]:
    seqs = [first]
    for step in steps:
        seqs.append(seqs[-1] + step + 1)
    return seqs


def _put_column(
    out: bytearray, kind: ValueType, values: Sequence[Value], gaps: Sequence[int], texts: _Texts
) -> None:
    if kind in {ValueType.INTS, ValueType.TEXTS}:
        lists = [value for value in values if isinstance(value, tuple)]
        put_numbers(out, [len(items) for items in lists], ())
        _put_flat(out, [item for items in lists for item in items], (), texts)
    else:
        _put_flat(out, values, gaps, texts)


def _put_flat(out: bytearray, values: Sequence[Value], gaps: Sequence[int], texts: _Texts) -> None:
    whole = [value for value in values if isinstance(value, int)]
    raw = [value for value in values if isinstance(value, bytes)]
    put_numbers(out, whole, gaps)
    put_numbers(out, [texts.place(value) for value in values if isinstance(value, str)], ())
    put_numbers(out, [len(value) for value in raw], ())
    for value in raw:
        out += value


def _read_column(
    raw: bytes, pos: int, kind: ValueType, gaps: Sequence[int], texts: Sequence[str], limit: int
) -> tuple[Sequence[Value], int]:
    count = len(gaps)
    if kind is ValueType.INT:
        return numbers(raw, pos, count, gaps)
    if kind is ValueType.TEXT:
        places, pos = indexes(raw, pos, count, len(texts))
        return [texts[place] for place in places], pos
    sizes, pos = lengths(raw, pos, count, len(raw) if kind is ValueType.BYTES else limit)
    if kind is ValueType.BYTES:
        blobs: list[bytes] = []
        for size in sizes:
            blob, pos = taken(raw, pos, size)
            blobs.append(blob)
        return blobs, pos
    if kind is ValueType.INTS:
        flat, pos = numbers(raw, pos, sum(sizes), ())
        return _split(flat, sizes), pos
    places, pos = indexes(raw, pos, sum(sizes), len(texts))
    return _split([texts[place] for place in places], sizes), pos


def _split(flat: Sequence[int] | Sequence[str], sizes: Iterable[int]) -> list[Value]:
    lists: list[Value] = []
    start = 0
    for size in sizes:
        lists.append(tuple(flat[start : start + size]))  # type: ignore[arg-type]
        start += size
    return lists


def _shared(before: bytes, text: bytes) -> int:
    size = 0
    for one, other in zip(before, text, strict=False):
        if one != other:
            break
        size += 1
    return size


def _read_texts(raw: bytes, pos: int, limit: int) -> tuple[list[str], int]:
    count, pos = varint(raw, pos)
    shared, pos = varints(raw, pos, count)
    rests, pos = varints(raw, pos, count)
    texts: list[str] = []
    before = b""
    # Every text may repeat the one before it whole: without a limit on the sum a short table is a bomb.
    if sum(shared) + sum(rests) > limit:
        raise Refusal(Code.TOO_LARGE, what="texts")
    for size, rest in zip(shared, rests, strict=True):
        if size > len(before):
            raise Refusal(Code.MALFORMED, what="prefix")
        tail, pos = taken(raw, pos, rest)
        before = before[:size] + tail
        texts.append(decoded(before))
    return texts, pos
