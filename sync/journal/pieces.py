"""Feed pieces: facts the centre hands to one profile, signed by the centre and sealed to the profile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sync.journal.blocks import put_block, read_block
from sync.journal.codec import CURRENT, codec
from sync.journal.heads import (
    ID_SIZE,
    Entry,
    Table,
    read_heads,
    read_shapes,
    read_table,
)
from sync.journal.keys import KEY_SIZE, SIGNATURE_SIZE, LetterKey, SigningKey, VerifyKey
from sync.journal.limits import PIECE, Limits
from sync.journal.log import Run
from sync.journal.octets import put_text, put_varint, text, varint
from sync.journal.sealing import recipients_of, seal, unseal
from sync.journal.statement import NUMBER_LIMIT, Fact, LogHeader, Statement
from sync.refusal import Code, Refusal

__all__ = ["Piece", "PieceHead", "check_piece", "open_piece", "readers_of", "seal_piece"]

_VERSION = 1
_DOMAIN = b"suluh piece\0"
_SCOPE_LIMIT = 16


class PieceHead(NamedTuple):
    """What is in clear: the scope, and the cursor before and after; whoever carries it reads no more."""

    scope: str
    start: int
    end: int


class Piece(NamedTuple):
    """An opened piece; every fact is endorsed."""

    scope: str
    start: int
    end: int
    facts: tuple[Fact, ...]


def seal_piece(
    scope: str, start: int, end: int, facts: Iterable[Fact], letter_public: bytes, centre_key: SigningKey
) -> bytes:
    """Return the facts that bring a profile's cursor of `scope` from `start` to `end`.

    The facts are a set: they travel in runs by (profile, wall, log), whatever order they came in.
    """
    if not 0 <= start <= end < NUMBER_LIMIT:
        raise Refusal(Code.CURSOR, start=start, end=end)
    out = bytearray((_VERSION,))
    put_text(out, scope)
    put_varint(out, start)
    put_varint(out, end)
    out += seal(_put_facts(facts), [letter_public], _DOMAIN + out)
    return bytes(out + centre_key.sign(_DOMAIN + out))


def check_piece(data: bytes, centre_public: bytes, limits: Limits = PIECE) -> PieceHead:
    """Check the centre's signature and read what is in clear; needs no key. Raises Refusal only."""
    return _open(data, centre_public, limits)[0]


def readers_of(data: bytes, centre_public: bytes, limits: Limits = PIECE) -> tuple[bytes, ...]:
    """Return the ids of the letter keys a piece is sealed to; needs no key. Raises Refusal only."""
    return recipients_of(data[_open(data, centre_public, limits)[1] : -SIGNATURE_SIZE])


def open_piece(data: bytes, letter_private: LetterKey, centre_public: bytes, limits: Limits = PIECE) -> Piece:
    """Check, unseal and unpack a piece. Raises Refusal only, whatever the bytes."""
    head, pos = _open(data, centre_public, limits)
    body = unseal(data[pos:-SIGNATURE_SIZE], letter_private, _DOMAIN + data[:pos])
    return Piece(head.scope, head.start, head.end, _read_facts(body, limits))


def _open(data: bytes, centre_public: bytes, limits: Limits) -> tuple[PieceHead, int]:
    if len(data) > limits.size:
        raise Refusal(Code.TOO_LARGE, size=len(data), limit=limits.size)
    if len(data) <= SIGNATURE_SIZE:
        raise Refusal(Code.MALFORMED, what="piece")
    if data[0] != _VERSION:
        raise Refusal(Code.VERSION, version=data[0])
    try:
        VerifyKey(centre_public).verify(data[-SIGNATURE_SIZE:], _DOMAIN + data[:-SIGNATURE_SIZE])
    except Refusal:
        raise Refusal(Code.CENTRE) from None
    scope, pos = text(data, 1, _SCOPE_LIMIT)
    start, pos = varint(data, pos)
    end, pos = varint(data, pos)
    if not start <= end < NUMBER_LIMIT:
        raise Refusal(Code.MALFORMED, what="cursor")
    return PieceHead(scope, start, end), pos


def _put_facts(facts: Iterable[Fact]) -> bytes:
    entries = _entries(facts)
    out = bytearray((CURRENT, bool(entries)))
    if not entries:
        return bytes(out)
    profiles = Table([entry.run.header.profile for entry in entries])
    signers = Table([entry.signer for entry in entries])
    profiles.put(out)
    signers.put(out)
    put_block(out, entries, profiles, signers, PIECE, chained=False)
    return bytes(out)


def _read_facts(body: bytes, limits: Limits) -> tuple[Fact, ...]:
    if len(body) < 2 or body[1] > 1:
        raise Refusal(Code.MALFORMED, what="facts")
    book = codec(body[0])
    if not body[1]:
        return ()
    profiles, pos = read_table(body, 2, ID_SIZE, limits)
    signers, pos = read_table(body, pos, KEY_SIZE, limits)
    heads, pos = read_heads(body, pos, profiles, signers, limits, chained=False)
    shapes, pos = read_shapes(body, pos, book, limits)
    runs = read_block(body, pos, book, heads, shapes, limits)
    return tuple(
        Fact(run.header, statement, head.signer, endorsed=True)
        for head, run in zip(heads, runs, strict=True)
        for statement in run.statements
    )


def _entries(facts: Iterable[Fact]) -> list[Entry]:
    """Group facts into runs with rising numbers; two versions of one number go into two runs."""
    logs: dict[tuple[LogHeader, bytes], dict[Statement, None]] = {}
    for fact in facts:
        logs.setdefault((fact.header, fact.signer), {})[fact.statement] = None
    entries: list[Entry] = []
    for header, signer in sorted(logs, key=lambda log: (log[0].profile, log[0].wall, log[0].log, log[1])):
        layers: list[list[Statement]] = []
        for statement in sorted(logs[header, signer], key=lambda one: one.seq):
            layer = next((rows for rows in layers if rows[-1].seq < statement.seq), None)
            if layer is None:
                layers.append([statement])
            else:
                layer.append(statement)
        entries += [Entry(Run(header, b"", tuple(rows)), signer) for rows in layers]
    return entries
