"""Laporkan flashdisk hilang: whose sealed work and letters were on a lost stick, and a note that stays."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select

from desktop.store.tables import log

if TYPE_CHECKING:
    from desktop.store.device import Store
    from desktop.store.profile import Profile
    from desktop.store.visits import Visit

_NAME = "lost_sticks"
CLOCK = 3 * 86_400
"""Seconds within which the loss is to be reported further, if anybody could have read anything."""


class LostStick(msgspec.Struct, frozen=True, array_like=True):
    """A stick that was reported lost at Unix time `at`: when it was last seen, and what may have been on it.

    `computers` are names of PCs and `people` UUIDs of persons; `about` is what the coordinator wrote. All of
    it was sealed. `until` ends the three days.
    """

    at: int
    seen: int
    computers: tuple[str, ...]
    people: tuple[bytes, ...]
    about: str
    until: int


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
    `waiting` PCs had letters on it, `seats` are the profiles by PC, `owners` the persons of profiles. Who has
    no vouched profile is not named, since nobody knows who it is.
    """
    known = {one.pc for one in visits}
    pcs = (known if visited is None else set(visited)) | set(waiting)
    people = {owners[profile] for pc in pcs for profile in seats.get(pc, ()) if profile in owners}
    return Aboard(tuple(sorted(pcs)), tuple(sorted(people)))


def report_lost(
    profile: "Profile", about: str, visited: Collection[bytes] | None = None, seen: int = 0
) -> LostStick:
    """Write down that a stick is lost. PCs keep their work until the centre has it: a new round has all."""
    store = profile.store
    known = profile.authority()
    owners = {one: known.aliases.of(person) for one, person in known.people.items()}
    waiting = [pc for pc in store.homeward.pcs() if pc]
    found = aboard(store.visits.all(), waiting, seats_of(profile), owners, visited)
    names = {one.pc: one.name for one in store.visits.all()}
    now = store.now()
    note = LostStick(
        now, seen, tuple(names.get(pc, "") for pc in found.pcs), found.people, about.strip(), now + CLOCK
    )
    store.put_blob(_NAME, msgspec.msgpack.encode((*lost_sticks(store), note)))
    return note


def lost_sticks(store: "Store") -> tuple[LostStick, ...]:
    """List the sticks that were reported lost at this desk, the oldest first."""
    kept = store.blob(_NAME)
    return () if kept is None else msgspec.msgpack.decode(kept, type=tuple[LostStick, ...])


def seats_of(profile: "Profile") -> Mapping[bytes, Collection[bytes]]:
    """Tell which profiles have worked on which PC, as far as this desk has heard."""
    found: dict[bytes, set[bytes]] = {}
    with profile.database.read() as connection:
        for pc, whose in connection.execute(select(log.c.pc, log.c.profile).distinct()):
            found.setdefault(bytes(pc), set()).add(bytes(whose))
    return found
