"""/v1/carry: a carrier brings the post of one PC or of many, and takes the centre's answer along."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from starlette.types import Message, Receive, Scope, Send

from sync.postbag.part import Part
from sync.postbag.resuming import FROM, NAME
from sync.refusal import Code, Refusal
from sync.server.arriving import Arriving
from sync.server.broken_off import BrokenOff, Half
from sync.server.carry import Carry
from sync.server.matrix import MATRIX
from sync.server.rates import UNIT_BYTES, Rates
from sync.server.routes import refuse, respond

AT_ONCE = 24
"""Carriers served at a time; each holds a part in memory, and the next is asked to come back."""
SILENCE = 60.0
"""Seconds without a byte after which a carrier is given up: the parts that came stay."""
GRACE = 0.5
"""Seconds of silence after which a line is left whose carrier is back on another."""
AT_ONE_ADDRESS = 8
COME_BACK = 20
UNIT_PART, UNIT_UNFIT = 0.25, 16.0
"""Units a part costs, and one that does not open: nobody honest brings many of those."""

_NAME = re.compile(r"[0-9a-f]{32}")
_BYTES = re.compile(r"[1-9][0-9]{0,8}")

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

    async def serve(self, scope: Scope, send: Send, visit: Callable[[str], Awaitable[bytes]]) -> None:
        """Answer one carrier with what its visit gives; in trouble it gets a code, and the log the story."""
        try:
            with self.landing(scope) as address:
                answer = await visit(address)
        except GoneError:
            await refuse(send, Refusal(Code.UNAVAILABLE))  # heard only where the line was left, not broken
        except Refusal as refusal:
            wait = int(refusal.values.get("wait", 0))
            await refuse(send, refusal, status=429 if "wait" in refusal.values else 0, wait=wait)
        except Exception:  # noqa: BLE001 - a caller gets a code, the log the story
            _log.exception("a carrier could not be served")
            await refuse(send, Refusal(Code.UNAVAILABLE))
        else:
            await respond(send, 200, answer)

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


async def body_of(
    scope: Scope, receive: Receive, leave: asyncio.Event | None = None, begun: int = 0
) -> AsyncIterator[bytes]:
    """Give a body piece by piece, no more of it than the route's row allows; `begun` bytes came before.

    Raises Refusal(TOO_LARGE), and GoneError when the connection breaks, falls silent, or is left by `leave`.
    """
    limit = MATRIX[scope["method"], scope["path"]].body_limit
    for name, value in scope["headers"]:
        if name == b"content-length" and (not value.isdigit() or begun + int(value) > limit):
            raise Refusal(Code.TOO_LARGE, limit=limit)
    size = begun
    while True:
        message = await _next(receive, leave)
        if message["type"] != "http.request":
            raise GoneError
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise Refusal(Code.TOO_LARGE, limit=limit)
        yield chunk
        if not message.get("more_body", False):
            return


async def _next(receive: Receive, leave: asyncio.Event | None) -> Message:
    """Wait for the next piece of a body. Raises GoneError."""
    coming = asyncio.ensure_future(receive())
    left = asyncio.ensure_future(leave.wait()) if leave is not None else None
    try:
        await asyncio.wait(
            {coming, left} if left is not None else {coming},
            timeout=SILENCE,
            return_when=asyncio.FIRST_COMPLETED,
        )
        if left is not None and left.done():
            await asyncio.wait({coming}, timeout=GRACE)
        if not coming.done():
            raise GoneError
        return coming.result()
    finally:
        for one in (coming, left):
            if one is not None:
                one.cancel()


def header(scope: Scope, wanted: str) -> str:
    """Return what a request says under a header, empty where it says nothing."""
    name = wanted.encode()
    return next((value.decode("latin-1") for held, value in scope["headers"] if held == name), "")


class CarryRoute:
    """The body is one part or a shipment, the answer always a shipment.

    A part that could not be taken is missing in the receipt; where the body was that one part, the refusal is
    the answer. A body whose line breaks goes on where it broke, when its carrier names it (`BrokenOff`).
    """

    def __init__(self, carry: Carry, quay: Quay, broken_off: BrokenOff) -> None:
        self._carry = carry
        self._quay = quay
        self._broken_off = broken_off

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one carrier."""
        await self._quay.serve(scope, send, lambda address: self._visit(scope, receive, address))

    async def _visit(self, scope: Scope, receive: Receive, address: str) -> bytes:
        name, begin = header(scope, NAME), header(scope, FROM)
        fresh = Half(self._carry.visit(), Arriving())
        if not _NAME.fullmatch(name):
            await self._take(fresh, scope, receive, address)
            return await _answer(fresh)
        half = self._broken_off.begin(name, int(begin) if _BYTES.fullmatch(begin) else 0, fresh)
        if half is None:
            raise Refusal(Code.MALFORMED, what=FROM)
        broke = False
        try:
            await self._take(half, scope, receive, address)
        except GoneError:
            broke = True
            raise
        finally:
            self._broken_off.end(name, half, broke=broke)
        return await _answer(half)

    async def _take(self, half: Half, scope: Scope, receive: Receive, address: str) -> None:
        """Keep what comes, until all has come. Raises GoneError and Refusal."""
        async for chunk in body_of(scope, receive, half.leave, half.size):
            await self._quay.take(half.visit, half.arriving, chunk, address)
            half.size += len(chunk)
        await self._quay.end(half.visit, half.arriving, address)


async def _answer(half: Half) -> bytes:
    """Make the answer to a whole body. Raises the refusal of a part that came alone."""
    visit, arriving = half.visit, half.arriving
    visit.office = arriving.office or visit.office
    if not arriving.office and visit.refused and not visit.answerable:
        raise next(iter(visit.refused.values()))
    return await visit.finish()


class BrokenOffRoute:
    """GET: how many bytes of the body that the caller names are here, as a decimal number."""

    def __init__(self, quay: Quay, broken_off: BrokenOff) -> None:
        self._quay = quay
        self._broken_off = broken_off

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer with the number; 0 for a body that is not known."""
        await self._quay.serve(scope, send, lambda _: self._count(header(scope, NAME)))

    async def _count(self, name: str) -> bytes:
        found = await self._broken_off.asked(name) if _NAME.fullmatch(name) else 0
        return str(found).encode()
