"""Faults that a sync could have, planted one at a time: the schedules must find each."""

import contextlib

from sync.journal.acks import Held
from sync.server import intake

NONE = ""


@contextlib.contextmanager
def planted(name):
    """Run with the named fault in the real code; an empty name plants nothing."""
    if name == NONE:
        yield
        return
    with contextlib.ExitStack() as stack:
        for place, attribute, wrong in FAULTS[name]():
            before = getattr(place, attribute)
            stack.callback(setattr, place, attribute, before)
            setattr(place, attribute, wrong)
        yield


def _no_dedupe():
    """The centre takes everything that comes as new."""
    return [(intake.Intake, "_fresh", lambda _self, _batch, _holder, peek: peek.runs)]


def _maximum_ack():
    """The greatest number that came is acknowledged, with holes below it."""

    def add(self, _first, last):
        return Held(max(self.prefix, last), ())

    return [(Held, "add", add)]


FAULTS = {"no dedupe": _no_dedupe, "maximum ack": _maximum_ack}
