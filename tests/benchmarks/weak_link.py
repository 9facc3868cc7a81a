"""A link with the kernel's own TCP at both ends: two network namespaces, joined over TUN by a loop that delays.

It needs root and /dev/net/tun on Linux; `can_join` says so. Namespaces belong to their threads and end with
them: nothing is left on the machine, and no command is run.
"""

import contextlib
import ctypes
import os
import random
import select
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self, TypeVar

from tests.benchmarks.link import LOOPBACK, Count, Lane, Link, Watch

if sys.platform != "win32":
    import fcntl

NEAR, FAR = "10.77.0.2", "10.77.0.1"
_TUN = Path("/dev/net/tun")
_NAME = b"suluh0"
_NEW_NETWORK = 0x40000000
_SET_TUN, _SET_ADDRESS, _SET_MASK, _SET_FLAGS = 0x400454CA, 0x8916, 0x891C, 0x8914
_TUN_BARE = 0x0001 | 0x1000
_UP_RUNNING = 0x0001 | 0x0040
_LONGEST = 65_536
T = TypeVar("T")


def can_join() -> str:
    """Say why this machine cannot join namespaces; empty when it can."""
    if not sys.platform.startswith("linux"):
        return "network namespaces are of Linux"
    if os.geteuid() != 0:
        return "network namespaces need root"
    if not _TUN.exists():
        return f"{_TUN} is not there"
    tried: list[str] = []
    trying = threading.Thread(target=_try, args=(tried,))
    trying.start()
    trying.join()
    return tried[0]


def _try(said: list[str]) -> None:
    """Make a network that ends with this thread: root of a container may not be allowed to."""
    try:
        os.close(_move_away(NEAR))
    except OSError as problem:
        said.append(str(problem))
    else:
        said.append("")


class WeakLink:
    """A client's place and a server's place, with a link between them that can be changed while it runs."""

    kind = "two network namespaces over TUN: real TCP, TLS, loss and retransmission"

    def __init__(self, link: Link = LOOPBACK, seed: int = 5) -> None:
        chance = random.Random(seed)
        self._lanes = (Lane(link, chance), Lane(link, chance))
        self._watch = Watch()
        self._lock = threading.Lock()
        self._stop = False
        self._near, self._tun_near = _place(NEAR)
        self._far, self._tun_far = _place(FAR)
        self._loop = threading.Thread(target=self._carry, daemon=True)

    def __enter__(self) -> Self:
        self._loop.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop = True
        self._loop.join(2)
        for place in (self._near, self._far):
            place.shutdown(wait=False)
        for tun in (self._tun_near, self._tun_far):
            os.close(tun)

    def run(self, act: Callable[[], T]) -> T:
        """Do something at the client's place: every connection it opens goes over the link."""
        return self._near.submit(act).result()

    def listen(self) -> tuple[socket.socket, str]:
        """Listen at the server's place; gives host and port as the client sees them too."""
        listener = self._far.submit(lambda: socket.create_server((FAR, 0))).result()
        return listener, f"{FAR}:{listener.getsockname()[1]}"

    @property
    def link(self) -> Link:
        """What the link is like."""
        return self._lanes[0].link

    @link.setter
    def link(self, link: Link) -> None:
        with self._lock:
            for lane in self._lanes:
                lane.link = link

    def taken(self) -> Count:
        """Give what went since the last look, and begin anew."""
        with self._lock:
            found, self._watch.count = self._watch.count, Count()
        return found

    def cut_up_after(self, payload: int) -> None:
        """Go dark once so many further bytes of payload have gone up; 0 is at once."""
        with self._lock:
            self._watch.cut_up_after(payload)

    def mend(self) -> None:
        """End the darkness: new connections pass."""
        with self._lock:
            self._watch.mend()

    def _carry(self) -> None:
        ways = {
            self._tun_near: (self._lanes[0], self._tun_far),
            self._tun_far: (self._lanes[1], self._tun_near),
        }
        while not self._stop:
            ahead = [at for lane in self._lanes if (at := lane.next()) is not None]
            pause = min(0.05, max(0.0, min(ahead) - time.monotonic())) if ahead else 0.05
            ready, _, _ = select.select(list(ways), [], [], pause)
            with self._lock:
                for tun in ready:
                    self._take(tun, ways[tun][0])
                for lane, out in ways.values():
                    if self._watch.dark:
                        lane.clear()
                    for packet in lane.due(time.monotonic()):
                        with contextlib.suppress(OSError):
                            os.write(out, packet)

    def _take(self, tun: int, lane: Lane) -> None:
        with contextlib.suppress(BlockingIOError):
            while True:
                packet = os.read(tun, _LONGEST)
                if self._watch.passes(packet, up=tun == self._tun_near):
                    lane.feed(time.monotonic(), packet)


def _place(address: str) -> tuple[ThreadPoolExecutor, int]:
    """Make a thread that lives in a network of its own with one address; gives the other side of its wire."""
    made: list[int] = []
    place = ThreadPoolExecutor(1, f"place {address}", lambda: made.append(_move_away(address)))
    place.submit(int).result()
    return place, made[0]


def _move_away(address: str) -> int:
    """Take this thread, and the threads it starts, into a new network; give the TUN device's open file."""
    if ctypes.CDLL(None, use_errno=True).unshare(_NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "this process may not make a network namespace")
    tun = os.open(_TUN, os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, _SET_TUN, struct.pack("16sH", _NAME, _TUN_BARE))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for what, numbers in ((_SET_ADDRESS, address), (_SET_MASK, "255.255.255.252")):
            family = struct.pack("=HH", socket.AF_INET, 0)
            fcntl.ioctl(asking, what, struct.pack("16s4s4s8x", _NAME, family, socket.inet_aton(numbers)))
        fcntl.ioctl(asking, _SET_FLAGS, struct.pack("16sH14x", _NAME, _UP_RUNNING))
    return tun
