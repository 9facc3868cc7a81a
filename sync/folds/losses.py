"""Lost sticks: what coordinators have reported, and until when each is to be reported further."""

from collections.abc import Iterable
from dataclasses import dataclass

from sync.folds.order import number, octets, text
from sync.journal.statement import Fact

CLOCK = 3 * 86_400
"""Seconds within which a loss is reported further, if anybody could read anything (people.md, C10)."""
LOST = "stick.lost"
_ID = 16


@dataclass(frozen=True, slots=True)
class Loss:
    """A stick that was reported lost at Unix time `at`, last seen at `seen` (0: nobody knows).

    `pcs` and `people` are ids of what may have been on it, all of it sealed, never fewer than the truth;
    `about` is what the coordinator wrote. `log` and `seq` say which statement it is.
    """

    at: int
    seen: int
    pcs: tuple[bytes, ...]
    people: tuple[bytes, ...]
    about: str
    log: int
    seq: int

    @property
    def until(self) -> int:
        """When the three days end."""
        return self.at + CLOCK


def losses(facts: Iterable[Fact]) -> tuple[Loss, ...]:
    """List the losses among facts that count, the oldest first; each once, however often it came."""
    found: dict[tuple[int, int, bytes], Loss] = {}
    for fact in facts:
        one = fact.statement
        if one.kind != LOST:
            continue
        found[one.log, one.seq, one.digest] = Loss(
            number(fact, "at"),
            number(fact, "seen"),
            _ids(octets(fact, "pcs")),
            _ids(octets(fact, "people")),
            text(fact, "about"),
            one.log,
            one.seq,
        )
    return tuple(sorted(found.values(), key=lambda loss: (loss.at, loss.log, loss.seq)))


def _ids(joined: bytes) -> tuple[bytes, ...]:
    """Cut ids apart; what is left over at the end is none."""
    return tuple(joined[at : at + _ID] for at in range(0, len(joined) - _ID + 1, _ID))
