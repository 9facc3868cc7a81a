"""What was recorded and has not come: numbers missing in a log, and logs that a later one names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sync.journal.acks import Held
from sync.journal.statement import LogHeader

Spans = tuple[tuple[int, int], ...]
"""First and last of runs of numbers, in order and apart."""
_NOTHING: Mapping[bytes, Mapping[int, int]] = {}


@dataclass(frozen=True, slots=True)
class LogSeen:
    """What has come of one log that a vouched key signed.

    `held` are the numbers that came, whatever they say. `keyed`: it introduces a new key of its profile
    (`profile.keyed`), so the log before it was signed by an older one. `whole`: who asks may not read every
    kind in it and was given what there is; of such a log no number is missed.
    """

    header: LogHeader
    signer: bytes
    held: Held
    keyed: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """One log of which statements have not come. Unknown statements before it may be missing as well.

    `numbers` are the missing ones; `pc` is where they were recorded; `since` the Unix second at which the
    earliest log began by which we know of them.
    """

    profile: bytes
    pc: bytes
    log: int
    numbers: Spans
    since: int


@dataclass(slots=True)
class _Place:
    """A log that came, or that is named: what is held, who signed it, and who says how far it went."""

    held: Held = field(default_factory=Held)
    whole: bool = False
    signers: set[bytes] = field(default_factory=set)
    said: list[tuple[int, LogSeen]] = field(default_factory=list)


def gaps(
    logs: Iterable[LogSeen],
    revoked: Mapping[bytes, Mapping[int, int]] = _NOTHING,
    offsets: Mapping[int, int] | None = None,
) -> tuple[Gap, ...]:
    """Tell what has not come, by profile and log; `logs` in any order, with repetitions, or in parts.

    A log is not continued by another start of the app, and every log names the last statement its profile
    had on that PC before. So of a log these numbers are known to have been recorded: all below one that
    came, and all up to every number by which a later log names it. What of them is not held is missing.

    *Branches.* After a restored backup or a cloned disk several logs name one log, each with the number at
    which its own past ends. All of these were recorded by somebody, so the greatest counts, also where it
    stands in a log of the branch that died: what was recorded there and never sent is missing and is told.
    A smaller number names less than is held, and nothing is missing by it; two successors of one log are no
    gap. Where a running copy made the same numbers twice, either version fills the number: a header names no
    digest, so a branch can hide a gap and never invents one.

    *What would not count is not missed.* Of a revoked key only what its revocation accepts (`revoked`: key,
    log, last number; as `sync.journal.authority` has it). A log of which nothing came was signed by the key
    of the log that names it, unless that one introduces its key: then by an older key, and it is missed only
    if an older key of the profile is known. Erased people and keys that nobody vouched for are left out by
    the caller. `offsets` are clock fixes by log.
    """
    seen, shifts = list(logs), offsets or {}
    places: dict[tuple[bytes, int], _Place] = {}
    keys: dict[bytes, set[bytes]] = {}
    for one in seen:
        header = one.header
        keys.setdefault(header.profile, set()).add(one.signer)
        here = places.setdefault((header.profile, header.log), _Place())
        here.held = united(here.held, one.held)
        here.whole |= one.whole
        here.signers.add(one.signer)
        here.said.append((0, one))
        if header.previous_log:
            before = places.setdefault((header.profile, header.previous_log), _Place())
            before.said.append((header.previous_seq, one))
    found = []
    for (profile, log), place in sorted(places.items()):
        if place.whole:
            continue
        told: list[tuple[int, bytes]] = []
        numbers: Spans = ()
        for said, by in place.said:
            signers = place.signers or (keys[profile] - {by.signer} if by.keyed else {by.signer})
            last = said or place.held.top
            end = max((_accepted(signer, log, last, revoked) for signer in signers), default=0)
            lacking = lacks(place.held, end)
            if lacking:
                told.append((by.header.wall + shifts.get(by.header.log, 0), by.header.pc))
                numbers = max(numbers, lacking, key=lambda spans: spans[-1][1] if spans else 0)
        if told:
            since, pc = min(told)
            found.append(Gap(profile, pc, log, numbers, since))
    return tuple(found)


def held_of(numbers: Iterable[int]) -> Held:
    """Say what is held, from single numbers with repetitions."""
    spans: list[tuple[int, int]] = [(0, 0)]
    for number in sorted(set(numbers)):
        if number == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return Held(spans[0][1], tuple(spans[1:]))


def united(one: Held, other: Held) -> Held:
    """Say what is held of a log that came in two parts."""
    for first, last in ((1, other.prefix), *other.islands):
        if last >= first:
            one = one.add(first, last)
    return one


def lacks(held: Held, end: int) -> Spans:
    """Give the numbers from 1 to `end` that are not held."""
    found: list[tuple[int, int]] = []
    before = held.prefix
    for low, high in (*held.islands, (end + 1, end + 1)):
        if before >= end:
            break
        if low > before + 1:
            found.append((before + 1, min(low - 1, end)))
        before = max(before, high)
    return tuple(found)


def _accepted(signer: bytes, log: int, end: int, revoked: Mapping[bytes, Mapping[int, int]]) -> int:
    """Say up to which number a key's word counts."""
    return min(end, revoked[signer].get(log, 0)) if signer in revoked else end
