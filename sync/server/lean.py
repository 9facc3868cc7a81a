"""The short way of a sync through HTTP: a plain POST goes to the gate at once, all else to the application.

What FastAPI and ASGI do for a route costs more than everything else a sync needs; this way takes none of it.
"""

import re
from asyncio import TimerHandle
from functools import lru_cache
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from sync.refusal import Refusal
from sync.server.gate import Gate
from sync.server.matrix import MATRIX, SYNC
from sync.server.routes import refusal_body, status_of

HEAD_LIMIT = 8192
BODY_LIMIT = MATRIX[SYNC].body_limit
# Strict on purpose: what does not match is not refused but read by the full parser.
_HEAD = re.compile(rb"POST /v1/sync HTTP/1\.1\r\n(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n\0]*\r\n)*\r\n")
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,8})[ \t]*\r\n", re.IGNORECASE)
_UNUSUAL = re.compile(
    rb"\r\n(?:transfer-encoding|expect|upgrade|connection:[ \t]*(?!keep-alive\r\n)):?", re.IGNORECASE
)
_START = b"POST /v1/sync HTTP/1.1\r\n"


@lru_cache(maxsize=1024)
def plain_length(head: bytes) -> int | None:
    """Return the length of the body that a head announces, or None where the full parser must read it.

    One PC says the same head again and again, so it is judged once.
    """
    lengths = _LENGTH.findall(head)
    if len(lengths) != 1 or _HEAD.fullmatch(head) is None or _UNUSUAL.search(head) is not None:
        return None
    return int(lengths[0])


class LeanProtocol(HttpToolsProtocol):
    """One connection. `gate` is set on a subclass made for one centre (`lean_for`)."""

    gate: Gate

    def __init__(
        self, config: Config, server_state: ServerState, app_state: dict[str, Any], **more: Any
    ) -> None:
        super().__init__(config, server_state, app_state, **more)
        self._buffer = b""
        self._usual = False
        self._asked = False
        self._closing = False
        self._idle: TimerHandle | None = None
        self._last = 0.0

    def connection_made(self, transport: Any) -> None:
        """Take a connection; one that says nothing for long is closed."""
        super().connection_made(transport)
        self._last = self.loop.time()
        self._rest()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        if self._idle is not None:
            self._idle.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came: a plain sync the short way, anything else from its first byte the usual one."""
        if self._usual:
            super().data_received(data)
            return
        self._buffer = self._buffer + data if self._buffer else data
        if not self._asked:
            self._read()

    def _read(self) -> None:
        """Look for one whole request at the beginning of the buffer."""
        buffer = self._buffer
        end = buffer.find(b"\r\n\r\n", 0, HEAD_LIMIT) + 4
        if end < 4:
            if len(buffer) >= HEAD_LIMIT or not _START.startswith(buffer[: len(_START)]):
                self._leave()
            return
        size = plain_length(buffer[:end])
        if size is None or size > BODY_LIMIT:
            self._leave()
            return
        if len(buffer) < end + size:
            return
        self._buffer = buffer[end + size :]
        self._asked = True
        self.gate.ask(buffer[end : end + size], self._answer)

    def _answer(self, answer: bytes | Refusal) -> None:
        """Send a reply in one piece, then look whether the next request has come meanwhile."""
        if isinstance(answer, bytes):
            data = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(answer), answer)
        else:
            body, status = refusal_body(answer), status_of(answer)
            data = b"HTTP/1.1 %d Refused\r\ncontent-length: %d\r\n\r\n%b" % (status, len(body), body)
        if self.transport.is_closing():
            return
        self.transport.write(data)
        self._asked = False
        self._last = self.loop.time()
        if self._closing:
            self.transport.close()
            return
        if self._buffer:
            self._read()

    def _leave(self) -> None:
        """Let the full parser read this connection from here on."""
        self._usual = True
        if self._idle is not None:
            self._idle.cancel()
        buffer, self._buffer = self._buffer, b""
        super().data_received(buffer)

    def _rest(self) -> None:
        """Close the connection when nothing whole has come for as long as it is kept alive."""
        left = self._last + self.timeout_keep_alive - self.loop.time()
        if left > 0 or self._asked:
            self._idle = self.loop.call_later(max(left, 1.0), self._rest)
        else:
            self.transport.close()

    def shutdown(self) -> None:
        """Close now, or after the answer that is under way."""
        if self._asked:
            self._closing = True
        else:
            super().shutdown()


def lean_for(gate: Gate) -> type[LeanProtocol]:
    """Return the protocol of one centre's connections."""
    return type("CentreProtocol", (LeanProtocol,), {"gate": gate})
