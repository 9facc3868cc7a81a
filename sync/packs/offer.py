"""What may be fetched: packs by the digest of their file, as a centre signs them and a hub repeats them."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from sync.journal.keys import SigningKey, VerifyKey
from sync.packs.outline import version_number
from sync.refusal import Code, Refusal

MOST = 5_000
"""Offers of one list that are read at all."""
LARGEST = 4 << 30
"""Bytes that no pack reaches: a stick's file system could not hold it."""
LIST_PATH = "/v1/packs"
_DOMAIN = b"suluh offer 1\0"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Offer(NamedTuple):
    """One pack file. `digest` is the SHA-256 of the whole file in hexadecimal, `size` in bytes.

    Without a `signature` it was laid into a hub's folder by hand: its title is then the file's name, nothing
    else of it is known, and nothing is believed before the pack itself was verified.
    """

    digest: str
    size: int
    course: str
    version: str
    title: str
    signature: bytes = b""

    @property
    def path(self) -> str:
        """Where it is served, at a centre and at a hub alike."""
        return f"{LIST_PATH}/{self.digest}"


_ROWS = msgspec.msgpack.Decoder(tuple[Offer, ...])


def sign_offer(offer: Offer, centre: SigningKey) -> Offer:
    """Sign an offer alone, so that a hub can pass on those it has."""
    return offer._replace(signature=centre.sign(_said(offer)))


def write_offers(offers: Iterable[Offer]) -> bytes:
    """Write a list as it travels."""
    return msgspec.msgpack.encode(tuple(offers))


def read_offers(data: bytes, centre: bytes | None = None) -> tuple[Offer, ...]:
    """Read a list, leaving out each offer that claims this centre's signature and does not have it.

    Without `centre` none is checked: so a server reads its own file. Raises Refusal MALFORMED.
    """
    try:
        rows = _ROWS.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise Refusal(Code.MALFORMED, what="offers") from fault
    if len(rows) > MOST:
        raise Refusal(Code.MALFORMED, what="offers", reason="many")
    return tuple(row for row in rows if _is_sane(row) and (centre is None or _is_signed(row, centre)))


def newest(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Keep the newest version of each course, in the order given; what no centre named stays as it is."""
    best: dict[str, int] = {}
    for one in offers:
        if one.signature:
            best[one.course] = max(best.get(one.course, 0), version_number(one.version))
    return tuple(
        one for one in offers if not one.signature or version_number(one.version) == best[one.course]
    )


def is_digest(text: str) -> bool:
    """Tell whether this is a digest as paths and file names spell it."""
    return bool(_DIGEST.fullmatch(text))


def _said(offer: Offer) -> bytes:
    return _DOMAIN + msgspec.msgpack.encode(offer[:-1])


def _is_sane(row: Offer) -> bool:
    """Tell whether an offer can be shown and asked for; the words of a hub may be anybody's."""
    if not is_digest(row.digest) or not 0 < row.size < LARGEST or not row.title.strip():
        return False
    if len(row.title) > 200 or _UNSEEN.search(row.title):
        return False
    if not row.signature:
        return not row.course and not row.version
    try:
        version_number(row.version)
    except ValueError:
        return False
    return 0 < len(row.course) <= 200


def _is_signed(row: Offer, centre: bytes) -> bool:
    if not row.signature:
        return True
    try:
        VerifyKey(centre).verify(row.signature, _said(row))
    except Refusal:
        return False
    return True
