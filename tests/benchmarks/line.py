"""The line of PCs to a centre: a link, doors at its far end, and deliveries over it that are counted and timed."""

import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from sync.client.deliver import SyncOutcome, deliver
from sync.client.transport import Transport
from tests.benchmarks.door import Door
from tests.benchmarks.link import Link
from tests.benchmarks.link_proxy import LinkProxy
from tests.benchmarks.studying import Pc
from tests.benchmarks.weak_link import WeakLink, can_join
from tests.builders.certificate import own_certificate

_LIKE_A_PUBLIC_CHAIN = 2_500
"""Bytes by which a certificate of one's own is shorter than what a public authority's server sends."""


class Line:
    """Opens a weak link, or the proxy where none can be made; `why_proxy` says why."""

    def __init__(self, port: int, folder: Path) -> None:
        self.why_proxy = can_join()
        self.link: WeakLink | LinkProxy = LinkProxy() if self.why_proxy else WeakLink()
        self._port, self._folder = port, folder
        self._open = ExitStack()
        self._verify: bool | str = True

    def __enter__(self) -> Self:
        self._open.enter_context(self.link)
        self._plain = self._door(self._port)
        self._portal = self._door(None)
        listener, address = self.link.listen()
        pem, context = own_certificate(
            self._folder, host=address.split(":", maxsplit=1)[0], padding=_LIKE_A_PUBLIC_CHAIN
        )
        self._open.enter_context(Door(listener, self._port, context))
        self._tls, self._verify = f"https://{address}", str(pem)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _door(self, port: int | None) -> str:
        listener, address = self.link.listen()
        self._open.enter_context(Door(listener, port))
        return f"http://{address}"

    def plain(self) -> Transport:
        """A new road to the centre without TLS."""
        return Transport(self._plain, plain_allowed=True)

    def tls(self) -> Transport:
        """A new road to the centre over TLS 1.3."""
        return Transport(self._tls, verify=self._verify)

    def portal(self) -> Transport:
        """A new road that ends at a captive portal."""
        return Transport(self._portal, plain_allowed=True)

    def become(self, link: Link) -> None:
        """Change the link, once what is still on its way has passed."""
        self.rest()
        self.link.link = link

    def rest(self) -> None:
        """Let what is still on its way to nobody pass by, and count from here."""
        time.sleep(self.link.link.delay + self.link.link.jitter + 0.1)
        self.link.taken()

    def deliver(self, pc: Pc, road: Transport) -> tuple[SyncOutcome, float]:
        """Deliver once from the client's place; gives the outcome and the seconds it took."""

        def act() -> tuple[SyncOutcome, float]:
            began = time.perf_counter()
            outcome = deliver(pc.unlocked, road, pc.store.clock)
            return outcome, time.perf_counter() - began

        return self.link.run(act)

    def send(self, pc: Pc, road: Transport) -> dict[str, Any]:
        """Deliver once and tell what it took, by the bytes that went over the link."""
        self.rest()
        outcome, took = self.deliver(pc, road)
        if outcome.failure is not None:
            raise RuntimeError(f"a delivery failed: {outcome.failure}")
        count = self.link.taken()
        carried = max(outcome.acked, outcome.facts)
        payload = count.up + count.down
        return {
            "requests": outcome.rounds,
            "statements": carried,
            "up": count.up,
            "down": count.down,
            "bytes": payload,
            "bytes_a_statement": round(payload / carried, 2) if carried else None,
            "sent_again": count.again,
            "bytes_of_packets": count.wire,
            "seconds": round(took, 3),
        }
