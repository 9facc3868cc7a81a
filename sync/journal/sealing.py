"""Sealed letters: one random content key, wrapped to each recipient with HPKE; and padding for sticks."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from sync.journal.keys import KEY_SIZE, LetterKey
from sync.journal.octets import put_varint, taken, varint
from sync.refusal import Code, Refusal

VERSION = 1
KEY_ID_SIZE = 8
WRAP_SIZE = 80  # 32 encapsulated key, 32 content key, 16 tag
SEALED_LIMIT = 16 << 20
RECIPIENT_LIMIT = 64
PAD_BLOCK = 4096
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
# A content key seals exactly one message, so its nonce is fixed.
_NONCE = bytes(12)


def key_id(public: bytes) -> bytes:
    """Return the 8 bytes by which a sealed letter names a recipient in clear."""
    return hashlib.sha256(b"suluh key id\0" + public).digest()[:KEY_ID_SIZE]


def seal(data: bytes, recipients: Sequence[bytes], info: bytes = b"") -> bytes:
    """Return `data` readable only by the owners of the given X25519 public keys.

    `info` says what the letter is for; it is not written, and opening needs the same.
    Raises Refusal when there is no recipient, too many, or a key that is none.
    """
    if not 0 < len(recipients) <= RECIPIENT_LIMIT:
        raise Refusal(Code.RECIPIENT, count=len(recipients))
    content_key = secrets.token_bytes(KEY_SIZE)
    head = bytearray((VERSION,))
    put_varint(head, len(recipients))
    for public in recipients:
        head += key_id(public)
    bound = _bound(bytes(head), info)
    try:
        wraps = [
            _SUITE.encrypt(content_key, X25519PublicKey.from_public_bytes(public), info=bound)
            for public in recipients
        ]
    except ValueError:
        raise Refusal(Code.RECIPIENT, what="key") from None
    return bytes(head) + b"".join(wraps) + ChaCha20Poly1305(content_key).encrypt(_NONCE, data, bound)


def unseal(data: bytes, private_key: LetterKey, info: bytes = b"") -> bytes:
    """Open a sealed letter. Raises Refusal: RECIPIENT when it is not for this key, else MALFORMED."""
    if len(data) > SEALED_LIMIT:
        raise Refusal(Code.TOO_LARGE, size=len(data), limit=SEALED_LIMIT)
    ids, pos = _read_ids(data)
    head = data[:pos]
    own = key_id(private_key.public)
    if own not in ids:
        raise Refusal(Code.RECIPIENT)
    wrap, _ = taken(data, pos + ids.index(own) * WRAP_SIZE, WRAP_SIZE)
    sealed = data[pos + len(ids) * WRAP_SIZE :]
    bound = _bound(head, info)
    try:
        content_key = _SUITE.decrypt(wrap, private_key.private, info=bound)
        return ChaCha20Poly1305(content_key).decrypt(_NONCE, sealed, bound)
    except (InvalidTag, ValueError):
        raise Refusal(Code.MALFORMED, what="sealed") from None


def recipients_of(data: bytes) -> tuple[bytes, ...]:
    """Return the key ids for which a letter is sealed; nothing else of it is readable without a key."""
    return tuple(_read_ids(data)[0])


def pad(data: bytes, block: int = PAD_BLOCK) -> bytes:
    """Return `data` with its length in front, filled with zeros to a multiple of `block` bytes.

    Done before sealing, so that the size of a file on a stick does not tell how much was studied.
    """
    out = len(data).to_bytes(4, "big") + data
    return out + bytes(-len(out) % block)


def unpad(data: bytes) -> bytes:
    """Undo `pad`. Raises Refusal when the filling is not all zeros."""
    size = int.from_bytes(data[:4], "big")
    if len(data) < 4 + size or data[4 + size :].strip(b"\0"):
        raise Refusal(Code.MALFORMED, what="padding")
    return data[4 : 4 + size]


def _bound(head: bytes, info: bytes) -> bytes:
    """Bind wraps and contents to the letter's head: HPKE here takes no AAD, so it goes in info."""
    return b"suluh sealed\0" + hashlib.sha256(len(head).to_bytes(4, "big") + head + info).digest()


def _read_ids(data: bytes) -> tuple[list[bytes], int]:
    if not data or data[0] != VERSION:
        raise Refusal(Code.VERSION if data else Code.MALFORMED, what="sealed")
    count, pos = varint(data, 1)
    if not 0 < count <= RECIPIENT_LIMIT:
        raise Refusal(Code.MALFORMED, what="recipients")
    raw, pos = taken(data, pos, count * KEY_ID_SIZE)
    return [raw[start : start + KEY_ID_SIZE] for start in range(0, len(raw), KEY_ID_SIZE)], pos
