"""Lost sticks for the glass: whose work may be on the stick by name, and which losses are not settled yet."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.formats import clock_time, short_day
from desktop.language import tr
from desktop.office.lost_stick import lost_sticks, may_be_aboard
from desktop.screens.round_views import Aboard, LossTold
from desktop.store.custody import Whereabouts, chains
from sync.folds.losses import LOST

if TYPE_CHECKING:
    from desktop.store.profile import Profile
    from sync.officefile import PersonEntry


def aboard_of(profile: "Profile", roster: "Iterable[PersonEntry]") -> Aboard:
    """Name the PCs and people whose work may be on the stick; people whom no roster names are counted."""
    found = may_be_aboard(profile)
    pcs = {one.pc: one.name for one in profile.store.visits.all()}
    people = {one.person: one.name for one in roster}
    named = sorted((people[one] for one in found.people if one in people), key=str.casefold)
    names = tuple(pcs.get(pc, "") or tr("Komputer tanpa nama") for pc in found.pcs)
    return Aboard(names, tuple(named), len(found.people) - len(named))


def losses_of(profile: "Profile") -> tuple[LossTold, ...]:
    """Tell of lost sticks while their three days run, and longer where the centre does not know.

    Another coordinator's report is known to be there once the centre has sent it here.
    """
    found = lost_sticks(profile)
    endorsed = {one.identity for one in profile.facts(kinds=(LOST,)) if one.endorsed}
    known = chains(profile.store, ((one.log, one.seq) for one in found))
    told = []
    for one in found:
        key = (one.log, one.seq)
        there = key in endorsed or known[key].whereabouts is Whereabouts.CENTRE
        if there and one.until < profile.store.now():
            continue
        ends = datetime.fromtimestamp(one.until, profile.zone())
        until = f"{short_day(ends.date())}, {clock_time(ends)}"
        at = datetime.fromtimestamp(one.at, profile.zone()).date()
        told.append(LossTold(at, until, len(one.people), there))
    return tuple(told)
