"""The centre's database in a file: SQLite, with one writer and several readers."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Connection, Engine, create_engine, event, insert
from sqlalchemy.pool import QueuePool

from sync.server.database import Database, Scope, new_epoch
from sync.server.home import PRIVATE
from sync.server.migrate import UnfitDatabaseError, lead_on, schema_of
from sync.server.places import Places
from sync.server.tables import SCHEMA, meta, metadata

OLDEST_SQLITE = (3, 51, 3)  # older ones can corrupt a database whose WAL is reset while it is read
BUSY_MS = 10_000
CHECKPOINT_PAGES = 4_000
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: an ack is a promise that survives a power cut
    "foreign_keys": 1,
    "busy_timeout": BUSY_MS,
    "trusted_schema": 0,
    "secure_delete": 1,  # an erased person's bytes do not stay in free pages
    "wal_autocheckpoint": CHECKPOINT_PAGES,
}


class SqliteDatabase(Database):
    """A SQLite file. Whoever writes, writes alone."""

    shared = False

    def __init__(self, path: Path) -> None:
        """Open or make the database at `path`; raises UnfitDatabaseError when it is not ours to use."""
        if sqlcipher3.sqlite_version_info < OLDEST_SQLITE:
            raise UnfitDatabaseError(f"SQLite {sqlcipher3.sqlite_version} is too old")
        self._path = path
        close_to_others(path)
        self._writer = engine_at(path, size=1, begin="BEGIN IMMEDIATE")
        self._readers = engine_at(path, size=4, begin="BEGIN")
        self._seen = 0
        self._make()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the one write transaction; it commits, durably, when the block ends well."""
        with self._writer.begin() as connection:
            yield connection

    def begin(self) -> Connection:
        """Begin the write transaction, which `commit` or `undo` ends, maybe in another thread."""
        connection = self._writer.connect()
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def folder(self) -> Iterator[bool]:
        """Be the one process that folds: there is no other."""
        yield True

    @contextmanager
    def folding(self) -> Iterator[Connection]:
        """Give the one write transaction."""
        with self.writing() as connection:
            yield connection

    @contextmanager
    def reading(self, scope: Scope | None = None) -> Iterator[Connection]:  # noqa: ARG002 - SQLite has no roles
        """Give a read transaction: one moment of the database, whatever is written meanwhile."""
        with self._readers.begin() as connection:
            yield connection

    def changed_outside(self, connection: Connection) -> bool:
        """Whether another process has written since this was last asked on the writer's connection."""
        seen = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        before, self._seen = self._seen, int(seen)
        return before != self._seen

    def places(self) -> Places:
        """Return counters that memory keeps, because no other process takes in segments."""
        return Places()

    def fold_log(self) -> None:
        """Write the write-ahead log into the database and empty it."""
        with self._readers.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # a checkpoint does nothing inside a transaction
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
            connection.exec_driver_sql("BEGIN")

    def close(self) -> None:
        """Let go of the file."""
        self._readers.dispose()
        self._writer.dispose()

    def _make(self) -> None:
        with self.writing() as connection:
            found = schema_of(connection)
            if found is not None:
                lead_on(connection, found)
                return
            metadata.create_all(connection)
            rows = {"schema": SCHEMA, "epoch": new_epoch(), "made": int(time.time())}
            connection.execute(insert(meta), [{"name": n, "value": v} for n, v in rows.items()])


def close_to_others(path: Path) -> None:
    """Make the file one that only this account reads, in whatever folder it lies; its log files follow it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE))
    if os.name == "posix" and path.stat().st_mode & 0o077:
        path.chmod(PRIVATE)


def engine_at(path: Path, *, size: int, begin: str) -> Engine:
    """Make an engine whose connections have every pragma set and read back, and whose BEGIN is ours."""
    engine = create_engine(
        f"sqlite:///{path}",
        module=sqlcipher3,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,  # an error in the log must not quote names and NIPs
        connect_args={"isolation_level": None, "check_same_thread": False, "cached_statements": 256},
    )

    @event.listens_for(engine, "connect")
    def _settle(raw: Any, _record: object) -> None:
        raw.isolation_level = None
        for name, value in PRAGMAS.items():
            raw.execute(f"PRAGMA {name}={value}")
            found = raw.execute(f"PRAGMA {name}").fetchone()[0]
            if found != value:
                raise UnfitDatabaseError(f"PRAGMA {name} is {found}, not {value}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
