"""Columns of numbers: each written in the cheapest of four ways, and read back with a limit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from operator import add

from sync.journal.octets import put_varint, unzigzag, varint, varint_length, varints, zigzag
from sync.journal.statement import INT_MAX, INT_MIN
from sync.refusal import Code, Refusal

# The mode byte of a column: two bits for the way, one for zigzag. Never renumbered.
PLAIN, DELTA, GAP, CONST = 0, 1, 2, 3
_ZIGZAG = 4
_HIGHEST = CONST | _ZIGZAG
_SMALL = tuple(unzigzag(byte) for byte in range(128))


def put_numbers(out: bytearray, values: Sequence[int], gaps: Sequence[int]) -> None:
    """Append a column of signed 64-bit numbers; `gaps` are the seconds since the statement before each.

    GAP writes the distance from that: time spent on a page is nearly the time since the last statement.
    An empty column takes no byte.
    """
    if not values:
        return
    if min(values) < INT_MIN or max(values) > INT_MAX:
        raise Refusal(Code.FIELD, what="number")
    first = values[0]
    if len(values) > 1 and all(value == first for value in values):
        out.append(CONST | _ZIGZAG)
        put_varint(out, zigzag(first))
        return
    ways: list[tuple[int, list[int]]] = [
        (PLAIN, list(values)),
        (DELTA, [value - before for value, before in zip(values, [0, *values[:-1]], strict=True)]),
        (GAP, [value - gap for value, gap in zip(values, gaps, strict=True)] if gaps else []),
    ]
    best: tuple[int, int, list[int]] | None = None
    for way, numbers in ways:  # PLAIN always fits
        if not numbers or min(numbers) < INT_MIN or max(numbers) > INT_MAX:
            continue
        mode, coded = (way, numbers) if min(numbers) >= 0 else (way | _ZIGZAG, [zigzag(n) for n in numbers])
        cost = sum(map(varint_length, coded))
        if best is None or cost < best[0]:
            best = (cost, mode, coded)
    if best:
        out.append(best[1])
        for number in best[2]:
            put_varint(out, number)


def numbers(data: bytes, pos: int, count: int, gaps: Sequence[int]) -> tuple[list[int], int]:
    """Read a column of `count` signed 64-bit numbers; return (values, next position)."""
    if not count:
        return [], pos
    if pos >= len(data) or data[pos] > _HIGHEST:
        raise Refusal(Code.MALFORMED, what="column")
    mode = data[pos]
    pos += 1
    way = mode & 3
    if way == CONST:
        only, pos = varint(data, pos)
        values = [unzigzag(only) if mode & _ZIGZAG else only] * count
    else:
        chunk = data[pos : pos + count]
        if len(chunk) == count and chunk.isascii():
            # Every varint is one byte: the common case, read without a look at each.
            pos += count
            values = [_SMALL[byte] for byte in chunk] if mode & _ZIGZAG else list(chunk)
        else:
            values, pos = varints(data, pos, count)
            if mode & _ZIGZAG:
                values = [unzigzag(value) for value in values]
        if way == DELTA:
            values = list(accumulate(values))
        elif way == GAP:
            if len(gaps) != count:
                raise Refusal(Code.MALFORMED, what="gap")
            values = list(map(add, values, gaps))
    if max(values) > INT_MAX or min(values) < INT_MIN:
        raise Refusal(Code.MALFORMED, what="number")
    return values, pos


def indexes(data: bytes, pos: int, count: int, size: int) -> tuple[list[int], int]:
    """Read a column of indexes into a table of `size` entries."""
    values, pos = numbers(data, pos, count, ())
    if values and (max(values) >= size or min(values) < 0):
        raise Refusal(Code.MALFORMED, what="index")
    return values, pos


def lengths(data: bytes, pos: int, count: int, limit: int) -> tuple[list[int], int]:
    """Read a column of lengths whose sum is at most `limit`."""
    values, pos = numbers(data, pos, count, ())
    if values and (min(values) < 0 or sum(values) > limit):
        raise Refusal(Code.MALFORMED, what="length")
    return values, pos
