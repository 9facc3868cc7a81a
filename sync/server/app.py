"""The application: the routes of the matrix on FastAPI, and nothing that is not in it."""

import asyncio
import time

from fastapi import FastAPI
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sync.refusal import Code, Refusal
from sync.server.broken_off import BrokenOff
from sync.server.carry_route import BrokenOffRoute, CarryRoute, Quay
from sync.server.centre import Centre
from sync.server.matrix import (
    ANSWER,
    ASKING,
    BROKEN_OFF,
    CARRY,
    CERTIFICATE,
    CERTIFICATE_ASKING,
    COHORT,
    EXAMS,
    EXAMS_ASKING,
    MATRIX,
    PACK,
    PACKS,
    RECEIPT,
    RECEIPT_ASKING,
    SENDING,
    SYNC,
    row_of,
)
from sync.server.pack_routes import PackListRoute, PackRoute
from sync.server.pack_shelf import PackShelf
from sync.server.pages.certificate import CertificateRoute, certificate_asking
from sync.server.pages.courier_route import AnswerRoute, AskingRoute, SendingRoute
from sync.server.pages.exams import ExamsRoute, exams_asking
from sync.server.pages.kept_answers import KeptAnswers
from sync.server.pages.receipt import ReceiptRoute, receipt_asking
from sync.server.routes import CohortRoute, SyncRoute, refuse


class Closed:
    """The door in front of every route: what has no row in the matrix is not there."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what the matrix lists."""
        if scope["type"] == "http" and row_of(scope["method"], scope["path"]) not in MATRIX:
            await refuse(send, Refusal(Code.MALFORMED, what="route"), status=404)
            return
        await self._app(scope, receive, send)


def make_app(centre: Centre) -> FastAPI:
    """Make the routes of a centre that someone else starts and stops."""
    app = FastAPI(title="Suluh", openapi_url=None, docs_url=None, redoc_url=None)
    broken_off = BrokenOff(time.monotonic)
    quay, answers = Quay(), KeptAnswers(centre.home.answers)
    shelf = PackShelf(centre.home.packs)
    routes: dict[tuple[str, str], ASGIApp] = {
        SYNC: SyncRoute(centre.gate),
        COHORT: CohortRoute(centre),
        CARRY: CarryRoute(centre.carry, quay, broken_off),
        BROKEN_OFF: BrokenOffRoute(quay, broken_off),
        ASKING: AskingRoute(),
        SENDING: SendingRoute(centre.carry, quay, answers),
        ANSWER: AnswerRoute(answers),
        RECEIPT_ASKING: receipt_asking(),
        CERTIFICATE_ASKING: certificate_asking(),
        CERTIFICATE: CertificateRoute(centre),
        EXAMS_ASKING: exams_asking(),
        EXAMS: ExamsRoute(centre),
        RECEIPT: ReceiptRoute(centre),
        PACKS: PackListRoute(shelf, asyncio.to_thread),
        PACK: PackRoute(shelf, asyncio.to_thread),
    }
    app.router.routes += [
        Route(path, endpoint, methods=[method]) for (method, path), endpoint in routes.items()
    ]
    app.add_middleware(Closed)
    return app
