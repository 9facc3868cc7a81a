"""The routes of packs, the same at a centre and at a hub: the list, and each file, from any byte on."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

from sync.packs.offer import is_digest
from sync.refusal import Code, Refusal
from sync.server.pack_shelf import PackShelf
from sync.server.routes import BINARY, refuse

_T = TypeVar("_T")
Aside = Callable[[Callable[[], _T]], Awaitable[_T]]
"""Does work off the event loop."""


class PackListRoute:
    """GET /v1/packs: what may be fetched; nothing but a head for whoever holds the same list already."""

    def __init__(self, shelf: PackShelf, aside: Aside[bytes]) -> None:
        self._shelf = shelf
        self._aside = aside

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer with the list."""
        try:
            body = await self._aside(self._shelf.data)
        except (OSError, Refusal):
            await refuse(send, Refusal(Code.UNAVAILABLE))
            return
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'.encode()
        known = dict(scope["headers"]).get(b"if-none-match", b"") == tag
        headers = [(b"etag", tag)]
        if not known:
            headers += [(b"content-length", str(len(body)).encode()), BINARY]
        status = 304 if known else 200
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if known else body})


class PackRoute:
    """GET /v1/packs/<digest>: the file, whole or from a byte on; its ETag is its digest."""

    def __init__(self, shelf: PackShelf, aside: Aside[FileResponse | None]) -> None:
        self._shelf = shelf
        self._aside = aside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the file."""
        digest: str = scope["path_params"]["digest"]
        try:
            found = await self._aside(lambda: self._file(digest))
        except (OSError, Refusal):
            found = None
        if found is None:
            await refuse(send, Refusal(Code.OBJECT, what="pack"), status=404)
        else:
            await found(scope, receive, send)

    def _file(self, digest: str) -> FileResponse | None:
        path = self._shelf.path(digest) if is_digest(digest) else None
        if path is None:
            return None
        head = {"etag": f'"{digest}"', "cache-control": "public, immutable"}
        return FileResponse(
            path, headers=head, media_type="application/octet-stream", stat_result=path.stat()
        )
