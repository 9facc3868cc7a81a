"""A statement, the log it stands in, its canonical bytes, and the fact that every fold eats."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from sync.journal.octets import put_bytes, put_text, put_varint, zigzag
from sync.refusal import Code, Refusal

Value = int | str | bytes | tuple[int, ...] | tuple[str, ...]

# A log id is 64 bits wide with the top bit clear, so that every database's signed integer holds it.
LOG_LIMIT = 1 << 63
# Sequence numbers, times in seconds and counts stay far below what a hostile sender could overflow.
NUMBER_LIMIT = 1 << 40
INT_MIN, INT_MAX = -(1 << 63), (1 << 63) - 1


class ValueType(IntEnum):
    """What a field holds; the number is written in segments and canonical bytes and never changes."""

    INT = 1
    TEXT = 2
    BYTES = 3
    INTS = 4
    TEXTS = 5


class Identity(NamedTuple):
    """Which statement: the log's random id and the place in it, counted from 1."""

    log: int
    seq: int


@dataclass(frozen=True, slots=True)
class LogHeader:
    """What one start of the app says of itself, repeated with every run of the log.

    `wall` is unix seconds and `monotonic` seconds since boot, both at the log's start; `previous_log`
    is 0 for the first log of a profile on a PC; `boot` tells one boot of the PC from the next.
    """

    log: int
    profile: bytes
    pc: bytes
    previous_log: int
    previous_seq: int
    wall: int
    monotonic: int
    boot: bytes


@dataclass(frozen=True, slots=True)
class Statement:
    """One immutable fact; `at` counts monotonic seconds since the log's start."""

    log: int
    seq: int
    kind: str
    at: int
    fields: Mapping[str, Value]

    def __hash__(self) -> int:
        """Hash by place; equality still compares every field."""
        return hash((self.log, self.seq, self.kind))

    @property
    def identity(self) -> Identity:
        """The (log, seq) under which both ends know this statement."""
        return Identity(self.log, self.seq)

    @property
    def digest(self) -> bytes:
        """SHA-256 of the canonical bytes: same identity and another digest is a branch."""
        return hashlib.sha256(canonical(self)).digest()


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement with the log it stands in and the Ed25519 public key (32 bytes) that signed for it.

    `endorsed` is True when it came inside a feed piece signed by the centre, which checked the signer.
    """

    header: LogHeader
    statement: Statement
    signer: bytes
    endorsed: bool = False

    @property
    def wall(self) -> int:
        """Unix seconds by the PC's own clock at the log's start plus the monotonic time since."""
        return self.header.wall + self.statement.at

    @property
    def identity(self) -> Identity:
        """The identity of the statement."""
        return self.statement.identity


def type_of(value: Value) -> ValueType:
    """Return the wire type of a value; an empty tuple is INTS. Raises Refusal(FIELD) for anything else."""
    kind = type(value)
    if kind is int:
        return ValueType.INT
    if kind is str:
        return ValueType.TEXT
    if kind is bytes:
        return ValueType.BYTES
    if isinstance(value, tuple):
        if all(type(item) is int for item in value):
            return ValueType.INTS
        if all(type(item) is str for item in value):
            return ValueType.TEXTS
    raise Refusal(Code.FIELD, reason="type")


def canonical(statement: Statement) -> bytes:
    """Return the one byte string that stands for a statement, whatever segment it travelled in.

    Written in resources/decisions/journal-format.md, section "Canonical bytes".
    """
    out = bytearray(b"suluh statement 1\0")
    out += statement.log.to_bytes(8, "big")
    put_varint(out, statement.seq)
    put_varint(out, statement.at)
    put_text(out, statement.kind)
    put_varint(out, len(statement.fields))
    for name in sorted(statement.fields):
        put_text(out, name)
        _put_value(out, statement.fields[name])
    return bytes(out)


def header_bytes(header: LogHeader) -> bytes:
    """Return the canonical bytes of a log header, from which the log's chain starts."""
    out = bytearray(b"suluh log 1\0")
    out += header.log.to_bytes(8, "big") + header.profile + header.pc + header.boot
    out += header.previous_log.to_bytes(8, "big")
    for number in (header.previous_seq, header.wall, header.monotonic):
        put_varint(out, number)
    return bytes(out)


def _put_value(out: bytearray, value: Value) -> None:
    kind = type_of(value)
    out.append(kind)
    if isinstance(value, int):
        put_varint(out, zigzag(value))
    elif isinstance(value, str):
        put_text(out, value)
    elif isinstance(value, bytes):
        put_bytes(out, value)
    else:
        put_varint(out, len(value))
        for item in value:
            if isinstance(item, int):
                put_varint(out, zigzag(item))
            else:
                put_text(out, item)
