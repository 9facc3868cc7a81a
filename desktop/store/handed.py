"""Which statements went out in which part of the post: by it a word about a part is a word about logs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sync.journal.acks import Ack, Held

if TYPE_CHECKING:
    from desktop.store.device import Run, Store

WANTS = 0
"""The log under which it is noted what a part asked for: no log has this number."""
PARTS, QUESTIONS = 4096, 256
"""Parts with work, and with a question alone, that are remembered though nobody says a word about them."""
_TOO_MANY = (
    "DELETE FROM handed WHERE digest IN (SELECT digest FROM handed GROUP BY digest"
    " HAVING max(log <> ?1) = ?2 ORDER BY max(at) DESC LIMIT -1 OFFSET ?3)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Statements `first` to `last` of a log."""

    log: int
    first: int
    last: int


def forget_words(run: "Run") -> None:
    """Forget what the centre said of parts: it was another life of its database that said so."""
    run("UPDATE handed SET stored = 0, heard = 0")


class Handed:
    """The parts this PC has given to carriers, until the centre's ack covers what is in them."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def put(self, digest: bytes, spans: Iterable[Span], road: str, wants: int = 0) -> None:
        """Note what a part holds that a carrier has now; `wants` marks what it asks for, 0 for nothing.

        What is forgotten goes by number, the oldest first; `at` counts up and is no time: a clock that was in
        2038 for a day would make a PC forget what it has handed out, and believe no ack for it.
        """
        at = 1 + self._store.device.query("SELECT coalesce(max(at), 0) FROM handed")[0][0]
        rows = [(digest, one.log, one.first, one.last, at, road) for one in spans]
        if wants:
            rows.append((digest, WANTS, wants, wants, at, road))

        def write(run: "Run") -> None:
            run("DELETE FROM handed WHERE last <= (SELECT seq FROM ack WHERE ack.log = handed.log)")
            for row in rows:
                run(
                    "INSERT INTO handed (digest, log, first, last, at, road) VALUES (?, ?, ?, ?, ?, ?)"
                    " ON CONFLICT (digest, log, first) DO UPDATE SET last = max(last, excluded.last)",
                    row,
                )
            run(_TOO_MANY, (WANTS, 1, PARTS))
            run(_TOO_MANY, (WANTS, 0, QUESTIONS))

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

    def hear(self, stored: Collection[bytes], acks: "Iterable[Ack]" = ()) -> None:
        """Note the centre's word: which parts of this PC it has stored, and how far it holds logs."""
        parts, heard = [(digest,) for digest in stored], [(ack.seq, ack.log, ack.seq) for ack in acks]

        def write(run: "Run") -> None:
            for part in parts:
                run("UPDATE handed SET stored = 1 WHERE digest = ?", part)
            for one in heard:
                run("UPDATE handed SET heard = ? WHERE log = ? AND heard < ?", one)

        self._store.change(write)

    def stored(self) -> frozenset[bytes]:
        """Tell the parts that the centre says it has stored and whose acks are still to come."""
        rows = self._store.device.query("SELECT DISTINCT digest FROM handed WHERE stored")
        return frozenset(bytes(row[0]) for row in rows)

    def settled(self) -> "list[Ack]":
        """Tell the acks that count: as far as the centre holds a log, and in the version of this very PC.

        A copy of a running PC goes on in the same log, and reads the same answers. That the centre holds the
        first ten statements is true of ours only where each lies in a part that it says it has stored.
        """
        acks = self._store.outbox.acks()
        held: dict[int, Held] = {}
        heard: dict[int, int] = {}
        rows = "SELECT log, first, last, heard FROM handed WHERE stored AND log <> ?"
        for log, first, last, seq in self._store.device.query(rows, (WANTS,)):
            held[log] = held.get(log, Held(acks.get(log, 0))).add(first, last)
            heard[log] = max(seq, heard.get(log, 0))
        reached = {log: min(one.prefix, heard[log]) for log, one in held.items()}
        return [Ack(log, seq) for log, seq in reached.items() if seq > acks.get(log, 0)]

    def digests(self) -> frozenset[bytes]:
        """Tell which parts of this PC are still of interest."""
        return frozenset(digest for digest, _ in self._rows())

    def _rows(self) -> list[tuple[bytes, Span]]:
        rows = self._store.device.query("SELECT digest, log, first, last FROM handed")
        return [(bytes(row[0]), Span(row[1], row[2], row[3])) for row in rows]
