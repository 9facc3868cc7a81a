"""Moves between offices as the centre tells both desks: who, since when, and whether they came or went."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sync.journal.statement import Fact

MOVED = "person.moved"


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who moved: `since` is Unix time, `other` the office they went to, or `came` from."""

    person: bytes
    name: str
    other: str
    since: int
    came: bool


def moved(facts: Iterable[Fact], opened: Callable[[Fact], Mapping[str, object]]) -> tuple[Moved, ...]:
    """Fold what the centre said of moves, the newest first; pass facts that count.

    `opened` gives what a fact holds for the desk, nothing where it does not open: then it is passed over.
    """
    found: dict[tuple[bytes, bytes], Moved] = {}
    for fact in sorted(facts, key=lambda one: (one.statement.log, one.statement.seq, one.statement.digest)):
        said = fact.statement.fields
        source, target, since = said.get("source"), said.get("target"), said.get("since")
        if fact.statement.kind != MOVED or not isinstance(source, bytes) or not isinstance(target, bytes):
            continue
        words = opened(fact)
        name, other = words.get("name"), words.get("office")
        if not isinstance(name, str) or not isinstance(other, str) or not isinstance(since, int):
            continue
        one = Moved(target, name, other, since, bool(said.get("came")))
        before = found.get((source, target))
        if before is None or before.since <= since:
            found[source, target] = one
    return tuple(sorted(found.values(), key=lambda one: (-one.since, one.name, one.person)))
