"""What merging could not take as it stood, by reason and PC; the list stays until somebody has looked."""

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING

import msgspec

from sync.refusal import Code, Refusal

if TYPE_CHECKING:
    from desktop.store.device import Store

_NAME = "merge_doubts"
_MOST = 200


class Reason(Enum):
    """Why something is to be looked at; the value is stable on disk. Everything else counts all the same."""

    TORN = 1
    """A file on the stick is not whole; the PC still has what it held."""
    FOREIGN = 2
    """A file on the stick is another office's."""
    NO_KEY = 3
    """It is sealed to a key of the office that this desk does not hold."""
    NEWER = 4
    """A newer program wrote it."""
    FORGED = 5
    """Its signature is not right, or its writer may not state it."""
    BRANCH = 6
    """It stands beside another statement of the same number: a copied or restored PC."""
    STRANGER = 7
    """Nobody has vouched for its writer yet."""
    REVOKED = 8
    """The key that signed it was revoked."""


ON_STICK = frozenset({Reason.TORN, Reason.FOREIGN})
"""Reasons that lie on the stick itself: each merging looks at them anew."""


class Doubtful(msgspec.Struct, frozen=True, array_like=True):
    """Parts or statements of a PC (empty: nobody knows which) with one reason, last seen at Unix `at`."""

    reason: Reason
    pc: str
    count: int
    at: int


_decoder = msgspec.msgpack.Decoder(tuple[Doubtful, ...])


def reason_of(refusal: Refusal) -> Reason:
    """Tell by a refusal why something could not be opened or believed."""
    match refusal.code:
        case Code.RECIPIENT:
            return Reason.NO_KEY
        case Code.VERSION | Code.UNKNOWN_KIND:
            return Reason.NEWER
        case Code.SIGNATURE | Code.AUTHOR:
            return Reason.FORGED
        case _:
            return Reason.TORN


def keep_doubts(store: "Store", found: Iterable[Doubtful], *, looked: bool) -> tuple[Doubtful, ...]:
    """Keep what a merging found beside what is kept, each (reason, PC) once; gives all.

    `looked`: the stick was looked at to its end, so what lay there and does no more is forgotten.
    """
    kept = {
        (one.reason, one.pc): one for one in kept_doubts(store) if not (looked and one.reason in ON_STICK)
    }
    kept |= {(one.reason, one.pc): one for one in found}
    newest = sorted(kept.values(), key=lambda one: (-one.at, one.reason.value, one.pc))[:_MOST]
    store.put_blob(_NAME, msgspec.msgpack.encode(newest))
    return tuple(newest)


def kept_doubts(store: "Store") -> tuple[Doubtful, ...]:
    """List what is still to be looked at, the newest first."""
    kept = store.blob(_NAME)
    return () if kept is None else _decoder.decode(kept)


def known_now(store: "Store", pcs: Iterable[str]) -> None:
    """Forget that somebody at these PCs was unknown: everybody there is vouched for meanwhile."""
    resolved, kept = set(pcs), kept_doubts(store)
    left = tuple(one for one in kept if one.reason is not Reason.STRANGER or one.pc not in resolved)
    if len(left) < len(kept):
        store.put_blob(_NAME, msgspec.msgpack.encode(left))


def drop_doubts(store: "Store") -> None:
    """Forget the list: somebody has looked at it."""
    store.put_blob(_NAME, msgspec.msgpack.encode(()))
