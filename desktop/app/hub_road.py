"""The road to the office's hub: where the centre is out of reach, sealed work goes there and letters come."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.store.traffic import LAN

if TYPE_CHECKING:  # zeroconf waits until the centre was out of reach
    from desktop.store.device import Store
    from desktop.store.post import Packed
    from sync.client.hub import HubLink

HUB = "hub"
"""The setting with the address somebody typed."""
LOOK_AGAIN = 600.0
"""Seconds after which a network without a hub is listened to again."""


class HubRoad:
    """Brings what this PC holds to the hub; used by one thread at a time. Everything goes sealed.

    The hub's signed word is kept by the post; only the centre's ack lets anything go.
    """

    def __init__(
        self,
        store: "Store",
        monotonic: Callable[[], float] = time.monotonic,
        link: "Callable[[str, bytes], HubLink] | None" = None,
    ) -> None:
        """`link` makes the road to an address for this PC's key id; without, it is a real one."""
        self._store, self._monotonic, self._link = store, monotonic, link
        self._found = ""
        self._looked: float | None = None
        self._given: set[bytes] = set()

    @property
    def found(self) -> str:
        """The address of the hub that answered last, empty for none."""
        return self._found

    def look(self) -> str:
        """Listen for a hub of this office, now."""
        from sync.client.hub import find_hubs  # noqa: PLC0415 - zeroconf

        office = self._store.office()
        self._looked = self._monotonic()
        self._found = "" if office is None else next(iter(find_hubs(office.header.office)), "")
        return self._found

    def carry(self, stopped: Callable[[], bool]) -> bool:
        """Give the hub what it does not have, and take what it holds for this PC; whether a hub answered."""
        office, address = self._store.office(), self._address()
        if office is None or not address or stopped():
            return False
        from desktop.store.post import Post  # noqa: PLC0415 - only where there is a hub
        from sync.client.hub import HubLink  # noqa: PLC0415 - zeroconf
        from sync.postbag.shipment import encode_shipment  # noqa: PLC0415 - as above

        post = Post(self._store)
        packed = post.outward(self._given)
        link = (self._link or HubLink)(address, post.key())
        try:
            if not packed:  # nothing new to give: ask all the same what has come
                return self._bring(link, encode_shipment(office.header.office, ()), None)
            return all(self._bring(link, one.part, one) for one in packed if not stopped())
        finally:
            link.close()

    def _bring(self, link: "HubLink", body: bytes, packed: "Packed | None") -> bool:
        from desktop.store.post import Post  # noqa: PLC0415 - as above
        from desktop.store.post_wants import versions_of  # noqa: PLC0415 - as above
        from sync.client.faults import Failure  # noqa: PLC0415 - as above

        post = Post(self._store)
        answer = link.carry(body, versions_of(self._store))
        if isinstance(answer, Failure):
            self._found = ""
            return False
        if packed is not None:
            post.handed(packed, LAN)
            self._given.add(packed.digest)
        brought = [data for _, data in answer.parts]
        for data in brought:
            post.take(data)
        post.carried_bytes(len(body), sum(map(len, brought)), LAN)
        return True

    def _address(self) -> str:
        from sync.client.hub import typed_address  # noqa: PLC0415 - zeroconf

        typed = typed_address(self._store.setting(HUB))
        if typed:
            self._found = typed
            return typed
        due = self._looked is None or self._monotonic() - self._looked > LOOK_AGAIN
        return self.look() if not self._found and due else self._found
