"""The list of certificates taken back: their numbers alone, signed by the centre, on every PC of it."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from sync.journal.keys import SIGNATURE_SIZE, SigningKey, VerifyKey
from sync.refusal import Code, Refusal

_DOMAIN = b"suluh withdrawn 1\0"


class _Withdrawn(msgspec.Struct, array_like=True, frozen=True):
    version: int
    numbers: list[str]


_DECODE = msgspec.msgpack.Decoder(_Withdrawn)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Numbers of certificates that do not hold any more; version 0 is a list that does not exist yet."""

    version: int = 0
    numbers: frozenset[str] = frozenset()


def read_withdrawn(data: bytes, centre: bytes | None = None) -> Withdrawn:
    """Read the list; empty bytes are an empty one. With `centre` its signature is checked too.

    Raises Refusal: SIGNATURE for a forged one, MALFORMED for anything else that is none.
    """
    if not data:
        return Withdrawn()
    signature, body = data[:SIGNATURE_SIZE], data[SIGNATURE_SIZE:]
    if centre is not None:
        VerifyKey(centre).verify(signature, _DOMAIN + body)
    try:
        found = _DECODE.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise Refusal(Code.MALFORMED, what="withdrawn") from None
    return Withdrawn(found.version, frozenset(found.numbers))


def sign_withdrawn(version: int, numbers: Iterable[str], centre: SigningKey) -> bytes:
    """Write the list and sign it, so that it can travel on a stick too."""
    body = msgspec.msgpack.encode(_Withdrawn(version, sorted(set(numbers))))
    return centre.sign(_DOMAIN + body) + body
