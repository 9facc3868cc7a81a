"""The desk's round: which PCs of the office were visited, and what was done for each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.store.device import Store


@dataclass(frozen=True, slots=True)
class Visit:
    """How far the round is with one PC: Unix seconds of the last time of each step, 0 = never."""

    pc: bytes
    name: str
    collected: int = 0
    merged: int = 0
    delivered: int = 0


class Visits:
    """All PCs of the round, each with its last visit."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def put(self, visit: Visit) -> None:
        """Note steps of a visit; a time only ever rises, an empty name leaves the one that is known."""
        row = (visit.pc, visit.name, visit.collected, visit.merged, visit.delivered)
        self._store.change(
            lambda run: run(
                "INSERT INTO visit (pc, name, collected, merged, delivered) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (pc) DO UPDATE SET name = iif(excluded.name = '', name, excluded.name),"
                " collected = max(collected, excluded.collected), merged = max(merged, excluded.merged),"
                " delivered = max(delivered, excluded.delivered)",
                row,
            )
        )

    def all(self) -> tuple[Visit, ...]:
        """List the visits by the names of the PCs."""
        rows = self._store.device.query(
            "SELECT pc, name, collected, merged, delivered FROM visit ORDER BY name, pc"
        )
        return tuple(Visit(bytes(row[0]), *row[1:]) for row in rows)
