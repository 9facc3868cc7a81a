"""The same link where no namespaces can be made: a proxy on loopback that delays, narrows and cuts what passes.

The kernel's TCP does not see this link: the first bytes of a connection wait one round trip more, as behind SYN
and ACK, and a lost chunk comes two round trips later, when the probe for a lost tail would have sent it again.
"""

import contextlib
import heapq
import itertools
import random
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self, TypeVar

from tests.benchmarks.link import LOOPBACK, Count, Link

_CHUNK = 1500
T = TypeVar("T")


class LinkProxy:
    """Stands in for `WeakLink`, with the same words."""

    kind = "a delaying proxy on loopback: the kernel's TCP does not see the link"

    def __init__(self, link: Link = LOOPBACK, seed: int = 5) -> None:
        self.link = link
        self.dark = False
        self._left: int | None = None
        self._count = Count()
        self._lock = threading.Lock()
        self._chance = random.Random(seed)
        self._doors: list[socket.socket] = []
        self._ends: set[socket.socket] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for door in self._doors:
            door.close()

    def run(self, act: Callable[[], T]) -> T:
        """Do something at the client's place, which here is this process."""
        return act()

    def listen(self) -> tuple[socket.socket, str]:
        """Listen at the server's place; the address given is the proxy's in front of it."""
        listener, door = socket.create_server(("127.0.0.1", 0)), socket.create_server(("127.0.0.1", 0))
        self._doors.append(door)
        threading.Thread(target=self._accept, args=(door, listener.getsockname()[1]), daemon=True).start()
        return listener, f"127.0.0.1:{door.getsockname()[1]}"

    def taken(self) -> Count:
        """Give what went since the last look, and begin anew."""
        with self._lock:
            found, self._count = self._count, Count()
        return found

    def cut_up_after(self, payload: int) -> None:
        """Go dark once so many further bytes of payload have gone up; 0 is at once."""
        with self._lock:
            self._left = payload
        if not payload:
            self._break()

    def mend(self) -> None:
        """End the darkness: new connections pass."""
        with self._lock:
            self._left, self.dark = None, False

    def passed(self, size: int, *, up: bool) -> bool:
        """Count a chunk and say whether it goes on; the link may break at it."""
        with self._lock:
            self._count.up += size if up else 0
            self._count.down += 0 if up else size
            self._count.wire += size
            if up and size and self._left is not None:
                self._left -= size
                if self._left > 0:
                    return True
        if up and size and self._left is not None:
            self._break()
            return False
        return True

    def way(self, link: Link) -> float:
        """Draw how long something takes one way."""
        way = link.delay + self._chance.random() * link.jitter
        return way + 4 * link.delay if self._chance.random() < link.lost else way

    def _break(self) -> None:
        with self._lock:
            self.dark = True
            ends, self._ends = self._ends, set()
        for one in ends:
            _close(one)

    def _accept(self, door: socket.socket, port: int) -> None:
        while True:
            try:
                near, _ = door.accept()
            except OSError:
                return
            if self.dark:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", port))
            with self._lock:
                self._count.connections += 1
                self._ends |= {near, far}
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened = time.monotonic() + self.way(self.link) + self.way(self.link)
            for source, target, up in ((near, far, True), (far, near, False)):
                lane = _Lane(self, source, target, opened, up=up)
                threading.Thread(target=lane.read, daemon=True).start()
                threading.Thread(target=lane.write, daemon=True).start()


@dataclass
class _Lane:
    """One direction of a connection: read at once, written when the link would have brought it."""

    proxy: LinkProxy
    source: socket.socket
    target: socket.socket
    free: float
    last: float = 0.0
    up: bool = field(kw_only=True)
    waiting: list[tuple[float, int, bytes]] = field(default_factory=list[tuple[float, int, bytes]])
    changed: threading.Condition = field(default_factory=threading.Condition)
    places: "itertools.count[int]" = field(default_factory=itertools.count)

    def read(self) -> None:
        data = b"."
        while data:
            try:
                data = self.source.recv(_CHUNK)
            except OSError:
                data = b""
            if not self.proxy.passed(len(data), up=self.up):
                data = b""
            link, now = self.proxy.link, time.monotonic()
            self.free = max(self.free, now) + (len(data) * 8 / link.rate if link.rate else 0)
            due = self.last = max(self.last, self.free + self.proxy.way(link))
            with self.changed:
                heapq.heappush(self.waiting, (due, next(self.places), data))
                self.changed.notify()

    def write(self) -> None:
        while True:
            with self.changed:
                while not self.waiting:
                    self.changed.wait()
                due, _, data = self.waiting[0]
                pause = due - time.monotonic()
                if pause > 0:
                    self.changed.wait(pause)
                    continue
                heapq.heappop(self.waiting)
            if not data:
                _close(self.target)
                return
            with contextlib.suppress(OSError):
                self.target.sendall(data)


def _close(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
