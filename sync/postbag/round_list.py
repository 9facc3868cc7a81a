"""The round on the stick: the PCs it goes to, sealed to the office's PCs, and marks of where it has been."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from sync.journal.keys import KEY_SIZE, SIGNATURE_SIZE, LetterKey, SigningKey, VerifyKey
from sync.journal.sealing import key_id, pad, recipients_of, seal, unpad, unseal
from sync.refusal import Code, Refusal

__all__ = [
    "MARKS_FILE",
    "ROUND_FILE",
    "RoundList",
    "Stop",
    "open_round",
    "read_marks",
    "seal_round",
    "write_marks",
]

ROUND_FILE, MARKS_FILE = "putaran.suluh-putaran", "putaran.suluh-tanda"
"""Their names end unlike a part's, so that a program that does not know them passes them over."""
STOP_LIMIT = 512
NAME_LIMIT = 200
SIZE_LIMIT = 256 * 1024
MARK_SIZE = 16
_MAGIC = b"SULUH-PUTARAN\x01"
_OFFICE = 16
_DIGEST = 32
_INFO = b"suluh round\0"
_READERS, _FILL = 56, 8
"""PCs to which one copy is sealed, and the step to which their number is filled up with keys of nobody."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A PC of the round. `mark` is what it leaves on the stick: chance digits that tell a finder nothing."""

    pc: bytes
    name: str
    mark: bytes
    visited: bool


@dataclass(frozen=True, slots=True)
class RoundList:
    """The PCs of an office in the order in which they are visited, as the desk knew it at Unix time `at`."""

    at: int
    stops: tuple[Stop, ...] = field(repr=False)


class _Stop(msgspec.Struct, array_like=True, frozen=True):
    pc: bytes
    name: str
    mark: bytes
    visited: bool


class _Round(msgspec.Struct, array_like=True, frozen=True):
    at: int
    coordinator: bytes
    stops: list[_Stop]


_rounds = msgspec.msgpack.Decoder(_Round)
_copies = msgspec.msgpack.Decoder(list[bytes])


def seal_round(found: RoundList, office: bytes, readers: Sequence[bytes], coordinator: SigningKey) -> bytes:
    """Return the file: signed by a coordinator, padded, and sealed to the letter keys of the office's PCs.

    Raises Refusal(TOO_LARGE) for more PCs than a round has, and RECIPIENT for a key that is none.
    """
    if len(found.stops) > STOP_LIMIT:
        raise Refusal(Code.TOO_LARGE, size=len(found.stops), limit=STOP_LIMIT)
    stops = [_Stop(one.pc, one.name[:NAME_LIMIT], one.mark, one.visited) for one in found.stops]
    inside = msgspec.msgpack.encode(_Round(found.at, coordinator.public, stops))
    signed = pad(inside + coordinator.sign(_INFO + office + inside))
    copies = []
    for first in range(0, len(readers), _READERS):
        some = tuple(readers[first : first + _READERS])
        nobody = tuple(LetterKey.generate().public for _ in range(-len(some) % _FILL))
        copies.append(seal(signed, some + nobody, _INFO + office))
    head = _MAGIC + office + msgspec.msgpack.encode(copies)
    return head + hashlib.sha256(head).digest()


def open_round(data: bytes, office: bytes, key: LetterKey, coordinators: Sequence[bytes]) -> RoundList:
    """Open the list with a PC's key; one of the office's `coordinators` must have signed it.

    Raises Refusal only: MALFORMED for a torn one, OFFICE for another office's, RECIPIENT for another PC's.
    """
    head, digest = data[:-_DIGEST], data[-_DIGEST:]
    if len(data) > SIZE_LIMIT or not head.startswith(_MAGIC) or hashlib.sha256(head).digest() != digest:
        raise Refusal(Code.MALFORMED, what="round")
    if head[len(_MAGIC) : len(_MAGIC) + _OFFICE] != office:
        raise Refusal(Code.OFFICE, what="round")
    try:
        copies = _copies.decode(head[len(_MAGIC) + _OFFICE :])
        signed = unpad(unseal(_mine(copies, key), key, _INFO + office))
        inside, signature = signed[:-SIGNATURE_SIZE], signed[-SIGNATURE_SIZE:]
        found = _rounds.decode(inside)
    except msgspec.MsgspecError:
        raise Refusal(Code.MALFORMED, what="round") from None
    if found.coordinator not in coordinators or len(found.coordinator) != KEY_SIZE:
        raise Refusal(Code.AUTHOR, what="round")
    VerifyKey(found.coordinator).verify(signature, _INFO + office + inside)
    if any((len(one.pc), len(one.mark)) != (16, MARK_SIZE) for one in found.stops):
        raise Refusal(Code.MALFORMED, what="stop")
    stops = tuple(Stop(one.pc, one.name, one.mark, one.visited) for one in found.stops)
    return RoundList(found.at, stops)


def write_marks(marks: frozenset[bytes]) -> bytes:
    """Return the file of marks: chance digits in an order that tells nothing, whole by its digest."""
    inside = b"".join(sorted(marks))
    return inside + hashlib.sha256(inside).digest()


def read_marks(data: bytes | None) -> frozenset[bytes]:
    """Read marks; a torn file, or none, holds none: then a PC is named once more, and no harm is done."""
    inside = b"" if data is None else data[:-_DIGEST]
    if data is None or hashlib.sha256(inside).digest() != data[-_DIGEST:]:
        return frozenset()
    return frozenset(inside[at : at + MARK_SIZE] for at in range(0, len(inside), MARK_SIZE))


def _mine(copies: Sequence[bytes], key: LetterKey) -> bytes:
    own = key_id(key.public)
    for copy in copies:
        if own in recipients_of(copy):
            return copy
    raise Refusal(Code.RECIPIENT, what="round")
