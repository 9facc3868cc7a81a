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
from tests.benchmarks.weak_link import FAR, WeakLink, can_join

SERVER = "127.0.0.1" if can_join() else FAR
"""The host by which a PC reaches the server's place: what a certificate must be for."""


class Line:
    """Opens a weak link, or the proxy where none can be made; `why_proxy` says why. `seed` is of its losses."""

    def __init__(self, port: int, seed: int = 5) -> None:
        self.why_proxy = can_join()
        self.link: WeakLink | LinkProxy = LinkProxy(seed=seed) if self.why_proxy else WeakLink(seed=seed)
        self._port = port
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._open.enter_context(self.link)
        self._centre = self._door(self._port)
        self._portal = self._door(None)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _door(self, port: int | None) -> str:
        listener, address = self.link.listen()
        self._open.enter_context(Door(listener, port))
        return address

    def plain(self) -> Transport:
        """A new road to the centre without TLS."""
        return Transport(f"http://{self._centre}", plain_allowed=True)

    def tls(self, pem: Path) -> Transport:
        """A new road to a centre that speaks TLS itself."""
        return Transport(f"https://{self._centre}", verify=str(pem))

    def portal(self) -> Transport:
        """A new road that ends at a captive portal."""
        return Transport(f"http://{self._portal}", plain_allowed=True)

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

    def send(self, pc: Pc, road: Transport, cuts: int = 0) -> dict[str, Any]:
        """Deliver once and tell what it took, by the bytes that went over the link.

        Where losses in a row look like a cut it tries again at once, up to so many times; all of it counts.
        """
        self.rest()
        outcome, took = self.deliver(pc, road)
        failed = 0
        while outcome.failure is not None:
            failed += 1
            if failed > cuts:
                raise RuntimeError(f"a delivery failed: {outcome.failure}")
            outcome, more = self.deliver(pc, road)
            took += more
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
            "cuts": failed,
        }
