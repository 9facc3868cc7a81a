"""How a hub passes post on: one part a request, whenever there is a way, and quietly when there is none."""

import asyncio
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from sync.client.carrying import Carrying
from sync.client.faults import Failure, Fault
from sync.client.retry import Retry
from sync.client.transport import Answer, Transport
from sync.postbag.part import Part
from sync.postbag.shipment import read_shipment
from sync.refusal import Code, Refusal
from sync.server.hub import Hub
from sync.server.hub_store import PUT_OFF, Waiting

NOT_LISTED = 3600
"""Seconds until a part is offered again that the centre read and did not list; doubled each time."""
HOPELESS = frozenset({Code.MALFORMED.wire, Code.RECIPIENT.wire})
"""Refusals of a part that will never open: it is let go, and its PC still has what was in it."""
READ_TIMEOUT = 60.0
"""Seconds of silence in which a slow centre may gather the letters of a PC."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Way:
    """One address of the centre."""

    address: str
    transport: Transport
    carrying: Carrying = field(default_factory=Carrying)


class Upstream:
    """The task that empties a hub towards the centre. `addresses` are tried in their order."""

    def __init__(self, hub: Hub, addresses: Sequence[str]) -> None:
        self._hub = hub
        # parts are sealed and answers are believed by their signatures alone, so plain http does no harm
        self._ways = [
            _Way(one, Transport(one, plain_allowed=True, read_timeout=READ_TIMEOUT)) for one in addresses
        ]
        self._retry = Retry()
        self.busy = False
        """Whether a part is on the line now: packs wait for it."""

    async def run(self) -> None:
        """Pass on what is due until cancelled."""
        while True:
            self._hub.arrived.clear()
            pause = await self._round()
            if self._retry.failures:
                await asyncio.sleep(pause)
                continue
            try:
                await asyncio.wait_for(self._hub.arrived.wait(), pause)
            except TimeoutError:
                continue

    def close(self) -> None:
        """Let go of the connections."""
        for way in self._ways:
            way.transport.close()

    async def _round(self) -> float:
        """Offer what is due, one part after another, and return the seconds until the next round."""
        await self._hub.aside(self._hub.sweep)
        while self._ways:
            waiting = await self._hub.aside(lambda: self._hub.store.next_due(self._hub.now()))
            if waiting is None:
                break
            self.busy = True
            try:
                at_least = await self._offer(waiting)
            finally:
                self.busy = False
            if at_least is not None:
                self._retry = self._retry.failed()
                return self._retry.pause(random.random(), at_least=at_least)  # noqa: S311 - jitter
            self._retry = self._retry.succeeded()
        self._retry = self._retry.succeeded()
        return self._retry.pause(random.random())  # noqa: S311 - jitter

    async def _offer(self, waiting: Waiting) -> float | None:
        """Offer a part at each address until one answers; a number of seconds when there was no way."""
        at_least = 0.0
        for way in self._ways:
            outcome = await self._asked(way, waiting)
            if not isinstance(outcome, Failure):
                try:
                    parts = read_shipment([outcome.body]).parts
                    await self._answered(waiting, parts)
                except Refusal:  # whoever answered is not the centre of this office
                    continue
                return None
            if outcome.fault is Fault.REFUSED:
                await self._refused(waiting, outcome.code)
                return None
            at_least = max(at_least, outcome.retry_after)
        return at_least

    async def _asked(self, way: _Way, waiting: Waiting) -> Answer | Failure:
        """Bring one part to an address, in a thread: the hub goes on serving its PCs."""
        return await asyncio.to_thread(way.carrying.bring, way.transport, waiting.data)

    async def _answered(self, waiting: Waiting, parts: Sequence[tuple[Part, bytes]]) -> None:
        """Keep an answer. Raises Refusal when it is not the centre's."""
        stored = await self._hub.aside(lambda: self._hub.keep_answer(parts))
        if waiting.digest not in stored:
            await self._postpone(waiting)

    async def _refused(self, waiting: Waiting, code: str) -> None:
        """Put a part off; let go of one that will never open, but not at once: nobody signs a refusal."""
        if code in HOPELESS and waiting.tries >= 2:
            await self._hub.aside(lambda: self._hub.store.give_up(waiting.digest))
        else:
            await self._postpone(waiting)

    async def _postpone(self, waiting: Waiting) -> None:
        pause = min(PUT_OFF, NOT_LISTED * 2 ** min(waiting.tries, 8))
        until = self._hub.now() + pause
        await self._hub.aside(lambda: self._hub.store.postpone(waiting.digest, until))
