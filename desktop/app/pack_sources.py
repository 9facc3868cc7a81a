"""Who offers which pack: the office's hub first, as it costs nobody's data, then the centre."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.app.hub_road import HUB, HubRoad
from desktop.app.metered import road_of, room_left
from desktop.library.index import ShelfIndex
from desktop.people.office import servers
from desktop.store.traffic import LAN
from sync.client.faults import Failure
from sync.client.fetch import ask_offers
from sync.client.transport import Transport
from sync.packs.offer import Offer, newest
from sync.packs.outline import version_number

if TYPE_CHECKING:
    from desktop.store.device import Store

LOOK_AGAIN = 600.0
"""Seconds after which the lists are asked for again, when somebody looks at the library."""
SOON = 60.0
"""The same where no hub answered."""
_HUB, _CENTRE = "hub", "centre"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a pack may be fetched: an address, and whether that is the office's own computer."""

    address: str
    office: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """An offer, and the better of the places that make it."""

    offer: Offer
    source: Source


class PackSources:
    """Asks for the lists, on any thread.

    The centre's comes behind a delivery, over its open connection: once after the start, later only when
    somebody has looked at the library. A hub is asked when somebody looks.
    """

    def __init__(
        self, store: "Store", index: ShelfIndex, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._store, self._index, self._monotonic = store, index, monotonic
        self._near: tuple[Seen, ...] | None = None
        self._far: tuple[Seen, ...] | None = None
        self._asked: dict[str, float] = {}
        self._one_at_a_time = threading.Lock()
        self._tags: dict[str, tuple[str, tuple[Offer, ...]]] = {}
        self.wanted = False
        """Whether somebody has looked at the library since the centre was asked."""
        self.hub: HubRoad | None = None
        """The road to the hub of whoever is signed in."""
        self.own = ""
        """The address of the hub that runs on this PC."""

    @property
    def seen(self) -> tuple[Seen, ...]:
        """List what is offered: what the office has, then what only the centre has."""
        near, far = self._near or (), self._far or ()
        here = {one.offer.digest for one in near}
        return (*near, *(one for one in far if one.offer.digest not in here))

    def find(self, digest: str) -> Seen | None:
        """Return an offer that was seen."""
        return next((one for one in self.seen if one.offer.digest == digest), None)

    def due(self) -> bool:
        """Tell whether a delivery should bring the centre's list."""
        return _CENTRE not in self._asked or (self.wanted and self._is_due(_CENTRE))

    def behind(self, delivery: Transport) -> bool:
        """Ask the centre for its list over the connection of a delivery; true when it answered."""
        with self._one_at_a_time:
            office = self._store.office()
            if office is None or not self.due():
                return False
            self._asked[_CENTRE], self.wanted = self._monotonic(), False
            found = self._ask(Source(delivery.address, office=False), office.header.centre, delivery)
            self._far = self._far if found is None else found
            return found is not None

    def hub_met(self) -> None:
        """A delivery has met a hub: it is asked at once if none has answered before."""
        if self._near is None:
            self._asked.pop(_HUB, None)

    def may_look(self) -> bool:
        """Tell whether there is a hub to ask, or something for which to look for one."""
        return bool(self._hub_address()) or self._has_news()

    def look(self, *, again: bool = False) -> None:
        """Ask the hub for its list, at most every ten minutes; with `again` now, and the centre as well."""
        with self._one_at_a_time:
            office = self._store.office()
            if office is not None and (again or self._is_due(_HUB)):
                self._look(office.header.centre, again=again)

    def _look(self, centre: bytes, *, again: bool) -> None:
        self._asked[_HUB] = self._monotonic()
        self._near = self._of_hub(self._hub_address(), centre)
        if again:
            self._far = self._of_centre(centre) or self._far
        if self._near is None and self.hub and self._has_news():
            # there is something to fetch: a computer of the office may have it already
            self._near = self._of_hub(self.hub.found or self.hub.look(), centre)
        if self._near is None:
            self._asked[_HUB] -= LOOK_AGAIN - SOON

    def _has_news(self) -> bool:
        return any(self.is_new(one.offer) for one in self._far or ())

    def _is_due(self, whose: str) -> bool:
        return self._monotonic() - self._asked.get(whose, -LOOK_AGAIN) >= LOOK_AGAIN

    def new(self) -> tuple[Seen, ...]:
        """List what is not installed here, or newer than what is, each course once."""
        wanted = newest([one.offer for one in self.seen if self.is_new(one.offer)])
        return tuple(one for one in self.seen if one.offer in wanted)

    def is_new(self, offer: Offer) -> bool:
        """Tell whether an offer brings something; of an unsigned one nobody knows before it is opened."""
        held = self._index.pack(offer.course) if offer.signature else None
        return held is None or held.version < version_number(offer.version)

    def installed(self, offer: Offer) -> str:
        """Name the version whose place a pack would take, empty for a new course."""
        held = self._index.pack(offer.course) if offer.signature else None
        return "" if held is None else offer.version

    def _hub_address(self) -> str:
        if self.own:
            return self.own
        if self._store.setting(HUB):
            from sync.client.hub import typed_address  # noqa: PLC0415 - zeroconf

            typed = typed_address(self._store.setting(HUB))
            if typed:
                return typed
        return "" if self.hub is None else self.hub.found

    def _of_hub(self, address: str, centre: bytes) -> tuple[Seen, ...] | None:
        return self._ask(Source(address, office=True), centre) if address else None

    def _of_centre(self, centre: bytes) -> tuple[Seen, ...] | None:
        for address in servers(self._store):
            left = None if road_of(address) == LAN else room_left(self._store)
            if left is not None and left <= 0:
                continue
            found = self._ask(Source(address, office=False), centre)
            if found is not None:
                return found
        return None

    def _ask(
        self, source: Source, centre: bytes, delivery: Transport | None = None
    ) -> tuple[Seen, ...] | None:
        """Ask one server, counting what it costs; None where it did not answer."""
        tag, known = self._tags.get(source.address, ("", ()))
        road = delivery or way_to(source)
        sent, received = road.traffic.sent, road.traffic.received
        try:
            asked = ask_offers(road, centre, tag)
        finally:
            if delivery is None:
                road.close()
        sent, received = road.traffic.sent - sent, road.traffic.received - received
        self._store.traffic.add(road_of(source.address), sent, received)
        if isinstance(asked, Failure):
            return None
        offers, answer = asked
        if offers is not None:
            if not source.office:
                offers = tuple(one for one in offers if one.signature)
            known = offers
            self._tags[source.address] = (answer.tag, offers)
        return tuple(Seen(one, source) for one in known)


def way_to(source: Source) -> Transport:
    """Open the road to a source; the office's own may be plain http, as a pack proves itself."""
    return Transport(source.address, plain_allowed=source.office)
