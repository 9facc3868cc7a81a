"""Which logs of a person have not come whole: gathered from the facts that a row is folded of."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from sync.folds.gaps import Gap, LogSeen, gaps, held_of
from sync.journal.authority import revocations
from sync.journal.segment import peek_segment
from sync.journal.statement import Fact, LogHeader
from sync.server.effects import facts_of
from sync.server.stored import original, originals
from sync.server.tables import EVERYBODYS, segment

REVOKED = "key.revoked"
Revoked = Mapping[bytes, Mapping[int, int]]


class Arrived:
    """The numbers that came of each log of a person, those that nobody here can read among them."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[LogHeader, bytes], list[int]] = {}
        self._keyed: set[tuple[int, bytes]] = set()

    def add(self, fact: Fact) -> None:
        """Note that a fact by a vouched key came."""
        self._numbers.setdefault((fact.header, fact.signer), []).append(fact.statement.seq)
        if fact.statement.kind == "profile.keyed":
            self._keyed.add((fact.statement.log, fact.signer))

    def gaps(self, revoked: Callable[[], Revoked], offsets: Mapping[int, int]) -> tuple[Gap, ...]:
        """Tell what has not come; who was revoked is only asked where anything is missing."""
        seen = [
            LogSeen(header, signer, held_of(numbers), keyed=(header.log, signer) in self._keyed)
            for (header, signer), numbers in self._numbers.items()
        ]
        found = gaps(seen)
        return gaps(seen, revoked(), offsets) if found else ()


def revoked_in(connection: Connection, office: int) -> Revoked:
    """Read what of revoked keys still counts, by what an office was told: only the centre may state it."""
    told = (segment.c.office == office) & EVERYBODYS
    facts: list[Fact] = []
    for row in connection.execute(originals().where(told)):
        data = original(row)
        if REVOKED in peek_segment(data).kinds:
            facts += facts_of(data, {REVOKED})
    return revocations(facts, frozenset())
