"""What makes a schedule quick without making it another: SQL is compiled once for all engines, not once for each."""

import contextlib
import gc

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from desktop.store import core
from sync.server import database_sqlite

ROOM = 4096
"""Compiled statements that are kept; the PCs and the centre have some hundred."""


class OneDialect:
    """Lets every engine that a function makes use one dialect, and what was compiled for it."""

    def __init__(self, make):
        self.make = make
        self.compiled = LRUCache(ROOM)
        self.dialect = None

    def __call__(self, *arguments, **options) -> Engine:
        """Make an engine as usual; the first one lends its dialect to all."""
        engine = self.make(*arguments, **options)
        if self.dialect is None:
            with engine.connect():
                self.dialect = engine.dialect  # it has looked at its database by now
        engine.dialect = self.dialect
        engine._compiled_cache = self.compiled
        return engine


PLACES = ((core, "engine_of"), (database_sqlite, "engine_at"))
ONCE = {place: OneDialect(getattr(place, name)) for place, name in PLACES}


@contextlib.contextmanager
def quick():
    """Compile once, and leave garbage to whoever calls `sweep`, as long as the block lasts."""
    with contextlib.ExitStack() as stack:
        stack.callback(gc.enable)
        gc.disable()
        for place, name in PLACES:
            stack.callback(setattr, place, name, getattr(place, name))
            setattr(place, name, ONCE[place])
        yield


def sweep():
    """Collect the garbage of one schedule."""
    gc.collect()
