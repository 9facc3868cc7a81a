"""Whether work was handed in on time: what the evidence says, and what a person decided. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from sync.folds.assignments import SUBMITTED
from sync.folds.clocks import BEGINNING, FAR
from sync.folds.order import AHEAD, CLOCKS, DOUBTED, FIXED, clock_offsets, moment, number
from sync.journal.passing import to_one
from sync.journal.secret_fields import Secret
from sync.journal.statement import Fact, Value

SEALED, RECEIVED, COLLECTED = "work.sealed", "work.received", "work.collected"
DECIDED, SHOWN = "deadline.decided", "deadline.shown"
DECISIONS = (DECIDED, SHOWN)
"""A decision as its learner is told it, and as whoever marks there is: the same words."""
KINDS_OF_TIME = (SUBMITTED, SEALED, RECEIVED, COLLECTED, *CLOCKS)
"""What `traces` reads: nothing else says when work was handed in."""
REASON_LIMIT = 300
DAY = 86_400

Place = tuple[bytes, int, int]
"""Profile, log and number of what was handed in."""


class Timing(Enum):
    """How work stands beside its deadline; the value is one sentence."""

    ON_TIME = "It was here before the deadline, or a clock that nothing speaks against sealed it before."
    LATE = "What was signed before is later than the deadline, or a clock that nothing speaks against is."
    ON_THE_WAY = "It was sealed before the deadline, and the centre has not said yet that it came."
    PERSON = "The evidence allows both: somebody looks at it and decides with a reason."


class Verdict(Enum):
    """What a person decided; the value is stable in what is stated."""

    ON_TIME = 1
    LATE = 2


@dataclass(frozen=True, slots=True)
class Deadline:
    """Its last second (Unix), and for how many days what was sealed in time may be on its way.

    `grace` is None where it does not matter when it comes.
    """

    end: int
    grace: int | None = None

    @property
    def until(self) -> int | None:
        """The last second in which it may come to the centre; None for any."""
        return None if self.grace is None else self.end + self.grace * DAY


@dataclass(frozen=True, slots=True)
class Trace:
    """All that is known of when one work was handed in; Unix seconds, 0 where nothing is known.

    `said` is when its PC says it was, `at` the same put right by the centre where it could (`fixed`), or
    moved up to what was signed before. `doubted` is whether anything speaks against that clock. `earliest` is
    what was signed before; `collected` is when the desk had it and `received` when the centre had it, or
    anything that its PC recorded later.
    """

    at: int
    doubted: bool = False
    fixed: bool = False
    earliest: int = 0
    collected: int = 0
    received: int = 0
    said: int = 0

    @property
    def latest(self) -> int:
        """By when it was certainly handed in; 0 where nothing says so."""
        return min((one for one in (self.collected, self.received) if one), default=0)


class Decision(NamedTuple):
    """What a person said of the work at that log and number; of several the greatest counts."""

    counter: int
    log: int
    seq: int
    at: int
    learner: bytes
    of: tuple[int, int]
    verdict: int
    reason: str
    author: bytes


@dataclass(frozen=True, slots=True)
class Judged:
    """What the evidence says, the evidence, and the decision where somebody made one.

    `clock_alone` is late by nothing but its PC's own clock: somebody may decide otherwise.
    """

    timing: Timing
    trace: Trace
    decision: Decision | None = None
    clock_alone: bool = False

    @property
    def asks(self) -> bool:
        """Whether nobody has decided what somebody may: nobody has to where the clock alone says late."""
        return self.decision is None and (self.clock_alone or self.timing is Timing.PERSON)

    @property
    def counts(self) -> Timing:
        """What holds: a decision, unless the evidence has proved since that it was on time."""
        if self.decision is None or self.timing is Timing.ON_TIME:
            return self.timing
        return Timing.ON_TIME if self.decision.verdict == Verdict.ON_TIME.value else Timing.LATE


def judge(trace: Trace, deadline: Deadline) -> Timing:
    """Judge by evidence alone. No clock costs anybody anything that something else speaks against."""
    if trace.latest and trace.latest <= deadline.end:
        return Timing.ON_TIME
    if trace.earliest > deadline.end:
        return Timing.LATE
    if trace.doubted:
        return Timing.PERSON
    return Timing.LATE if trace.at > deadline.end else _by_road(trace, deadline.until)


def by_clock_alone(trace: Trace, deadline: Deadline) -> bool:
    """Whether it is late by its PC's own clock, which nobody has put right, and the bounds allow on time."""
    late = judge(trace, deadline) is Timing.LATE
    return late and not trace.fixed and trace.earliest <= deadline.end


def _by_road(trace: Trace, until: int | None) -> Timing:
    """Judge what was sealed in time by when it came to the centre."""
    if until is None:
        return Timing.ON_TIME
    if not trace.received:
        return Timing.ON_THE_WAY
    return Timing.ON_TIME if trace.received <= until else Timing.PERSON


@dataclass(slots=True)
class _Log:
    """One log: its start, the log before it, floors as (number, second of the log, signed time)."""

    wall: int
    previous: int
    floors: set[tuple[int, int, int]]
    doubted: bool = False


def traces(
    facts: Iterable[Fact], person_of: Callable[[bytes], bytes | None] = lambda profile: profile
) -> Mapping[Place, Trace]:
    """Gather the evidence for all that was handed in, from facts that count, in any order, repeated or not.

    A PC's logs name the one before, so what is known of one bounds those before and after it: that is the
    device's own sequence, which no clock moves. `person_of` tells whose a profile is, after merges.
    """
    held = tuple(facts)
    offsets = clock_offsets(held)
    fixed = {number(fact, "log") for fact in held if fact.statement.kind == FIXED}
    ahead = {number(fact, "log") for fact in held if fact.statement.kind == AHEAD}
    logs: dict[tuple[bytes, int], _Log] = {}
    for fact in held:
        header, said = fact.header, fact.statement
        one = logs.setdefault((header.profile, said.log), _Log(header.wall, header.previous_log, set()))
        if said.kind in {DOUBTED, SEALED}:
            one.floors.add((said.seq, said.at, number(fact, "floor")))
        one.doubted |= said.kind == DOUBTED or said.log in ahead
    after: dict[tuple[bytes, int], set[int]] = {}
    for (profile, log), one in logs.items():
        after.setdefault((profile, one.previous), set()).add(log)
    came, collected = _arrivals(held, logs, offsets, fixed, person_of)
    found: dict[Place, Trace] = {}
    for fact in held:
        if fact.statement.kind == SUBMITTED:
            profile, log, seq = fact.header.profile, fact.statement.log, fact.statement.seq
            later = _later(profile, log, after)
            trace = Trace(
                at=moment(fact, offsets).at,
                fixed=log in fixed,
                earliest=_earliest(fact, logs),
                collected=_first(collected, log, seq, later),
                received=_first(came, log, seq, later),
                said=fact.wall,
            )
            followers = (logs[profile, other] for other in after.get((profile, log), ()))
            doubted = log not in fixed and _speaks_against(fact, trace, logs[profile, log], followers)
            found[profile, log, seq] = replace(trace, doubted=doubted)
    return found


def _arrivals(
    held: Iterable[Fact],
    logs: Mapping[tuple[bytes, int], _Log],
    offsets: Mapping[int, int],
    fixed: Iterable[int],
    person_of: Callable[[bytes], bytes | None],
) -> tuple[dict[int, set[tuple[int, int]]], dict[int, set[tuple[int, int]]]]:
    """Gather who had what when: by log, pairs of number and time.

    A desk with a doubtful clock is no witness.
    """
    came: dict[int, set[tuple[int, int]]] = {}
    collected: dict[int, set[tuple[int, int]]] = {}
    own: dict[int, set[bytes]] = {}
    for profile, log in logs:
        own.setdefault(log, set()).add(person_of(profile) or profile)
    for fact in held:
        if fact.statement.kind == RECEIVED:
            came.setdefault(number(fact, "of_log"), set()).add((number(fact, "of_seq"), number(fact, "came")))
        elif fact.statement.kind == COLLECTED:
            profile, log, end = fact.header.profile, number(fact, "of_log"), number(fact, "of_seq")
            doubted = logs[profile, fact.statement.log].doubted and fact.statement.log not in fixed
            if doubted or (person_of(profile) or profile) in own.get(
                log, ()
            ):  # nobody is a witness for themselves
                continue
            collected.setdefault(log, set()).add((end, moment(fact, offsets).at))
    return came, collected


def _first(witnessed: Mapping[int, set[tuple[int, int]]], log: int, seq: int, later: Iterable[int]) -> int:
    """Give the first time at which a statement, or anything that its PC recorded after it, was seen."""
    times = [at for end, at in witnessed.get(log, ()) if end >= seq]
    times += [at for other in later for _, at in witnessed.get(other, ())]
    return min((one for one in times if one > 0), default=0)


def _later(profile: bytes, log: int, after: Mapping[tuple[bytes, int], set[int]]) -> set[int]:
    found: set[int] = set()
    waiting = [log]
    while waiting:
        new = after.get((profile, waiting.pop()), set()) - found - {log}
        found |= new
        waiting += new
    return found


def _earliest(fact: Fact, logs: Mapping[tuple[bytes, int], _Log]) -> int:
    """Give the latest time that was signed before: in its log with the seconds since, or in one before it.

    Nothing is counted back from what came later: while a PC sleeps its seconds may stand still.
    """
    profile, said = fact.header.profile, fact.statement
    own = logs[profile, said.log]
    times = [floor + said.at - at for seq, at, floor in own.floors if floor and at <= said.at]
    seen, log = {said.log}, own.previous
    while log and log not in seen and (profile, log) in logs:
        seen.add(log)
        times += [floor for _, _, floor in logs[profile, log].floors]
        log = logs[profile, log].previous
    return max(times, default=0)


def _speaks_against(fact: Fact, trace: Trace, own: _Log, followers: Iterable[_Log]) -> bool:
    """Whether the PC noted it, the next log contradicts it, or what others saw does."""
    back = any(
        one.wall + FAR < fact.wall
        for one in followers
        if all(floor <= one.wall + at + FAR for _, at, floor in one.floors)  # itself behind, it says nothing
    )
    cannot_be = fact.wall < BEGINNING or trace.earliest > fact.wall + FAR
    seen_before = trace.latest and trace.latest + FAR < fact.wall
    return own.doubted or back or cannot_be or bool(seen_before)


def decision_fields(
    person: bytes, learner: bytes, said: Decision, readers: Iterable[bytes]
) -> Mapping[str, Value]:
    """Return the fields with which a decision is told to one `person`, sealed to the `readers`.

    To its learner it is told as `DECIDED`, to anybody else as `SHOWN`.
    """
    fields: dict[str, Secret] = {
        "learner": learner,
        "of_log": said.of[0],
        "of_seq": said.of[1],
        "verdict": said.verdict,
        "reason": said.reason,
        "counter": said.counter,
    }
    return to_one(DECIDED if person == learner else SHOWN, person, fields, tuple(readers))


def decision_of(fields: Mapping[str, object], author: bytes, at: int, log: int, seq: int) -> Decision | None:
    """Read an opened decision; nothing where it is none, has no reason, or is of one's own work."""
    learner, reason = fields.get("learner"), fields.get("reason")
    of_log, of_seq = fields.get("of_log"), fields.get("of_seq")
    verdict, counter = fields.get("verdict"), fields.get("counter")
    if not (isinstance(learner, bytes) and isinstance(reason, str) and reason.strip()):
        return None
    if not (isinstance(of_log, int) and isinstance(of_seq, int)):
        return None
    if not (isinstance(verdict, int) and isinstance(counter, int)) or learner == author:
        return None
    if verdict not in {one.value for one in Verdict}:
        return None
    reason = reason[:REASON_LIMIT]
    return Decision(counter, log, seq, at, learner, (of_log, of_seq), verdict, reason, author)


def in_force(said: Iterable[Decision]) -> Mapping[tuple[bytes, int, int], Decision]:
    """Return the decision that holds, by learner, log and number; the greatest counter, log and number."""
    found: dict[tuple[bytes, int, int], Decision] = {}
    for one in said:
        key = one.learner, *one.of
        found[key] = max(one, found.get(key, one))
    return found
