"""The load generator, a process of its own: sends prepared requests over kept connections and counts replies."""

import json
import re
import selectors
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

CONNECTIONS = 128
HEAD = b"POST /v1/sync HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n%b"


def main(arguments: Sequence[str]) -> None:
    """Send the bodies in a file to a port: `load PORT FILE [CONNECTIONS]`; prints what came back as JSON."""
    port, bodies = (
        int(arguments[0]),
        msgspec.msgpack.decode(Path(arguments[1]).read_bytes(), type=list[bytes]),
    )
    connections = int(arguments[2]) if len(arguments) > 2 else CONNECTIONS
    requests = [HEAD % (len(body), body) for body in bodies]
    sys.stdout.write(json.dumps(send(port, requests, connections)))


def send(port: int, requests: Sequence[bytes], connections: int) -> dict[str, float]:
    """Send all requests, one at a time on each connection; the clock runs from the first byte to the last."""
    chooser = selectors.DefaultSelector()
    lines = []
    for _ in range(min(connections, len(requests))):
        line = socket.create_connection(("127.0.0.1", port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        chooser.register(line, selectors.EVENT_READ)
        lines.append(line)
    asked: dict[socket.socket, float] = {}
    part: dict[socket.socket, bytes] = {}
    took: list[float] = []
    bad = received = 0
    rest = iter(requests)
    began, used = time.perf_counter(), time.process_time()
    for line in lines:
        asked[line] = time.perf_counter()
        line.sendall(next(rest))
    while asked:
        for key, _ in chooser.select():
            line = key.fileobj
            assert isinstance(line, socket.socket)
            data = part.pop(line, b"") + line.recv(1 << 20)
            if not whole(data):
                part[line] = data
                continue
            received += len(data)
            bad += not data.startswith(b"HTTP/1.1 200")
            now = time.perf_counter()
            took.append(now - asked.pop(line))
            following = next(rest, None)
            if following is not None:
                asked[line] = now
                line.sendall(following)
    seconds = time.perf_counter() - began
    own = time.process_time() - used
    for line in lines:
        line.close()
    took.sort()
    return {
        "seconds": seconds,
        "requests": len(requests),
        "bad": bad,
        "received": received,
        "median_ms": took[len(took) // 2] * 1000,
        "p99_ms": took[len(took) * 99 // 100] * 1000,
        "own_cpu": own,
    }


def whole(data: bytes) -> bool:
    """Whether a response has come to its end; every response of the centre tells its length."""
    head, found, body = data.partition(b"\r\n\r\n")
    if not found:
        return False
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return length is not None and len(body) >= int(length[1])


if __name__ == "__main__":
    main(sys.argv[1:])
