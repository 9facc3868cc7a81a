"""The routes of a hub: the post of the network's PCs, and packs that were fetched once."""

import logging
import re
from collections.abc import Mapping

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sync.server.arriving import Arriving
from sync.server.carry_route import Quay, body_of, header
from sync.server.hub import Hub
from sync.server.matrix import CARRY, PACK, PACKS, Caller
from sync.server.pack_routes import PackListRoute, PackRoute
from sync.server.pack_shelf import PackShelf

HUB_MATRIX: Mapping[tuple[str, str], Caller] = {
    CARRY: Caller.CARRIER,
    PACKS: Caller.ANYBODY,
    PACK: Caller.ANYBODY,
}
"""Whom each route lets in."""
KEY, VERSIONS, TOOK = "suluh-key", "suluh-versions", "suluh-took"
"""Headers of a PC: its key id, the documents it holds, what it has taken from here. Nothing of anybody."""
_COUNTS = re.compile(r"([a-z]{1,16})=(\d{1,15})")
_log = logging.getLogger(__name__)


class HubCarryRoute:
    """POST /v1/carry at a hub: parts are kept unchanged; the answer says so and brings what waits."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._quay = Quay()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one PC."""
        await self._quay.serve(scope, send, lambda address: self._visit(scope, receive, address))

    async def _visit(self, scope: Scope, receive: Receive, address: str) -> bytes:
        visit = self._hub.visit(_hex(header(scope, KEY), 8), trusted=address in {"127.0.0.1", "::1"})
        arriving = Arriving()
        async for chunk in body_of(scope, receive):
            await self._quay.take(visit, arriving, chunk, address)
        await self._quay.end(visit, arriving, address)
        if not arriving.office and visit.refused:
            raise next(iter(visit.refused.values()))
        versions = {name: int(number) for name, number in _COUNTS.findall(header(scope, VERSIONS))}
        took = [_hex(one, 8) for one in header(scope, TOOK).split(",")[:512]]
        return await visit.finish(versions, [one for one in took if one])


def make_hub_app(hub: Hub, shelf: PackShelf) -> Starlette:
    """Make the routes of a hub; `shelf` holds the packs it gives out."""
    ends: dict[tuple[str, str], ASGIApp] = {
        CARRY: HubCarryRoute(hub),
        PACKS: PackListRoute(shelf, hub.aside),
        PACK: PackRoute(shelf, hub.aside),
    }
    return Starlette(
        routes=[Route(path, ends[method, path], methods=[method]) for method, path in HUB_MATRIX]
    )


def _hex(text: str, size: int) -> bytes:
    """Return bytes written in hexadecimal, none where they are not that or not so many."""
    try:
        found = bytes.fromhex(text.strip())
    except ValueError:
        return b""
    return found if len(found) == size else b""
