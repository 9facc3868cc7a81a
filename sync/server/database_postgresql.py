"""The centre's database on PostgreSQL, for several processes: one role takes in, one reads, one owns."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, insert, make_url, select, text, update
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool

from sync.server.database import Database, Scope, new_epoch
from sync.server.locked_places import LockedPlaces
from sync.server.migrate import UnfitDatabaseError, lead_on, schema_of
from sync.server.outdated import COUNT
from sync.server.roles import INTAKE, READER, make_walls
from sync.server.tables import SCHEMA, meta, metadata

OLDEST = 150_000
SETTINGS = {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"}
"""What makes an ack a promise that survives a power cut; read back on every connection."""
CHANGES = "changes"
_MAKING, _FOLDING = 0x5375_6C01, 0x5375_6C02  # advisory locks: only one makes tables, only one folds
_OPTIONS = "-c synchronous_commit=on -c lock_timeout=20s -c idle_in_transaction_session_timeout=120s"
_QUOTES_NOTHING = ("08", "40", "42", "53", "55", "57", "58")
"""Classes of errors whose text names tables and states, never a value."""
_SCOPE = (
    f"SELECT set_config('role', '{READER}', true), set_config('suluh.person', %(person)s, true),"
    " set_config('suluh.office', %(office)s, true), set_config('suluh.desk', %(desk)s, true),"
    " set_config('suluh.flags', %(flags)s, true)"
)


class PostgresDatabase(Database):
    """One database on a PostgreSQL server. Readers outside a scope and whoever rules are its owner."""

    shared = True

    def __init__(self, url: str) -> None:
        """Open the database, making its tables if it has none. Raises UnfitDatabaseError if it is unfit."""
        self._owner = _engine(url, size=2)
        self._intake = _engine(url, size=1, role=INTAKE)
        self._readers = _engine(url, size=4).execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._seen = -1
        self._make()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction beside which nobody else writes; intake waits until it ends."""
        with self._owner.begin() as connection:
            connection.exec_driver_sql("LOCK TABLE place IN EXCLUSIVE MODE")
            # first of all, so that this transaction has a number before it draws any for segments
            connection.execute(update(meta).where(meta.c.name == CHANGES).values(value=meta.c.value + 1))
            yield connection

    @contextmanager
    def folder(self) -> Iterator[bool]:
        """Be the one process that folds; whoever dies meanwhile is so no longer."""
        with self._owner.begin() as connection:
            asked = connection.execute(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _FOLDING})
            yield bool(asked.scalar())

    @contextmanager
    def folding(self) -> Iterator[Connection]:
        """Give a transaction beside intake."""
        with self._owner.begin() as connection:
            yield connection

    def begin(self) -> Connection:
        """Begin intake's transaction, in intake's own role."""
        connection = self._intake.connect()
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def reading(self, scope: Scope | None = None) -> Iterator[Connection]:
        """Give a read transaction: one moment of the database; with a scope, of what lies in it."""
        with self._readers.begin() as connection:
            if scope is not None:
                values = {
                    "person": scope.person,
                    "office": scope.office,
                    "desk": int(scope.desk),
                    "flags": scope.flags,
                }
                connection.exec_driver_sql(_SCOPE, {name: str(one) for name, one in values.items()})
            yield connection

    def places(self) -> LockedPlaces:
        """Return counters that are locked in the database."""
        return LockedPlaces()

    def changed_outside(self, connection: Connection) -> bool:
        """Whether somebody ruled, published or made an office since this was last asked."""
        now = connection.execute(select(meta.c.value).where(meta.c.name == CHANGES)).scalar_one()
        before, self._seen = self._seen, int(now)
        return before != self._seen

    def fold_log(self) -> None:
        """Take erased rows out of their pages."""
        with self._owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM segment, person, place, standing")

    def close(self) -> None:
        """Let go of all connections."""
        for engine in (self._owner, self._intake, self._readers):
            engine.dispose()

    def _make(self) -> None:
        with self._owner.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MAKING})
            found = schema_of(connection)
            if found is not None:
                lead_on(connection, found)
                return
            metadata.create_all(connection)
            make_walls(connection)
            rows = {"schema": SCHEMA, "epoch": new_epoch(), "made": int(time.time()), CHANGES: 0, COUNT: 0}
            connection.execute(insert(meta), [{"name": n, "value": v} for n, v in rows.items()])


def has_begun(url: str) -> bool:
    """Whether a centre has begun in a database. Raises UnfitDatabaseError where it cannot be asked."""
    engine = _engine(url, size=1)
    try:
        with engine.connect() as connection:
            return schema_of(connection) is not None
    finally:
        engine.dispose()


class _Cursor(psycopg.Cursor[Any]):
    """A cursor that gets its rows in binary: bytes take half the way and no parsing."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.format = psycopg.pq.Format.BINARY


def _engine(url: str, *, size: int, role: str = "") -> Engine:
    """Make an engine whose connections are durable, in one role, and whose errors quote no values."""
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=2,
        pool_pre_ping=True,
        hide_parameters=True,  # an error in the log must not quote names and NIPs
        connect_args={"cursor_factory": _Cursor, "options": _OPTIONS, "application_name": "suluh"},
    )

    @event.listens_for(engine, "connect")
    def _settle(raw: Any, _record: object) -> None:
        if raw.info.server_version < OLDEST:
            raise UnfitDatabaseError(f"PostgreSQL {raw.info.server_version // 10_000} is too old")
        with raw.cursor() as cursor:
            for name, value in SETTINGS.items():
                found = cursor.execute(f"SHOW {name}").fetchone()[0]
                if found != value:
                    raise UnfitDatabaseError(f"{name} is {found}, not {value}")
            if role:
                cursor.execute(f"SET ROLE {role}")
        raw.commit()

    event.listen(engine, "handle_error", _mute)
    return engine


def _mute(context: ExceptionContext) -> None:
    """Take out of an error what the server quotes of rows."""
    fault = context.original_exception
    if not isinstance(fault, psycopg.Error):
        return
    state = fault.sqlstate or ""
    says = fault.diag.message_primary if state.startswith(_QUOTES_NOTHING) else None
    if state:
        fault.args = (f"{type(fault).__name__} {state} {says or ''}".strip(),)
        if context.sqlalchemy_exception is not None:
            context.sqlalchemy_exception.args = fault.args
