"""Which logs have a time that somebody should look at, and between which times they must have been."""

from collections.abc import Iterable
from dataclasses import dataclass

from sync.folds.order import AHEAD, DOUBTED, FIXED, clock_offsets, moment, number
from sync.journal.statement import Fact, LogHeader

FAR = 600
"""Seconds by which a clock may be wrong before anybody is asked to look."""
BEGINNING = 1_735_689_600
"""1 January 2025: nothing was recorded before, whatever a clock said."""


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """A log whose clock was wrong or was moved, and which no word of the centre has put right.

    Unix seconds: `said` is when the log ended by its own clock, `earliest` and `latest` between which times
    that must have been; 0 where nothing is known.
    """

    profile: bytes
    said: int
    log: int
    pc: bytes
    earliest: int
    latest: int


@dataclass(slots=True)
class _Log:
    header: LogHeader
    end: int = 0
    corrected: int = 0
    floor: int = 0
    noted: bool = False


def clock_doubts(facts: Iterable[Fact], now: int) -> tuple[Doubt, ...]:
    """Tell which logs are in doubt, by facts that count, in any order and with repetitions; `now`: Unix.

    In doubt is what its PC has noted (moved, or behind what was signed), what came before its own time, what
    ended before the product was or ends after now, and what the log after it contradicts. What the centre has
    corrected is not.
    """
    held = tuple(facts)
    offsets = clock_offsets(held)
    fixed = {number(fact, "log") for fact in held if fact.statement.kind == FIXED}
    ahead = {number(fact, "log") for fact in held if fact.statement.kind == AHEAD}
    logs: dict[tuple[int, bytes], _Log] = {}
    for fact in held:
        one = logs.setdefault((fact.statement.log, fact.signer), _Log(fact.header))
        one.end = max(one.end, fact.wall)
        one.corrected = max(one.corrected, moment(fact, offsets).at)
        if fact.statement.kind == DOUBTED:
            one.noted = True
            one.floor = max(one.floor, number(fact, "floor"))
    after: dict[tuple[int, bytes], list[_Log]] = {}
    for one in logs.values():
        after.setdefault((one.header.previous_log, one.header.profile), []).append(one)
    found = set()
    for (log, _), one in logs.items():
        one.noted |= log in ahead
        followers = after.get((log, one.header.profile), [])
        if log in fixed or not _odd(one, followers, now):
            continue
        found.add(Doubt(one.header.profile, one.end, log, one.header.pc, one.floor, max(now, one.floor)))
    return tuple(sorted(found))


def _odd(one: _Log, followers: Iterable[_Log], now: int) -> bool:
    contradicted = any(
        after.header.wall + FAR < one.end
        for after in followers
        if after.floor <= after.header.wall + FAR  # one that is known to be behind says nothing of others
    )
    return one.noted or contradicted or not BEGINNING <= one.corrected <= now + FAR
