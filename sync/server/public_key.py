"""Reading a public key as people hand it over: 64 hexadecimal digits, in a file or on a command line."""

import re


def read_public(data: bytes) -> bytes:
    """Return the 32 bytes of a key written as 64 hexadecimal digits. Raises ValueError in words."""
    found = re.search(rb"(?<![0-9a-fA-F])[0-9a-fA-F]{64}(?![0-9a-fA-F])", data)
    if found is None:
        raise ValueError("Itu bukan kunci publik (64 angka heksadesimal).")
    return bytes.fromhex(found.group().decode())
