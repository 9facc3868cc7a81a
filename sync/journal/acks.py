"""What an end holds of a log: the contiguous prefix, which alone is acknowledged, and islands beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Ack(NamedTuple):
    """The centre holds every statement of `log` from 1 to `seq`."""

    log: int
    seq: int


@dataclass(frozen=True, slots=True)
class Held:
    """The numbers held of one log: 1 to `prefix`, and `islands` (first, last) above it, sorted and apart."""

    prefix: int = 0
    islands: tuple[tuple[int, int], ...] = ()

    def add(self, first: int, last: int) -> Held:
        """Return what is held after a run arrived; runs may overlap, repeat, and come in any order."""
        spans = sorted([*self.islands, (first, last)])
        prefix = self.prefix
        islands: list[tuple[int, int]] = []
        for low, high in spans:
            if low <= prefix + 1:
                prefix = max(prefix, high)
            elif islands and low <= islands[-1][1] + 1:
                islands[-1] = (islands[-1][0], max(islands[-1][1], high))
            else:
                islands.append((low, high))
        return Held(prefix, tuple(islands))

    def holds(self, first: int, last: int) -> bool:
        """Say whether nothing of a run is new."""
        return last <= self.prefix or any(low <= first and last <= high for low, high in self.islands)

    @property
    def top(self) -> int:
        """The highest number held, gaps below it or not."""
        return self.islands[-1][1] if self.islands else self.prefix

    def missing(self) -> tuple[tuple[int, int], ...]:
        """Return the gaps below the highest number held."""
        gaps: list[tuple[int, int]] = []
        before = self.prefix
        for low, high in self.islands:
            gaps.append((before + 1, low - 1))
            before = high
        return tuple(gaps)
