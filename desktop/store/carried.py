"""Pieces that a coordinator's PC carries for others: collected for the centre, and answers that go home."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.store.device import Store


@dataclass(frozen=True, slots=True)
class CarriedPiece:
    """A sealed piece of PC `pc`, named by its digest: when it was written and merged (Unix; 0 = not)."""

    digest: bytes
    pc: bytes
    at: int
    merged: int
    piece: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class HomewardPiece:
    """A sealed answer that waits to be delivered to PC `pc`, named by its digest; `at` is when it came."""

    pc: bytes
    digest: bytes
    at: int
    piece: bytes = field(repr=False)


class Carried:
    """What must still come to the centre. A piece goes only when the centre lists it as stored."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def put(self, pieces: Iterable[CarriedPiece]) -> None:
        """Keep pieces; one that is here already changes nothing, but that it was merged meanwhile."""
        rows = [(one.digest, one.pc, one.at, one.merged, one.piece) for one in pieces]
        self._store.change(
            lambda run: [
                run(
                    "INSERT INTO carried (digest, pc, at, merged, piece) VALUES (?, ?, ?, ?, ?)"
                    " ON CONFLICT (digest) DO UPDATE SET merged = max(merged, excluded.merged)",
                    row,
                )
                for row in rows
            ]
        )

    def list(self) -> tuple[CarriedPiece, ...]:
        """List the pieces in the order in which they were written: a PC introduces its people first."""
        rows = self._store.device.query(
            "SELECT digest, pc, at, merged, piece FROM carried ORDER BY at, rowid"
        )
        return tuple(
            CarriedPiece(bytes(row[0]), bytes(row[1]), row[2], row[3], bytes(row[4])) for row in rows
        )

    def merge(self, digests: Iterable[bytes], at: int) -> None:
        """Note that pieces were merged at Unix time `at`."""
        rows = [(at, digest) for digest in digests]
        self._store.change(
            lambda run: [run("UPDATE carried SET merged = ? WHERE digest = ?", row) for row in rows]
        )

    def drop(self, digests: Iterable[bytes]) -> None:
        """Let pieces go that the centre has listed as stored."""
        rows = [(digest,) for digest in digests]
        self._store.change(lambda run: [run("DELETE FROM carried WHERE digest = ?", row) for row in rows])


class Homeward:
    """What waits to be brought to other PCs of the office."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def put(self, pieces: Iterable[HomewardPiece]) -> None:
        """Keep answers; one that is here already changes nothing."""
        rows = [(one.pc, one.digest, one.at, one.piece) for one in pieces]
        self._store.change(
            lambda run: [
                run("INSERT OR IGNORE INTO homeward (pc, digest, at, piece) VALUES (?, ?, ?, ?)", row)
                for row in rows
            ]
        )

    def for_pc(self, pc: bytes) -> tuple[HomewardPiece, ...]:
        """List what waits for one PC, in the order in which it came."""
        rows = self._store.device.query(
            "SELECT pc, digest, at, piece FROM homeward WHERE pc = ? ORDER BY rowid", (pc,)
        )
        return tuple(HomewardPiece(bytes(row[0]), bytes(row[1]), row[2], bytes(row[3])) for row in rows)

    def pcs(self) -> tuple[bytes, ...]:
        """List the PCs for which anything waits."""
        rows = self._store.device.query("SELECT DISTINCT pc FROM homeward ORDER BY pc")
        return tuple(bytes(row[0]) for row in rows)

    def drop(self, pc: bytes, digests: Iterable[bytes]) -> None:
        """Let answers go that the PC is known to have."""
        rows = [(pc, digest) for digest in digests]
        self._store.change(
            lambda run: [run("DELETE FROM homeward WHERE pc = ? AND digest = ?", row) for row in rows]
        )
