"""The post at the centre: each part is kept by itself as it comes, and one shipment goes back for all."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import select

from sync.officefile import read_office
from sync.postbag.part import Form, Part
from sync.postbag.shipment import encode_shipment
from sync.postbag.tally import seal_tally
from sync.postbag.words import Receipt, sign_receipt
from sync.refusal import Code, Refusal
from sync.server.answers import Answers
from sync.server.carried import Brought, first_of, open_part, settled
from sync.server.database import Database, Scope
from sync.server.homebound import Answered, Bound, answer
from sync.server.intake import Offer, Taken
from sync.server.keys import CentreKeys
from sync.server.tables import office
from sync.server.writer import Waiting, Writer

ANSWER_BYTES = 32 << 20
"""Bytes of feeds in one answer at most, for all its PCs together."""
LATER_BYTES = 16 << 20
"""Bytes of parts that are kept in memory until the end, because whoever wrote them was not known yet."""
PCS = 1000
"""PCs that one shipment is answered for."""
_STRANGER = Scope(person=0, office=0, desk=False)
"""For whom it is looked up which office a part is of: for nobody who is known."""

_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class Carry:
    """Takes the post of carriers. What takes long is done in one thread of its own, so that no sync waits."""

    def __init__(
        self, keys: CentreKeys, writer: Writer, answers: Answers, database: Database, now: Callable[[], int]
    ) -> None:
        self.keys = keys
        self.answers = answers
        self.database = database
        self.now = now
        self._writer = writer
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="carry")

    def visit(self) -> Visit:
        """Begin with one carrier's request."""
        return Visit(self)

    def stop(self) -> None:
        """Finish what is under way, then end."""
        self._thread.shutdown()

    async def aside(self, work: Callable[[], _T]) -> _T:
        """Do work in the thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def keep(self, offer: Offer) -> Taken | None:
        """Line an offer up with the syncs and wait until it is durable; None when it could not be kept."""
        kept: asyncio.Future[Taken | None] = asyncio.get_running_loop().create_future()
        self._writer.line_up(Waiting(offer, lambda taken: None if kept.done() else kept.set_result(taken)))
        return await kept


class Visit:
    """One request of a carrier: what of it is stored, what is not, and for which PCs an answer goes back."""

    def __init__(self, carry: Carry) -> None:
        self._carry = carry
        self._offices: dict[bytes, int | None] = {}
        self._bound: dict[tuple[bytes, bytes, bytes], Bound] = {}
        self._later: list[Brought] = []
        self._room = LATER_BYTES
        self.office = b""
        self.stored: dict[bytes, None] = {}
        self.refused: dict[bytes, Refusal] = {}
        self.new = 0

    async def take(self, part: Part, _: bytes = b"") -> None:
        """Keep one part, durably when this returns; one that cannot be taken is noted and stops nothing."""
        self.office = self.office or part.office
        if part.digest in self.stored:
            return
        try:
            brought = await self._carry.aside(lambda: self._open(part))
        except Refusal as refusal:
            self.refused[part.digest] = refusal
            return
        await self._keep(brought, len(part.body))

    @property
    def answerable(self) -> bool:
        """Whether any part was opened, so that its PC gets an answer although not all of it was taken."""
        return bool(self._bound or self._later)

    @property
    def held(self) -> int:
        """Return the bytes of parts that are kept in memory until the end."""
        return LATER_BYTES - self._room

    async def knows(self, uuid: bytes) -> bool:
        """Whether an office belongs to this centre."""
        return await self._carry.aside(lambda: self._number(uuid)) is not None

    async def finish(self) -> bytes:
        """Return the answer as a shipment: the receipt, then documents, then what goes to each PC."""
        later, self._later, self._room = self._later, [], 0
        for brought in later:  # whoever introduces its writer may have come behind it
            await self._keep(brought, 0)
        carry = self._carry
        now = carry.now()
        documents: dict[tuple[bytes, str], bytes] = {}
        homeward: list[bytes] = []
        issued: dict[bytes, frozenset[tuple[int, int]]] = {}
        room = ANSWER_BYTES
        for bound in list(self._bound.values()):
            # asked only now, when everything of this shipment is kept: one PC's post may be news for another
            found = await self._answer(bound, now, room)
            if found is None:
                continue
            room -= found.size
            homeward += found.homeward
            documents |= {(bound.office, name): data for name, data in found.documents.items()}
            if found.issued and bound.office == self.office:
                issued[bound.pc] = issued.get(bound.pc, frozenset()) | found.issued
        tally = await asyncio.to_thread(self._tally, issued) if issued else b""
        receipt = sign_receipt(Receipt(now, tuple(self.stored), tally), self.office, carry.keys.signing)
        return encode_shipment(self.office, (receipt, *documents.values(), *homeward))

    def _open(self, part: Part) -> Brought:
        """Open a part of an office of this centre. In the thread. Raises Refusal."""
        if part.form is not Form.OUTWARD:
            raise Refusal(Code.MALFORMED, what=part.form.name)
        if self._number(part.office) is None:
            raise Refusal(Code.OFFICE)
        try:
            return open_part(part, self._carry.keys.letter)
        except Refusal:
            raise
        except Exception:  # noqa: BLE001 - one odd part must not end the visit
            _log.exception("a part could not be opened")
            raise Refusal(Code.UNAVAILABLE) from None

    def _tally(self, issued: Mapping[bytes, frozenset[tuple[int, int]]]) -> bytes:
        """Seal for the office's coordinators which certificates go home to which PC. In the thread."""
        with self._carry.database.reading(_STRANGER) as connection:
            query = select(office.c.file).where(office.c.uuid == self.office)
            file = read_office(connection.execute(query).scalar_one())
        return seal_tally(issued, self.office, file.header.office_letter)

    def _number(self, uuid: bytes) -> int | None:
        """Return the centre's own number of an office, None for one that is none of its own."""
        if uuid not in self._offices:
            with self._carry.database.reading(_STRANGER) as connection:
                query = select(office.c.id).where(office.c.uuid == uuid)
                self._offices[uuid] = connection.execute(query).scalar()
        return self._offices[uuid]

    async def _keep(self, brought: Brought, size: int) -> None:
        """Keep the segments of a part, and put it aside where its writer may yet be introduced."""
        taken = await self._carry.keep(brought.offer)
        if taken is None:
            self.refused[brought.digest] = Refusal(Code.UNAVAILABLE)
            return
        self.new += taken.new
        if settled(taken.refusals):
            self.stored[brought.digest] = None
            self.refused.pop(brought.digest, None)
        else:
            self.refused[brought.digest] = first_of(taken.refusals)
            if size and self._room >= size:
                self._room -= size
                self._later.append(brought)
                return
        outward = brought.outward
        place = (brought.office, outward.pc, outward.letter)
        if place not in self._bound and len(self._bound) >= PCS:
            return
        self._bound.setdefault(place, Bound.of(brought)).add(
            brought, taken, stored=brought.digest in self.stored
        )

    async def _answer(self, bound: Bound, now: int, room: int) -> Answered | None:
        """Answer one PC; trouble is told in the log, and the PC asks again another day."""
        carry = self._carry
        taken = await carry.keep(Offer(b"", b"", now, (), (), tuple(bound.wants)))
        readers = () if taken is None else taken.readers

        def make() -> Answered:
            return answer(
                carry.database,
                bound,
                readers or (None,) * len(bound.wants),
                self._number(bound.office),
                carry.answers.shelf,
                carry.keys,
                now,
                room,
            )

        try:
            return await carry.aside(make)
        except Refusal:  # the key that the PC names is none
            return None
        except Exception:  # noqa: BLE001 - the others are answered all the same
            _log.exception("an answer for a carrier could not be made")
            return None
