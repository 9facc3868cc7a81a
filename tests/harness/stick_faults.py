"""Faults that the code around a stick could have, planted one at a time: the harness must find each."""

import contextlib

from desktop.office import merge
from sync.client.stick import Stick
from sync.postbag.part import Form


@contextlib.contextmanager
def planted(name):
    """Run with the named fault in the real code; an empty name plants nothing."""
    with contextlib.ExitStack() as stack:
        for place, attribute, wrong in FAULTS[name]() if name else ():
            stack.callback(setattr, place, attribute, getattr(place, attribute))
            setattr(place, attribute, wrong)
        yield


def _final_name_first():
    """The final name is given before anything was flushed."""

    def durable(self, target, data):
        self._guard(self._disk.remove, target)
        self._guard(self._disk.write, target, data)

    return [(Stick, "_durable", durable)]


def _no_reread():
    """What was written is believed without looking."""
    return [(Stick, "_compare", lambda _self, _path, _data: None)]


def _no_receipt():
    """A part leaves the stick when anything at all was received."""

    def remove(self, _digests):
        everything = {part.digest for part, _ in self.parts(Form.OUTWARD)}
        return self._remove(Form.OUTWARD, everything)

    return [(Stick, "remove", remove)]


def _counted_twice():
    """What merging brought is added to the sum as well as the statements themselves."""
    honest = merge._Tally.merged

    def merged(self, stick, *, stopped=False):
        self.new += self.new
        return honest(self, stick, stopped=stopped)

    return [(merge._Tally, "merged", merged)]


def _doubles_count():
    """A statement that lies on the stick twice is new twice."""
    honest = merge.add_collected

    def add(connection, facts):
        return len(facts), honest(connection, facts)[1]

    return [(merge, "add_collected", add)]


FAULTS = {
    "final name first": _final_name_first,
    "no re-read": _no_reread,
    "no receipt": _no_receipt,
    "counted twice": _counted_twice,
    "doubles count": _doubles_count,
}
