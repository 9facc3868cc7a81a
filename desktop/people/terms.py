"""Terms kept on this PC: whoever is signed in says what will go, and what went, before it goes."""

from collections.abc import Iterable

from desktop.store.device import Store
from desktop.store.profile import Profile
from desktop.store.retention import schedule_of
from desktop.store.terms import Ending, is_over
from sync.folds.trail import ENDED, TOLD
from sync.retention import Term


def keep_terms(store: Store, profile: Profile) -> int:
    """Tell what will end on this PC, and end what was told long enough ago; gives how much was stated.

    Each is stated first, by kind and count: after a power cut the trail has a line too many and never one
    too few. What a power cut broke off goes on here, too.
    """
    store.terms.finish()
    found, proven = store.terms.look(profile.profile), store.proven()
    version, computer = schedule_of(store).version, store.pc().name
    stated = 0
    told = [one for one in found if one.fresh]
    for term in Term:
        fresh = [one for one in told if one.term is term]
        if fresh:
            until = min((one.goes for one in fresh if one.goes), default=0)
            said = {"what": term.value, "items": len(fresh), "until": until}
            profile.record(TOLD, **said, version=version, computer=computer)
            stated += 1
    if told:
        store.terms.tell(told)
    over = tuple(one for one in found if is_over(one, proven))
    for term, count in _counts(over):
        profile.record(ENDED, what=term.value, items=count, version=version, computer=computer)
        stated += 1
    store.terms.end(over, profile.profile)
    return stated


def _counts(which: Iterable[Ending]) -> tuple[tuple[Term, int], ...]:
    listed = [one.term for one in which]
    return tuple((term, listed.count(term)) for term in Term if term in listed)
