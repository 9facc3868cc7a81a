"""A listener on loopback that answers every connection with bytes of the test's choosing."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Self


class Wire:
    """Serves `answer(request bytes) -> bytes | None` on a free port; None drops the connection unanswered.

    `requests` keeps what came in, whole; `connections` counts how often somebody connected. `pieces` counts in
    how many reads each request came (over TLS a read is a record), `resumed` says of each TLS connection
    whether it took up an earlier one.
    """

    def __init__(
        self,
        answer: Callable[[bytes], bytes | None],
        *,
        close: bool = False,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._answer = answer
        self._close = close
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.requests: list[bytes] = []
        self.pieces: list[int] = []
        self.resumed: list[bool | None] = []
        self.connections = 0
        self.address = f"{'https' if tls else 'http'}://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        if self._tls is not None:
            try:
                opened = self._tls.wrap_socket(connection, server_side=True)
                self.resumed.append(opened.session_reused)
                connection = opened
            except OSError:
                connection.close()
                return
        with connection, contextlib.suppress(ConnectionError):  # whoever asked may have heard enough
            while True:
                request = self._read(connection)
                if request is None:
                    return
                self.requests.append(request)
                answer = self._answer(request)
                if answer is None:
                    return
                connection.sendall(answer)
                if self._close:
                    return

    def _read(self, connection: socket.socket) -> bytes | None:
        data, pieces = b"", 0
        while b"\r\n\r\n" not in data:
            piece = connection.recv(65536)
            if not piece:
                return None
            data += piece
            pieces += 1
        head, _, body = data.partition(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n"):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        while len(body) < length:
            piece = connection.recv(65536)
            if not piece:
                return None
            body += piece
            pieces += 1
        self.pieces.append(pieces)
        return head + b"\r\n\r\n" + body


def answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """Return an HTTP answer; underscores in header names stand for hyphens."""
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
