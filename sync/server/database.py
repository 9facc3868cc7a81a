"""The one door to the centre's database, SQLite or PostgreSQL behind it: durable, every setting read back."""

import secrets
from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.util import find_spec
from types import TracebackType
from typing import ClassVar, Self

from sqlalchemy import Connection, update

from sync.server.home import Home
from sync.server.migrate import UnfitDatabaseError
from sync.server.places import Places
from sync.server.tables import meta

__all__ = ["Database", "Scope", "UnfitDatabaseError", "database_begun", "open_database"]


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom something is read: a person's feed, and of an office what all read, or for the desk all.

    `flags` are those of segments of others that it reads anything of: everybody's, and a trainer's.
    """

    person: int
    office: int
    desk: bool
    flags: int = 1


class Database(ABC):
    """A database with a door for intake, one for all else that writes, and readers. Close it when done."""

    shared: ClassVar[bool]
    """Whether other processes take in segments at the same time, so that writing waits for them."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Connection]:
        """Give a write transaction beside which nobody else writes; it commits when the block ends well."""

    @abstractmethod
    def folder(self) -> AbstractContextManager[bool]:
        """Be the one process that folds, as long as the block lasts; False where another one is."""

    @abstractmethod
    def folding(self) -> AbstractContextManager[Connection]:
        """Give a transaction that writes rows of the report, beside intake."""

    @abstractmethod
    def begin(self) -> Connection:
        """Begin intake's transaction, which `commit` or `undo` ends, maybe in another thread."""

    @abstractmethod
    def reading(self, scope: Scope | None = None) -> AbstractContextManager[Connection]:
        """Give a read transaction: one moment of the database, whatever is written meanwhile.

        With a scope PostgreSQL shows nothing that lies outside it, whatever the query forgets to say.
        """

    @abstractmethod
    def places(self) -> Places:
        """Return the counters of the feeds, for intake."""

    @abstractmethod
    def changed_outside(self, connection: Connection) -> bool:
        """Whether another process changed more than intake does since this was last asked."""

    @abstractmethod
    def fold_log(self) -> None:
        """Give back the room of what was erased."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""

    def commit(self, connection: Connection) -> None:
        """Make durable what was written since `begin`."""
        try:
            connection.commit()
        finally:
            connection.close()

    def undo(self, connection: Connection) -> None:
        """Take back what was written since `begin`."""
        connection.close()

    def new_epoch(self) -> int:
        """Begin a new life of this database, after it was put back from a copy."""
        epoch = new_epoch()
        with self.writing() as connection:
            connection.execute(update(meta).where(meta.c.name == "epoch").values(value=epoch))
        return epoch

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def new_epoch() -> int:
    """Draw the number that tells PCs one life of a database from another, restored from a copy."""
    return secrets.randbits(31) or 1


def open_database(home: Home) -> Database:
    """Open or make the centre's database. Raises UnfitDatabaseError when it is not ours to use."""
    if home.url:
        _need_driver()
        from sync.server.database_postgresql import PostgresDatabase  # noqa: PLC0415 - its driver is an extra

        return PostgresDatabase(home.url)
    from sync.server.database_sqlite import SqliteDatabase  # noqa: PLC0415 - as above, for the other

    return SqliteDatabase(home.database)


def _need_driver() -> None:
    if find_spec("psycopg") is None:
        raise UnfitDatabaseError('PostgreSQL memerlukan: pip install "suluh[postgresql]"')


def database_begun(home: Home) -> bool:
    """Whether a centre has begun in this folder, or in the named database."""
    if not home.url:
        return home.database.exists()
    _need_driver()
    from sync.server.database_postgresql import has_begun  # noqa: PLC0415 - its driver is an extra

    return has_begun(home.url)
