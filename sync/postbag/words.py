"""Signed words about parts, in clear: the centre stored them, or a carrier has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from sync.journal.keys import KEY_SIZE, SIGNATURE_SIZE, SigningKey, VerifyKey
from sync.postbag.part import DIGEST_SIZE, Form, Part, encode_part
from sync.refusal import Code, Refusal

__all__ = [
    "Certificate",
    "Custody",
    "Receipt",
    "certify",
    "check_certificate",
    "read_custody",
    "read_receipt",
    "sign_custody",
    "sign_receipt",
]

_RECEIPT, _CUSTODY, _HUB = b"suluh receipt\0", b"suluh custody\0", b"suluh hub\0"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The centre has stored these parts: their digests; `time` is its Unix seconds.

    `tally`, sealed to the office, says which certificates go home with it (`sync.postbag.tally`).
    """

    time: int
    stored: tuple[bytes, ...]
    tally: bytes = b""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A coordinator's word that `hub` speaks for the office's hub until Unix second `until`."""

    hub: bytes
    until: int
    coordinator: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Custody:
    """A carrier has these parts; `coordinator` answers for it: the signer, or who certified the hub."""

    at: int
    parts: tuple[bytes, ...]
    coordinator: bytes
    by_hub: bool


class _Receipt(msgspec.Struct, array_like=True, frozen=True):
    time: int
    stored: list[bytes]
    tally: bytes = b""  # receipts from before have none, and programs from before pass it over


class _Custody(msgspec.Struct, array_like=True, frozen=True):
    at: int
    parts: list[bytes]
    hub: bytes
    until: int
    coordinator: bytes
    certificate: bytes


_receipts = msgspec.msgpack.Decoder(_Receipt)
_custodies = msgspec.msgpack.Decoder(_Custody)


def sign_receipt(receipt: Receipt, office: bytes, centre: SigningKey) -> bytes:
    """Return the centre's receipt as a part that anybody can read and only the centre can make."""
    inside = msgspec.msgpack.encode(_Receipt(receipt.time, list(receipt.stored), receipt.tally))
    return encode_part(Form.RECEIPT, office, inside + centre.sign(_RECEIPT + office + inside))


def read_receipt(part: Part, centre_public: bytes) -> Receipt:
    """Read a receipt and believe it only by the centre's signature. Raises Refusal only."""
    inside = _signed(part, Form.RECEIPT, centre_public, _RECEIPT, Code.CENTRE)
    try:
        found = _receipts.decode(inside)
    except msgspec.MsgspecError:
        raise Refusal(Code.MALFORMED, what="receipt") from None
    return Receipt(found.time, _digests(found.stored), found.tally)


def certify(hub: bytes, office: bytes, until: int, coordinator: SigningKey) -> Certificate:
    """Let a hub's key speak for an office until Unix second `until`: the coordinator's signature over it."""
    signature = coordinator.sign(_hub_words(hub, office, until))
    return Certificate(hub, until, coordinator.public, signature)


def check_certificate(certificate: Certificate, office: bytes) -> None:
    """Return when the coordinator that a certificate names has signed it. Raises Refusal only."""
    if len(certificate.hub) != KEY_SIZE or certificate.until < 0:
        raise Refusal(Code.MALFORMED, what="hub")
    VerifyKey(certificate.coordinator).verify(
        certificate.signature, _hub_words(certificate.hub, office, certificate.until)
    )


def sign_custody(
    at: int,
    parts: Iterable[bytes],
    office: bytes,
    carrier: SigningKey,
    certificate: Certificate | None = None,
) -> bytes:
    """Return a carrier's word over digests of parts, by a coordinator's own key or a certified hub's."""
    if certificate is None:
        said = _Custody(at, list(parts), b"", 0, carrier.public, b"")
    else:
        said = _Custody(
            at,
            list(parts),
            certificate.hub,
            certificate.until,
            certificate.coordinator,
            certificate.signature,
        )
    inside = msgspec.msgpack.encode(said)
    return encode_part(Form.CUSTODY, office, inside + carrier.sign(_CUSTODY + office + inside))


def read_custody(part: Part, coordinators: Sequence[bytes]) -> Custody:
    """Read a carrier's word; it counts when one of the office's coordinators answers for it.

    `coordinators` are the signing keys in the office file. Raises Refusal only: AUTHOR for anybody else's.
    """
    if part.form is not Form.CUSTODY:
        raise Refusal(Code.MALFORMED, what=part.form.name)
    try:
        found = _custodies.decode(part.body[:-SIGNATURE_SIZE])
    except msgspec.MsgspecError:
        raise Refusal(Code.MALFORMED, what="custody") from None
    if found.coordinator not in coordinators:
        raise Refusal(Code.AUTHOR, what="custody")
    carrier = found.hub or found.coordinator
    _signed(part, Form.CUSTODY, carrier, _CUSTODY, Code.SIGNATURE)
    if found.hub:
        if found.at > found.until:
            raise Refusal(Code.AUTHOR, what="hub")
        check_certificate(
            Certificate(found.hub, found.until, found.coordinator, found.certificate), part.office
        )
    return Custody(found.at, _digests(found.parts), found.coordinator, bool(found.hub))


def _signed(part: Part, form: Form, public: bytes, domain: bytes, code: Code) -> bytes:
    """Return what a part says when `public` signed it."""
    if part.form is not form:
        raise Refusal(Code.MALFORMED, what=part.form.name)
    inside, signature = part.body[:-SIGNATURE_SIZE], part.body[-SIGNATURE_SIZE:]
    try:
        VerifyKey(public).verify(signature, domain + part.office + inside)
    except Refusal:
        raise Refusal(code, what=form.name) from None
    return inside


def _digests(found: list[bytes]) -> tuple[bytes, ...]:
    if any(len(one) != DIGEST_SIZE for one in found):
        raise Refusal(Code.MALFORMED, what="digest")
    return tuple(found)


def _hub_words(hub: bytes, office: bytes, until: int) -> bytes:
    return _HUB + office + hub + max(0, until).to_bytes(8, "big")
