"""What lies in a hub's folder: whose hub it is, by which key it speaks, and who lets it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from sync.postbag.words import Certificate, check_certificate
from sync.refusal import Code, Refusal

__all__ = [
    "CERTIFICATE_FILE",
    "KEY_FILE",
    "OFFICE_FILE",
    "PACK_FOLDER",
    "PART_FOLDER",
    "SERVICE",
    "SPENT_FILE",
    "office_mark",
    "read_certificate",
    "write_certificate",
]

KEY_FILE = "hub.key"
"""The hub's signing key in hexadecimal: only the account that runs it may read the file."""
OFFICE_FILE = "kantor.suluh-kantor"
CERTIFICATE_FILE = "hub.suluh-sertifikat"
PACK_FOLDER = "paket"
"""Pack files in here are handed out to the office."""
SPENT_FILE = ".bulan"
"""Beside them: a month and the bytes of packs that the hub has fetched in it."""
PART_FOLDER = "pos"
"""Parts as they came, named as on a stick; a desk on the same PC may read them."""
SERVICE = "_suluh._tcp.local."
"""Under this name hubs announce themselves in the local network."""
_MAGIC = b"SULUH-HUB\x01"


class _Paper(msgspec.Struct, array_like=True, frozen=True):
    office: bytes
    hub: bytes
    until: int
    coordinator: bytes
    signature: bytes


_papers = msgspec.msgpack.Decoder(_Paper)


def office_mark(office: bytes) -> str:
    """Return the 16 digits by which a hub says in the network whose it is: whoever listens learns no more."""
    return hashlib.sha256(b"suluh hub office\0" + office).hexdigest()[:16]


def write_certificate(certificate: Certificate, office: bytes) -> bytes:
    """Return a certificate as the file that lies in the hub's folder."""
    paper = _Paper(office, certificate.hub, certificate.until, certificate.coordinator, certificate.signature)
    return _MAGIC + msgspec.msgpack.encode(paper)


def read_certificate(data: bytes, office: bytes, coordinators: Sequence[bytes]) -> Certificate:
    """Read a certificate for a hub of `office`; one of its `coordinators` must have signed it.

    Raises Refusal only: OFFICE for another office's, AUTHOR for anybody else's, SIGNATURE for a forged one.
    """
    if not data.startswith(_MAGIC):
        raise Refusal(Code.MALFORMED, what="certificate")
    try:
        found = _papers.decode(data[len(_MAGIC) :])
    except msgspec.MsgspecError:
        raise Refusal(Code.MALFORMED, what="certificate") from None
    if found.office != office:
        raise Refusal(Code.OFFICE, what="certificate")
    if found.coordinator not in coordinators:
        raise Refusal(Code.AUTHOR, what="certificate")
    certificate = Certificate(found.hub, found.until, found.coordinator, found.signature)
    check_certificate(certificate, office)
    return certificate
