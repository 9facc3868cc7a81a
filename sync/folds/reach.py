"""Where an erasure has come: who was erased, and which PCs have said that they let go of what they held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sync.folds.order import number, numbers, octets
from sync.journal.statement import Fact, Value

ERASED, DUE = "person.erased", "erasure.due"
CARRIED, HEARD = "erasure.carried", "erasure.heard"
KINDS_OF_REACH = (ERASED, DUE, CARRIED, HEARD)
PC_SIZE = 16


@dataclass(frozen=True, slots=True, order=True)
class Word:
    """What one PC has said: at Unix `at` by its clock; `own` when the person's profile went there too."""

    at: int
    own: bool


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A PC that is to say so: what it calls itself, and whether the person had a profile there."""

    name: str
    own: bool


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erased person, since Unix `at`: the PCs that are to confirm, and the word of each that did."""

    person: bytes
    at: int
    due: Mapping[bytes, Due]
    words: Mapping[bytes, Word]

    @property
    def waiting(self) -> tuple[bytes, ...]:
        """The PCs that are still to confirm; where the person sat, their profile has to be gone too."""
        return tuple(sorted(pc for pc, due in self.due.items() if not self._done(pc, due)))

    def _done(self, pc: bytes, due: Due) -> bool:
        word = self.words.get(pc)
        return word is not None and (word.own or not due.own)


def due_fields(person: bytes, due: Mapping[bytes, Due]) -> Mapping[str, Value]:
    """Return the fields with which the centre names the PCs that are to confirm an erasure."""
    pcs = sorted(due)
    return {
        "person": person,
        "pcs": b"".join(pcs),
        "names": tuple(due[pc].name for pc in pcs),
        "owned": tuple(int(due[pc].own) for pc in pcs),
    }


def erasures(facts: Iterable[Fact]) -> tuple[Erasure, ...]:
    """Add up facts that count, in any order and however often; the newest erasure first.

    A PC speaks for itself alone (`erasure.carried` is about the PC of its header); what the centre says it
    has heard (`erasure.heard`) counts alike. Of several words of one PC the first time and the most hold.
    """
    since: dict[bytes, int] = {}
    due: dict[bytes, dict[bytes, Due]] = {}
    words: dict[bytes, dict[bytes, Word]] = {}
    for fact in facts:
        person = octets(fact, "person")
        match fact.statement.kind:
            case "person.erased":
                since[person] = min(fact.wall, since.get(person, fact.wall))
            case "erasure.due":
                held = due.setdefault(person, {})
                for pc, one in _due(fact):
                    held[pc] = max(one, held.get(pc, one))
            case "erasure.carried":
                _hear(words, person, fact.header.pc, Word(fact.wall, bool(number(fact, "own"))))
            case "erasure.heard":
                _hear(
                    words, person, octets(fact, "pc"), Word(number(fact, "when"), bool(number(fact, "own")))
                )
    found = [Erasure(one, at, due.get(one, {}), words.get(one, {})) for one, at in since.items()]
    return tuple(sorted(found, key=lambda one: (-one.at, one.person)))


def _hear(words: dict[bytes, dict[bytes, Word]], person: bytes, pc: bytes, word: Word) -> None:
    held = words.setdefault(person, {})
    before = held.get(pc, word)
    held[pc] = Word(min(word.at, before.at), word.own or before.own)


def _due(fact: Fact) -> Iterator[tuple[bytes, Due]]:
    pcs, names, owned = octets(fact, "pcs"), _texts(fact, "names"), numbers(fact, "owned")
    for place, (name, own) in enumerate(zip(names, owned, strict=False)):
        pc = pcs[place * PC_SIZE : (place + 1) * PC_SIZE]
        if len(pc) == PC_SIZE:
            yield pc, Due(name, bool(own))


def _texts(fact: Fact, field: str) -> tuple[str, ...]:
    """Read a list of texts; anything else counts as none."""
    value = fact.statement.fields.get(field, ())
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, tuple) else ()
