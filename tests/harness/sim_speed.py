"""What makes a schedule quick without making it another: SQL is compiled once for all, a segment unpacked once."""

import contextlib
import gc

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

from desktop.office import merge
from desktop.store import core
from sync.server import branches, database_sqlite, effects, feed
from tests.harness import sim_centre

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


class Once:
    """Lets a function that gives the same for the same bytes do its work once; what it refuses, it refuses anew."""

    def __init__(self, work):
        self.work, self.kept = work, {}

    def __call__(self, *arguments):
        """Give what was given before; a list is given as a new one."""
        if arguments not in self.kept:
            self.kept[arguments] = self.work(*arguments)
        found = self.kept[arguments]
        return list(found) if isinstance(found, list) else found


UNPACKERS = (
    (feed, "fresh_facts"),
    (sim_centre, "fresh_facts"),
    (branches, "decode_segment"),
    (effects, "decode_segment"),
    (merge, "decode_segment"),
)
"""Where segments are unpacked: the centre reads the same ones for everybody who asks, and the judges once more."""
PLACES = ((core, "engine_of"), (database_sqlite, "engine_at"))
ONCE = {place: OneDialect(getattr(*place)) for place in PLACES} | {
    place: Once(getattr(*place)) for place in UNPACKERS
}


@contextlib.contextmanager
def quick():
    """Compile and unpack once, and leave garbage to whoever calls `sweep`, as long as the block lasts."""
    with contextlib.ExitStack() as stack:
        stack.callback(gc.enable)
        gc.disable()
        for (place, name), once in ONCE.items():
            stack.callback(setattr, place, name, getattr(place, name))
            setattr(place, name, once)
        yield


def sweep():
    """Collect the garbage of one schedule, and forget what it has unpacked."""
    for place in UNPACKERS:
        ONCE[place].kept.clear()
    gc.collect()
