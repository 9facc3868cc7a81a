"""How a profile's keys lie at rest: under the PIN, and the database key once more under the reset code."""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.store.rows import Stretch
from desktop.store.secret import mixed

_NONCE = 12


@dataclass(frozen=True, slots=True)
class PinKeys:
    """What a PIN opens: one key for the database key, one for the signing and letter keys."""

    database: bytes
    keys: bytes


def new_stretch() -> Stretch:
    """Draw a fresh salt."""
    return Stretch(os.urandom(16))


def pin_keys(pin: str, stretch: Stretch, secret: bytes) -> PinKeys:
    """Derive the two keys of a PIN on the PC of this device secret.

    Six digits alone are a million guesses; with the device secret mixed in, a copied data folder cannot even
    begin to guess.
    """
    slow = Argon2id(
        salt=stretch.salt, length=32, iterations=stretch.passes, lanes=1, memory_cost=stretch.memory
    )
    stretched = slow.derive(pin.encode("utf-8"))
    return PinKeys(
        mixed(secret, b"suluh pin database 1", stretched), mixed(secret, b"suluh pin keys 1", stretched)
    )


def code_key(code: str, secret: bytes, profile: bytes) -> bytes:
    """Derive the key of a reset code on this PC; 60 random bits with the secret need no stretching."""
    return mixed(secret, b"suluh reset code 1", profile + code.encode("ascii"))


def wrap(key: bytes, data: bytes, bound: bytes) -> bytes:
    """Lock data under a key, so that it opens only beside the same `bound`."""
    nonce = os.urandom(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, data, bound)


def unwrap(key: bytes, wrapped: bytes, bound: bytes) -> bytes | None:
    """Open what `wrap` locked; None when the key is not the right one."""
    try:
        return ChaCha20Poly1305(key).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], bound)
    except (InvalidTag, ValueError):
        return None
