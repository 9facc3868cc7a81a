"""Corrections of one's own data: what a person asks to be put right, and what the desk answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from sync.folds.order import number, text
from sync.journal.passing import to_one
from sync.journal.secret_fields import Secret
from sync.journal.statement import Fact, Value

ASKED, ANSWERED = "correction.asked", "correction.answered"
WORDS_LIMIT = 300
"""Letters of what is wrong, of what it should be, and of a reason."""


class Topic(Enum):
    """What is wrong; the value is stable in what is stated."""

    NAME = "name"
    NIP = "nip"
    BIRTH = "birth"
    UNIT = "unit"
    OTHER = "other"

    @property
    def in_roster(self) -> bool:
        """Whether the office file holds it, so that a new version of the file puts it right."""
        return self is not Topic.OTHER


class CorrectionState(Enum):
    """How a request stands; the value is stable in what is stated, 0 is never stated."""

    WAITING = 0
    DONE = 1
    DECLINED = 2


class Answer(NamedTuple):
    """What a desk answered to the request with that digest; of several the greatest counts.

    `version` is that of the office file in which it was put right. `author` is the person who answered.
    """

    counter: int
    at: int
    log: int
    seq: int
    request: bytes
    verdict: int
    version: int
    reason: str
    author: bytes


@dataclass(frozen=True, slots=True)
class Correction:
    """A request, asked at Unix `at`: `wrong` is what stands there now, `right` what it should be.

    `digest` is that of the statement: an answer names it. `basis` is the version of the office file that the
    person's PC knew. `version` and `reason` are those of the answer, given at Unix `answered`.
    """

    digest: bytes
    log: int
    seq: int
    at: int
    topic: Topic
    wrong: str
    right: str
    basis: int
    state: CorrectionState = CorrectionState.WAITING
    reason: str = ""
    version: int = 0
    answered: int = 0


def answer_fields(
    person: bytes, request: bytes, answer: Answer, readers: Iterable[bytes]
) -> Mapping[str, Value]:
    """Return the fields with which a desk states an answer; `readers` are the centre's and its own keys."""
    fields: dict[str, Secret] = {
        "request": request,
        "verdict": answer.verdict,
        "version": answer.version,
        "reason": answer.reason,
        "counter": answer.counter,
    }
    return to_one(ANSWERED, person, fields, tuple(readers))


def answer_of(fields: Mapping[str, object], author: bytes, at: int, log: int, seq: int) -> Answer | None:
    """Read an opened answer; nothing where it is none."""
    request, verdict, reason = fields.get("request"), fields.get("verdict"), fields.get("reason", "")
    version, counter = fields.get("version", 0), fields.get("counter", 0)
    if not (isinstance(request, bytes) and isinstance(reason, str)):
        return None
    if not (isinstance(verdict, int) and isinstance(version, int) and isinstance(counter, int)):
        return None
    if verdict not in {CorrectionState.DONE.value, CorrectionState.DECLINED.value}:
        return None
    return Answer(counter, at, log, seq, request, verdict, version, reason, author)


def corrections(facts: Iterable[Fact], answers: Iterable[Answer]) -> tuple[Correction, ...]:
    """Add up one person's requests, opened, in any order and however often; the newest first.

    Pass facts that count, and answers of whoever may answer this person. One that does not open, or asks for
    nothing, is none.
    """
    latest: dict[bytes, Answer] = {}
    for one in answers:
        latest[one.request] = max(one, latest.get(one.request, one))
    found = {}
    for fact in facts:
        asked = _asked(fact)
        if asked is not None:
            found[asked.digest] = _standing(asked, latest.get(asked.digest))
    return tuple(sorted(found.values(), key=lambda one: (-one.at, -one.seq, one.log, one.digest)))


def _asked(fact: Fact) -> Correction | None:
    said = fact.statement
    if said.kind != ASKED or not text(fact, "right"):
        return None
    try:
        topic = Topic(text(fact, "topic"))
    except ValueError:
        topic = Topic.OTHER  # of a newer program: what it says is still to be read
    wrong, right = text(fact, "wrong")[:WORDS_LIMIT], text(fact, "right")[:WORDS_LIMIT]
    basis = number(fact, "basis")
    return Correction(said.digest, said.log, said.seq, fact.wall, topic, wrong, right, basis)


def _standing(asked: Correction, word: Answer | None) -> Correction:
    if word is None:
        return asked
    return replace(
        asked,
        state=CorrectionState(word.verdict),
        reason=word.reason[:WORDS_LIMIT],
        version=word.version,
        answered=word.at,
    )
