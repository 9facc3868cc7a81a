"""The thing that travels: what a PC asks and brings in one round trip, and what the centre answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.journal.acks import Ack
from sync.journal.heads import ID_SIZE
from sync.journal.keys import KEY_SIZE, SIGNATURE_SIZE, SigningKey, VerifyKey
from sync.journal.octets import octets, put_bytes, put_text, put_varint, taken, text, unzigzag, varint, zigzag
from sync.journal.pieces import Piece, PieceHead, check_piece, open_piece, seal_piece
from sync.journal.segment import CONTEXT_SIZE, SegmentPeek, peek_segment, with_context
from sync.journal.statement import INT_MAX, INT_MIN, LOG_LIMIT, NUMBER_LIMIT
from sync.refusal import Code, Refusal

__all__ = [
    "OWN",
    "PAPERS",
    "Ack",
    "Piece",
    "PieceHead",
    "SyncReply",
    "SyncRequest",
    "check_piece",
    "decode_reply",
    "decode_request",
    "encode_reply",
    "encode_request",
    "open_piece",
    "read_request",
    "request_digest",
    "seal_piece",
]

_VERSION = 1
_ASK, _ANSWER = b"suluh request\0", b"suluh reply\0"
REQUEST_LIMIT = 4 << 20
REPLY_LIMIT = 24 << 20
DIGEST_SIZE = 8
_NONCE_LIMIT = 16
_NAME_LIMIT = 64
_COUNT_LIMIT = 4096
_BY_SEGMENT = 1
_MORE = 1
# Names that travel as one byte; a name not listed is written out after a 0. Never renumbered.
_NAMES = ("person", "office", "catalogue", "trust", "own", "papers")
OFFICE_OF = "of"
"""Among the versions asked: the mark of the office whose file is held, by somebody no roster names yet."""
OWN = "own"
"""Among the cursors: how many statements of its own key the asker holds. Among the pieces: those it lacks."""
PAPERS = "papers"
"""The scope of files that the centre sends one person, in the places of their feed, after all else.

Its cursor is named only by who was told of such a file.
"""


@dataclass(frozen=True, slots=True)
class SyncRequest:
    """What one profile asks and brings.

    `cursors` by scope say how far its feeds are; `versions` which catalogue, trust list and office file the
    PC has; `sealed` are letters others on this PC left in the outbox; `at` is unix seconds by the PC.
    """

    profile: bytes
    signer: bytes
    cursors: Mapping[str, int]
    versions: Mapping[str, int]
    segments: tuple[bytes, ...]
    sealed: tuple[bytes, ...]
    at: int
    nonce: bytes


@dataclass(frozen=True, slots=True)
class SyncReply:
    """What the centre answers; `request` is the digest of the request and `time` the centre's unix seconds.

    `refusals` are (code, values) for what was not taken; `more` says that the feed has further pieces.
    """

    time: int
    request: bytes
    acks: tuple[Ack, ...] = ()
    pieces: tuple[bytes, ...] = ()
    cursors: Mapping[str, int] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)
    documents: Mapping[str, bytes] = field(default_factory=dict)
    refusals: tuple[tuple[str, Mapping[str, int | str]], ...] = ()
    more: bool = False


def request_digest(data: bytes) -> bytes:
    """Return the 8 bytes by which a reply says which request it answers."""
    return hashlib.sha256(_ASK + data).digest()[:DIGEST_SIZE]


def encode_request(request: SyncRequest, signing_key: SigningKey) -> bytes:
    """Return a request signed by the profile.

    When its last segment is by the same key, that segment's signature is made anew to cover the request as
    well: one signature less to carry and to check.
    """
    *others, last = request.segments or (b"",)
    # Signer and profile stand right behind the two bytes of version and flags.
    by_segment = last[2 : 2 + KEY_SIZE + ID_SIZE] == signing_key.public + request.profile
    out = bytearray((_VERSION, _BY_SEGMENT if by_segment else 0))
    if not by_segment:
        out += signing_key.public + request.profile
    put_varint(out, request.at)
    put_bytes(out, request.nonce)
    _put_counts(out, request.cursors)
    _put_counts(out, request.versions)
    _put_blobs(out, request.sealed)
    if not by_segment:
        _put_blobs(out, request.segments)
        return bytes(out + signing_key.sign(_ASK + out))
    _put_blobs(out, others)
    return bytes(out) + with_context(last, _context(bytes(out)), signing_key)


def office_mark(salt: bytes) -> int:
    """Give the number that only who holds an office's file can name: 40 bits of the digest of its salt."""
    return int.from_bytes(hashlib.sha256(b"suluh office of 1\0" + salt).digest()[:5], "big")


def decode_request(data: bytes) -> SyncRequest:
    """Check the signature and unpack a request; the segments inside are still to be peeked at.

    Raises Refusal only, whatever the bytes.
    """
    return read_request(data)[0]


def read_request(data: bytes) -> tuple[SyncRequest, SegmentPeek | None]:
    """Do as `decode_request`, and give what was seen of the last segment where that one signs the request."""
    if len(data) > REQUEST_LIMIT:
        raise Refusal(Code.TOO_LARGE, size=len(data), limit=REQUEST_LIMIT)
    head, pos = taken(data, 0, 2)
    if head[0] != _VERSION or head[1] & ~_BY_SEGMENT:
        raise Refusal(Code.VERSION, version=head[0])
    by_segment = bool(head[1])
    signer = profile = b""
    peek: SegmentPeek | None = None
    if not by_segment:
        signer, pos = taken(data, pos, KEY_SIZE)
        profile, pos = taken(data, pos, ID_SIZE)
    at, pos = varint(data, pos)
    nonce, pos = octets(data, pos, _NONCE_LIMIT)
    cursors, pos = _counts(data, pos)
    versions, pos = _counts(data, pos)
    sealed, pos = _blobs(data, pos)
    segments, pos = _blobs(data, pos)
    if by_segment:
        last = data[pos:]
        peek = peek_segment(last)
        signer, profile = peek.signer, peek.profile
        if peek.context != _context(data[:pos]):
            raise Refusal(Code.SIGNATURE, what="context")
        segments = (*segments, last)
    else:
        if pos + SIGNATURE_SIZE != len(data):
            raise Refusal(Code.MALFORMED, what="rest")
        VerifyKey(signer).verify(data[pos:], _ASK + data[:pos])
    if at >= NUMBER_LIMIT:
        raise Refusal(Code.MALFORMED, what="at")
    return SyncRequest(profile, signer, cursors, versions, segments, sealed, at, nonce), peek


def encode_reply(reply: SyncReply, centre_key: SigningKey) -> bytes:
    """Return a reply signed by the centre."""
    if len(reply.request) != DIGEST_SIZE:
        raise Refusal(Code.ANSWER, size=len(reply.request))
    out = bytearray((_VERSION, _MORE if reply.more else 0))
    put_varint(out, reply.time)
    out += reply.request
    put_varint(out, len(reply.acks))
    for log, seq in reply.acks:
        out += log.to_bytes(8, "big")
        put_varint(out, seq)
    _put_counts(out, reply.cursors)
    _put_counts(out, reply.versions)
    _put_blobs(out, reply.pieces)
    put_varint(out, len(reply.documents))
    for name, document in sorted(reply.documents.items()):
        put_text(out, name)
        put_bytes(out, document)
    put_varint(out, len(reply.refusals))
    for code, values in reply.refusals:
        put_text(out, code)
        _put_values(out, values)
    return bytes(out + centre_key.sign(_ANSWER + out))


def decode_reply(data: bytes, centre_public: bytes, request: bytes | None = None) -> SyncReply:
    """Check that the centre signed these bytes, and unpack them.

    With `request`, the bytes that were sent, a reply to any other request is refused (ANSWER). Anything not
    signed by the centre, a captive portal's page too, is Refusal(CENTRE). Raises Refusal only.
    """
    if len(data) > REPLY_LIMIT:
        raise Refusal(Code.TOO_LARGE, size=len(data), limit=REPLY_LIMIT)
    try:
        VerifyKey(centre_public).verify(data[-SIGNATURE_SIZE:], _ANSWER + data[:-SIGNATURE_SIZE])
    except Refusal:
        raise Refusal(Code.CENTRE) from None
    body = data[:-SIGNATURE_SIZE]
    head, pos = taken(body, 0, 2)
    if head[0] != _VERSION or head[1] & ~_MORE:
        raise Refusal(Code.VERSION, version=head[0])
    time, pos = varint(body, pos)
    digest, pos = taken(body, pos, DIGEST_SIZE)
    if request is not None and digest != request_digest(request):
        raise Refusal(Code.ANSWER)
    acks, pos = _acks(body, pos)
    cursors, pos = _counts(body, pos)
    versions, pos = _counts(body, pos)
    pieces, pos = _blobs(body, pos)
    documents, pos = _documents(body, pos)
    refusals, pos = _refusals(body, pos)
    if pos != len(body) or time >= NUMBER_LIMIT:
        raise Refusal(Code.MALFORMED, what="rest")
    return SyncReply(time, digest, acks, pieces, cursors, versions, documents, refusals, bool(head[1]))


def _context(before: bytes) -> bytes:
    return hashlib.sha256(_ASK + before).digest()[:CONTEXT_SIZE]


def _put_counts(out: bytearray, counts: Mapping[str, int]) -> None:
    put_varint(out, len(counts))
    for name, number in sorted(counts.items()):
        if name in _NAMES:
            put_varint(out, _NAMES.index(name) + 1)
        else:
            put_varint(out, 0)
            put_text(out, name)
        put_varint(out, number)


def _counts(data: bytes, pos: int) -> tuple[dict[str, int], int]:
    size, pos = _count(data, pos)
    counts: dict[str, int] = {}
    for _ in range(size):
        code, pos = varint(data, pos)
        if code > len(_NAMES):
            raise Refusal(Code.MALFORMED, what="name")
        if code:
            name = _NAMES[code - 1]
        else:
            name, pos = text(data, pos, _NAME_LIMIT)
        counts[name], pos = varint(data, pos)
        if counts[name] >= NUMBER_LIMIT:
            raise Refusal(Code.MALFORMED, what="count")
    if len(counts) != size:
        raise Refusal(Code.MALFORMED, what="names")
    return counts, pos


def _put_blobs(out: bytearray, blobs: tuple[bytes, ...] | list[bytes]) -> None:
    put_varint(out, len(blobs))
    for blob in blobs:
        put_bytes(out, blob)


def _blobs(data: bytes, pos: int) -> tuple[tuple[bytes, ...], int]:
    size, pos = _count(data, pos)
    blobs: list[bytes] = []
    for _ in range(size):
        blob, pos = octets(data, pos, len(data))
        blobs.append(blob)
    return tuple(blobs), pos


def _acks(data: bytes, pos: int) -> tuple[tuple[Ack, ...], int]:
    size, pos = varint(data, pos)
    if size > len(data) // 9:
        raise Refusal(Code.MALFORMED, what="acks")
    acks: list[Ack] = []
    for _ in range(size):
        raw, pos = taken(data, pos, 8)
        seq, pos = varint(data, pos)
        log = int.from_bytes(raw, "big")
        if not (0 < log < LOG_LIMIT and seq < NUMBER_LIMIT):
            raise Refusal(Code.MALFORMED, what="ack")
        acks.append(Ack(log, seq))
    return tuple(acks), pos


def _documents(data: bytes, pos: int) -> tuple[dict[str, bytes], int]:
    size, pos = _count(data, pos)
    documents: dict[str, bytes] = {}
    for _ in range(size):
        name, pos = text(data, pos, _NAME_LIMIT)
        documents[name], pos = octets(data, pos, len(data))
    return documents, pos


def _put_values(out: bytearray, values: Mapping[str, int | str]) -> None:
    put_varint(out, len(values))
    for name, value in sorted(values.items()):
        put_text(out, name)
        if isinstance(value, int):
            if not INT_MIN <= value <= INT_MAX:
                raise Refusal(Code.FIELD, field=name)
            out.append(0)
            put_varint(out, zigzag(value))
        else:
            out.append(1)
            put_text(out, value)


def _refusals(data: bytes, pos: int) -> tuple[tuple[tuple[str, Mapping[str, int | str]], ...], int]:
    size, pos = _count(data, pos)
    refusals: list[tuple[str, Mapping[str, int | str]]] = []
    for _ in range(size):
        code, pos = text(data, pos, _NAME_LIMIT)
        fields, pos = _count(data, pos)
        values: dict[str, int | str] = {}
        for _ in range(fields):
            name, pos = text(data, pos, _NAME_LIMIT)
            kind, pos = taken(data, pos, 1)
            if kind[0] > 1:
                raise Refusal(Code.MALFORMED, what="value")
            if kind[0]:
                values[name], pos = text(data, pos, len(data))
            else:
                number, pos = varint(data, pos)
                values[name] = unzigzag(number)
        refusals.append((code, values))
    return tuple(refusals), pos


def _count(data: bytes, pos: int) -> tuple[int, int]:
    size, pos = varint(data, pos)
    if size > _COUNT_LIMIT:
        raise Refusal(Code.TOO_LARGE, count=size, limit=_COUNT_LIMIT)
    return size, pos
