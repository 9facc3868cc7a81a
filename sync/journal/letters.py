"""Letter keys in escrow: sealed to the centre alone, and given back to the same person's newer key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sync.journal.keys import KEY_SIZE, LetterKey
from sync.journal.sealing import seal, unseal
from sync.journal.secret_fields import open_fields, seal_fields
from sync.journal.statement import Fact
from sync.refusal import Code, Refusal

ESCROWED, RETURNED = "letter.escrowed", "letter.returned"
KEYS_LIMIT = 64
_INFO = b"suluh letter escrow 1\0"


@dataclass(frozen=True, slots=True)
class Return:
    """What a return holds: the older letter keys, and who asked the centre's operator for them."""

    letters: tuple[LetterKey, ...]
    asked: str


def escrow(letter: LetterKey, centre_letter: bytes, profile: bytes) -> bytes:
    """Seal a profile's letter key to the centre's letter key, for the field `sealed` of `letter.escrowed`.

    To nobody else: the office's coordinator hands out reset codes and vouches for keys, and must not come
    to read letters by either.
    """
    return seal(letter.raw, (centre_letter,), _INFO + profile)


def open_escrow(fact: Fact, centre: LetterKey) -> LetterKey:
    """Open a letter key in escrow. Raises Refusal when it is not for this centre or not a key."""
    sealed = fact.statement.fields.get("sealed")
    if not isinstance(sealed, bytes):
        raise Refusal(Code.FIELD, kind=fact.statement.kind, field="sealed")
    return LetterKey(unseal(sealed, centre, _INFO + fact.header.profile))


def seal_return(given: Return, recipients: tuple[bytes, ...]) -> bytes:
    """Seal older letter keys for the field `sealed` of `letter.returned`. Raises Refusal for too many."""
    if len(given.letters) > KEYS_LIMIT:
        raise Refusal(Code.TOO_LARGE, count=len(given.letters), limit=KEYS_LIMIT)
    raw = b"".join(letter.raw for letter in given.letters)
    return seal_fields(RETURNED, {"keys": raw, "asked": given.asked}, recipients)


def open_return(fact: Fact, keys: Iterable[LetterKey]) -> Return | None:
    """Open a return with the first of these keys that fits; None where none does, or it is damaged."""
    sealed = fact.statement.fields.get("sealed")
    for key in keys:
        try:
            fields = open_fields(RETURNED, sealed if isinstance(sealed, bytes) else b"", key)
        except Refusal:
            continue
        raw, asked = fields.get("keys"), fields.get("asked")
        if isinstance(raw, bytes) and isinstance(asked, str) and len(raw) % KEY_SIZE == 0:
            starts = range(0, len(raw), KEY_SIZE)
            return Return(tuple(LetterKey(raw[start : start + KEY_SIZE]) for start in starts), asked)
    return None
