"""A cable between a PC and the centre: real TCP, counted, listened to, and cut where a story wants it."""

import contextlib
import socket
import threading
from typing import Self
from urllib.parse import urlsplit

_CHUNK = 2048


class Cable:
    """Carries every connection to `url` on. `up` and `down` are the bytes that went through, all connections.

    `cut_up_after(n)` and `cut_down_after(n)` say after how many further bytes the cable breaks; while it is
    broken each new connection ends at once. `mend` makes it whole. A `silent` cable breaks as a satellite link
    does: the centre hears nothing more, and is not told that the line has ended. `turned_away` counts who came
    while it was broken.
    """

    def __init__(self, url: str, *, silent: bool = False) -> None:
        self._silent = silent
        parts = urlsplit(url)
        self._far = (parts.hostname or "", parts.port or 0)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self._lock = threading.Lock()
        self._ends: set[socket.socket] = set()
        self._far_ends: set[socket.socket] = set()
        self._left: dict[str, int] = {}
        self.broken = False
        self.up, self.down = bytearray(), bytearray()
        self.connections = self.turned_away = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._door.close()
        self._break()

    def cut_up_after(self, count: int) -> None:
        """Break once this many more bytes have gone to the centre."""
        with self._lock:
            self._left["up"] = count

    def cut_down_after(self, count: int) -> None:
        """Break once this many more bytes of answers have come; 0 swallows the answer whole."""
        with self._lock:
            self._left["down"] = count

    def mend(self) -> None:
        """Make it whole again."""
        with self._lock:
            self._left.clear()
            self.broken = False

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            if self.broken:
                near.close()
                self.turned_away += 1
                continue
            self.connections += 1
            try:
                far = socket.create_connection(self._far, timeout=10)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            with self._lock:
                self._ends |= {near, far}
                self._far_ends.add(far)
            for source, target, way in ((near, far, "up"), (far, near, "down")):
                threading.Thread(target=self._carry, args=(source, target, way), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, way: str) -> None:
        try:
            while data := source.recv(_CHUNK):
                data, breaks = self._let_through(data, way)
                target.sendall(data)
                if breaks:
                    self._break(silent=self._silent)
                    return
        except OSError:
            pass
        for end in (source, target):
            _close(end)
            with self._lock:
                self._ends.discard(end)

    def _let_through(self, data: bytes, way: str) -> tuple[bytes, bool]:
        """Count a piece, and say how much of it still passes and whether the cable breaks behind it."""
        with self._lock:
            left = self._left.get(way)
            if left is not None:
                data = data[:left]
                self._left[way] = left - len(data)
            breaks = left is not None and self._left[way] == 0
            if breaks:
                self.broken = True
            (self.up if way == "up" else self.down).extend(data)
            return data, breaks

    def _break(self, *, silent: bool = False) -> None:
        with self._lock:
            ends, self._ends = self._ends, self._ends & self._far_ends if silent else set()
        for end in ends - self._ends:
            _close(end)


def _close(end: socket.socket) -> None:
    """Close both ways at once; the other thread that waits on it wakes up."""
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


def bodies(stream: bytes) -> list[bytes]:
    """Take HTTP messages of a kept connection apart and give their bodies."""
    found = []
    while b"\r\n\r\n" in stream:
        head, _, rest = stream.partition(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        found.append(bytes(rest[:length]))
        stream = rest[length:]
    return found
