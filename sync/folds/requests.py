"""What people ask about their own data, and what the centre decided: deletion, taken back, or declined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from sync.folds.order import number, text
from sync.journal.statement import Fact

DELETION, WITHDRAWN, DECLINED = "deletion.asked", "deletion.withdrawn", "deletion.answered"
REASON_LIMIT = 500
"""Letters of a reason."""


class State(Enum):
    """How a request stands; one that is granted ends with the data, and with itself."""

    WAITING = "Nobody has decided yet."
    DECLINED = "It was declined, with a reason."
    WITHDRAWN = "Whoever asked took it back."


@dataclass(frozen=True, slots=True)
class Request:
    """A request under (log, seq), asked at Unix `at`; `answer` is why it was declined."""

    log: int
    seq: int
    at: int
    reason: str
    state: State = State.WAITING
    answer: str = ""


def requests(facts: Iterable[Fact]) -> tuple[Request, ...]:
    """Add up one person's requests, opened, in any order and however often; the newest first.

    Pass facts that count: only the centre can have answered. One that does not open is told without words.
    Of several answers the latest holds; an answer stands also where the request was taken back after it.
    """
    back: set[tuple[int, int]] = set()
    asked: dict[tuple[int, int], Request] = {}
    answered: dict[tuple[int, int], tuple[int, int, int, str]] = {}
    for fact in facts:
        said, of = fact.statement, (number(fact, "of_log"), number(fact, "of_seq"))
        if said.kind == DELETION:
            asked[said.log, said.seq] = Request(said.log, said.seq, fact.wall, text(fact, "reason"))
        elif said.kind == WITHDRAWN:
            back.add(of)
        elif said.kind == DECLINED:
            word = (fact.wall, said.log, said.seq, text(fact, "reason"))
            answered[of] = max(word, answered.get(of, word))
    found = []
    for place, one in asked.items():
        if place in answered:
            found.append(replace(one, state=State.DECLINED, answer=answered[place][-1]))
        else:
            found.append(replace(one, state=State.WITHDRAWN) if place in back else one)
    return tuple(sorted(found, key=lambda one: (-one.at, -one.seq, one.log)))
