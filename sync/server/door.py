"""The application as uvicorn sees it: the centre's life, and FastAPI made when the first request needs it."""

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send

from sync.server.centre import Centre


class Door:
    """Starts and stops the centre; what does not take the short way goes on to the routes.

    Importing FastAPI is a third of a start, and a centre may run for days before somebody asks for a report.
    """

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._app: ASGIApp | None = None
        self._making = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer uvicorn."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await (await self._routes())(scope, receive, send)

    async def _routes(self) -> ASGIApp:
        async with self._making:
            if self._app is None:
                self._app = await asyncio.to_thread(_make, self._centre)
        return self._app

    async def _live(self, receive: Receive, send: Send) -> None:
        """Let the centre work from start-up to shutdown."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._centre.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self._centre.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return


def _make(centre: Centre) -> ASGIApp:
    from sync.server.app import make_app  # noqa: PLC0415 - the reason of this module

    return make_app(centre)
