"""What this PC asks the centre for by post: how far all feeds are, with the letters that wait here."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.store.restored import EPOCH, known_epoch
from desktop.store.trust import centres, held_documents
from sync.bundle import PAPERS
from sync.journal.pieces import check_piece, readers_of
from sync.journal.sealing import key_id
from sync.postbag.outward import Want
from sync.refusal import Refusal

if TYPE_CHECKING:
    from desktop.store.device import Store
    from desktop.store.reached import Reach
    from sync.journal.pieces import PieceHead

HOME = "home"
"""Among the versions: the centre's signed time of the newest answer that came home to this PC by post."""
_FEEDS = ("office", "person")
_LETTERS = frozenset({*_FEEDS, PAPERS})


def wants_of(store: "Store") -> tuple[Want, ...]:
    """Ask for everybody with a profile here; what waits in a letter already is never asked for twice."""
    return tuple(Want(one.profile, one.signing, _beyond(store, one)) for one in store.reached.all())


def versions_of(store: "Store") -> dict[str, int]:
    """Tell which documents this PC has, which life of the centre it knows, and what came home last."""
    office = store.office()
    found = held_documents(store) | {"office": 0 if office is None else office.header.version}
    found |= {HOME: came_home(store), EPOCH: known_epoch(store)}
    return {name: number for name, number in found.items() if number}


def came_home(store: "Store") -> int:
    """Tell the signed Unix time of the newest answer that came by post; 0 before the first."""
    return int(store.setting("post_home", "0"))


def note_home(store: "Store", at: int) -> None:
    """Remember that an answer of the centre's Unix time `at` came home."""
    if at > came_home(store):
        store.put_setting("post_home", str(at))


def mark_of(wants: Iterable[Want], versions: dict[str, int]) -> int:
    """Give a number by which the same question is known again."""
    asked = sorted((one.profile, one.signer, *sorted(one.cursors.items())) for one in wants)
    return 1 + int.from_bytes(hashlib.sha256(repr((asked, sorted(versions.items()))).encode()).digest()[:7])


def _beyond(store: "Store", reach: "Reach") -> dict[str, int]:
    """Follow the letters that wait for a person, from where each feed stands to where they lead."""
    office = store.office()
    cursors = dict.fromkeys(_FEEDS, 0) | dict(reach.cursors)
    heads = [] if office is None else list(_heads(store, reach, centres(store, office)))
    for head in sorted(heads, key=lambda one: (one.scope, one.start, one.end)):
        reached = cursors.get(head.scope, 0)
        if head.scope in _LETTERS and head.start <= reached:
            cursors[head.scope] = max(head.end, reached)
    return cursors


def _heads(store: "Store", reach: "Reach", believed: Iterable[bytes]) -> "Iterable[PieceHead]":
    """Read the clear heads of the letters that open with the person's key of today."""
    mine = key_id(reach.letter)
    for one in store.outbox.waiting(reach.profile):
        for centre in believed:
            try:
                if mine in readers_of(one.piece, centre):
                    yield check_piece(one.piece, centre)
                break
            except Refusal:
                continue
