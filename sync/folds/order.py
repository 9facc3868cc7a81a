"""The orders of facts: corrected time, log and sequence for all; its line of logs for one profile."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sync.journal.statement import Fact, LogHeader


class Moment(NamedTuple):
    """When a fact was stated: a total order that every machine computes alike.

    `at` is Unix seconds as the log's own clock says, corrected by the centre's `clock.fixed` where there is
    one. Log and sequence break ties, so two facts never compare equal unless they are the same fact.
    """

    at: int
    log: int
    seq: int


NEVER = Moment(0, 0, 0)
FIXED, AHEAD, DOUBTED = "clock.fixed", "clock.ahead", "clock.doubted"
CLOCKS = (FIXED, AHEAD, DOUBTED)
"""Kinds that say how wrong the clock of a log was."""


def moment(fact: Fact, offsets: Mapping[int, int]) -> Moment:
    """Return the fact's place in time; `offsets` are seconds to add, as `clock_offsets` gives them."""
    said = fact.statement
    shift = offsets.get(said.log) if offsets else 0
    if shift is None:
        shift = offsets.get(_own_clock(fact), 0)
    return Moment(fact.wall + shift, said.log, said.seq)


def number(fact: Fact, field: str) -> int:
    """Read a whole-number field; anything else counts as 0, because a fold never fails on what arrived."""
    value = fact.statement.fields.get(field, 0)
    return value if isinstance(value, int) else 0


def text(fact: Fact, field: str) -> str:
    """Read a text field; anything else counts as empty."""
    value = fact.statement.fields.get(field, "")
    return value if isinstance(value, str) else ""


def octets(fact: Fact, field: str) -> bytes:
    """Read a bytes field; anything else counts as empty."""
    value = fact.statement.fields.get(field, b"")
    return value if isinstance(value, bytes) else b""


def numbers(fact: Fact, field: str) -> tuple[int, ...]:
    """Read a list of whole numbers; anything else counts as none."""
    value = fact.statement.fields.get(field, ())
    if not isinstance(value, tuple):
        return ()
    return tuple(item for item in value if isinstance(item, int))


def clock_offsets(facts: Iterable[Fact]) -> Mapping[int, int]:
    """Return seconds to add to the logs whose clock was wrong: the centre's latest word counts, by log.

    What came before the time it says moves back to when it came, as an upper bound. Where the centre said
    nothing, a log that itself noted that it was behind what was signed moves up to that, as a
    lower bound. That is under a key of its own below 0, made of log and signer: whoever copies the id of
    somebody's log moves nobody else's hours.
    """
    latest: dict[int, tuple[Moment, int]] = {}
    behind: dict[int, int] = {}
    ahead: dict[int, int] = {}
    for fact in facts:
        if fact.statement.kind == FIXED:
            word = (moment(fact, {}), number(fact, "offset"))
            log = number(fact, "log")
            latest[log] = max(latest.get(log, word), word)
        elif fact.statement.kind == AHEAD:
            log = number(fact, "log")
            ahead[log] = min(ahead.get(log, 0), -number(fact, "by"))
        elif fact.statement.kind == DOUBTED:
            lack = number(fact, "floor") - fact.wall
            if lack > 0:
                own = _own_clock(fact)
                behind[own] = max(behind.get(own, 0), lack)
    return behind | ahead | {log: offset for log, (_, offset) in latest.items()}


def log_order(headers: Mapping[int, LogHeader]) -> list[int]:
    """Put one profile's logs, by their ids, in the order they were begun: each names the one before it.

    Walks from each log whose predecessor is not here along those that follow it, to the end of its line.
    """
    following: dict[int, list[int]] = {}
    for log, header in headers.items():
        root = header.previous_log if header.previous_log in headers else 0
        following.setdefault(root, []).append(log)
    walked: list[int] = []
    waiting = [0]
    while waiting:
        log = waiting.pop()
        walked.append(log)
        # Several beginnings mean that logs between are lost: the wall clock is then the only witness.
        waiting += sorted(following.pop(log, []), key=lambda one: (headers[one].wall, one), reverse=True)
    return walked[1:] + sorted(headers.keys() - set(walked))


def _own_clock(fact: Fact) -> int:
    return -1 - (fact.statement.log ^ int.from_bytes(fact.signer[:8], "big"))
