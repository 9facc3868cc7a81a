"""Certificates of one person: what the centre issued and took back, and the officials' signed files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sync.folds.order import number as number_of
from sync.folds.order import octets, text
from sync.journal.statement import Fact

ISSUED, REVOKED = "certificate.issued", "certificate.revoked"
SIGNED, PART = "certificate.signed", "certificate.part"
KINDS = frozenset({ISSUED, REVOKED, SIGNED})


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate. `proof` is the signed text; `revoked` is None while it holds, else the reason.

    `file` is the SHA-256 of the PDF that the official signed, empty before there is one, and `size` its
    bytes; they come in parts of the kind PART.
    """

    number: str
    course: str
    version: str
    proof: str
    at: int
    revoked: str | None = None
    file: bytes = b""
    size: int = 0

    @property
    def holds(self) -> bool:
        """Whether it was not taken back."""
        return self.revoked is None


def certificates(facts: Iterable[Fact]) -> Mapping[str, Certificate]:
    """List certificates by number. Pass facts that count (`sync.journal.authority`), in any order.

    Who was recorded twice may have two for one course; both stand here, as the centre issued both. A number
    taken back stays taken back, whichever of the two words came first. Of several files the one put last
    counts.
    """
    issued: dict[str, Certificate] = {}
    revoked: dict[str, str] = {}
    signed: dict[str, tuple[tuple[int, int, int], bytes, int]] = {}
    for fact in sorted(facts, key=lambda one: (one.identity, one.statement.digest)):
        number = text(fact, "number")
        if fact.statement.kind == ISSUED:
            made = Certificate(
                number, text(fact, "course"), text(fact, "version"), text(fact, "proof"), fact.wall
            )
            issued.setdefault(number, made)
        elif fact.statement.kind == REVOKED:
            revoked.setdefault(number, text(fact, "reason"))
        elif fact.statement.kind == SIGNED:
            put = (number_of(fact, "counter"), *fact.identity), octets(fact, "file"), number_of(fact, "size")
            signed[number] = max(put, signed.get(number, put))
    none = (0, 0, 0), b"", 0
    return {
        number: replace(one, revoked=revoked.get(number), file=file, size=size)
        for number, one in sorted(issued.items())
        for _, file, size in (signed.get(number, none),)
    }


def by_course(found: Mapping[str, Certificate]) -> Mapping[str, Certificate]:
    """Pick one certificate a course: one that holds before one taken back, then the first issued."""
    best: dict[str, Certificate] = {}
    for one in found.values():
        held = best.get(one.course)
        if held is None or (not one.holds, one.at, one.number) < (not held.holds, held.at, held.number):
            best[one.course] = one
    return best
