"""How far erasures have come, as the desk tells it: computers that confirmed, and those that are still to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sync.folds.reach import KINDS_OF_REACH, erasures

if TYPE_CHECKING:
    from desktop.store.profile import Profile


@dataclass(frozen=True, slots=True)
class Reaching:
    """One erasure on its way, since Unix `at`: `done` of `all` computers; `waiting` names the others."""

    at: int
    done: int
    all: int
    waiting: tuple[str, ...]


def reaching(profile: "Profile") -> tuple[Reaching, ...]:
    """List the erasures that some computer has not confirmed, the newest first; no person is named."""
    facts = profile.facts(kinds=KINDS_OF_REACH)
    if not facts:
        return ()
    found = erasures(profile.authority().accepted(facts))
    return tuple(
        Reaching(
            one.at,
            len(one.due) - len(one.waiting),
            len(one.due),
            tuple(sorted(one.due[pc].name for pc in one.waiting)),
        )
        for one in found
        if one.waiting
    )
