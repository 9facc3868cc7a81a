"""POST /v1/carry: a carrier brings the post of one PC or of many, and takes the centre's answer along."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Protocol

from starlette.types import Receive, Scope, Send

from sync.postbag.part import Part
from sync.refusal import Code, Refusal
from sync.server.arriving import Arriving
from sync.server.carry import Carry
from sync.server.matrix import MATRIX
from sync.server.rates import UNIT_BYTES, Rates
from sync.server.routes import refuse, respond

AT_ONCE = 24
"""Carriers served at a time; each holds a part in memory, and the next is asked to come back."""
SILENCE = 60.0
"""Seconds without a byte after which a carrier is given up: the parts that came stay."""
AT_ONE_ADDRESS = 8
COME_BACK = 20
UNIT_PART, UNIT_UNFIT = 0.25, 16.0
"""Units a part costs, and one that does not open: nobody honest brings many of those."""

_log = logging.getLogger(__name__)


class GoneError(Exception):
    """The carrier's connection broke; what arrived is kept, and nobody waits for an answer."""


class Taker(Protocol):
    """Whoever keeps what lands, at the centre or at a hub."""

    refused: dict[bytes, Refusal]

    async def take(self, part: Part, data: bytes) -> None:
        """Keep one part, durably when this returns, or note why not; `data` are its bytes."""


class Quay:
    """Where carriers land: how many at a time, how much from one address, and how long they may be silent."""

    def __init__(self, rates: Rates | None = None) -> None:
        self._rates = rates or Rates()
        self._here: Counter[str] = Counter()

    @contextmanager
    def landing(self, scope: Scope) -> Iterator[str]:
        """Let a carrier in and give its address. Raises Refusal(UNAVAILABLE, wait=…) to stay out."""
        address = (scope.get("client") or ("?", 0))[0]
        wait = self._rates.wait(address)
        full = self._here[address] >= AT_ONE_ADDRESS or self._here.total() >= AT_ONCE
        if wait > 0 or full:
            raise Refusal(Code.UNAVAILABLE, wait=max(COME_BACK, int(wait)))
        self._rates.charge(address, 1)
        self._here[address] += 1
        try:
            yield address
        finally:
            self._here -= Counter({address: 1})  # forgets an address that reached zero

    async def take(self, visit: Taker, arriving: Arriving, chunk: bytes, address: str) -> None:
        """Keep the parts that a piece of the body completes. Raises Refusal when the body is no post."""
        self._rates.charge(address, len(chunk) / UNIT_BYTES)
        for part, data in arriving.feed(chunk):
            await self._keep(visit, part, data, address)

    async def end(self, visit: Taker, arriving: Arriving, address: str) -> None:
        """Keep a part that was the whole body. Raises Refusal when it is none."""
        for part, data in arriving.end():
            await self._keep(visit, part, data, address)

    async def _keep(self, visit: Taker, part: Part, data: bytes, address: str) -> None:
        unfit = len(visit.refused)
        await visit.take(part, data)
        self._rates.charge(address, UNIT_UNFIT if len(visit.refused) > unfit else UNIT_PART)


async def body_of(scope: Scope, receive: Receive) -> AsyncIterator[bytes]:
    """Give a body piece by piece, no more of it than the route's row allows.

    Raises Refusal(TOO_LARGE), and GoneError when the connection breaks or falls silent.
    """
    limit = MATRIX[scope["method"], scope["path"]].body_limit
    for name, value in scope["headers"]:
        if name == b"content-length" and (not value.isdigit() or int(value) > limit):
            raise Refusal(Code.TOO_LARGE, limit=limit)
    size = 0
    while True:
        try:
            message = await asyncio.wait_for(receive(), SILENCE)
        except TimeoutError:
            raise GoneError from None
        if message["type"] != "http.request":
            raise GoneError
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise Refusal(Code.TOO_LARGE, limit=limit)
        yield chunk
        if not message.get("more_body", False):
            return


class CarryRoute:
    """The body is one part or a shipment, the answer always a shipment.

    A part that could not be taken is missing in the receipt; where the body was that one part, the refusal is
    the answer.
    """

    def __init__(self, carry: Carry, quay: Quay) -> None:
        self._carry = carry
        self._quay = quay

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one carrier."""
        try:
            with self._quay.landing(scope) as address:
                answer = await self._visit(scope, receive, address)
        except GoneError:
            return
        except Refusal as refusal:
            status = 429 if "wait" in refusal.values else 0
            await refuse(send, refusal, status=status, wait=int(refusal.values.get("wait", 0)))
        except Exception:  # noqa: BLE001 - a caller gets a code, the log the story
            _log.exception("a carrier could not be served")
            await refuse(send, Refusal(Code.UNAVAILABLE))
        else:
            await respond(send, 200, answer)

    async def _visit(self, scope: Scope, receive: Receive, address: str) -> bytes:
        visit, arriving = self._carry.visit(), Arriving()
        async for chunk in body_of(scope, receive):
            await self._quay.take(visit, arriving, chunk, address)
        await self._quay.end(visit, arriving, address)
        visit.office = arriving.office or visit.office
        if not arriving.office and visit.refused and not visit.answerable:
            raise next(iter(visit.refused.values()))
        return await visit.finish()
