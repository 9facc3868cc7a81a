"""Jejak audit: what coordinators and the centre did with the data of others, and when, as one list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from sync.folds.corrections import ANSWERED
from sync.folds.deadlines import DECIDED
from sync.folds.losses import LOST
from sync.folds.order import number, octets, text
from sync.folds.reach import ERASED
from sync.folds.training import JUDGED
from sync.journal.aliases import MERGED, UNMERGED
from sync.journal.authority import Authority
from sync.journal.passing import PASSED, passed
from sync.journal.statement import Fact

VIEWED, TAKEN = "person.viewed", "data.taken"
TOLD, ENDED = "term.told", "term.ended"
_ID = 16


class Deed(Enum):
    """What was done; the value is the kind that says so."""

    VIEWED = VIEWED
    TAKEN = TAKEN
    RESET = "pin.reset"
    VOUCHED = "profile.vouched"
    MERGED = MERGED
    UNMERGED = UNMERGED
    CONTACTED = "follow.noted"
    JUDGED = JUDGED
    DECIDED = DECIDED
    ANSWERED = ANSWERED
    LOST = LOST
    ERASED = ERASED
    TOLD = TOLD
    ENDED = ENDED


class Taken(Enum):
    """What left the program with names in it; the value is stable in what is stated."""

    REPORT = "report"
    WORKBOOK = "workbook"
    TABLE = "table"
    COPIED_TABLE = "table.copied"
    FOLLOW = "follow"
    MESSAGE = "follow.copied"
    HANDOVER = "handover"
    """The paper of a hand-over names nobody but coordinators."""


KINDS_OF_TRAIL = (*(one.value for one in Deed), PASSED)
OF_TERMS = frozenset({Deed.TOLD, Deed.ENDED})
"""What a PC does by itself, by the retention schedule, whoever sits there."""
STALE = 60 * 86_400
"""Seconds after its day for which a word that something will be deleted is still shown."""
_OF_ALL = {one.value for one in Taken} - {Taken.HANDOVER.value}


@dataclass(frozen=True, slots=True)
class Step:
    """One deed at Unix `at`, stated under (log, seq), by a person, empty where unknown, or by the centre.

    `people` are whom it is about as far as it names them. What was taken out (`what`) says only how many
    (`count`), so it may be about anybody of the office. What a PC deleted at the end of its term, or has told
    that it will from Unix `until` on, names that PC (`computer`) and nobody.
    """

    at: int
    log: int
    seq: int
    deed: Deed
    by: bytes
    people: tuple[bytes, ...] = ()
    what: str = ""
    count: int = 0
    centre: bool = False
    computer: str = ""
    until: int = 0

    def concerns(self, person: bytes) -> bool:
        """Whether somebody may have been among those it is about."""
        return person in self.people or (self.deed is Deed.TAKEN and self.what in _OF_ALL)


def trail(facts: Iterable[Fact], known: Authority, me: bytes = b"") -> tuple[Step, ...]:
    """Add up what counts, in any order and however often; the newest first.

    What the centre passed on to one person is about `me`, and is the same deed as the statement behind it. A
    deed about a profile is about the person who is known, or says, to own it.
    """
    held = tuple(fact for fact in facts if known.counts(fact))
    found: dict[tuple[int, int, Deed], Step] = {}
    for step in (*_stated(held, known), *_passed(held, known, me)):
        place = step.log, step.seq, step.deed
        found[place] = max(step, found.get(place, step), key=_fullest)
    return tuple(sorted(found.values(), key=lambda one: (-one.at, one.log, -one.seq, one.deed.value)))


def upcoming(steps: Iterable[Step], now: int) -> tuple[Step, ...]:
    """Tell what PCs will delete, or cannot, by their own word: how many are left, the earliest day first.

    Counted, not compared by time: their clocks may be wrong. A word is as good as gone a while after its day:
    its owner was there, and nothing was ended. `now`: Unix.
    """
    told: dict[tuple[str, str], Step] = {}
    left: Counter[tuple[str, str]] = Counter()
    for step in {(one.log, one.seq, one.deed): one for one in steps}.values():
        place = step.computer, step.what
        if step.deed is Deed.TOLD:
            told[place] = max(step, told.get(place, step), key=_latest)
            left[place] += step.count
        elif step.deed is Deed.ENDED:
            left[place] -= step.count
    coming = (
        replace(one, count=left[place])
        for place, one in told.items()
        if left[place] > 0 and now - STALE < _day(one)
    )
    return tuple(sorted(coming, key=lambda one: (_day(one), one.computer, one.what)))


def _latest(step: Step) -> tuple[int, int, int, int]:
    return step.at, step.log, step.seq, step.until


def _day(step: Step) -> int:
    return step.until or step.at


def _fullest(step: Step) -> tuple[bool, tuple[bytes, ...], int, str, int, str, int]:
    return bool(step.by), step.people, step.at, step.what, step.count, step.computer, step.until


def _passed(facts: tuple[Fact, ...], known: Authority, me: bytes) -> Iterator[Step]:
    for one in passed(facts, VIEWED, JUDGED, ANSWERED, DECIDED):
        yield Step(one.at, one.log, one.seq, Deed(one.kind), known.aliases.of(one.author), (me,))


def _stated(facts: tuple[Fact, ...], known: Authority) -> Iterator[Step]:
    for fact in facts:
        said = fact.statement
        if said.kind == PASSED:
            continue
        by = known.author_of(fact) or b""
        deed, people = Deed(said.kind), tuple(known.aliases.of(one) for one in _people(fact, known))
        what, centre = text(fact, "what"), fact.signer in known.roots.centre
        count = number(fact, "items" if deed in OF_TERMS else "people")
        computer, until = text(fact, "computer"), number(fact, "until")
        yield Step(fact.wall, said.log, said.seq, deed, by, people, what, count, centre, computer, until)


def _people(fact: Fact, known: Authority) -> tuple[bytes, ...]:
    match fact.statement.kind:
        case "pin.reset":
            owner = _owner(octets(fact, "profile"), known)
            return (owner,) if owner else ()
        case "person.merged" | "person.unmerged":
            return (octets(fact, "target"),)
        case "stick.lost":
            listed = octets(fact, "people")
            ends = range(_ID, len(listed) + 1, _ID)
            return tuple(listed[end - _ID : end] for end in ends)
    person = octets(fact, "person")
    return (person,) if person else ()


def _owner(profile: bytes, known: Authority) -> bytes:
    """Whose profile it is, or whose it claims to be while nobody vouched for it."""
    claims = (one.person for one in known.waiting.values() if one.profile == profile)
    return known.person_of(profile) or next(claims, b"")
