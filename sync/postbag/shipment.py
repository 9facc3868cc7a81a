"""A shipment: many parts in one file, the one for the borrowed PC and the one that comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sync.journal.octets import put_varint, varint
from sync.postbag.part import DIGEST_SIZE, DOCUMENT_LIMIT, OFFICE_SIZE, Part, digest_of, read_part
from sync.refusal import Code, Refusal

__all__ = ["Shipment", "ShipmentReader", "encode_shipment", "read_shipment"]

_MAGIC = b"SULUH-KIRIMAN\1"
_COUNT_LIMIT = 4096
_VARINT = 10


@dataclass(frozen=True, slots=True)
class Shipment:
    """What could be read of a shipment: whole parts, and the digests of those listed that it lacks."""

    office: bytes
    parts: tuple[tuple[Part, bytes], ...]
    missing: tuple[bytes, ...]


def encode_shipment(office: bytes, parts: Sequence[bytes]) -> bytes:
    """Return parts in one file, their digests listed first, so that a torn file names what it lacks."""
    out = bytearray(_MAGIC + office)
    put_varint(out, len(parts))
    for part in parts:
        out += digest_of(part)
    for part in parts:
        put_varint(out, len(part))
        out += part
    return bytes(out)


def read_shipment(chunks: Iterable[bytes]) -> Shipment:
    """Read a shipment to its end or to where it is torn. Raises Refusal when it is none."""
    reader = ShipmentReader()
    parts = [one for chunk in chunks for one in reader.feed(chunk)]
    return Shipment(reader.office, tuple(parts), reader.missing())


@dataclass(slots=True)
class ShipmentReader:
    """Reads a shipment as it arrives: every part is given out as soon as it is whole."""

    office: bytes = b""
    expected: tuple[bytes, ...] = ()
    _buffer: bytearray = field(default_factory=bytearray)
    _seen: set[bytes] = field(default_factory=set)
    _begun: bool = False
    _left: int = 0

    def feed(self, chunk: bytes) -> Iterator[tuple[Part, bytes]]:
        """Give the parts that `chunk` completes, each with its bytes; damaged ones stay missing.

        What lies behind as many parts as were announced is none of it and is passed over.

        Raises Refusal when this is no shipment, or one that nobody honest makes.
        """
        self._buffer += chunk
        if not self._begun and not self._head():
            return
        while (data := self._next()) is not None:
            try:
                part = read_part(data)
            except Refusal:
                continue
            self._seen.add(part.digest)
            yield part, data

    @property
    def held(self) -> int:
        """Return the bytes kept in memory: of a part that has not come whole."""
        return len(self._buffer)

    def missing(self) -> tuple[bytes, ...]:
        """Return the digests of the parts that were announced and have not come whole."""
        if not self._begun:
            raise Refusal(Code.MALFORMED, what="shipment")
        return tuple(digest for digest in self.expected if digest not in self._seen)

    def _head(self) -> bool:
        """Read magic, office and list, once they are here."""
        known = bytes(self._buffer[: len(_MAGIC)])
        if not _MAGIC.startswith(known):
            raise Refusal(Code.MALFORMED, what="shipment")
        start = len(_MAGIC) + OFFICE_SIZE
        try:
            count, pos = varint(bytes(self._buffer[start : start + _VARINT]), 0)
        except Refusal:
            if len(self._buffer) < start + _VARINT:
                return False
            raise
        if count > _COUNT_LIMIT:
            raise Refusal(Code.TOO_LARGE, count=count, limit=_COUNT_LIMIT)
        end = start + pos + count * DIGEST_SIZE
        if len(self._buffer) < end:
            return False
        listed = bytes(self._buffer[start + pos : end])
        self.office = bytes(self._buffer[len(_MAGIC) : start])
        self.expected = tuple(listed[at : at + DIGEST_SIZE] for at in range(0, len(listed), DIGEST_SIZE))
        del self._buffer[:end]
        self._begun = True
        self._left = count
        return True

    def _next(self) -> bytes | None:
        """Take the next part off the buffer, once it is whole."""
        if not self._left:
            self._buffer.clear()
        if not self._buffer:
            return None
        try:
            size, pos = varint(bytes(self._buffer[:_VARINT]), 0)
        except Refusal:
            if len(self._buffer) < _VARINT:
                return None
            raise
        if size > DOCUMENT_LIMIT:
            raise Refusal(Code.TOO_LARGE, size=size, limit=DOCUMENT_LIMIT)
        if len(self._buffer) < pos + size:
            return None
        data = bytes(self._buffer[pos : pos + size])
        del self._buffer[: pos + size]
        self._left -= 1
        return data
