"""Which UUIDs are one person: a map made from merges and unmerges, applied before every fold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.journal.statement import Fact

MERGED, UNMERGED = "person.merged", "person.unmerged"


@dataclass(frozen=True, slots=True)
class Aliases:
    """Every merged UUID with the UUID that stands for it; others stand for themselves."""

    targets: Mapping[bytes, bytes]

    def of(self, person: bytes) -> bytes:
        """Return the UUID under which a person's work adds up."""
        return self.targets.get(person, person)


def aliases(facts: Iterable[Fact]) -> Aliases:
    """Return the map from merges and unmerges that count (the caller leaves out proposals).

    Per source the greatest (counter, log, seq) holds, as with every PUT; chains are followed to their
    end, and of a circle the smallest UUID stands for all. No order of arrival and no clock decides.
    """
    latest: dict[bytes, tuple[tuple[int, int, int], bytes, Fact]] = {}
    for fact in facts:
        if fact.statement.kind not in {MERGED, UNMERGED}:
            continue
        fields = fact.statement.fields
        source, target, counter = fields.get("source"), fields.get("target"), fields.get("counter")
        if not (isinstance(source, bytes) and isinstance(target, bytes) and isinstance(counter, int)):
            continue
        # A branch has one place and two versions: its digest decides, so both ends decide the same.
        rank = (counter, *fact.identity)
        digest = fact.statement.digest
        held = latest.get(source)
        if held is None or (rank, digest) > held[:2]:
            latest[source] = (rank, digest, fact)
    direct: dict[bytes, bytes] = {}
    for source, (_, _, fact) in latest.items():
        target = fact.statement.fields["target"]
        if fact.statement.kind == MERGED and isinstance(target, bytes) and target != source:
            direct[source] = target
    ends = {source: _end(source, direct) for source in direct}
    return Aliases({source: end for source, end in ends.items() if source != end})


def _end(person: bytes, direct: Mapping[bytes, bytes]) -> bytes:
    """Follow merges to the last UUID; in a circle that is its smallest."""
    path = [person]
    places = {person: 0}
    while path[-1] in direct:
        following = direct[path[-1]]
        if following in places:
            return min(path[places[following] :])
        places[following] = len(path)
        path.append(following)
    return path[-1]
