"""A road between a PC and a centre that counts every byte of TCP payload, delays, narrows and cuts it."""

import contextlib
import heapq
import itertools
import random
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True, slots=True)
class Link:
    """A link: one-way delay in seconds, and bits a second each way (0: as fast as the machine).

    `jitter` is the most seconds added to the delay, drawn for each chunk; bytes never overtake each other.
    A chunk that is `lost` (a share of them) comes two round trips later, when the kernel's probe for a lost
    tail would have sent it again.
    """

    delay: float = 0.0
    rate: int = 0
    jitter: float = 0.0
    lost: float = 0.0


LOOPBACK = Link()
SATELLITE = Link(0.3, 64_000)
"""600 ms there and back, 64 kbit/s: the office of bars.md."""

MOUNTAIN = Link(0.3, 0, 0.45, 0.05)
"""600 to 1,500 ms there and back, and 5 % lost."""


@dataclass
class Count:
    """Bytes of TCP payload and connections since the last look."""

    up: int = 0
    down: int = 0
    connections: int = 0


class Wire:
    """Listens on loopback and passes everything on to a port, as a link of that kind would.

    The kernel's own handshake on loopback costs nothing, so the first bytes of each connection wait one round
    trip more, as they would behind SYN and ACK. `cut_after` bytes upwards the connection is cut, once.
    """

    def __init__(self, port: int, link: Link = LOOPBACK) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.link = link
        self.count = Count()
        self.cut_after = 0
        self._chance = random.Random(5)
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def taken(self) -> Count:
        """Give what went since the last look, and begin anew."""
        found, self.count = self.count, Count()
        return found

    def _way(self) -> float:
        """Draw how long something takes one way."""
        link = self.link
        way = link.delay + self._chance.random() * link.jitter
        return way + 4 * link.delay if self._chance.random() < link.lost else way

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self.count.connections += 1
            far = socket.create_connection(("127.0.0.1", self._port))
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened = time.monotonic() + self._way() + self._way()
            for source, target, up in ((near, far, True), (far, near, False)):
                lane = _Lane(self, source, target, self.link, opened, up=up)
                threading.Thread(target=lane.read, daemon=True).start()
                threading.Thread(target=lane.write, daemon=True).start()


@dataclass
class _Lane:
    """One direction of a connection: read at once, written when the link would have brought it."""

    wire: Wire
    source: socket.socket
    target: socket.socket
    link: Link
    free: float
    last: float = 0.0
    up: bool = field(kw_only=True)
    waiting: list[tuple[float, int, bytes]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    places: "itertools.count[int]" = field(default_factory=itertools.count)

    def read(self) -> None:
        data = b"."
        while data:
            try:
                data = self.source.recv(1500)
            except OSError:
                data = b""
            if self.up and data and self._cut(len(data)):
                data = b""
                _close(self.source)
            now = time.monotonic()
            self.free = max(self.free, now) + (len(data) * 8 / self.link.rate if self.link.rate else 0)
            due = self.last = max(self.last, self.free + self.wire._way())
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
            if self.up:
                self.wire.count.up += len(data)
            else:
                self.wire.count.down += len(data)

    def _cut(self, size: int) -> bool:
        left = self.wire.cut_after
        if not left:
            return False
        self.wire.cut_after = max(0, left - size)
        return self.wire.cut_after == 0


def _close(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


class TlsDoor:
    """Takes TLS 1.3 on a port of its own and passes what is inside on to another, as a centre's front does."""

    def __init__(self, port: int, context: ssl.SSLContext) -> None:
        self._port, self._context = port, context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._open, args=(near,), daemon=True).start()

    def _open(self, near: socket.socket) -> None:
        near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError):
            inside = self._context.wrap_socket(near, server_side=True)
            far = socket.create_connection(("127.0.0.1", self._port))
            threading.Thread(target=_pass, args=(inside, far), daemon=True).start()
            _pass(far, inside)


def _pass(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    _close(target)
