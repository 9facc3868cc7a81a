"""The routes of a hub: the post of the network's PCs, and packs that were fetched once."""

import hashlib
import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sync.refusal import Code, Refusal
from sync.server.arriving import Arriving
from sync.server.carry_route import GoneError, Quay, body_of
from sync.server.hub import Hub
from sync.server.matrix import CARRY, Caller
from sync.server.routes import refuse, respond

PACKS, PACK = ("GET", "/v1/packs"), ("GET", "/v1/packs/{digest}")
HUB_MATRIX: Mapping[tuple[str, str], Caller] = {
    CARRY: Caller.CARRIER,
    PACKS: Caller.VISITOR,
    PACK: Caller.VISITOR,
}
"""Whom each route lets in: packs are for everybody, and each proves itself by its signature."""
KEY, VERSIONS, TOOK = b"suluh-key", b"suluh-versions", b"suluh-took"
"""Headers of a PC: its key id, the documents it holds, what it has taken from here. Nothing of anybody."""
_COUNTS = re.compile(r"([a-z]{1,16})=(\d{1,15})")
_ENDING = ".suluh-paket"
_log = logging.getLogger(__name__)


class HubCarryRoute:
    """POST /v1/carry at a hub: parts are kept unchanged; the answer says so and brings what waits."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._quay = Quay()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one PC."""
        try:
            with self._quay.landing(scope) as address:
                answer = await self._visit(scope, receive, address)
        except GoneError:
            return
        except Refusal as refusal:
            busy = "wait" in refusal.values
            wait = int(refusal.values.get("wait", 0))
            await refuse(send, refusal, status=429 if busy else 0, wait=wait)
        except Exception:  # noqa: BLE001 - a PC gets a code, the log the story
            _log.exception("a PC could not be served")
            await refuse(send, Refusal(Code.UNAVAILABLE))
        else:
            await respond(send, 200, answer)

    async def _visit(self, scope: Scope, receive: Receive, address: str) -> bytes:
        visit = self._hub.visit(_hex(_header(scope, KEY), 8), trusted=address in {"127.0.0.1", "::1"})
        arriving = Arriving()
        async for chunk in body_of(scope, receive):
            await self._quay.take(visit, arriving, chunk, address)
        await self._quay.end(visit, arriving, address)
        if not arriving.office and visit.refused:
            raise next(iter(visit.refused.values()))
        versions = {name: int(number) for name, number in _COUNTS.findall(_header(scope, VERSIONS))}
        took = [_hex(one, 8) for one in _header(scope, TOOK).split(",")[:512]]
        return await visit.finish(versions, [one for one in took if one])


class Packs:
    """The files of the pack folder by their SHA-256; a file is hashed again only when it has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[tuple[str, int, int], str] = {}

    def listed(self) -> dict[str, Path]:
        """Return the packs that lie there now, by digest in hexadecimal."""
        found: dict[str, Path] = {}
        for path in sorted(self._folder.glob(f"*{_ENDING}")):
            try:
                fact = path.stat()
                place = (path.name, fact.st_size, fact.st_mtime_ns)
                if place not in self._known:
                    with path.open("rb") as file:
                        self._known[place] = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError:  # it is being copied, or was taken away
                continue
            found[self._known[place]] = path
        return found


def make_hub_app(hub: Hub) -> Starlette:
    """Make the routes of a hub."""
    packs = Packs(hub.home.packs)

    async def all_packs(_: Request) -> "_Bytes":
        found = await hub.aside(packs.listed)
        rows = [(digest, path.stat().st_size, path.name) for digest, path in found.items()]
        return _Bytes(msgspec.msgpack.encode(rows))

    async def one_pack(request: Request) -> "FileResponse | _Refused":
        path = (await hub.aside(packs.listed)).get(request.path_params["digest"])
        return _Refused() if path is None else FileResponse(path, media_type="application/octet-stream")

    ends: dict[tuple[str, str], Any] = {CARRY: HubCarryRoute(hub), PACKS: all_packs, PACK: one_pack}
    return Starlette(
        routes=[Route(path, ends[method, path], methods=[method]) for method, path in HUB_MATRIX]
    )


class _Bytes:
    """A body that is data."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it."""
        await respond(send, 200, self._body)


class _Refused:
    """Nothing lies there."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Say so."""
        await refuse(send, Refusal(Code.OBJECT), status=404)


def _header(scope: Scope, wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == wanted), "")


def _hex(text: str, size: int) -> bytes:
    """Return bytes written in hexadecimal, none where they are not that or not so many."""
    try:
        found = bytes.fromhex(text.strip())
    except ValueError:
        return b""
    return found if len(found) == size else b""
