"""How far each piece of work has come: on this PC, at the coordinator's, or at the centre, and since when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from desktop.store.receipts import Receipt
from desktop.store.restored import known_epoch
from sync.journal.acks import Held

if TYPE_CHECKING:
    from desktop.store.device import Store

_EPOCH_SIZE = 8


class Whereabouts(Enum):
    """Who has a piece of work."""

    HERE = "It is saved on this PC."
    COORDINATOR = "A coordinator, or the office's hub, has said that they carry it."
    CENTRE = "The centre has said that it keeps it."


@dataclass(frozen=True, slots=True)
class Chain:
    """How far a statement has come; `at` is the Unix time of the word, 0 for HERE, `name` who gave it."""

    whereabouts: Whereabouts
    at: int = 0
    name: str = ""


_HERE = Chain(Whereabouts.HERE)


def centre_holder(store: "Store", centre: bytes) -> bytes:
    """Name the centre as a holder: in this life of its database, since a copy put back may lack the part."""
    return centre + known_epoch(store).to_bytes(_EPOCH_SIZE, "big")


def chains(store: "Store", wanted: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], Chain]:
    """Tell for statements, by (log, number), how far each has come."""
    office = store.office()
    holder = b"" if office is None else centre_holder(store, office.header.centre)
    acks = {row[0]: (row[1], row[2]) for row in store.device.query("SELECT log, seq, at FROM ack")}
    words: dict[int, list[Receipt]] = {}
    for one in sorted(store.receipts.held(), key=lambda receipt: receipt.at):
        words.setdefault(one.log, []).append(one)
    return {(log, seq): _chain(seq, acks.get(log, (0, 0)), words.get(log, []), holder) for log, seq in wanted}


def _chain(seq: int, ack: tuple[int, int], words: list[Receipt], centre: bytes) -> Chain:
    """Pick the furthest word about a statement, and of several the first that was given."""
    if seq <= ack[0]:
        return Chain(Whereabouts.CENTRE, ack[1])
    covering = [one for one in words if seq <= one.seq]
    stored = next((one for one in covering if one.holder == centre), None)
    if stored is not None:
        return Chain(Whereabouts.CENTRE, stored.at)
    carried = next((one for one in covering if len(one.holder) != len(centre)), None)
    return _HERE if carried is None else Chain(Whereabouts.COORDINATOR, carried.at, carried.name)


def reach_of(held: Held, spans: Iterable[tuple[int, int]]) -> int:
    """Tell to which number a log is carried without a hole, from what was held before on."""
    for first, last in spans:
        held = held.add(first, last)
    return held.prefix
