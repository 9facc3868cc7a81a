"""How a request whose line broke is named, so that only the rest of it need come (Suluh-Post, Suluh-From)."""

import hashlib

__all__ = ["FROM", "NAME", "name_of"]

NAME = "suluh-post"
"""The header with a request's name: half the SHA-256 of its whole body in hexadecimal."""
FROM = "suluh-from"
"""The header with the byte of the whole body at which this one begins."""


def name_of(body: bytes) -> str:
    """Name a request by its body."""
    return hashlib.sha256(body).hexdigest()[:32]
