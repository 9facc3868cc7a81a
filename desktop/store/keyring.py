"""The keys of one profile while it is unlocked, and how they are made, opened by PIN, and opened by code."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import msgspec

from desktop.store.rows import ProfileRow, Stretch
from desktop.store.wraps import code_key, new_stretch, pin_keys, unwrap, wrap
from sync.journal.keys import LetterKey, SigningKey
from sync.officefile_codes import clean_code, new_code


@dataclass(frozen=True, slots=True)
class Keyring:
    """The three keys of a profile, and for a coordinator the office's key by generation.

    Only the database key has a second lock (the reset code). Signing, letter and office keys open with the
    PIN alone, so that who resets a PIN cannot sign as, or read the letters of, whoever knew it. `letters` are
    letter keys from before, by which older letters still open; nothing new is sealed to them.
    """

    database: bytes = field(repr=False)
    signing: SigningKey = field(repr=False)
    letter: LetterKey = field(repr=False)
    office: Mapping[int, LetterKey] = field(repr=False, default_factory=dict)
    letters: tuple[LetterKey, ...] = field(repr=False, default=())


class _Held(msgspec.Struct, array_like=True, frozen=True):
    """What lies under the PIN; keyrings from before there were older letters are one item shorter."""

    signing: bytes
    letter: bytes
    office: dict[int, bytes]
    letters: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Wraps:
    """A keyring at rest, as columns of a `ProfileRow`."""

    stretch: Stretch
    database_by_pin: bytes
    keys_by_pin: bytes

    def columns(self) -> dict[str, bytes | int | str]:
        """Name the columns that hold them."""
        return {
            "salt": self.stretch.salt,
            "memory": self.stretch.memory,
            "passes": self.stretch.passes,
            "database_by_pin": self.database_by_pin,
            "keys_by_pin": self.keys_by_pin,
        }


def new_keyring() -> Keyring:
    """Draw three fresh keys."""
    return Keyring(os.urandom(32), SigningKey.generate(), LetterKey.generate())


def renewed(keys: Keyring) -> Keyring:
    """Draw a new signing and letter key around the same database; an office key is not carried over."""
    return Keyring(keys.database, SigningKey.generate(), LetterKey.generate())


def with_office_keys(keys: Keyring, office: Mapping[int, LetterKey]) -> Keyring:
    """Add office keys to those held; none is dropped, old sticks stay readable."""
    return replace(keys, office={**keys.office, **office})


def with_letters(keys: Keyring, older: Iterable[LetterKey]) -> Keyring:
    """Add letter keys from before, each once; the present one is not among them."""
    known = {keys.letter.public: keys.letter}
    for key in (*keys.letters, *older):
        known.setdefault(key.public, key)
    return replace(keys, letters=tuple(known.values())[1:])


def lock_by_pin(keys: Keyring, pin: str, secret: bytes, profile: bytes) -> Wraps:
    """Wrap a keyring under a PIN with a fresh salt; takes about 0.2 s."""
    stretch = new_stretch()
    by_pin = pin_keys(pin, stretch, secret)
    office = {generation: key.raw for generation, key in keys.office.items()}
    letters = tuple(key.raw for key in keys.letters)
    held = msgspec.msgpack.encode(_Held(keys.signing.raw, keys.letter.raw, office, letters))
    return Wraps(
        stretch,
        wrap(by_pin.database, keys.database, b"database" + profile),
        wrap(by_pin.keys, held, b"keys" + profile),
    )


def unlock_by_pin(row: ProfileRow, pin: str, secret: bytes) -> Keyring | None:
    """Open a keyring with a PIN; None when it is not the right one. Takes about 0.2 s."""
    by_pin = pin_keys(pin, row.stretch, secret)
    database = unwrap(by_pin.database, row.database_by_pin, b"database" + row.profile)
    held = unwrap(by_pin.keys, row.keys_by_pin, b"keys" + row.profile)
    if database is None or held is None:
        return None
    kept = msgspec.msgpack.decode(held, type=_Held)
    office = {generation: LetterKey(raw) for generation, raw in kept.office.items()}
    letters = tuple(map(LetterKey, kept.letters))
    return Keyring(database, SigningKey(kept.signing), LetterKey(kept.letter), office, letters)


def lock_by_code(keys: Keyring, secret: bytes, profile: bytes) -> tuple[str, bytes]:
    """Draw a one-time reset code; gives it with the database key wrapped under it."""
    code = new_code()
    return code, wrap(code_key(code, secret, profile), keys.database, b"code" + profile)


def unlock_by_code(row: ProfileRow, code: str, secret: bytes) -> Keyring | None:
    """Open the database key with a reset code and draw new keys around it; None when the code is wrong."""
    typed = clean_code(code)
    database = unwrap(code_key(typed, secret, row.profile), row.database_by_code, b"code" + row.profile)
    return None if database is None else renewed(replace(new_keyring(), database=database))
