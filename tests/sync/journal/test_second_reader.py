"""A second reader, written from the format page alone: what the real writer writes is what the page says."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.journal import codec, shapes
from sync.journal.segment import encode_segment
from sync.journal.statement import canonical
from tests.benchmarks.recorded import Learner
from tests.builders.journal import KEY, logs

DICTIONARY = zstandard.ZstdCompressionDict(Path(codec.__file__).with_name("dictionary-1.zstd").read_bytes())
KNOWN = [(one.kind, list(zip(one.names, map(int, one.types), strict=True))) for one in shapes.SHAPES_1]


class Reader(io.BytesIO):
    def take(self, size: int) -> bytes:
        data = self.read(size)
        assert len(data) == size
        return data

    def number(self) -> int:
        value = shift = 0
        while True:
            (byte,) = self.take(1)
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def signed(self) -> int:
        return turned(self.number())

    def text(self) -> str:
        return self.take(self.number()).decode()

    def table(self, size: int) -> list[bytes]:
        return [self.take(size) for _ in range(self.number())]

    def place(self, table: list[bytes]) -> bytes:
        return table[self.number()] if len(table) > 1 else table[0]

    def column(self, count: int, gaps: list[int]) -> list[int]:
        if not count:
            return []
        (mode,) = self.take(1)
        read = self.signed if mode & 4 else self.number
        if mode & 3 == 3:
            return [read()] * count
        values = [read() for _ in range(count)]
        if mode & 3 == 1:
            values = [sum(values[: place + 1]) for place in range(count)]
        if mode & 3 == 2:
            values = [value + gap for value, gap in zip(values, gaps, strict=True)]
        return values


def turned(value: int) -> int:
    return -(value + 1) // 2 if value % 2 else value // 2


def read(data: bytes) -> list[tuple]:
    """Return the runs as (header values, chain before, statements as canonical values)."""
    body, signature = data[:-64], data[-64:]
    Ed25519PublicKey.from_public_bytes(data[2:34]).verify(signature, b"suluh segment\0" + body)
    source = Reader(body)
    version, flags = source.take(2)
    assert (version, flags) == (1, 0)
    source.take(32)
    profile = source.take(16)
    pcs, boots = source.table(16), source.table(8)
    heads: list[tuple] = []
    wall = 0
    for _ in range(source.number()):
        log = int.from_bytes(source.take(8), "big")
        pc, boot = source.place(pcs), source.place(boots)
        how = source.number()
        previous = (0, 0)
        if how == 1:
            previous = (int.from_bytes(source.take(8), "big"), source.number())
        elif how > 1:
            near = heads[-1 - (how - 2)]
            previous = (near[0], near[8] + near[9] - 1 + source.signed())
        wall += source.signed()
        monotonic = source.number()
        first, size = source.number(), source.number()
        assert size % 2 == 0
        chain = source.take(32) if first > 1 else b""
        heads.append((log, profile, pc, boot, *previous, wall, monotonic, first, size // 2, chain))
    forms = [read_shape(source) for _ in range(source.number())]
    size = source.number()
    packed = source.read()
    if size % 2 == 0:
        unpack = zstandard.ZstdDecompressor(dict_data=DICTIONARY, format=zstandard.FORMAT_ZSTD1_MAGICLESS)
        packed = unpack.decompress(packed, max_output_size=size // 2)
    assert len(packed) == size // 2
    return rows(Reader(packed), heads, forms)


def read_shape(source: Reader) -> tuple[str, list[tuple[str, int]]]:
    number = source.number()
    if number:
        return KNOWN[number - 1]
    kind = source.text()
    return kind, [(source.text(), source.take(1)[0]) for _ in range(source.number())]


def rows(raw: Reader, heads: list[tuple], forms: list) -> list[tuple]:
    count = raw.number()
    shared = [raw.number() for _ in range(count)]
    rests = [raw.number() for _ in range(count)]
    table, before = [], b""
    for size, rest in zip(shared, rests, strict=True):
        before = before[:size] + raw.take(rest)
        table.append(before.decode())
    total = sum(head[9] for head in heads)
    places = [raw.number() for _ in range(total)] if len(forms) > 1 else [0] * total
    gaps = raw.column(total, [])
    cells: list[dict] = [{} for _ in range(total)]
    for place, (_, fields) in enumerate(forms):
        mine = [row for row in range(total) if places[row] == place]
        for name, kind in fields:
            values = read_values(raw, kind, [gaps[row] for row in mine], table)
            for row, value in zip(mine, values, strict=True):
                cells[row][name] = value
    assert not raw.read()
    runs, row = [], 0
    for head in heads:
        at, statements = 0, []
        for seq in range(head[8], head[8] + head[9]):
            at += gaps[row]
            statements.append((head[0], seq, forms[places[row]][0], at, cells[row]))
            row += 1
        runs.append((head[:8], head[10], statements))
    return runs


def read_values(raw: Reader, kind: int, gaps: list[int], table: list[str]) -> list:
    count = len(gaps)
    if kind == 1:
        return raw.column(count, gaps)
    if kind == 2:
        return [table[place] for place in raw.column(count, [])]
    sizes = raw.column(count, [])
    if kind == 3:
        return [raw.take(size) for size in sizes]
    flat = raw.column(sum(sizes), [])
    items = [table[place] for place in flat] if kind == 5 else flat
    return [tuple(items[sum(sizes[:row]) : sum(sizes[: row + 1])]) for row in range(count)]


def canonical_by_the_page(log: int, seq: int, kind: str, at: int, fields: dict) -> bytes:
    def varint(value: int) -> bytes:
        return bytes([value]) if value < 128 else bytes([value % 128 + 128]) + varint(value // 128)

    def number(value: int) -> bytes:
        return varint(2 * value if value >= 0 else -2 * value - 1)

    def sized(data: bytes) -> bytes:
        return varint(len(data)) + data

    out = b"suluh statement 1\0" + log.to_bytes(8, "big") + varint(seq) + varint(at) + sized(kind.encode())
    out += varint(len(fields))
    for name, value in sorted(fields.items()):
        out += sized(name.encode())
        match value:
            case int():
                out += b"\1" + number(value)
            case str():
                out += b"\2" + sized(value.encode())
            case bytes():
                out += b"\3" + sized(value)
            case (str(), *_):
                out += b"\5" + varint(len(value)) + b"".join(sized(one.encode()) for one in value)
            case _:
                out += b"\4" + varint(len(value)) + b"".join(number(one) for one in value)
    return out


def agree(runs, key) -> None:
    for run, (header, chain, statements) in zip(runs, read(encode_segment(runs, key)), strict=True):
        h = run.header
        assert header == (
            h.log, h.profile, h.pc, h.boot, h.previous_log, h.previous_seq, h.wall, h.monotonic
        )  # fmt: skip
        assert chain == (run.start_chain if run.first > 1 else b"")
        assert [(one.log, one.seq, one.kind, one.at, one.fields) for one in run.statements] == statements
        for one, told in zip(run.statements, statements, strict=True):
            assert canonical(one) == canonical_by_the_page(*told)
            assert one.digest == hashlib.sha256(canonical_by_the_page(*told)).digest()


@settings(deadline=None, max_examples=25)
@given(st.lists(logs(), min_size=1, max_size=4))
def test_any_statements_read_the_same(runs):
    agree(runs, KEY)


def test_recorded_study_reads_the_same():
    learner = Learner(5)
    agree(learner.sessions(200, 8), learner.key)
