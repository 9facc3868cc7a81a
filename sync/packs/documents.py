"""Signed documents (TUF metadata) as bytes: one spelling only, every signature checked, Ed25519 alone."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from securesystemslib.exceptions import UnverifiedSignatureError
from securesystemslib.signer import CryptoSigner, Key, SSlibKey
from tuf.api.metadata import Metadata, Root, Targets
from tuf.api.serialization import SerializationError

from sync.journal.keys import SigningKey
from sync.refusal import Code, Refusal

SPEC_VERSION = "1.0.31"
# A manifest says what a pack holds, and that never goes out of date; TUF wants a date all the same.
NEVER_EXPIRES = datetime(2100, 1, 1, tzinfo=UTC)

_ESCAPE = re.compile(r'\\[^"\\]')
_SIGNATURE = re.compile(r"[0-9a-f]{128}\Z")


def public_key(raw: bytes) -> SSlibKey:
    """Make TUF's form of a 32-byte Ed25519 public key."""
    return SSlibKey.from_crypto(Ed25519PublicKey.from_public_bytes(raw))


def raw_key(key: Key) -> bytes:
    """Return the 32 bytes of a key that `check_keys` has passed."""
    return bytes.fromhex(cast("str", key.keyval["public"]))


def key_id(raw: bytes) -> str:
    """Return the name of a public key in signed documents: the SHA-256 of its description, as TUF has it."""
    return public_key(raw).keyid


def dump(metadata: Metadata[Any], signers: Sequence[SigningKey]) -> bytes:
    """Sign a document and write it in its one spelling: sorted keys, no spaces, ASCII."""
    for key in sorted(signers, key=lambda signer: signer.public):
        metadata.sign(CryptoSigner(Ed25519PrivateKey.from_private_bytes(key.raw)), append=True)
    return spell(metadata.to_dict())


def spell(document: object) -> bytes:
    """Write plain values in the one spelling that a signed document may have."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def load_root(data: bytes) -> Metadata[Root]:
    """Read a root document; nothing is proved yet. Raises Refusal MALFORMED."""
    metadata = _load(data, "root")
    if not isinstance(metadata.signed, Root):
        raise Refusal(Code.MALFORMED, what="root")
    check_keys(metadata.signed.keys)
    return cast("Metadata[Root]", metadata)


def load_targets(data: bytes, what: str) -> Metadata[Targets]:
    """Read a trust list, a delegation or a manifest; nothing is proved yet. Raises Refusal MALFORMED."""
    metadata = _load(data, what)
    if not isinstance(metadata.signed, Targets):
        raise Refusal(Code.MALFORMED, what=what)
    if metadata.signed.delegations is not None:
        check_keys(metadata.signed.delegations.keys)
    return cast("Metadata[Targets]", metadata)


def _load(data: bytes, what: str) -> Metadata[Any]:
    try:
        document = json.loads(data.decode("ascii"))
        fault = _misshapen(document)
        metadata: Metadata[Any] = Metadata.from_dict(document)
        fault = fault or _misspelt(metadata, data)
    except Exception as problem:  # the library names no closed set of errors, and each means the same
        raise Refusal(Code.MALFORMED, what=what, reason="shape") from problem
    if fault:
        raise Refusal(Code.MALFORMED, what=what, reason=fault)
    return metadata


def _misshapen(document: dict[str, Any]) -> str:
    """Name what no document of ours has beside or inside its signatures."""
    if set(document) != {"signatures", "signed"}:
        return "shape"
    if any(set(s) != {"keyid", "sig"} or not _SIGNATURE.match(s["sig"]) for s in document["signatures"]):
        return "signature"
    return ""


def _misspelt(metadata: Metadata[Any], data: bytes) -> str:
    """Compare what was understood, written again, with what was read.

    Spaces and the order of keys would escape the signature; so would a value that the library replaces by its
    default before it checks (a `spec_version` of null is one).
    """
    return "" if spell(metadata.to_dict()) == data else "spelling"


def check_keys(keys: dict[str, Key]) -> None:
    """Pass only Ed25519 keys under their own names: one key under two names would count as two signers."""
    for name, key in keys.items():
        try:
            genuine = public_key(raw_key(key))
        except (KeyError, ValueError, TypeError) as fault:
            raise Refusal(Code.MALFORMED, what="key") from fault
        if (key.keytype, key.scheme) != ("ed25519", "ed25519") or name != genuine.keyid:
            raise Refusal(Code.MALFORMED, what="key")


def signed_by(metadata: Metadata[Any], keys: Iterable[Key]) -> frozenset[str]:
    """Return the names of the keys whose signatures are right.

    Raises Refusal SIGNATURE when any signature of the document is wrong or by a key not among `keys`: what
    nobody checked has no place in a document.
    """
    known = {key.keyid: key for key in keys}
    payload = payload_of(metadata)
    for name, signature in metadata.signatures.items():
        key = known.get(name)
        if key is None:
            raise Refusal(Code.SIGNATURE, what="key")
        try:
            key.verify_signature(signature, payload)
        except UnverifiedSignatureError:
            raise Refusal(Code.SIGNATURE) from None
    return frozenset(metadata.signatures)


def payload_of(metadata: Metadata[Any]) -> bytes:
    """Return the bytes that are signed: canonical JSON as TUF has it (`Metadata.signed_bytes`).

    The standard library writes the same four times faster, unless a string holds a sign that JSON escapes and
    canonical JSON does not; a manifest of a thousand objects is read often enough for that to matter.
    """
    try:
        text = json.dumps(
            metadata.signed.to_dict(),
            sort_keys=True,
            separators=(",", ":"),
            ensure_ascii=False,
            allow_nan=False,
        )
        return metadata.signed_bytes if _ESCAPE.search(text) else text.encode("utf-8")
    except (ValueError, SerializationError) as fault:  # a lone surrogate, a number that is none
        raise Refusal(Code.MALFORMED, what="document") from fault
