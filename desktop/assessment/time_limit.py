"""How much of its time an attempt has used: pure, from its last sign of life, also after a cut."""

import json
from dataclasses import dataclass
from typing import Any

GRACE = 5
"""Seconds after the end in which an answer that was already on its way is still taken."""


@dataclass(frozen=True, slots=True)
class Instant:
    """The clocks of a PC at one moment: Unix seconds, seconds since its boot, and the mark of that boot."""

    wall: int
    monotonic: int
    boot: bytes


@dataclass(frozen=True, slots=True)
class Beat:
    """The last sign of life of an attempt that had used `used` seconds at `when`.

    `away` says that the learner left the questions on purpose; without it, whoever finds the beat later knows
    that the program was ended from outside.
    """

    attempt: int
    used: int
    when: Instant
    away: bool = False


@dataclass(frozen=True, slots=True)
class Spent:
    """What an attempt has used, in seconds. `cut` says it was broken off, and `gone` for how long."""

    used: int
    cut: bool
    gone: int


def between(before: Instant, now: Instant) -> int:
    """Count the seconds from one moment to a later one, 0 where the clock was set back.

    Within one boot the monotonic clock decides; after a restart only the wall clock is left.
    """
    if before.boot == now.boot:
        return max(0, now.monotonic - before.monotonic)
    return max(0, now.wall - before.wall)


def spent(beat: Beat, now: Instant, *, alive: bool, fixed: bool) -> Spent:
    """Tell what is used now; `alive` says that this run of the program saw the beat itself.

    Time runs on while the learner is at the questions or went away from them. What a power cut took counts
    only where the end is `fixed`.
    """
    gone = between(beat.when, now)
    cut = not alive and not beat.away
    return Spent(beat.used + (0 if cut and not fixed else gone), cut, gone)


def packed(beat: Beat) -> bytes:
    """Write a beat as a draft."""
    document = {
        "attempt": beat.attempt,
        "used": beat.used,
        "wall": beat.when.wall,
        "monotonic": beat.when.monotonic,
        "boot": beat.when.boot.hex(),
        "away": beat.away,
    }
    return json.dumps(document, separators=(",", ":")).encode("ascii")


def read_beat(draft: bytes | None) -> Beat | None:
    """Read a draft; None for anything that is none of ours."""
    try:
        said: dict[str, Any] = json.loads(draft or b"{}")
        when = Instant(int(said["wall"]), int(said["monotonic"]), bytes.fromhex(said["boot"]))
        return Beat(int(said["attempt"]), int(said["used"]), when, bool(said["away"]))
    except (ValueError, TypeError, KeyError):
        return None
