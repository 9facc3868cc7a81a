"""The coordinator's round, numbered: which PCs were visited, what waits for each, and what comes next."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from desktop.language import tr
from desktop.office.carriage import EVERYONE, with_work
from desktop.store.visits import Visit
from sync.postbag.round_list import MARK_SIZE

if TYPE_CHECKING:
    from desktop.store.device import Store

_SEED = "round_seed"
_SENT = "round_sent"
"""The setting with the Unix time at which the centre last had everything: there a new round begins."""


class Step(Enum):
    """The places of a round, in their order; the value is the number people see."""

    VISIT = 1
    MERGE = 2
    CENTRE = 3
    DELIVER = 4

    @property
    def title(self) -> str:
        """What the step is called."""
        return {
            Step.VISIT: tr("Keliling komputer"),
            Step.MERGE: tr("Gabungkan"),
            Step.CENTRE: tr("Ke pusat"),
            Step.DELIVER: tr("Keliling lagi"),
        }[self]


@dataclass(frozen=True, slots=True)
class RoundPc:
    """One PC of the round.

    `collected` and `merged` are the Unix times of its last visit, 0 = never; `fresh`: it was merged in this
    round. `letters` answers wait here for it; `delivered` is when it last said that it has what was brought.
    """

    pc: bytes
    name: str
    collected: int
    merged: int
    delivered: int
    fresh: bool
    letters: int
    here: bool


@dataclass(frozen=True, slots=True)
class Round:
    """The round as it stands: its step, its PCs by name, and the bytes that wait for the centre."""

    step: Step
    pcs: tuple[RoundPc, ...]
    waiting: int
    parts: int
    began: int

    @property
    def visited(self) -> int:
        """How many PCs were visited in this round."""
        return sum(one.fresh for one in self.pcs)

    @property
    def left(self) -> tuple[RoundPc, ...]:
        """The PCs that are still to be visited in this round, the next one first."""
        return tuple(one for one in self.pcs if not one.fresh)

    @property
    def owed(self) -> tuple[RoundPc, ...]:
        """The PCs for which something waits."""
        return tuple(one for one in self.pcs if one.letters)


def round_of(store: "Store", on_stick: int = 0) -> Round:
    """Tell how the round stands; `on_stick` PCs have given results that are not merged yet.

    This PC is among the PCs, and always visited.
    """
    began, own = int(store.setting(_SENT, "0")), store.pc()
    carried = store.carried.list()
    waiting = {pc: len(store.homeward.for_pc(pc)) for pc in store.homeward.pcs() if pc != EVERYONE}
    visits = {one.pc: one for one in store.visits.all()}
    visits[own.id] = Visit(own.id, own.name, store.now(), store.now(), store.now())
    pcs = tuple(
        RoundPc(
            one.pc,
            one.name,
            one.collected,
            one.merged,
            one.delivered,
            fresh=one.pc == own.id or one.merged > began,
            letters=0 if one.pc == own.id else waiting.get(one.pc, 0),
            here=one.pc == own.id,
        )
        for one in sorted(visits.values(), key=lambda visit: (visit.name.casefold(), visit.pc))
    )
    step = _step(pcs, with_work(store), on_stick)
    return Round(step, pcs, sum(len(one.piece) for one in carried), len(carried), began)


def note_sent(store: "Store") -> None:
    """Note that the centre has everything: what is collected from now on belongs to the next round."""
    store.put_setting(_SENT, str(store.now()))
    store.put_blob(_SEED, os.urandom(MARK_SIZE))


def mark_of(store: "Store", pc: bytes) -> bytes:
    """Give the mark that a PC leaves on a stick in this round: chance digits, other ones in the next."""
    seed = store.blob(_SEED)
    if seed is None:
        seed = os.urandom(MARK_SIZE)
        store.put_blob(_SEED, seed)
    return hashlib.sha256(b"suluh round mark\0" + seed + pc).digest()[:MARK_SIZE]


def know(store: "Store", computers: Iterable[tuple[bytes, str]]) -> None:
    """Put PCs into the round that the desk has heard of by any road, with the names they were given."""
    known = {one.pc: one.name for one in store.visits.all()}
    for pc, name in computers:
        if pc != store.pc().id and (pc not in known or (name and not known[pc])):
            store.visits.put(Visit(pc, name))


def _step(pcs: tuple[RoundPc, ...], carried: bool, on_stick: int) -> Step:  # noqa: FBT001 - one caller
    """Pick the next step: what lies on the stick, then what came home, then the PCs, then the centre."""
    if on_stick:
        return Step.MERGE
    if any(one.letters for one in pcs) and not carried:
        return Step.DELIVER
    return Step.VISIT if any(not one.fresh for one in pcs) or not carried else Step.CENTRE
