"""The shelf's index in device.db: which packs are installed, and which objects are surely here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from desktop.store.device import Store


@dataclass(frozen=True, slots=True)
class PackRow:
    """One installed version. `installed` is Unix time; `withdrawn` why it is closed, "" while open.

    `signer_key` is the key that signed it and, behind blanks, those of the agencies that named it.
    """

    id: str
    version: int
    digest: str
    signer: str
    signer_title: str
    signer_key: str
    manifest: bytes
    installed: int
    active: bool = True
    withdrawn: str = ""


class ShelfIndex(Protocol):
    """What the library needs remembered."""

    def packs(self) -> tuple[PackRow, ...]:
        """List every version kept, the active one of each pack among them."""

    def pack(self, pack: str, version: int | None = None) -> PackRow | None:
        """Give one version, or the active one."""

    def present(self) -> frozenset[str]:
        """Return the digests of the objects that are surely on the disk."""

    def ratchet(self, pack: str, key: str) -> int:
        """Return the greatest version of a pack that this key has ever had installed here, 0 for none."""

    def activate(self, row: PackRow, objects: Iterable[tuple[str, int]]) -> None:
        """Make a version the active one: objects (digest, size), row and ratchet in one transaction."""

    def forget(self, pack: str, version: int) -> None:
        """Drop a version and the rows of objects that no other version needs."""

    def withdraw(self, pack: str, version: int, why: str) -> None:
        """Mark a version as closed by the trust list, or open it again with ""."""


_COLUMNS = "id, version, digest, signer, signer_title, signer_key, manifest, installed, active, withdrawn"


class DeviceIndex:
    """The index in device.db, through the store's own door."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def packs(self) -> tuple[PackRow, ...]:
        """List every version kept, newest installation first."""
        return self._rows("1 ORDER BY installed DESC, id, version DESC")

    def pack(self, pack: str, version: int | None = None) -> PackRow | None:
        """Give one version, or the active one."""
        if version is None:
            return next(iter(self._rows("id = ? AND active = 1", pack)), None)
        return next(iter(self._rows("id = ? AND version = ?", pack, version)), None)

    def _rows(self, which: str, *values: str | int) -> tuple[PackRow, ...]:
        sql = f"SELECT {_COLUMNS} FROM pack WHERE {which}"  # noqa: S608 - both parts stand in this file
        return tuple(_row(row) for row in self._store.device.query(sql, values))

    def present(self) -> frozenset[str]:
        """Return the digests of all objects that are surely on the disk."""
        return frozenset(row[0] for row in self._store.device.query("SELECT digest FROM object"))

    def ratchet(self, pack: str, key: str) -> int:
        """Return the greatest version of a pack that this key has ever had installed here."""
        rows = self._store.device.query("SELECT version FROM ratchet WHERE pack = ? AND key = ?", (pack, key))
        return int(rows[0][0]) if rows else 0

    def activate(self, row: PackRow, objects: Iterable[tuple[str, int]]) -> None:
        """Make a version the active one, in one transaction: the moment at which an installation is true."""
        held = sorted(set(objects))

        def work(run: Any) -> None:
            run("UPDATE pack SET active = 0 WHERE id = ?", (row.id,))
            run("DELETE FROM pack WHERE id = ? AND version = ?", (row.id, row.version))
            run("DELETE FROM pack_object WHERE pack = ? AND version = ?", (row.id, row.version))
            run(f"INSERT INTO pack ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, '')", _values(row))  # noqa: S608
            for digest, size in held:
                run("INSERT OR IGNORE INTO object VALUES (?, ?)", (digest, size))
                run("INSERT OR IGNORE INTO pack_object VALUES (?, ?, ?)", (row.id, row.version, digest))
            run(
                "INSERT INTO ratchet VALUES (?, ?, ?) ON CONFLICT (pack, key) DO UPDATE SET version = ?",
                (row.id, row.signer_key.partition(" ")[0], row.version, row.version),
            )

        self._store.change(work)

    def forget(self, pack: str, version: int) -> None:
        """Drop a version and the rows of objects that no other version needs; the ratchet stays."""

        def work(run: Any) -> None:
            run("DELETE FROM pack WHERE id = ? AND version = ?", (pack, version))
            run("DELETE FROM pack_object WHERE pack = ? AND version = ?", (pack, version))
            run("DELETE FROM object WHERE digest NOT IN (SELECT digest FROM pack_object)")

        self._store.change(work)

    def withdraw(self, pack: str, version: int, why: str) -> None:
        """Mark a version as closed by the trust list, or open it again."""
        self._store.change(
            lambda run: run(
                "UPDATE pack SET withdrawn = ? WHERE id = ? AND version = ?", (why, pack, version)
            )
        )


def _values(row: PackRow) -> tuple[object, ...]:
    signed = (row.signer, row.signer_title, row.signer_key)
    return (row.id, row.version, row.digest, *signed, row.manifest, row.installed)


def _row(row: Sequence[Any]) -> PackRow:
    return PackRow(
        id=row[0],
        version=row[1],
        digest=row[2],
        signer=row[3],
        signer_title=row[4],
        signer_key=row[5],
        manifest=bytes(row[6]),
        installed=row[7],
        active=bool(row[8]),
        withdrawn=row[9],
    )
