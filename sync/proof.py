"""What a paper proves, as a signed text for its QR code: anybody can check it without a network."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

import msgspec

from sync.journal.keys import SIGNATURE_SIZE, SigningKey, VerifyKey
from sync.refusal import Code, Refusal

MARK = "SULUH1:"
"""How each such text begins; letters of this text all lie in a QR code's short alphabet."""
LONGEST = 1500
"""Characters of a text that is looked at: three times the longest of ours."""
_DOMAIN = b"suluh proof 1\0"


class ProofKind(Enum):
    """Who stands behind a proof; the value is its number in the text."""

    PROVISIONAL = 1
    """The learner's own key, at once and without the centre. Never official."""
    CERTIFICATE = 2
    """The centre, with a number of its own."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A completed course of one person. `jp` in hundredths, `day` in the office's time zone.

    `number` is the centre's, empty on a provisional proof. `issuer` is who answers for a certificate, and
    the office on a provisional proof. `signer` is the public key under the text.
    """

    kind: ProofKind
    name: str
    nip: str = field(repr=False)
    course: str
    title: str
    version: str
    jp: int
    day: date
    issuer: str
    number: str = ""
    signer: bytes = b""


class _Proof(msgspec.Struct, array_like=True, frozen=True):
    kind: ProofKind
    name: str
    nip: str
    course: str
    title: str
    version: str
    jp: int
    day: int
    issuer: str
    number: str
    signer: bytes


_DECODE = msgspec.msgpack.Decoder(_Proof)


def sign_proof(proof: Proof, key: SigningKey) -> str:
    """Return the text of a proof; the key that signs it is named in it."""
    body = msgspec.msgpack.encode(
        _Proof(
            proof.kind,
            proof.name,
            proof.nip,
            proof.course,
            proof.title,
            proof.version,
            proof.jp,
            proof.day.toordinal(),
            proof.issuer,
            proof.number,
            key.public,
        )
    )
    return MARK + base64.b32encode(body + key.sign(_DOMAIN + body)).decode().rstrip("=")


def read_proof(text: str) -> Proof:
    """Read a text and check that its signer signed it; whether to believe that signer is for others to say.

    Spaces and line breaks, which a scanner or an e-mail puts in, are passed over. Raises Refusal: MALFORMED
    for what is no proof, SIGNATURE for one that was changed.
    """
    packed = "".join(text.split()).upper()
    if not packed.startswith(MARK) or len(packed) > LONGEST:
        raise Refusal(Code.MALFORMED, what="proof")
    letters = packed[len(MARK) :]
    try:
        raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
        body, signature = raw[:-SIGNATURE_SIZE], raw[-SIGNATURE_SIZE:]
        found = _DECODE.decode(body)
        day = date.fromordinal(found.day)
    except (ValueError, OverflowError, msgspec.MsgspecError):
        raise Refusal(Code.MALFORMED, what="proof") from None
    VerifyKey(found.signer).verify(signature, _DOMAIN + body)
    return Proof(
        found.kind,
        found.name,
        found.nip,
        found.course,
        found.title,
        found.version,
        found.jp,
        day,
        found.issuer,
        found.number,
        found.signer,
    )


def proof_in(data: bytes) -> str | None:
    """Find the text in a file that carries one in clear, as our PDFs do; None where there is none."""
    at = data.rfind(MARK.encode())
    if at < 0:
        return None
    end = at + len(MARK)
    while end < len(data) and end - at <= LONGEST and (data[end : end + 1].isalnum()):
        end += 1
    return data[at:end].decode("ascii")
