"""Locks inside the office file: a person's entry opens with that person's own NIP, nothing else in clear."""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_PAGE = 512  # an entry's length must not tell a long name from a short one
_MOST_MEMORY = 256 * 1024
_MOST_PASSES = 16


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of a NIP costs: Argon2id memory in KiB, and passes over it.

    A NIP has few million likely values, so this slows a finder down and cannot stop one with a rack of
    machines; `resources/decisions/office-file.md` says so.
    """

    memory: int = 64 * 1024
    passes: int = 2

    @property
    def bearable(self) -> bool:
        """Whether a small PC can pay it: a hostile file must not stop the app by its price."""
        return 8 <= self.memory <= _MOST_MEMORY and 1 <= self.passes <= _MOST_PASSES


DEFAULT_COST = Cost()


@dataclass(frozen=True, slots=True)
class Lock:
    """The key of one entry and the tag it is found by; both come from the NIP and tell nothing of it."""

    tag: bytes
    key: bytes


def lock_of(nip: str, salt: bytes, cost: Cost) -> Lock:
    """Derive the lock of a NIP in the office of this salt; takes about 0.2 s on a small PC."""
    slow = Argon2id(salt=salt, length=48, iterations=cost.passes, lanes=1, memory_cost=cost.memory)
    stretched = slow.derive(b"suluh roster 1\0" + nip.encode("ascii"))
    return Lock(stretched[:16], stretched[16:])


def code_lock_of(verifier: bytes, salt: bytes, cost: Cost) -> Lock:
    """Derive the lock of who has no NIP, from the verifier of their enrolment code; costs as a NIP does."""
    return lock_of(f"code {verifier.hex()}", salt, cost)


def close(key: bytes, data: bytes, bound: bytes) -> bytes:
    """Lock data, padded to whole pages, so that it opens only with the key and beside the same `bound`."""
    filler = -(len(data) + 4) % _PAGE
    nonce = os.urandom(_NONCE)
    padded = len(data).to_bytes(4, "big") + data + bytes(filler)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, padded, bound)


def open_closed(key: bytes, closed: bytes, bound: bytes) -> bytes | None:
    """Open what `close` locked; None when key, place or bytes are not the right ones."""
    try:
        padded = ChaCha20Poly1305(key).decrypt(closed[:_NONCE], closed[_NONCE:], bound)
    except (InvalidTag, ValueError):
        return None
    return padded[4 : 4 + int.from_bytes(padded[:4], "big")]


def code_key(code: str, person: bytes) -> bytes:
    """Derive the key that a coordinator's long code gives; 120 random bits need no stretching."""
    return HKDF(algorithm=SHA256(), length=32, salt=person, info=b"suluh coordinator keys 1").derive(
        code.encode("ascii")
    )
