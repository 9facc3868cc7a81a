"""The hub of an office: carries post for the PCs of one network, opens none of it, and signs for it."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sync.journal.sealing import recipients_of
from sync.postbag.document import read_document
from sync.postbag.part import Form, Part, read_part
from sync.postbag.shipment import encode_shipment
from sync.postbag.words import read_receipt, sign_custody
from sync.refusal import Code, Refusal
from sync.retention import Schedule, Term, read_schedule, shipped_schedule
from sync.server.hub_home import HubHome
from sync.server.hub_store import HubStore
from sync.signed_documents import RETENTION

_T = TypeVar("_T")


class Hub:
    """One hub. All work on its store is done by one thread."""

    def __init__(self, home: HubHome, now: Callable[[], int]) -> None:
        self.home = home
        self.now = now
        self.office = home.office.header.office
        self.store = HubStore(home.database, home.parts)
        self.arrived = asyncio.Event()
        """Set when there is something new to pass on."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hub")

    async def aside(self, work: Callable[[], _T]) -> _T:
        """Do work in the store's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def visit(self, key: bytes, *, trusted: bool) -> "HubVisit":
        """Begin with one request; `key` is the asker's key id, `trusted` whether it is on this PC."""
        return HubVisit(self, key, trusted=trusted)

    def stop(self) -> None:
        """Finish what is under way and close the store."""
        self._thread.shutdown()
        self.store.close()

    def sweep(self) -> None:
        """Let go of what is past its term, by the schedule the centre sent last. In the store's thread."""
        age = self._schedule().seconds(Term.HUB)
        if age is not None:
            self.store.sweep(self.now(), age)

    def _schedule(self) -> Schedule:
        kept = self.store.document(RETENTION)
        if kept is None:
            return shipped_schedule()
        try:
            return read_schedule(read_document(read_part(kept)).data, self.home.office.header.centre)
        except Refusal:
            return shipped_schedule()

    def keep_answer(self, parts: Sequence[tuple[Part, bytes]]) -> tuple[bytes, ...]:
        """Keep what the centre sent back and return the digests its receipts list. In the store's thread.

        Raises Refusal(CENTRE) where no receipt is signed by the centre: then none of it is believed.
        """
        centre = self.home.office.header.centre
        receipts = [
            (part, data, read_receipt(part, centre)) for part, data in parts if part.form is Form.RECEIPT
        ]
        if not receipts:
            raise Refusal(Code.CENTRE, what="receipt")
        at = max(receipt.time for _, _, receipt in receipts)  # the centre's: this PC's clock may be anywhere
        for part, data in parts:
            # letters first: where the power fails before the receipt is kept, the part is offered again
            if part.form is Form.HOMEWARD:
                for key in recipients_of(part.body)[:1]:
                    self.store.keep_letter(part, data, key, at)
            elif part.form is Form.DOCUMENT:
                self.store.keep_document(part, data, read_document(part), at)
        for part, data, receipt in receipts:
            self.store.listed(part, data, receipt.stored, at)
        return tuple(digest for _, _, receipt in receipts for digest in receipt.stored)

    def custody(self, parts: Sequence[bytes]) -> bytes | None:
        """Sign that these parts are carried; None where no coordinator has let this hub do so."""
        certificate, at = self.home.certificate, self.now()
        if certificate is None or not parts or at > certificate.until:
            return None
        return sign_custody(at, parts, self.office, self.home.key, certificate)


class HubVisit:
    """One request: what of it is carried now, and what goes back."""

    def __init__(self, hub: Hub, key: bytes, *, trusted: bool) -> None:
        self._hub = hub
        self._key = key
        self._trusted = trusted
        self._brought: list[tuple[Part, bytes]] = []
        self.carried: dict[bytes, None] = {}
        self.refused: dict[bytes, Refusal] = {}

    async def take(self, part: Part, data: bytes) -> None:
        """Keep one part, durably when this returns, or note why not."""
        if part.office != self._hub.office:
            self.refused[part.digest] = Refusal(Code.OFFICE)
        elif part.form is Form.OUTWARD:
            try:
                await self._hub.aside(lambda: self._carry(part, data))
            except Refusal as refusal:
                self.refused[part.digest] = refusal
                return
            self.carried[part.digest] = None
            self._hub.arrived.set()
        elif self._trusted and part.form is not Form.CUSTODY:
            self._brought.append((part, data))  # an answer fetched in town, by the desk of this PC
        else:
            self.refused[part.digest] = Refusal(Code.AUTHOR, what=part.form.name)

    async def finish(self, versions: dict[str, int], took: Sequence[bytes]) -> bytes:
        """Return the answer: custody, then receipts, documents and letters for whoever asks.

        `versions` say which documents the PC holds, `took` the first 8 bytes of what it has by now.
        """
        return await self._hub.aside(lambda: self._answer(versions, took))

    def _carry(self, part: Part, data: bytes) -> None:
        recipients_of(part.body)  # a body that is no sealed letter is nothing to carry
        self._hub.store.carry(part, data, self._key, self._hub.now())

    def _answer(self, versions: dict[str, int], took: Sequence[bytes]) -> bytes:
        if self._brought:
            self._hub.keep_answer(self._brought)
        if self._key:
            self._hub.store.taken(self._key, took)
        custody = self._hub.custody(tuple(self.carried))
        held = self._hub.store.for_pc(self._key, versions, self.carried)
        return encode_shipment(self._hub.office, [*([custody] if custody else []), *held])
