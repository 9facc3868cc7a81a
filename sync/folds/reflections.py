"""What people say of a year's study in their own words, and which of it stands on a paper that was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.folds.order import number, octets
from sync.journal.statement import Fact

PUT, PRINTED = "reflection.put", "reflection.printed"
KINDS = (PUT, PRINTED)


@dataclass(frozen=True, slots=True)
class Reflection:
    """A year's reflection as it stands: sealed words, written at Unix `at`.

    `printed` is the Unix time at which a paper with just these words was first saved; None for none.
    """

    year: int
    counter: int
    digest: bytes
    sealed: bytes
    at: int
    printed: int | None = None


def reflections(facts: Iterable[Fact]) -> Mapping[int, Reflection]:
    """Return each year's reflection; the greatest (counter, log, seq, digest) wins, no clock decides.

    Pass one person's facts, in any order and however often. A paper is of one version alone: words that were
    put after it stand on none.
    """
    newest: dict[int, tuple[tuple[int, int, int, bytes], Fact]] = {}
    printed: dict[tuple[int, bytes], int] = {}
    for fact in facts:
        said, year = fact.statement, number(fact, "year")
        if said.kind == PUT:
            rank = (number(fact, "counter"), said.log, said.seq, said.digest)
            if year not in newest or rank > newest[year][0]:
                newest[year] = (rank, fact)
        elif said.kind == PRINTED:
            paper = (year, octets(fact, "of"))
            printed[paper] = min(fact.wall, printed.get(paper, fact.wall))
    return {
        year: Reflection(
            year, rank[0], rank[3], octets(fact, "sealed"), fact.wall, printed.get((year, rank[3]))
        )
        for year, (rank, fact) in sorted(newest.items())
    }
