"""Running a hub: one process on one PC of the office, found by the others, passing post on when it can."""

import argparse
import asyncio
import contextlib
import logging
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from sync.server.home import Home
from sync.server.hub import Hub
from sync.server.hub_announce import Announcement, addresses
from sync.server.hub_home import HubHome, open_hub
from sync.server.hub_packs import PackRounds
from sync.server.hub_routes import make_hub_app
from sync.server.hub_upstream import Upstream
from sync.server.pack_shelf import PackShelf
from sync.server.serve import BACKLOG, KEEP_ALIVE, READY, listen, shown

NO_RIGHTS, PORT_TAKEN = 3, 4
"""Exit codes: the system or its firewall does not let the hub listen; another program listens there."""


class _Life:
    """A hub's life around its routes: what must begin and end with the event loop."""

    def __init__(
        self, app: ASGIApp, hub: Hub, upstream: Upstream, packs: PackRounds, announcement: Announcement
    ) -> None:
        self._app = app
        self._hub = hub
        self._packs = packs
        self._upstream = upstream
        self._announcement = announcement

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer uvicorn."""
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return
        await receive()
        async with self._passing_on():
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    @contextlib.asynccontextmanager
    async def _passing_on(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        tasks = [loop.create_task(one.run()) for one in (self._upstream, self._packs)]
        try:
            yield
        finally:
            self._packs.close()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.to_thread(self._announcement.stop)
            self._upstream.close()
            self._hub.stop()


class _Server(uvicorn.Server):
    """A uvicorn server that says when it is ready."""

    says = ""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then speak."""
        await super().startup(sockets)
        if self.started:
            print(self.says, flush=True)


def run_hub(home: Home, options: argparse.Namespace) -> int:
    """Run until interrupted, or until the program that started it closes its input."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    folder = options.data or home.folder.with_name("suluh-hub")
    opened = open_hub(folder, options.office, int(time.time()))
    try:
        door = listen(options.host, options.port)
    except OSError as fault:
        print(f"Tidak dapat dijalankan.\n{fault}", file=sys.stderr)
        return NO_RIGHTS if isinstance(fault.__cause__, PermissionError) else PORT_TAKEN
    port = door.getsockname()[1]
    hub = Hub(opened, lambda: int(time.time()))
    upstream = options.upstream or list(opened.office.header.servers)
    everywhere = options.host in {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound
    announcement = Announcement(hub.office, port, "" if everywhere else options.host)
    shelf = PackShelf(opened.packs, by_hand=True)
    passing = Upstream(hub, upstream)
    packs = PackRounds(opened, upstream, options.pack_limit, hub.now, lambda: passing.busy)
    app = _Life(make_hub_app(hub, shelf), hub, passing, packs, announcement)
    config = uvicorn.Config(
        app,
        http="httptools",
        loop="auto",
        ws="none",
        lifespan="on",
        server_header=False,
        date_header=False,
        access_log=False,
        log_config=None,
        proxy_headers=False,  # who stands on this PC is told by the socket alone
        timeout_keep_alive=KEEP_ALIVE,
        backlog=BACKLOG,
    )
    server = _Server(config)
    # an address rather than a name: it is typed on computers that may not find the name
    address = f"http://{addresses()[0] if everywhere else shown(options.host)}:{port}"
    found = not options.quiet and announcement.start()
    server.says = _welcome(opened, address, upstream, found=found)
    if options.with_parent:
        threading.Thread(target=_until_input_ends, args=(server,), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[door])
    return 0 if server.started else 1


def _until_input_ends(server: uvicorn.Server) -> None:
    """End with the program that started this one, also when that one was killed."""
    while sys.stdin.buffer.read(1024):
        pass
    server.should_exit = True


def _welcome(home: HubHome, address: str, upstream: list[str], *, found: bool) -> str:
    """Say where things are; a program that started this waits for the last line."""
    lines = [
        f"Hub Suluh untuk {home.office.header.name} siap di {address}",
        f"Data: {home.folder.resolve()}",
        f"Diteruskan ke: {', '.join(upstream) or '(belum ada alamat pusat)'}",
    ]
    if home.certificate is None:
        lines += [
            "Belum ada sertifikat koordinator: kiriman dibawa, tetapi tanpa tanda terima.",
            f"Kunci hub: {home.key.public.hex()}",
        ]
    else:
        until = datetime.fromtimestamp(home.certificate.until, UTC).date()
        lines.append(f"Sertifikat koordinator berlaku sampai {until.isoformat()}.")
    if not found:
        lines.append("Hub tidak dapat diumumkan di jaringan ini: ketik alamatnya di komputer lain.")
    return "\n".join((*lines, "Hentikan dengan Ctrl+C.", f"{READY} {address}"))
