"""The door of a centre at the far end of a link: takes TCP or TLS 1.3 and passes on what is inside, or is a portal."""

import contextlib
import select
import socket
import ssl
import threading
from typing import Self

_PAGE = b"<!DOCTYPE html><title>Masuk Wi-Fi</title>"
_PORTAL = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: %d\r\n\r\n%s" % (len(_PAGE), _PAGE)
_MOST = 65_536
_PATIENCE = 30.0
"""Seconds a handshake may take on the worst link."""


class Door:
    """Serves on a listener until it is closed. With `port` None whoever comes gets a page to log in."""

    def __init__(
        self, listener: socket.socket, port: int | None, context: ssl.SSLContext | None = None
    ) -> None:
        self._listener, self._port, self._context = listener, port, context
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
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
        near.settimeout(_PATIENCE)
        with contextlib.suppress(OSError), near:
            inside = near if self._context is None else self._context.wrap_socket(near, server_side=True)
            inside.settimeout(None)
            if self._port is None:
                while inside.recv(_MOST):
                    inside.sendall(_PORTAL)
                return
            with inside, socket.create_connection(("127.0.0.1", self._port)) as far:
                far.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                _pass_on(inside, far)


def _pass_on(inside: socket.socket, far: socket.socket) -> None:
    """Carry both ways until one end closes, in one thread: a TLS connection must not be used by two at once."""
    while True:
        held = isinstance(inside, ssl.SSLSocket) and inside.pending()
        ready = [inside] if held else select.select([inside, far], [], [])[0]
        for source, target in ((inside, far), (far, inside)):
            if source in ready:
                data = source.recv(_MOST)
                if not data:
                    return
                target.sendall(data)
