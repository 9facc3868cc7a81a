"""The signed envelope: runs of one profile's logs in columns, with the key that proves them inside."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sync.journal.blocks import put_block, read_block
from sync.journal.codec import CURRENT, Codec, codec
from sync.journal.heads import ID_SIZE, Entry, RunHead, Table, read_heads, read_shapes
from sync.journal.keys import KEY_SIZE, SIGNATURE_SIZE, SigningKey, VerifyKey
from sync.journal.limits import SEGMENT, Limits
from sync.journal.log import Run, chain
from sync.journal.octets import taken
from sync.journal.shapes import Shape
from sync.journal.statement import Fact, LogHeader
from sync.refusal import Code, Refusal

__all__ = [
    "CONTEXT_SIZE",
    "Run",
    "Segment",
    "SegmentPeek",
    "decode_segment",
    "encode_segment",
    "peek_segment",
    "with_context",
]

CONTEXT_SIZE = 16
_DOMAIN = b"suluh segment\0"
_HAS_CONTEXT = 1
_FIXED = 2 + KEY_SIZE + ID_SIZE


@dataclass(frozen=True, slots=True)
class SegmentPeek:
    """What a segment holds, read without unpacking a statement; its signature is right.

    `runs` are (log, first, last); `context` binds the segment to the request it closes, or is empty; `starts`
    are the chain values written before runs, empty where a run begins its log.
    """

    profile: bytes
    signer: bytes
    kinds: tuple[str, ...]
    runs: tuple[tuple[int, int, int], ...]
    headers: tuple[LogHeader, ...]
    context: bytes
    starts: tuple[bytes, ...]

    @property
    def chains(self) -> tuple[bytes, ...]:
        """The chain value before each run: who holds what went before sees whether the log has branched."""
        return tuple(start or chain(header) for start, header in zip(self.starts, self.headers, strict=True))


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment unpacked; `digest` is SHA-256 of its bytes."""

    profile: bytes
    signer: bytes
    runs: tuple[Run, ...]
    kinds: tuple[str, ...]
    digest: bytes

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every statement with its log and signer."""
        return tuple(
            Fact(run.header, statement, self.signer) for run in self.runs for statement in run.statements
        )


def encode_segment(runs: Sequence[Run], signing_key: SigningKey) -> bytes:
    """Return runs of one profile as a signed segment. Raises Refusal when they are not encodable."""
    profiles = {run.header.profile for run in runs}
    if len(profiles) != 1:
        raise Refusal(Code.MALFORMED, what="profiles")
    profile = profiles.pop()
    out = bytearray((CURRENT, 0)) + signing_key.public + profile
    put_block(out, [Entry(run, b"") for run in runs], Table([profile]), Table(), SEGMENT, chained=True)
    out += signing_key.sign(_DOMAIN + out)
    return bytes(out)


def with_context(data: bytes, context: bytes, signing_key: SigningKey) -> bytes:
    """Return the same segment bound to a request: signed again by its own signer over `context` too."""
    body = data[:-SIGNATURE_SIZE]
    start = _FIXED + (CONTEXT_SIZE if body[1] & _HAS_CONTEXT else 0)
    if body[2 : 2 + KEY_SIZE] != signing_key.public or len(context) != CONTEXT_SIZE:
        raise Refusal(Code.SIGNATURE, what="signer")
    out = bytes((body[0], body[1] | _HAS_CONTEXT)) + body[2:_FIXED] + context + body[start:]
    return out + signing_key.sign(_DOMAIN + out)


def peek_segment(data: bytes, limits: Limits = SEGMENT) -> SegmentPeek:
    """Check the signature and read the clear part; statements stay packed. Raises Refusal only."""
    return _open(data, limits)[0]


def decode_segment(data: bytes, limits: Limits = SEGMENT) -> Segment:
    """Check the signature and unpack everything. Raises Refusal only, whatever the bytes."""
    peek, book, heads, shapes, pos = _open(data, limits)
    runs = read_block(data[:-SIGNATURE_SIZE], pos, book, heads, shapes, limits)
    return Segment(peek.profile, peek.signer, runs, peek.kinds, hashlib.sha256(data).digest())


def _open(data: bytes, limits: Limits) -> tuple[SegmentPeek, Codec, list[RunHead], list[Shape], int]:
    if len(data) > limits.size:
        raise Refusal(Code.TOO_LARGE, size=len(data), limit=limits.size)
    if len(data) < _FIXED + SIGNATURE_SIZE:
        raise Refusal(Code.MALFORMED, what="segment")
    book = codec(data[0])
    if data[1] & ~_HAS_CONTEXT:
        raise Refusal(Code.VERSION, flags=data[1])
    signer = data[2 : 2 + KEY_SIZE]
    VerifyKey(signer).verify(data[-SIGNATURE_SIZE:], _DOMAIN + data[:-SIGNATURE_SIZE])
    profile = data[2 + KEY_SIZE : _FIXED]
    pos, context = _FIXED, b""
    if data[1] & _HAS_CONTEXT:
        context, pos = taken(data, pos, CONTEXT_SIZE)
    heads, pos = read_heads(data, pos, (profile,), (signer,), limits, chained=True)
    shapes, pos = read_shapes(data, pos, book, limits)
    peek = SegmentPeek(
        profile,
        signer,
        tuple(shape.kind for shape in shapes),
        tuple((head.header.log, head.first, head.first + head.size - 1) for head in heads),
        tuple(head.header for head in heads),
        context,
        tuple(head.start_chain for head in heads),
    )
    return peek, book, heads, shapes, pos
