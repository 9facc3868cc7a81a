"""What is new in a run, and how what is held of a log is stored."""

from collections.abc import Sequence

import msgspec

from sync.journal.acks import Held

Range = tuple[int, int]
Stretch = tuple[int, int, int]
"""First and last number of a log that a segment holds, and the segment's own number."""
_ISLANDS = msgspec.msgpack.Decoder(tuple[Range, ...])
_RUNS = msgspec.msgpack.Decoder(list[int])
ISLANDS_LIMIT = 256  # a log in more pieces than this is nobody's honest work


def stored(prefix: int, islands: bytes | None) -> Held:
    """Read what a row of the table `log` says is held."""
    return Held(prefix, _ISLANDS.decode(islands) if islands else ())


def packed(held: Held) -> bytes | None:
    """Return the islands as they are stored; None where there are none."""
    return msgspec.msgpack.encode(held.islands) if held.islands else None


def runs_of(data: bytes | None) -> list[Stretch]:
    """Read which segments hold which part of a log."""
    flat = _RUNS.decode(data) if data else []
    return list(zip(flat[::3], flat[1::3], flat[2::3], strict=True))


def listed(runs: Sequence[Stretch]) -> bytes | None:
    """Return which segments hold which part as it is stored; None where there are none."""
    return msgspec.msgpack.encode([number for run in runs for number in run]) if runs else None


def fresh(held: Held, first: int, last: int) -> tuple[Range, ...]:
    """Return the parts of first..last that are not held yet."""
    found: list[Range] = []
    at = max(first, held.prefix + 1)
    for low, high in held.islands:
        if at > last:
            break
        if low > at:
            found.append((at, min(last, low - 1)))
        at = max(at, high + 1)
    if at <= last:
        found.append((at, last))
    return tuple(found)


def below(held: Held, parts: Sequence[tuple[int, int, int]]) -> tuple[tuple[int, int, int], ...]:
    """Return of parts (log, first, last) of one log what lies below the highest number held."""
    return tuple((number, first, min(last, held.top)) for number, first, last in parts if first <= held.top)
