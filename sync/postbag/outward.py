"""What one PC gives to a carrier: everybody's sealed segments, and how far each person's feeds have come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from sync.journal.keys import LetterKey
from sync.journal.sealing import pad, seal, unpad, unseal
from sync.postbag.part import PART_LIMIT, Form, Part, encode_part
from sync.refusal import Code, Refusal

__all__ = ["Outward", "Want", "open_outward", "seal_outward"]

_INFO = b"suluh outward\0"
_ROOM = PART_LIMIT - 8 * 1024
"""Bytes of segments in one part: the rest is left for the head, the wraps and the padding."""


@dataclass(frozen=True, slots=True)
class Want:
    """A profile of the PC, the key it signs with, and how far each of its feeds has come.

    Nobody need prove that they may ask: what answers it is sealed to the profile's own letter key.
    """

    profile: bytes
    signer: bytes
    cursors: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outward:
    """One PC's post. `letter` is the PC's own key, to which its answer is sealed; `at` its Unix seconds.

    `versions` say which documents and which epoch of the centre the PC knows; `segments` are sealed letters.
    """

    pc: bytes
    name: str
    letter: bytes
    at: int
    versions: Mapping[str, int] = field(default_factory=dict)
    wants: tuple[Want, ...] = ()
    segments: tuple[bytes, ...] = ()


class _Want(msgspec.Struct, array_like=True, frozen=True):
    profile: bytes
    signer: bytes
    cursors: dict[str, int]


class _Outward(msgspec.Struct, array_like=True, frozen=True):
    pc: bytes
    name: str
    letter: bytes
    at: int
    versions: dict[str, int]
    wants: list[_Want]
    segments: list[bytes]


_decoder = msgspec.msgpack.Decoder(_Outward)


def seal_outward(outward: Outward, office: bytes, recipients: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return a PC's post as parts, each padded and sealed to `recipients` (the office's key, the centre's).

    Every part opens by itself; what the PC wants rides in the first.
    """
    return tuple(
        encode_part(Form.OUTWARD, office, seal(pad(_encode(one)), recipients, _INFO + office))
        for one in _cut(outward)
    )


def open_outward(part: Part, key: LetterKey) -> Outward:
    """Open a part with the office's or the centre's key. Raises Refusal only."""
    if part.form is not Form.OUTWARD:
        raise Refusal(Code.MALFORMED, what=part.form.name)
    inside = unpad(unseal(part.body, key, _INFO + part.office))
    try:
        found = _decoder.decode(inside)
    except msgspec.MsgspecError:
        raise Refusal(Code.MALFORMED, what="outward") from None
    wants = tuple(Want(one.profile, one.signer, one.cursors) for one in found.wants)
    sizes = (len(found.pc), len(found.letter)) == (16, 32)
    counts = [found.at, *found.versions.values(), *(n for one in wants for n in one.cursors.values())]
    if not sizes or any((len(one.profile), len(one.signer)) != (16, 32) for one in wants) or min(counts) < 0:
        raise Refusal(Code.MALFORMED, what="outward")
    return Outward(found.pc, found.name, found.letter, found.at, found.versions, wants, tuple(found.segments))


def _cut(outward: Outward) -> Iterator[Outward]:
    """Share the segments out over as many parts as they need; one part there always is."""
    first = True
    batch: list[bytes] = []
    size = 0
    for segment in outward.segments:
        if batch and size + len(segment) > _ROOM:
            yield replace(outward, segments=tuple(batch), wants=outward.wants if first else ())
            first, batch, size = False, [], 0
        batch.append(segment)
        size += len(segment)
    if batch or first:
        yield replace(outward, segments=tuple(batch), wants=outward.wants if first else ())


def _encode(outward: Outward) -> bytes:
    wants = [_Want(one.profile, one.signer, dict(one.cursors)) for one in outward.wants]
    return msgspec.msgpack.encode(
        _Outward(
            outward.pc,
            outward.name,
            outward.letter,
            outward.at,
            dict(outward.versions),
            wants,
            list(outward.segments),
        )
    )
