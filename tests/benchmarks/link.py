"""What a bad link does to packets, without any network: it queues, narrows, delays, loses and goes dark."""

import random
import struct
from collections import deque
from dataclasses import dataclass, field

TCP, SYN, FIN = 6, 0x02, 0x01
_NUMBERS = 1 << 32


@dataclass(frozen=True, slots=True)
class Link:
    """A link: one-way delay in seconds, and bits a second each way (0: as fast as the machine).

    `jitter` is the most seconds added to the delay, drawn for each packet; packets never overtake each other.
    `lost` is the share of packets that never arrive. `queue` is how many bytes the modem holds: more is dropped.
    """

    delay: float = 0.0
    rate: int = 0
    jitter: float = 0.0
    lost: float = 0.0
    queue: int = 64 * 1024


LOOPBACK = Link()
SATELLITE = Link(0.3, 64_000)
"""600 ms there and back, 64 kbit/s: the office of bars.md."""
MOUNTAIN = Link(0.3, 0, 0.45, 0.05)
"""600 to 1,500 ms there and back, and 5 % of the packets lost each way."""
GORGE = Link(0.3, 64_000, 0.45, 0.05)
"""The same, and 64 kbit/s as well: harder than bars.md asks."""


@dataclass
class Count:
    """What went since the last look: bytes of TCP payload, of whole IP packets, and connections.

    `up` and `down` count a byte once; `again` is what the kernel had to send once more.
    """

    up: int = 0
    down: int = 0
    again: int = 0
    wire: int = 0
    connections: int = 0


class Lane:
    """One direction of a link: a queue, a narrow place, and a long way. Time comes from the caller, in seconds."""

    def __init__(self, link: Link, chance: random.Random) -> None:
        self.link = link
        self._chance = chance
        self._free = self._last = 0.0
        self._line: deque[tuple[float, bytes]] = deque()

    def feed(self, now: float, packet: bytes) -> None:
        """Take a packet in; where the queue is full, or chance says so, it is gone."""
        link = self.link
        start = max(now, self._free)
        if link.rate:
            if (start - now) * link.rate / 8 + len(packet) > link.queue:
                return
            start += len(packet) * 8 / link.rate
        self._free = start
        if self._chance.random() < link.lost:
            return
        self._last = max(self._last, start + link.delay + self._chance.random() * link.jitter)
        self._line.append((self._last, packet))

    def due(self, now: float) -> list[bytes]:
        """Give the packets that have arrived by now, in the order they were sent."""
        found = []
        while self._line and self._line[0][0] <= now:
            found.append(self._line.popleft()[1])
        return found

    def next(self) -> float | None:
        """Tell when the next packet arrives; None when none is on its way."""
        return self._line[0][0] if self._line else None

    def clear(self) -> None:
        """Lose all that is on its way."""
        self._line.clear()


@dataclass
class Watch:
    """Reads the IP packets of both ways: counts payload, and cuts the link where a story wants it.

    While `dark` nothing passes. After `mend` the flows from before are forgotten, as by a router that was
    switched off: only new connections pass.
    """

    count: Count = field(default_factory=Count)
    dark: bool = False
    _left: int | None = None
    _ends: dict[bytes, int] = field(default_factory=dict[bytes, int])
    _forgotten: set[bytes] = field(default_factory=set[bytes])

    def cut_up_after(self, payload: int) -> None:
        """Go dark once so many further bytes of payload have gone up; 0 is at once."""
        self._left = payload
        self.dark = payload == 0

    def mend(self) -> None:
        """Let new connections pass."""
        self._forgotten |= {_both(flow) for flow in self._ends}
        self._left, self.dark = None, False

    def passes(self, packet: bytes, *, up: bool) -> bool:
        """Count a packet and say whether it goes into the link."""
        if packet[0] >> 4 != 4 or packet[9] != TCP:
            return False
        self.count.wire += len(packet)
        head = (packet[0] & 15) * 4
        flow = packet[12:20] + packet[head : head + 4]
        flags = packet[head + 13]
        size = len(packet) - head - (packet[head + 12] >> 4) * 4
        (number,) = struct.unpack_from(">I", packet, head + 4)
        if flags & SYN:
            self._forgotten.discard(_both(flow))
            self._ends[flow] = (number + 1) % _NUMBERS
            self.count.connections += up
        new = self._new(flow, number, size)
        if up:
            self.count.up += new
        else:
            self.count.down += new
        self.count.again += size - new
        if up and self._left is not None and not self.dark:
            self._left -= new
            self.dark = self._left <= 0
        return not self.dark and _both(flow) not in self._forgotten

    def _new(self, flow: bytes, number: int, size: int) -> int:
        """Tell how many of these bytes were never seen before in their flow."""
        before = self._ends.get(flow, number)
        ahead = (number + size - before) % _NUMBERS
        if ahead >= _NUMBERS // 2:
            return 0
        self._ends[flow] = (before + ahead) % _NUMBERS
        return min(size, ahead)


def _both(flow: bytes) -> bytes:
    """Name a flow the same from both sides."""
    near, far = flow[:4] + flow[8:10], flow[4:8] + flow[10:12]
    return min(near, far) + max(near, far)
