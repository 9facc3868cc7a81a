"""SQLAlchemy Core over the encrypted driver, with transactions that begin when we say so."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import sqlalchemy
from sqlalchemy import event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_BY_HAND = "suluh_by_hand"
"""Option of connections whose transactions `Lender` begins."""


def engine_of(connect: "Callable[[], Raw]") -> sqlalchemy.Engine:
    """Make an engine whose connections come from `connect` and whose transactions begin IMMEDIATE.

    An IMMEDIATE transaction holds the write lock from its first word: none fails in its middle because
    another wrote first, and DDL rolls back with the rest.
    """
    engine = sqlalchemy.create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=6,
        hide_parameters=True,  # an error must not quote answers: its text is copied for technicians
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        if not connection.get_execution_options().get(_BY_HAND):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


class Lender:
    """Lends connections of an engine, each for one transaction that is begun and ended by the driver itself.

    A PC reads some ten thousand times in an hour of work, mostly a row or two: SQLAlchemy's own accounts of a
    connection, its pool and its transaction cost more than such a query. So connections that end well stay
    open beside the pool, and what ends badly goes back to it to be rolled back.
    """

    def __init__(self, engine: sqlalchemy.Engine) -> None:
        self._engine = engine
        self._by_hand = engine.execution_options(**{_BY_HAND: True})
        self._idle: list[sqlalchemy.Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    @contextlib.contextmanager
    def lent(self, begin: str) -> "Iterator[sqlalchemy.Connection]":
        """Lend a connection inside a transaction opened with `begin`; committed if the block ends well."""
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self._by_hand.connect()
        try:
            raw: Any = connection.connection.driver_connection
            raw.execute(begin)
            yield connection
            raw.execute("COMMIT")
        except BaseException:
            connection.close()  # the pool rolls back
            raise
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Close what is not lent; what is, closes when it comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        self._engine.dispose()
