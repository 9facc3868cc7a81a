"""The post as it arrives: parts out of a body that is one part or a shipment, each as soon as it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sync.postbag.part import PART_LIMIT, Part, read_part
from sync.postbag.shipment import ShipmentReader
from sync.refusal import Code, Refusal

_SHIPMENT = b"SULUH-"
"""How a shipment begins; where a part has its version instead, it is one part."""


@dataclass(slots=True)
class Arriving:
    """Reads one body. Feed it what comes, then say that it ended."""

    _lone: bytearray = field(default_factory=bytearray)
    _shipment: ShipmentReader | None = None

    def feed(self, chunk: bytes) -> Iterator[tuple[Part, bytes]]:
        """Give the parts that `chunk` completes, each with its bytes.

        Raises Refusal: MALFORMED for what is no post, TOO_LARGE for a part or a count beyond all measure.
        """
        if self._shipment is None:
            self._lone += chunk
            if len(self._lone) < len(_SHIPMENT):
                return
            if not self._lone.startswith(_SHIPMENT):
                if len(self._lone) > PART_LIMIT:
                    raise Refusal(Code.TOO_LARGE, limit=PART_LIMIT)
                return
            self._shipment, chunk = ShipmentReader(), bytes(self._lone)
        yield from self._shipment.feed(chunk)

    def end(self) -> Iterator[tuple[Part, bytes]]:
        """Give the part that was the whole body. Raises Refusal(MALFORMED) where it is none."""
        if self._shipment is None:
            data = bytes(self._lone)
            yield read_part(data), data
        else:
            self._shipment.missing()  # a shipment torn within its own head is none

    @property
    def office(self) -> bytes:
        """The office a shipment names; empty before its head has come, and for a part alone."""
        return b"" if self._shipment is None else self._shipment.office

    @property
    def held(self) -> int:
        """Return the bytes kept in memory: of a part that has not come whole."""
        return len(self._lone) if self._shipment is None else self._shipment.held

    @property
    def expected(self) -> tuple[bytes, ...]:
        """The digests a shipment announced."""
        return () if self._shipment is None else self._shipment.expected

    def missing(self) -> tuple[bytes, ...]:
        """Return the digests that were announced and have not come whole."""
        return () if self._shipment is None else self._shipment.missing()
