"""Faults that a sync could have, planted one at a time: the schedules must find each."""

import contextlib
from dataclasses import replace

from desktop.office.cohort_table import CohortTable
from desktop.store import inward
from desktop.store.facts import Scope
from desktop.store.post import Post
from desktop.store.profile import Profile
from sync.folds import put
from sync.journal.acks import Ack, Held
from sync.journal.log import LogWriter
from sync.server import intake
from sync.server.hub_upstream import Upstream
from tests.harness.sim_centre import Falls, FellError, SimCentre

NONE = ""


@contextlib.contextmanager
def planted(name):
    """Run with the named fault in the real code; an empty name plants nothing."""
    if name == NONE:
        yield
        return
    with contextlib.ExitStack() as stack:
        for place, attribute, wrong in FAULTS[name]():
            before = place.__dict__[attribute]
            stack.callback(setattr, place, attribute, before)
            setattr(place, attribute, wrong)
        yield


def _no_dedupe():
    """The centre takes everything that comes as new."""
    honest = intake.Intake._fresh

    def fresh(self, batch, holder, peek):
        honest(self, batch, holder, peek)
        return peek.runs

    return [(intake.Intake, "_fresh", fresh)]


def _maximum_ack():
    """The greatest number that came is acknowledged, with holes below it."""

    def add(self, _first, last):
        return Held(max(self.prefix, last), ())

    return [(Held, "add", add)]


def _ack_before_commit():
    """A centre that falls before the commit has already answered."""
    take = SimCentre.take

    def hasty(self, offer, falls=Falls.NEVER):
        kept = []
        if falls is not Falls.EARLY:
            return take(self, offer, falls)
        with contextlib.suppress(FellError), self.database.writing() as connection:
            kept += self.intake.take(connection, [offer])
            raise FellError
        self.intake.forget()
        return kept[0]

    return [(SimCentre, "take", hasty)]


def _any_cursor():
    """A piece of a feed is taken wherever it begins, and what lies before it is never asked for."""
    return [(inward, "fits", lambda _start, _reached: True)]


def _clock_decides():
    """Of two versions of a note the one with the later clock wins."""
    order = put._order
    return [(put, "_order", lambda version: (version.at, *order(version)))]


def _log_goes_on():
    """An app that starts again goes on in the last log; so does one that was put back from a backup."""
    start = LogWriter.start.__func__

    def again(cls, profile, pc, previous, clock):
        writer = start(cls, profile, pc, previous, clock)
        if previous is None:
            return writer
        fields = {name: getattr(writer.header, name) for name in writer.header.__dataclass_fields__}
        writer = cls(type(writer.header)(**fields | {"log": previous.log}), clock)
        writer.seq = previous.seq
        writer._chain *= previous.seq + 1
        return writer

    return [(LogWriter, "start", classmethod(again))]


def _summary_added():
    """What a PC tells of its hours as a summary is added to what its statements come to."""

    def renew(self, rows):
        told = (replace(one, row=replace(one.row, jp=2 * (one.row.jp or 0))) for one in rows)
        return honest(self, tuple(told))

    honest = CohortTable.renew
    return [(CohortTable, "renew", renew)]


def _custody_frees():
    """A PC takes the hub's word, that it carries a part, for the centre's, that it keeps what is in it."""
    honest = Post._custody

    def believed(self, part, office):
        took, store = honest(self, part, office), self._store
        said = [one for one in store.receipts.held() if one.holder.endswith(b"hub")]
        store.outbox.put_acks([Ack(one.log, one.seq) for one in said], store.now())
        return took

    return [(Post, "_custody", believed)]


def _offered_is_gone():
    """The hub lets go of what it has offered, also where it heard no answer."""
    honest = Upstream._offer

    async def hasty(self, waiting):
        at_least = await honest(self, waiting)
        if at_least is not None:
            self._hub.store.give_up(waiting.digest)
        return at_least

    return [(Upstream, "_offer", hasty)]


def _order_of_arrival():
    """What had come to a PC before it heard that a key was revoked counts, and nothing that comes later."""
    honest, shown = Profile.authority, {}

    def authority(self):
        known = honest(self)
        came = shown.setdefault((str(self.store.folders.data), self.profile), {})
        for signing in known.revoked.keys() - came.keys():
            mine = [one.statement for one in self.facts(*Scope) if one.signer == signing]
            came[signing] = {one.log: max(each.seq for each in mine if each.log == one.log) for one in mine}
        return replace(known, revoked=dict(came))

    return [(Profile, "authority", authority)]


FAULTS = {
    "no dedupe": _no_dedupe,
    "maximum ack": _maximum_ack,
    "ack before commit": _ack_before_commit,
    "cursor without from": _any_cursor,
    "clock decides": _clock_decides,
    "log goes on": _log_goes_on,
    "summary added": _summary_added,
    "order of arrival": _order_of_arrival,
    "custody frees": _custody_frees,
    "offered is gone": _offered_is_gone,
}
