"""Fields for fewer eyes than the office: sealed inside the statement, opened for the fold of who may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sync.journal.keys import LetterKey
from sync.journal.octets import octets, put_bytes, put_text, put_varint, text, unzigzag, varint, zigzag
from sync.journal.sealing import seal, unseal
from sync.journal.statement import Fact
from sync.refusal import Code, Refusal

Secret = int | str | bytes
_INFO = b"suluh fields\0"
_COUNT, _NAME, _SIZE = 32, 64, 64 * 1024
_INT, _TEXT, _BYTES = 1, 2, 3


def seal_fields(kind: str, fields: Mapping[str, Secret], recipients: Sequence[bytes]) -> bytes:
    """Return fields for the `sealed` field of a statement of `kind`, readable by the given letter keys."""
    return seal(pack_fields(fields), recipients, _INFO + kind.encode())


def pack_fields(fields: Mapping[str, Secret]) -> bytes:
    """Write fields as they are sealed; in clear only inside what is sealed as a whole."""
    out = bytearray()
    put_varint(out, len(fields))
    for name, value in sorted(fields.items()):
        put_text(out, name)
        if isinstance(value, int):
            out.append(_INT)
            put_varint(out, zigzag(value))
        elif isinstance(value, str):
            out.append(_TEXT)
            put_text(out, value)
        else:
            out.append(_BYTES)
            put_bytes(out, value)
    return bytes(out)


def open_fields(kind: str, sealed: bytes, key: LetterKey) -> dict[str, Secret]:
    """Open what `seal_fields` sealed for the same kind. Raises Refusal only."""
    return unpack_fields(unseal(sealed, key, _INFO + kind.encode()))


def unpack_fields(data: bytes) -> dict[str, Secret]:
    """Read what `pack_fields` wrote. Raises Refusal only."""
    count, pos = varint(data, 0)
    if count > _COUNT:
        raise Refusal(Code.TOO_LARGE, count=count)
    fields: dict[str, Secret] = {}
    for _ in range(count):
        name, pos = text(data, pos, _NAME)
        form, pos = varint(data, pos)
        if form == _INT:
            number, pos = varint(data, pos)
            fields[name] = unzigzag(number)
        elif form == _TEXT:
            fields[name], pos = text(data, pos, _SIZE)
        elif form == _BYTES:
            fields[name], pos = octets(data, pos, _SIZE)
        else:
            raise Refusal(Code.MALFORMED, what="secret")
    if pos != len(data):
        raise Refusal(Code.MALFORMED, what="rest")
    return fields


def opened(fact: Fact, key: LetterKey) -> Fact:
    """Return the fact with its sealed fields beside the others, for a fold; only here, never to be stored.

    A fact without sealed fields comes back unchanged. Raises Refusal when it is not sealed to this key.
    """
    sealed = fact.statement.fields.get("sealed")
    if not isinstance(sealed, bytes):
        return fact
    fields = {**open_fields(fact.statement.kind, sealed, key), **fact.statement.fields}
    return replace(fact, statement=replace(fact.statement, fields=fields))
