"""One person's statements folded: their own, from whatever PC, and what others said that counts for them."""

from typing import TYPE_CHECKING

from desktop.store.facts import Scope
from sync.folds.recount import VOIDED
from sync.folds.standing import StandingFold
from sync.journal.authority import Authority

if TYPE_CHECKING:
    from desktop.store.profile import Profile


def fold_into(profile: "Profile", known: Authority, fold: StandingFold) -> StandingFold:
    """Fold all that counts of the person of a profile, and give the fold back."""
    own, others = profile.facts(Scope.OWN), profile.facts(Scope.PERSON)
    # Own facts passed the register when they were written; only a revocation or erasure undoes them.
    judged = known.accepted(own) if known.revoked or known.erased else own
    fold.sessions.known_as(known.aliases.of(profile.person), known.aliases.of)
    for fact in (*judged, *known.accepted(others)):
        fold.add(fact)
    mine = known.person_of(profile.profile)
    for fact in known.accepted(profile.facts(Scope.OFFICE, kinds=(VOIDED,))):
        if mine is None or known.person_of(fact.header.profile) != mine:  # nobody voids for themselves
            fold.void(fact)
    return fold
