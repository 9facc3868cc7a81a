"""One part of the post: the smallest thing a carrier takes, whole by its own digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import Enum

from sync.refusal import Code, Refusal

__all__ = ["DIGEST_SIZE", "PART_LIMIT", "Form", "Part", "digest_of", "encode_part", "read_part"]

PART_LIMIT = 256 * 1024
"""Bytes of one sealed part at most: what a stick pulled at the worst moment, or a cut line, can spoil."""
DOCUMENT_LIMIT = 8 << 20
DIGEST_SIZE = 32
OFFICE_SIZE = 16
_MAGIC = b"SULUH"
_VERSION = 1
_HEAD = len(_MAGIC) + 2 + OFFICE_SIZE


class Form(Enum):
    """What a part is; `mark` is its byte in clear."""

    OUTWARD = 1, "What one PC sends: sealed segments, and what its people have not received yet."
    HOMEWARD = 2, "What the centre sends to one PC: acks and feed pieces; sealed to that PC."
    RECEIPT = 3, "The centre's signed word which parts it has stored: these may leave the stick."
    DOCUMENT = 4, "A document that proves itself: office file, trust list, root, catalogue."
    CUSTODY = 5, "A hub's or coordinator's signed word which parts it carries."

    def __init__(self, mark: int, sentence: str) -> None:
        """Keep the travelling byte and the sentence beside each other."""
        self.mark = mark
        self.sentence = sentence


_FORMS = {form.mark: form for form in Form}


@dataclass(frozen=True, slots=True)
class Part:
    """A part whose digest fits: its form, the office's 16 bytes, its body, and the digest that names it."""

    form: Form
    office: bytes
    body: bytes = field(repr=False)
    digest: bytes


def encode_part(form: Form, office: bytes, body: bytes) -> bytes:
    """Return a part as it lies on a stick. Raises Refusal(TOO_LARGE) when it must be cut smaller."""
    _check_size(form, _HEAD + len(body) + DIGEST_SIZE)
    head = _MAGIC + bytes((_VERSION, form.mark)) + office + body
    return head + hashlib.sha256(head).digest()


def read_part(data: bytes) -> Part:
    """Read a part and check that not a bit of it is missing or changed. Raises Refusal only.

    A digest keeps accidents out and no forger: who made a part is for the signature inside it to say.
    """
    if len(data) < _HEAD + DIGEST_SIZE or not data.startswith(_MAGIC):
        raise Refusal(Code.MALFORMED, what="part")
    version, mark = data[len(_MAGIC)], data[len(_MAGIC) + 1]
    if version != _VERSION or mark not in _FORMS:
        raise Refusal(Code.VERSION, version=version, form=mark)
    form = _FORMS[mark]
    _check_size(form, len(data))
    digest = digest_of(data)
    if hashlib.sha256(data[:-DIGEST_SIZE]).digest() != digest:
        raise Refusal(Code.MALFORMED, what="digest")
    return Part(form, data[_HEAD - OFFICE_SIZE : _HEAD], data[_HEAD:-DIGEST_SIZE], digest)


def digest_of(data: bytes) -> bytes:
    """Return the digest that a part carries at its end; by it receipts name the part."""
    return data[-DIGEST_SIZE:]


def _check_size(form: Form, size: int) -> None:
    limit = DOCUMENT_LIMIT if form is Form.DOCUMENT else PART_LIMIT
    if size > limit:
        raise Refusal(Code.TOO_LARGE, size=size, limit=limit)
