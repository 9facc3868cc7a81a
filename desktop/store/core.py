"""SQLAlchemy Core over the encrypted driver, with transactions that begin when we say so."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import sqlalchemy
from sqlalchemy import event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw


def engine_of(connect: "Callable[[], Raw]") -> sqlalchemy.Engine:
    """Make an engine whose connections come from `connect` and whose transactions begin IMMEDIATE.

    An IMMEDIATE transaction holds the write lock from its first word: none fails in its middle because
    another wrote first, and DDL rolls back with the rest. Readers ask for a plain BEGIN by an option.
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
        connection.exec_driver_sql(connection.get_execution_options().get("suluh_begin", "BEGIN IMMEDIATE"))

    return engine
