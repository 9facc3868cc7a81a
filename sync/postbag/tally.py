"""How many certificates go home with an answer: marks that only a coordinator of the office can count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import msgspec

from sync.journal.keys import LetterKey
from sync.journal.sealing import pad, seal, unpad, unseal
from sync.refusal import Code, Refusal

__all__ = ["open_tally", "seal_tally"]

_INFO = b"suluh tally\0"
_BLOCK = 512
_MARK = 6
_tallies = msgspec.msgpack.Decoder(dict[bytes, bytes])


def seal_tally(issued: Mapping[bytes, Iterable[tuple[int, int]]], office: bytes, letter: bytes) -> bytes:
    """Seal for the office's key which certificates (by log and number) go home to which PC.

    A certificate is told apart by a mark, so that one that goes to two PCs, or twice, counts once.
    """
    marks = {pc: b"".join(sorted(_mark(*one) for one in ones)) for pc, ones in issued.items()}
    return seal(pad(msgspec.msgpack.encode(marks), _BLOCK), (letter,), _INFO + office)


def open_tally(data: bytes, office: bytes, key: LetterKey) -> Mapping[bytes, frozenset[bytes]]:
    """Open a tally: marks by PC. Raises Refusal only."""
    try:
        found = _tallies.decode(unpad(unseal(data, key, _INFO + office)))
    except msgspec.MsgspecError:
        raise Refusal(Code.MALFORMED, what="tally") from None
    return {
        pc: frozenset(marks[at : at + _MARK] for at in range(0, len(marks), _MARK))
        for pc, marks in found.items()
    }


def _mark(log: int, seq: int) -> bytes:
    return hashlib.sha256(b"suluh tally %d %d" % (log, seq)).digest()[:_MARK]
