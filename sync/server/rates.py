"""How much one address may ask of a route that asks for no signature: a bucket that refills."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable

CAPACITY = 4096.0
"""Units an address may use at once: two hundred megabytes of post, or four thousand small requests."""
REFILL = 16.0
"""Units that come back each second: a megabyte of post."""
UNIT_BYTES = 64 * 1024
ADDRESSES = 20_000
"""Addresses remembered; the one unseen for longest is forgotten first."""


class Rates:
    """Counts by address, in this process. Used on the event loop.

    Whoever has begun is let through to the end, into debt if need be: a shipment cut in the middle would only
    come again from its beginning. The debt is what the next one waits for.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Return the seconds until this address may begin; 0 when it may now."""
        return max(0.0, -self._now(address) / REFILL)

    def charge(self, address: str, units: float) -> None:
        """Count what an address has used."""
        left = self._now(address) - units
        name = _whole(address)
        self._left[name] = (left, self._monotonic())
        self._left.move_to_end(name)
        while len(self._left) > ADDRESSES:
            self._left.popitem(last=False)

    def _now(self, address: str) -> float:
        left, at = self._left.get(_whole(address), (CAPACITY, 0.0))
        return min(CAPACITY, left + (self._monotonic() - at) * REFILL)


def _whole(address: str) -> str:
    """Return the network that stands for an address: one customer has a /64 of IPv6 to himself."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 4:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False))
