"""The one door to every database of this PC: encrypted, durable, each setting read back before use."""

import contextlib
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from desktop.store.faults import Reason, StoreFault

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from sqlalchemy import Connection

    from desktop.store.core import Lender

LEAST_SQLITE = (3, 51, 3)  # the first release without the WAL-reset corruption
BUSY_MS = 10_000
SETTINGS: Mapping[str, str | int] = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: with NORMAL a power cut loses acknowledged work (measured, design page 3)
    "foreign_keys": 1,
    "busy_timeout": BUSY_MS,
    "trusted_schema": 0,
    "temp_store": 2,  # memory: a temporary file would lie on the disk in clear
    "fullfsync": 1,  # matters on macOS only, where fsync alone does not reach the disk
    "checkpoint_fullfsync": 1,
    "journal_size_limit": 4 * 1024 * 1024,
}


def connect(path: Path, key: bytes) -> "Raw":
    """Open one raw connection with all settings applied and read back.

    `key` is 32 raw bytes: no derivation, since it is random already. Transactions are begun by hand
    (`isolation_level` None), so that a failing migration cannot commit half of itself. Raises StoreFault.
    """
    if tuple(dbapi2.sqlite_version_info) < LEAST_SQLITE:
        raise StoreFault(Reason.OLD_SQLITE, dbapi2.sqlite_version)
    if len(key) != 32:
        raise StoreFault(Reason.WRONG_KEY, "length")
    raw: Raw = dbapi2.connect(
        str(path),
        timeout=BUSY_MS / 1000,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        _settle(raw, key)
    except BaseException:
        raw.close()
        raise
    return raw


def _settle(raw: "Raw", key: bytes) -> None:
    """Give the key and the settings, and believe none of them before it is read back."""
    raw.execute("PRAGMA cipher_log_level = NONE")
    raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if not raw.execute("PRAGMA cipher_version").fetchone():
        raise StoreFault(Reason.NO_CIPHER)
    try:
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as fault:
        if isinstance(fault, dbapi2.OperationalError):
            raise
        raise StoreFault(Reason.WRONG_KEY) from fault
    for name, wanted in SETTINGS.items():
        raw.execute(f"PRAGMA {name} = {wanted}")
        found = raw.execute(f"PRAGMA {name}").fetchone()
        if found is None or str(found[0]).lower() != str(wanted):
            raise StoreFault(Reason.PRAGMA, name)


class Database:
    """One open database file.

    `raw` is for what must work before anything heavy is imported (the sign-in screen); everything else goes
    through SQLAlchemy Core by `read` and `write`, which import it when first used.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        self._raw: Raw | None = connect(path, key)
        self._lock = threading.RLock()
        self._core: Lender | None = None

    @contextlib.contextmanager
    def raw(self) -> "Iterator[Raw]":
        """Lend the raw connection inside one immediate transaction, to one thread at a time."""
        with self._lock:
            raw = self._held()
            raw.execute("BEGIN IMMEDIATE")
            try:
                yield raw
                raw.execute("COMMIT")
            except BaseException as fault:
                if raw.in_transaction:
                    raw.execute("ROLLBACK")
                if isinstance(fault, Exception):
                    self._blame(fault)
                raise

    def _blame(self, fault: Exception) -> None:
        """Leave a mark for the next opening where an error means damage of this file. Raises StoreFault."""
        from desktop.store.soundness import is_damage  # noqa: PLC0415 - only when something failed

        if is_damage(fault) and not isinstance(fault, StoreFault):
            with contextlib.suppress(OSError):
                self.path.with_name(f"{self.path.name}.rusak").touch()
            raise StoreFault(Reason.DAMAGED) from fault

    @contextlib.contextmanager
    def read(self) -> "Iterator[Connection]":
        """Lend a Core connection inside a transaction that sees one state of the database."""
        try:
            with self._lender().lent("BEGIN") as connection:
                yield connection
        except Exception as fault:
            self._blame(fault)
            raise

    @contextlib.contextmanager
    def write(self) -> "Iterator[Connection]":
        """Lend a Core connection inside one immediate transaction, committed at the end."""
        try:
            with self._lender().lent("BEGIN IMMEDIATE") as connection:
                yield connection
        except Exception as fault:
            self._blame(fault)
            raise

    def query(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Read by the raw connection, without a transaction of its own."""
        try:
            with self._lock:
                return self._held().execute(sql, values).fetchall()
        except Exception as fault:
            self._blame(fault)
            raise

    def close(self) -> None:
        """Close every connection and forget the key; a later call raises StoreFault(CLOSED)."""
        with self._lock:
            self._key = b""
            if self._core is not None:
                self._core.close()
                self._core = None
            if self._raw is not None:
                self._raw.close()
                self._raw = None

    def _held(self) -> "Raw":
        if self._raw is None:
            raise StoreFault(Reason.CLOSED)
        return self._raw

    def _lender(self) -> "Lender":
        with self._lock:
            self._held()
            if self._core is None:
                # Imported here: 0.3 s that the first paint must not pay.
                from desktop.store.core import Lender, engine_of  # noqa: PLC0415

                key = self._key
                self._core = Lender(engine_of(lambda: connect(self.path, key)))
            return self._core


def open_database(path: Path, key: bytes) -> Database:
    """Open, or create, the encrypted database at `path`; the one way any code reaches a database here."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return Database(path, key)
