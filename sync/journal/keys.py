"""The two keys of a profile: one signs what it states, one opens letters sealed to it."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import ClassVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.refusal import Code, Refusal

KEY_SIZE = 32
SIGNATURE_SIZE = 64

# Points of small order (and their other spellings): under such a "key" one signature fits many messages.
_P = 2**255 - 19
_WEAK_Y = (
    0,
    1,
    _P - 1,
    0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
    0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
)
_WEAK = frozenset(
    (value | sign << 255).to_bytes(KEY_SIZE, "little")
    for y in _WEAK_Y
    for value in ({y, y + _P} if y + _P < 2**255 else {y})
    for sign in (0, 1)
)


def key_mark(signing: bytes) -> str:
    """Give the short sign of a signing key: six digits that its owner reads out and somebody compares."""
    return f"{int.from_bytes(signing[:8], 'big') % 1_000_000:06d}"


class SigningKey:
    """An Ed25519 private key."""

    __slots__ = ("_private", "public")

    def __init__(self, raw: bytes) -> None:
        """Take the 32 private bytes. Raises Refusal when they are not 32."""
        if len(raw) != KEY_SIZE:
            raise Refusal(Code.MALFORMED, what="signing key")
        self._private = Ed25519PrivateKey.from_private_bytes(raw)
        self.public = self._private.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> SigningKey:
        """Make a new random key."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def raw(self) -> bytes:
        """The 32 private bytes, for wrapping."""
        return self._private.private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature."""
        return self._private.sign(message)


class VerifyKey:
    """An Ed25519 public key; one check costs about 0.12 ms, so what proved right lately is remembered."""

    __slots__ = ("raw",)

    # Intake and the fold behind it check the same bytes within seconds. A remembered entry is the digest of
    # key, signature and message together, so a hit says exactly what a new check would say.
    _proved: ClassVar[OrderedDict[bytes, None]] = OrderedDict()
    _KEPT: ClassVar[int] = 4096

    def __init__(self, raw: bytes) -> None:
        """Take the 32 public bytes. Raises Refusal(SIGNATURE) for a key that proves nothing."""
        if len(raw) != KEY_SIZE or raw in _WEAK:
            raise Refusal(Code.SIGNATURE, what="key")
        self.raw = raw

    def verify(self, signature: bytes, message: bytes) -> None:
        """Return when the signature is right; raise Refusal(SIGNATURE) otherwise."""
        proof = hashlib.sha256(self.raw + signature + message).digest()
        if len(signature) == SIGNATURE_SIZE and proof in self._proved:
            return
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise Refusal(Code.SIGNATURE) from None
        self._proved[proof] = None
        while len(self._proved) > self._KEPT:
            try:
                self._proved.popitem(last=False)
            except KeyError:  # another thread emptied it first
                break


class LetterKey:
    """An X25519 private key: what is sealed to `public` only this key opens."""

    __slots__ = ("private", "public")

    def __init__(self, raw: bytes) -> None:
        """Take the 32 private bytes. Raises Refusal when they are not 32."""
        if len(raw) != KEY_SIZE:
            raise Refusal(Code.MALFORMED, what="letter key")
        self.private = X25519PrivateKey.from_private_bytes(raw)
        self.public = self.private.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> LetterKey:
        """Make a new random key."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @property
    def raw(self) -> bytes:
        """The 32 private bytes, for wrapping."""
        return self.private.private_bytes_raw()
