"""A document in the post: office file, trust list, root or catalogue, which each prove themselves."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from sync.postbag.part import Form, Part, encode_part
from sync.refusal import Code, Refusal

__all__ = ["Document", "encode_document", "read_document"]


@dataclass(frozen=True, slots=True)
class Document:
    """A document by the name and version under which a reply would bring it (`SyncReply.documents`)."""

    name: str
    version: int
    data: bytes = field(repr=False)


class _Document(msgspec.Struct, array_like=True, frozen=True):
    name: str
    version: int
    data: bytes


_decoder = msgspec.msgpack.Decoder(_Document)


def encode_document(document: Document, office: bytes) -> bytes:
    """Return a document as a part: once for all PCs of the office, in clear, as it lies on any stick."""
    body = msgspec.msgpack.encode(_Document(document.name, document.version, document.data))
    return encode_part(Form.DOCUMENT, office, body)


def read_document(part: Part) -> Document:
    """Read a document; whether to believe it is for its own signature to say. Raises Refusal only."""
    if part.form is not Form.DOCUMENT:
        raise Refusal(Code.MALFORMED, what=part.form.name)
    try:
        found = _decoder.decode(part.body)
    except msgspec.MsgspecError:
        raise Refusal(Code.MALFORMED, what="document") from None
    return Document(found.name, found.version, found.data)
