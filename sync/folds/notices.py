"""Which versions of the privacy notice somebody has read, and when each for the first time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sync.folds.order import number
from sync.journal.statement import Fact

READ = "notice.read"


@dataclass(frozen=True, slots=True)
class Reading:
    """Version `version` was read at Unix `at`, by the clock of the PC where that was."""

    version: int
    at: int


def readings(facts: Iterable[Fact]) -> tuple[Reading, ...]:
    """Add up one person's facts, in any order and however often; the newest version first.

    Of several readings of one version the earliest holds. What names no version from 1 up says nothing.
    """
    first: dict[int, int] = {}
    for fact in facts:
        version = number(fact, "version")
        if fact.statement.kind == READ and version > 0:
            first[version] = min(fact.wall, first.get(version, fact.wall))
    return tuple(Reading(version, first[version]) for version in sorted(first, reverse=True))
