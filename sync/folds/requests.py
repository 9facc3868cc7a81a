"""What people ask about their own data, and what the desk (a correction) or the centre (deletion) decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from sync.journal.passing import passed, to_one
from sync.journal.secret_fields import Secret
from sync.journal.statement import Fact, Value

CORRECTION, CORRECTED = "correction.asked", "correction.answered"
DELETION, WITHDRAWN, DECLINED = "deletion.asked", "deletion.withdrawn", "deletion.answered"
VALUE_LIMIT, REASON_LIMIT = 200, 500
"""Letters of a right value, and of a reason."""


class State(Enum):
    """How a request stands."""

    WAITING = "Nobody has decided yet."
    TAKEN = "It was decided as asked."
    DECLINED = "It was declined, with a reason."
    WITHDRAWN = "Whoever asked took it back."


@dataclass(frozen=True, slots=True, order=True)
class Answer:
    """What was decided about the request (log, seq): at Unix `at`, under the place (by_log, by_seq)."""

    at: int
    by_log: int
    by_seq: int
    log: int
    seq: int
    taken: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Request:
    """A request under (log, seq), asked at Unix `at`. `field` and `value` are empty for a deletion."""

    log: int
    seq: int
    at: int
    field: str
    value: str
    reason: str
    state: State = State.WAITING
    answer: str = ""
    answered: int = 0


def answer_fields(
    person: bytes, request: Request, readers: Iterable[bytes], *, taken: bool, reason: str
) -> Mapping[str, Value]:
    """Return the fields with which a desk answers; `readers` are the centre's and its own keys."""
    said: dict[str, Secret] = {
        "of_log": request.log,
        "of_seq": request.seq,
        "taken": int(taken),
        "reason": reason,
    }
    return to_one(CORRECTED, person, said, tuple(readers))


def answer_of(fields: Mapping[str, object], at: int, log: int, seq: int) -> Answer | None:
    """Read an opened answer; nothing where it is none."""
    of_log, of_seq, taken = fields.get("of_log"), fields.get("of_seq"), fields.get("taken", 0)
    reason = fields.get("reason", "")
    if not (isinstance(of_log, int) and isinstance(of_seq, int)):
        return None
    if not (isinstance(taken, int) and isinstance(reason, str)):
        return None
    return Answer(at, log, seq, of_log, of_seq, bool(taken), reason)


def answers(facts: Iterable[Fact]) -> tuple[Answer, ...]:
    """Gather what the centre has passed on of the desk's answers, and what it has said itself."""
    held = tuple(facts)
    found = [answer_of(one.fields, one.at, one.log, one.seq) for one in passed(held, CORRECTED)]
    found += [
        answer_of(fact.statement.fields, fact.wall, fact.statement.log, fact.statement.seq)
        for fact in held
        if fact.statement.kind == DECLINED
    ]
    return tuple(one for one in found if one is not None)


def requests(facts: Iterable[Fact], given: Iterable[Answer], kind: str) -> tuple[Request, ...]:
    """Add up one person's requests of a kind, opened, in any order and however often; the newest first.

    One that does not open is told without its words. Of several answers the latest holds, whoever's clock it
    was; an answer stands also where the request was taken back after it.
    """
    taken_back: set[tuple[int, int]] = set()
    asked: dict[tuple[int, int], Request] = {}
    for fact in facts:
        said = fact.statement
        if said.kind == WITHDRAWN:
            log, seq = said.fields.get("of_log"), said.fields.get("of_seq")
            if isinstance(log, int) and isinstance(seq, int):
                taken_back.add((log, seq))
        elif said.kind == kind:
            words = [said.fields.get(name) for name in ("field", "value", "reason")]
            field, value, reason = (word if isinstance(word, str) else "" for word in words)
            asked[said.log, said.seq] = Request(said.log, said.seq, fact.wall, field, value, reason)
    latest: dict[tuple[int, int], Answer] = {}
    for one in given:
        place = one.log, one.seq
        latest[place] = max(one, latest.get(place, one))
    found = [_standing(one, latest.get(place), place in taken_back) for place, one in asked.items()]
    return tuple(sorted(found, key=lambda one: (-one.at, one.log, one.seq)))


def _standing(one: Request, answer: Answer | None, gone: bool) -> Request:  # noqa: FBT001 - one caller
    if answer is not None:
        state = State.TAKEN if answer.taken else State.DECLINED
        return Request(
            one.log, one.seq, one.at, one.field, one.value, one.reason, state, answer.reason, answer.at
        )
    state = State.WITHDRAWN if gone else State.WAITING
    return Request(one.log, one.seq, one.at, one.field, one.value, one.reason, state)
