"""The one order in which folds compare facts: corrected time, then log, then sequence."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sync.journal.statement import Fact


class Moment(NamedTuple):
    """When a fact was stated: a total order that every machine computes alike.

    `at` is Unix seconds as the log's own clock says, corrected by the centre's `clock.fixed` where there is
    one. Log and sequence break ties, so two facts never compare equal unless they are the same fact.
    """

    at: int
    log: int
    seq: int


NEVER = Moment(0, 0, 0)


def moment(fact: Fact, offsets: Mapping[int, int]) -> Moment:
    """Return the fact's place in time; `offsets` are seconds to add per log, from `clock.fixed`."""
    return Moment(fact.wall + offsets.get(fact.statement.log, 0), fact.statement.log, fact.statement.seq)


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
    """Return seconds to add to each log whose clock the centre has corrected; its latest word counts."""
    latest: dict[int, tuple[Moment, int]] = {}
    for fact in facts:
        if fact.statement.kind == "clock.fixed":
            word = (moment(fact, {}), number(fact, "offset"))
            log = number(fact, "log")
            latest[log] = max(latest.get(log, word), word)
    return {log: offset for log, (_, offset) in latest.items()}
