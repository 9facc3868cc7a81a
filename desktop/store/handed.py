"""Which statements went out in which part of the post: by it a word about a part is a word about logs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sync.journal.acks import Held

if TYPE_CHECKING:
    from desktop.store.device import Run, Store

WANTS = 0
"""The log under which it is noted what a part asked for: no log has this number."""
KEPT = 400 * 86_400
"""Seconds for which parts are remembered that nobody ever said a word about."""


@dataclass(frozen=True, slots=True)
class Span:
    """Statements `first` to `last` of a log."""

    log: int
    first: int
    last: int


class Handed:
    """The parts this PC has given to carriers, until the centre's ack covers what is in them."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def put(self, digest: bytes, spans: Iterable[Span], road: str, wants: int = 0) -> None:
        """Note what a part holds that a carrier has now; `wants` marks what it asks for, 0 for nothing."""
        at = self._store.now()
        rows = [(digest, one.log, one.first, one.last, at, road) for one in spans]
        if wants:
            rows.append((digest, WANTS, wants, wants, at, road))

        def write(run: "Run") -> None:
            run("DELETE FROM handed WHERE at < ?", (at - KEPT,))
            run("DELETE FROM handed WHERE last <= (SELECT seq FROM ack WHERE ack.log = handed.log)")
            for row in rows:
                run(
                    "INSERT INTO handed (digest, log, first, last, at, road) VALUES (?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (digest, log, first) DO UPDATE SET last = max(last, excluded.last)",
                    row,
                )

        self._store.change(write)

    def spans(self, digests: Collection[bytes]) -> Mapping[int, list[Span]]:
        """Tell which statements parts hold, by log; parts of other PCs are not known here."""
        found: dict[int, list[Span]] = {}
        for digest, span in self._rows():
            if digest in digests and span.log != WANTS:
                found.setdefault(span.log, []).append(span)
        return found

    def asked(self, digests: Collection[bytes]) -> frozenset[int]:
        """Tell the marks of what parts ask for."""
        return frozenset(
            span.first for digest, span in self._rows() if digest in digests and span.log == WANTS
        )

    def offered(self) -> Mapping[int, Held]:
        """Tell of each log what was handed out beyond the ack held: no new ack counts further than that."""
        acks = self._store.outbox.acks()
        found: dict[int, Held] = {}
        for _, span in self._rows():
            if span.log != WANTS:
                held = found.get(span.log, Held(acks.get(span.log, 0)))
                found[span.log] = held.add(span.first, span.last)
        return found

    def digests(self) -> frozenset[bytes]:
        """Tell which parts of this PC are still of interest."""
        return frozenset(digest for digest, _ in self._rows())

    def _rows(self) -> list[tuple[bytes, Span]]:
        rows = self._store.device.query("SELECT digest, log, first, last FROM handed")
        return [(bytes(row[0]), Span(row[1], row[2], row[3])) for row in rows]
