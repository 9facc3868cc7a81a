"""What the centre sends home to one PC: acks and feed pieces, signed by the centre and sealed to that PC."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from sync.bundle import Ack
from sync.journal.keys import SIGNATURE_SIZE, LetterKey, SigningKey, VerifyKey
from sync.journal.sealing import pad, seal, unpad, unseal
from sync.journal.statement import LOG_LIMIT, NUMBER_LIMIT
from sync.postbag.part import DIGEST_SIZE, PART_LIMIT, Form, Part, encode_part
from sync.refusal import Code, Refusal

__all__ = ["Homeward", "Letter", "open_homeward", "seal_homeward"]

_INFO = b"suluh homeward\0"
_ROOM = PART_LIMIT - 32 * 1024


@dataclass(frozen=True, slots=True)
class Letter:
    """A feed piece and the profile it is sealed to."""

    profile: bytes
    piece: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Homeward:
    """The answer to one PC's post: `time` is the centre's Unix seconds, `epoch` which life of it speaks.

    `acks` tell how far the centre holds the logs that came, and `parts` in which parts it has stored them: a
    copy of a running PC reads the same answer, and an ack is about ours only where such a part is ours.
    `refusals` are codes with values for segments that were not taken; `more` says that the feeds go on.
    """

    pc: bytes
    time: int
    epoch: int
    acks: tuple[Ack, ...] = ()
    letters: tuple[Letter, ...] = ()
    versions: Mapping[str, int] = field(default_factory=dict)
    refusals: tuple[tuple[str, Mapping[str, int | str]], ...] = ()
    more: bool = False
    parts: tuple[bytes, ...] = ()


class _Homeward(msgspec.Struct, array_like=True, frozen=True):
    pc: bytes
    time: int
    epoch: int
    acks: list[tuple[int, int]]
    letters: list[tuple[bytes, bytes]]
    versions: dict[str, int]
    refusals: list[tuple[str, dict[str, int | str]]]
    more: bool
    parts: list[bytes] = []


_decoder = msgspec.msgpack.Decoder(_Homeward)


def seal_homeward(
    homeward: Homeward, office: bytes, recipients: Sequence[bytes], centre: SigningKey
) -> tuple[bytes, ...]:
    """Return the answer as parts, each signed by the centre, padded, and sealed to the PC's letter key.

    Every part counts by itself, in any order: the pieces of one feed say where they begin.
    """
    parts: list[bytes] = []
    for one in _cut(homeward):
        inside = _encode(one)
        signed = inside + centre.sign(_INFO + office + inside)
        parts.append(encode_part(Form.HOMEWARD, office, seal(pad(signed), recipients, _INFO + office)))
    return tuple(parts)


def open_homeward(part: Part, key: LetterKey, centre_public: bytes) -> Homeward:
    """Open an answer with the PC's key; only the centre's signature is believed. Raises Refusal only."""
    if part.form is not Form.HOMEWARD:
        raise Refusal(Code.MALFORMED, what=part.form.name)
    signed = unpad(unseal(part.body, key, _INFO + part.office))
    inside, signature = signed[:-SIGNATURE_SIZE], signed[-SIGNATURE_SIZE:]
    try:
        VerifyKey(centre_public).verify(signature, _INFO + part.office + inside)
    except Refusal:
        raise Refusal(Code.CENTRE) from None
    try:
        found = _decoder.decode(inside)
    except msgspec.MsgspecError:
        raise Refusal(Code.MALFORMED, what="homeward") from None
    acks = tuple(Ack(log, seq) for log, seq in found.acks)
    if not all(0 < ack.log < LOG_LIMIT and 0 <= ack.seq < NUMBER_LIMIT for ack in acks):
        raise Refusal(Code.MALFORMED, what="ack")
    if any(len(digest) != DIGEST_SIZE for digest in found.parts):
        raise Refusal(Code.MALFORMED, what="part")
    letters = tuple(Letter(profile, piece) for profile, piece in found.letters)
    refusals = tuple((code, values) for code, values in found.refusals)
    return Homeward(
        found.pc,
        found.time,
        found.epoch,
        acks,
        letters,
        found.versions,
        refusals,
        found.more,
        tuple(found.parts),
    )


def _cut(homeward: Homeward) -> Iterator[Homeward]:
    """Share the letters out over parts; acks, parts and refusals ride in the first."""
    batch: list[Letter] = []
    size, head = 0, homeward
    for letter in homeward.letters:
        if batch and size + len(letter.piece) > _ROOM:
            yield replace(head, letters=tuple(batch))
            head, batch, size = replace(homeward, acks=(), parts=(), refusals=()), [], 0
        batch.append(letter)
        size += len(letter.piece)
    if batch or not homeward.letters:
        yield replace(head, letters=tuple(batch))


def _encode(one: Homeward) -> bytes:
    return msgspec.msgpack.encode(
        _Homeward(
            one.pc,
            one.time,
            one.epoch,
            [(ack.log, ack.seq) for ack in one.acks],
            [(letter.profile, letter.piece) for letter in one.letters],
            dict(one.versions),
            [(code, dict(values)) for code, values in one.refusals],
            one.more,
            list(one.parts),
        )
    )
