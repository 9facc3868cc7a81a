"""Reading a publisher's public key from its file."""

import re


def read_public(data: bytes) -> bytes:
    """Return the 32 bytes of a `.pub` file: one line that holds 64 hexadecimal digits. Raises ValueError."""
    found = re.search(rb"(?<![0-9a-fA-F])[0-9a-fA-F]{64}(?![0-9a-fA-F])", data)
    if found is None:
        raise ValueError("Berkas itu bukan kunci publik penerbit.")
    return bytes.fromhex(found.group().decode())
