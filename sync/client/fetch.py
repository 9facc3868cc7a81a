"""Fetching a pack: one file over a line that breaks, going on at the byte, hashed while it is written."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Self

from sync.client.faults import Failure, Fault
from sync.client.transport import Answer, Transport
from sync.packs.offer import LIST_PATH, Offer, read_offers
from sync.refusal import Code, Refusal

SYNCED = 4 << 20
"""Bytes after which what was written is flushed to the disk, so that a power cut costs no more."""
_CHUNK = 1 << 20


def ask_offers(
    transport: Transport, centre: bytes, tag: str = ""
) -> tuple[tuple[Offer, ...] | None, Answer] | Failure:
    """Ask what may be fetched; None where it is still what the list with this `tag` said."""
    outcome = transport.get(LIST_PATH, {"If-None-Match": tag} if tag else None)
    if isinstance(outcome, Failure):
        return outcome
    if outcome.unchanged:
        return None, outcome
    try:
        return read_offers(outcome.body, centre), outcome
    except Refusal:
        return Failure(Fault.PORTAL, sent=outcome.sent, received=outcome.received)


def fetch(
    transport: Transport,
    offer: Offer,
    part: Path,
    go_on: Callable[[], bool] = lambda: True,
    tell: Callable[[int], None] = lambda _done: None,
) -> Answer | Failure | None:
    """Fetch what `part` does not hold yet of a file; whole and flushed when an Answer comes back.

    `tell` is given the bytes that are there, `go_on` is asked at each piece; None where it said no. Whatever
    ends it, what came stays in `part`, and the next call asks for the rest only. Raises Refusal OBJECT where
    all came and is not what was offered (then `part` is gone), OSError as the disk says it.
    """
    with _Part(offer, part, go_on, tell) as held:
        outcome: Answer | Failure = Answer(b"", 0, 0)
        if held.done < offer.size:
            headers = {"Range": f"bytes={held.done}-"} if held.done else None
            outcome = transport.get(offer.path, headers, held.take)
        if held.strange or isinstance(outcome, Failure):
            transport.close()
        if isinstance(outcome, Failure):
            return outcome
        if held.strange:
            return Failure(Fault.PORTAL, sent=outcome.sent, received=outcome.received)
        if held.done < offer.size:
            transport.close()  # the rest of an answer that nobody wants any more
            return None if held.stopped else Failure(Fault.CUT, "", {}, 0, outcome.sent, outcome.received)
        right = held.finish() == offer.digest
    if not right:
        part.unlink(missing_ok=True)
        raise Refusal(Code.OBJECT, pack=offer.title)
    return outcome


class _Part:
    """The file that grows: what an earlier try left is hashed first, and kept."""

    def __init__(
        self, offer: Offer, path: Path, go_on: Callable[[], bool], tell: Callable[[int], None]
    ) -> None:
        self._offer, self._path, self._go_on, self._tell = offer, path, go_on, tell
        self.done = self._flushed = 0
        self.strange = self.stopped = False
        self._digest = hashlib.sha256()

    def __enter__(self) -> Self:
        if self._path.exists() and self._path.stat().st_size > self._offer.size:
            self._path.unlink()
        self._file: BinaryIO = self._path.open("a+b")
        self._file.seek(0)
        while piece := self._file.read(_CHUNK):
            self._digest.update(piece)
            self.done += len(piece)
        self._flushed = self.done
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def take(self, start: int, total: int, piece: bytes) -> bool:
        """Write what is new of a piece; a server that cannot begin in the middle repeats what is here."""
        if total != self._offer.size or start > self.done:
            self.strange = True
            return False
        new = piece[self.done - start :]
        self._file.write(new)
        self._digest.update(new)
        self.done += len(new)
        if self.done - self._flushed >= SYNCED:
            self.flush()
        self._tell(self.done)
        self.stopped = not self._go_on()
        return self.done <= self._offer.size and not self.stopped

    def flush(self) -> None:
        """Let the disk have it."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._flushed = self.done

    def finish(self) -> str:
        """Flush all and give the digest of the whole."""
        self.flush()
        return self._digest.hexdigest()
