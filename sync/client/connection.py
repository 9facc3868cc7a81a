"""Connections for a slow link: a request goes out in one piece, and TLS is taken up where it was left.

Head and body in two writes are two packets, each of which can be lost or late. A full TLS handshake brings
the server's certificates, 3 KB, each time; one that is taken up brings 300 bytes.
"""

import ssl
from typing import Any, Self

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager

TAKEN_UP, WHOLE = (640, 500), (600, 700)
"""Bytes up and down of a TLS 1.3 handshake, as measured; a whole one brings the certificates besides."""
PIECE = 4096
"""Bytes that TLS seals at a time: a piece is read whole or not at all, so a cut costs one at most."""


class TlsMemory(ssl.SSLContext):
    """Remembers the last TLS session of each name, in memory only; servers are proved as always.

    `up` and `down` are about how many bytes its handshakes have cost: no socket tells them.
    """

    def __new__(cls) -> Self:
        """Make a client's context: the server must prove its name, with TLS 1.2 or later."""
        made = super().__new__(cls, ssl.PROTOCOL_TLS_CLIENT)
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        made.sessions, made.up, made.down = {}, 0, 0
        return made

    sessions: dict[str, ssl.SSLSession]
    up: int
    down: int

    def wrap_socket(self, *words: Any, **named: Any) -> ssl.SSLSocket:
        """Open TLS, going on with the session of the last time where there is one."""
        known = self.sessions.get(named.get("server_hostname") or "")
        made = super().wrap_socket(*words, **({"session": known} | named))
        up, down = TAKEN_UP if made.session_reused else WHOLE
        leaf = b"" if made.session_reused else made.getpeercert(binary_form=True) or b""
        self.up += up
        self.down += down + 2 * len(leaf)  # a leaf and its issuer, which Python does not show
        return made

    def keep(self, connection: ssl.SSLSocket) -> None:
        """Keep the session of a connection that is about to close; the server has sent a ticket by now."""
        session = connection.session
        if session is not None and session.has_ticket and connection.server_hostname:
            self.sessions[connection.server_hostname] = session

    def forget(self) -> None:
        """Forget all sessions: the next handshake is a full one."""
        self.sessions.clear()


class _OneWrite(HTTPConnection):
    """Holds back what a request writes until all of it is there."""

    _held: bytearray | None = None

    def request(self, *words: Any, **named: Any) -> None:
        self._held = bytearray()
        try:
            super().request(*words, **named)
            whole = bytes(self._held)
        finally:
            self._held = None
        self.send(whole)

    def send(self, data: Any) -> None:
        if self._held is None:
            super().send(data)
        else:
            self._held += data


class _OneWriteTls(_OneWrite, HTTPSConnection):
    """The same over TLS; its session is kept when it closes, a large request sealed in small pieces."""

    def send(self, data: Any) -> None:
        whole = self._held is None and isinstance(data, bytes)
        for piece in (data[at : at + PIECE] for at in range(0, len(data), PIECE)) if whole else (data,):
            super().send(piece)

    def close(self) -> None:
        if isinstance(self.sock, ssl.SSLSocket) and isinstance(self.ssl_context, TlsMemory):
            self.ssl_context.keep(self.sock)
        super().close()


class _Pool(HTTPConnectionPool):
    ConnectionCls = _OneWrite


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _OneWriteTls


def send_in_one_piece(manager: PoolManager) -> None:
    """Let a manager of connections make only such as these."""
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
