"""Training outside: what a person claims of it, and what the desk made of each claim."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from sync.folds.order import number, octets, text
from sync.folds.years import CALENDAR, Years
from sync.journal.passing import passed, to_one
from sync.journal.secret_fields import Secret
from sync.journal.statement import Fact, Value

CLAIMED, JUDGED = "training.claimed", "training.judged"
RECOGNISED, REJECTED = 1, 2
MOST = 1_000_000
"""Hundredths of JP beyond which no claim is written down, as in the table (`sync.jp_table`)."""


class TrainingState(Enum):
    """Where a claim stands; the value is stable."""

    WAITING = 0
    """Nobody has judged what the claim says now."""
    RECOGNISED = 1
    REJECTED = 2


class Claim(NamedTuple):
    """One version of a claim, in the order in which versions win: the counter, then log and number.

    `digest` is that of the statement: a judgement names it, so nothing else can be put in its place.
    """

    counter: int
    log: int
    seq: int
    digest: bytes
    id: str
    form: str
    title: str
    organiser: str
    day: int
    units: int
    jp: int
    abroad: bool
    table: int
    file: bytes
    profile: bytes


class Judgement(NamedTuple):
    """What a desk made of the claim with that digest; of several the greatest counts, as among claims."""

    counter: int
    log: int
    seq: int
    claim: bytes
    verdict: int
    jp: int
    table: int
    reason: str
    author: bytes


@dataclass(frozen=True, slots=True)
class Training:
    """A claim as it stands; `jp` is what was recognised, or what is claimed; `year` that of its last day."""

    claim: Claim
    state: TrainingState
    jp: int
    year: int
    table: int
    reason: str = ""

    @property
    def form(self) -> str:
        """The form of the table."""
        return self.claim.form

    @property
    def day(self) -> date:
        """The day on which it ended, where the person was."""
        return date.fromordinal(self.claim.day)


def claim_of(fact: Fact) -> Claim | None:
    """Read a claim; nothing where its day is none, since a fold never fails on what arrived."""
    day = number(fact, "day")
    if not date.min.toordinal() <= day <= date.max.toordinal():
        return None
    said = fact.statement
    return Claim(
        number(fact, "counter"),
        said.log,
        said.seq,
        said.digest,
        text(fact, "id"),
        text(fact, "form"),
        text(fact, "title"),
        text(fact, "organiser"),
        day,
        number(fact, "units"),
        min(max(number(fact, "jp"), 0), MOST),
        bool(number(fact, "abroad")),
        number(fact, "table"),
        octets(fact, "file"),
        fact.header.profile,
    )


def judged(
    person: bytes, claim: Claim, judgement: Judgement, readers: Iterable[bytes]
) -> Mapping[str, Value]:
    """Return the fields with which a desk states a judgement; `readers` are the centre's and its own keys."""
    fields: dict[str, Secret] = {
        "id": claim.id,
        "claim": claim.digest,
        "verdict": judgement.verdict,
        "jp": judgement.jp,
        "table": judgement.table,
        "reason": judgement.reason,
        "counter": judgement.counter,
    }
    return to_one(JUDGED, person, fields, tuple(readers))


def judgement_of(fields: Mapping[str, object], author: bytes, log: int, seq: int) -> Judgement | None:
    """Read an opened judgement; nothing where it is none."""
    claim, verdict, reason = fields.get("claim"), fields.get("verdict"), fields.get("reason", "")
    jp, table, counter = fields.get("jp", 0), fields.get("table", 0), fields.get("counter", 0)
    if not (isinstance(claim, bytes) and isinstance(reason, str) and verdict in {RECOGNISED, REJECTED}):
        return None
    if not (isinstance(jp, int) and isinstance(table, int) and isinstance(counter, int)):
        return None
    word = RECOGNISED if verdict == RECOGNISED else REJECTED
    return Judgement(counter, log, seq, claim, word, min(max(jp, 0), MOST), table, reason, author)


class TrainingFold:
    """Gathers one person's claims and judgements; order and repetition of adding change nothing."""

    __slots__ = ("claims", "judgements")

    def __init__(self) -> None:
        self.claims: set[Claim] = set()
        self.judgements: set[Judgement] = set()

    def add(self, fact: Fact) -> None:
        """Take in a claim, or a letter of the centre that brings a judgement; others are passed over.

        Pass facts that count: then only the centre can have passed a letter on, and it lets nobody judge
        their own.
        """
        if fact.statement.kind == CLAIMED:
            found = claim_of(fact)
            if found is not None:
                self.claims.add(found)
            return
        for letter in passed((fact,), JUDGED):
            self.judge(judgement_of(letter.fields, letter.author, letter.log, letter.seq))

    def judge(self, judgement: Judgement | None) -> None:
        """Take in a judgement that somebody entitled to has made of this person's claims."""
        if judgement is not None:
            self.judgements.add(judgement)

    def merge(self, other: "TrainingFold") -> None:
        """Take in all that another fold has gathered."""
        self.claims |= other.claims
        self.judgements |= other.judgements

    def claimed(self) -> tuple[Claim, ...]:
        """Return each claim as it was put last, by its id."""
        newest: dict[str, Claim] = {}
        for claim in self.claims:
            newest[claim.id] = max(claim, newest.get(claim.id, claim))
        return tuple(newest[key] for key in sorted(newest))

    def trainings(self, years: Years = CALENDAR) -> tuple[Training, ...]:
        """Return the claims as they stand, by day. One that was changed after a judgement waits again."""
        latest: dict[bytes, Judgement] = {}
        for one in self.judgements:
            latest[one.claim] = max(one, latest.get(one.claim, one))
        found = (_standing(claim, latest.get(claim.digest), years) for claim in self.claimed())
        return tuple(sorted(found, key=lambda one: (one.claim.day, one.claim.id)))


def _standing(claim: Claim, word: Judgement | None, years: Years) -> Training:
    year = years.of(date.fromordinal(claim.day))
    if word is None:
        return Training(claim, TrainingState.WAITING, claim.jp, year, claim.table)
    if word.verdict == REJECTED:
        return Training(claim, TrainingState.REJECTED, claim.jp, year, word.table, word.reason)
    return Training(claim, TrainingState.RECOGNISED, word.jp, year, word.table, word.reason)
