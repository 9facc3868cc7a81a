"""The door of a centre at the far end of a link: passes on what comes, or is a captive portal."""

import contextlib
import select
import socket
import threading
from typing import Self

_PAGE = b"<!DOCTYPE html><title>Masuk Wi-Fi</title>"
_PORTAL = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: %d\r\n\r\n%s" % (len(_PAGE), _PAGE)
_MOST = 65_536


class Door:
    """Serves on a listener until it is closed. With `port` None whoever comes gets a page to log in."""

    def __init__(self, listener: socket.socket, port: int | None) -> None:
        self._listener, self._port = listener, port
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
        with contextlib.suppress(OSError), near:
            if self._port is None:
                while near.recv(_MOST):
                    near.sendall(_PORTAL)
                return
            with socket.create_connection(("127.0.0.1", self._port)) as far:
                for end in (near, far):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                _pass_on(near, far)


def _pass_on(near: socket.socket, far: socket.socket) -> None:
    """Carry both ways until one end closes."""
    while True:
        for source in select.select([near, far], [], [])[0]:
            data = source.recv(_MOST)
            if not data:
                return
            (far if source is near else near).sendall(data)
