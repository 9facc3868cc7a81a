"""Requests of carriers whose line broke: kept for a while, so that only the rest of the body need come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync.server.arriving import Arriving
    from sync.server.carry import Visit

__all__ = ["BrokenOff", "Half"]

KEPT = 15 * 60.0
"""Seconds for which the begun request is kept: a satellite link that comes back after rain."""
ROOM = 32 << 20
"""Bytes that all of them may hold in memory; the oldest goes first."""
MANY = 256
BEHIND = 0.5
"""Seconds a question waits for its request: the old line's last bytes may be read after the new line's."""


@dataclass(slots=True, eq=False)
class Half:
    """As much of a request as has come: `size` bytes, the parts in them stored.

    `leave` is set when its carrier is back on another line before this one has fallen silent.
    """

    visit: Visit
    arriving: Arriving
    size: int = 0
    leave: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def held(self) -> int:
        """Return the bytes it holds in memory."""
        return self.arriving.held + self.visit.held


class BrokenOff:
    """The begun requests of one worker, by name; another worker knows nothing of them, and gets the whole.

    The name is a digest of the body: whoever knows it has the body, and can add only what is signed and
    sealed like all post.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._kept: dict[str, tuple[float, Half]] = {}
        self._coming: dict[str, Half] = {}
        self._awaited: dict[str, asyncio.Event] = {}

    async def asked(self, name: str) -> int:
        """Tell how many bytes of a request are here; a line that is still open for it is given up."""
        if name not in self._coming and name not in self._kept:
            await self._turns_up(name)
        coming = self._coming.get(name)
        if coming is not None:
            coming.leave.set()
            await coming.left.wait()
        self._sweep()
        kept = self._kept.get(name)
        return 0 if kept is None else kept[1].size

    def begin(self, name: str, begin: int, fresh: Half) -> Half | None:
        """Go on with what is here where `begin` says so, else with `fresh`; None where it is not here."""
        self._sweep()
        _, half = self._kept.pop(name, (0.0, fresh))
        if begin:
            if half.size != begin:
                return None
        else:
            half = fresh
        half.leave, half.left = asyncio.Event(), asyncio.Event()
        self._coming.setdefault(name, half)
        if name in self._awaited:
            self._awaited.pop(name).set()
        return half

    def end(self, name: str, half: Half, *, broke: bool) -> None:
        """Note that a request has ended; one that broke is kept."""
        half.left.set()
        if self._coming.get(name) is not half:
            return
        del self._coming[name]
        if broke and half.size:
            self._kept[name] = self._monotonic(), half
            self._sweep()

    async def _turns_up(self, name: str) -> None:
        """Wait a moment for a request to begin."""
        awaited = self._awaited.setdefault(name, asyncio.Event())
        with suppress(TimeoutError):
            async with asyncio.timeout(BEHIND):
                await awaited.wait()
        if self._awaited.get(name) is awaited:
            del self._awaited[name]

    def _sweep(self) -> None:
        """Let go of what is old, and of the oldest where there is too much."""
        now = self._monotonic()
        held, many = 0, 0
        for name, (since, half) in reversed(list(self._kept.items())):
            held, many = held + half.held, many + 1
            if now - since > KEPT or held > ROOM or many > MANY:
                del self._kept[name]
