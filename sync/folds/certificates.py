"""Certificates of one person: what the centre issued, and what it took back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sync.folds.order import text
from sync.journal.statement import Fact

ISSUED, REVOKED = "certificate.issued", "certificate.revoked"
KINDS = frozenset({ISSUED, REVOKED})


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate. `proof` is the signed text; `revoked` is None while it holds, else the reason."""

    number: str
    course: str
    version: str
    proof: str
    at: int
    revoked: str | None = None

    @property
    def holds(self) -> bool:
        """Whether it was not taken back."""
        return self.revoked is None


def certificates(facts: Iterable[Fact]) -> Mapping[str, Certificate]:
    """List certificates by number. Pass facts that count (`sync.journal.authority`), in any order.

    Who was recorded twice may have two for one course; both stand here, as the centre issued both. A number
    taken back stays taken back, whichever of the two words came first.
    """
    issued: dict[str, Certificate] = {}
    revoked: dict[str, str] = {}
    for fact in sorted(facts, key=lambda one: (one.identity, one.statement.digest)):
        number = text(fact, "number")
        if fact.statement.kind == ISSUED:
            made = Certificate(
                number, text(fact, "course"), text(fact, "version"), text(fact, "proof"), fact.wall
            )
            issued.setdefault(number, made)
        elif fact.statement.kind == REVOKED:
            revoked.setdefault(number, text(fact, "reason"))
    return {number: replace(one, revoked=revoked.get(number)) for number, one in sorted(issued.items())}


def by_course(found: Mapping[str, Certificate]) -> Mapping[str, Certificate]:
    """Pick one certificate a course: one that holds before one taken back, then the first issued."""
    best: dict[str, Certificate] = {}
    for one in found.values():
        held = best.get(one.course)
        if held is None or (not one.holds, one.at, one.number) < (not held.holds, held.at, held.number):
            best[one.course] = one
    return best
