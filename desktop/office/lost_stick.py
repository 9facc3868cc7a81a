"""Laporkan flashdisk hilang: whose sealed work and letters were on a lost stick, told to desk and centre."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop.office.stick_words import without_key
from desktop.store.tables import log
from sync.folds.losses import LOST, Loss, losses

if TYPE_CHECKING:
    from desktop.store.profile import Profile
    from desktop.store.visits import Visit

MOST = 4096
"""PCs or people that one report names: as many ids as a field holds."""


@dataclass(frozen=True, slots=True)
class Aboard:
    """What may have been on a stick: PCs by id, and the persons with work or letters there."""

    pcs: tuple[bytes, ...]
    people: tuple[bytes, ...]


def aboard(
    visits: Iterable["Visit"],
    waiting: Collection[bytes],
    seats: Mapping[bytes, Collection[bytes]],
    owners: Mapping[bytes, bytes],
    visited: Collection[bytes] | None = None,
) -> Aboard:
    """Tell what may have been on a stick; pure, and never less than the truth.

    `visits` are the PCs of the round and `visited` those it has been to, None when nobody knows: then all.
    `waiting` PCs had letters on it, `seats` are the profiles by PC, `owners` the persons of profiles. Whom
    a profile only claims to be is named too; who claims nothing is not, since nobody knows who it is.
    """
    known = {one.pc for one in visits}
    pcs = (known if visited is None else set(visited)) | set(waiting)
    people = {owners[profile] for pc in pcs for profile in seats.get(pc, ()) if profile in owners}
    return Aboard(tuple(sorted(pcs)), tuple(sorted(people)))


def may_be_aboard(profile: "Profile", visited: Collection[bytes] | None = None) -> Aboard:
    """Tell what may be on the stick of this desk's round, as far as the desk has heard; see `aboard`."""
    store = profile.store
    known = profile.authority()
    claimed = {one.profile: one.person for one in known.waiting.values() if one.person}
    owners = {one: known.aliases.of(person) for one, person in {**claimed, **known.people}.items()}
    waiting = [pc for pc in store.homeward.pcs() if pc]
    return aboard(store.visits.all(), waiting, seats_of(profile), owners, visited)


def report_lost(
    profile: "Profile", about: str, visited: Collection[bytes] | None = None, seen: int = 0
) -> Loss:
    """State that a stick is lost: the desk's people read it, and it goes to the centre like all work.

    PCs keep their work until the centre has it, and what was not merged counts as not visited, so that a new
    round has all. Raises Problem for whoever is no coordinator.
    """
    if not profile.keys.office:
        raise without_key()
    found, now = may_be_aboard(profile, visited), profile.store.now()
    profile.record(
        LOST,
        at=now,
        seen=seen,
        pcs=b"".join(found.pcs[:MOST]),
        people=b"".join(found.people[:MOST]),
        about=about.strip(),
    )
    return lost_sticks(profile)[-1]


def lost_sticks(profile: "Profile") -> tuple[Loss, ...]:
    """List the sticks that coordinators of this office have reported lost, the oldest first."""
    return losses(profile.authority().accepted(profile.facts(kinds=(LOST,))))


def seats_of(profile: "Profile") -> Mapping[bytes, Collection[bytes]]:
    """Tell which profiles have worked on which PC, as far as this desk has heard."""
    found: dict[bytes, set[bytes]] = {}
    with profile.database.read() as connection:
        for pc, whose in connection.execute(select(log.c.pc, log.c.profile).distinct()):
            found.setdefault(bytes(pc), set()).add(bytes(whose))
    return found
