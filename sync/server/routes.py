"""The routes: bytes in, signed bytes out; errors are codes with values, never prose."""

import asyncio
import base64
import binascii
import logging
from collections.abc import Mapping

import msgspec
from starlette.types import Receive, Scope, Send

from sync.bundle import decode_request
from sync.journal.kind import Author
from sync.journal.sealing import seal
from sync.refusal import Code, Refusal
from sync.server.centre import Centre
from sync.server.database import Scope as Narrowed
from sync.server.gate import Gate
from sync.server.identity import Holder, Identities
from sync.server.matrix import MATRIX
from sync.server.reports import cohort_report

BINARY = (b"content-type", b"application/octet-stream")
STATUS: Mapping[Code, int] = {
    Code.TOO_LARGE: 413,
    Code.SIGNATURE: 403,
    Code.AUTHOR: 403,
    Code.OFFICE: 403,
    Code.REVOKED: 403,
    Code.UNAVAILABLE: 503,
}

_log = logging.getLogger(__name__)


async def respond(send: Send, status: int, body: bytes, *, bare: bool = False, wait: int = 0) -> None:
    """Send a whole response; `bare` leaves out the content type, which a sync does not need.

    `wait` is the number of seconds after which the caller may come again, where it must.
    """
    headers = [(b"content-length", str(len(body)).encode())]
    if wait:
        headers.append((b"retry-after", str(wait).encode()))
    if not bare:
        headers.append(BINARY)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def refuse(send: Send, refusal: Refusal, *, status: int = 0, wait: int = 0) -> None:
    """Send a refusal as its code with values; `status` where the code alone does not say it."""
    await respond(send, status or status_of(refusal), refusal_body(refusal), wait=wait)


def refusal_body(refusal: Refusal) -> bytes:
    """Write a refusal as it travels outside a reply: its code with values."""
    return msgspec.msgpack.encode({"code": refusal.code.wire, "values": refusal.values})


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    return STATUS.get(refusal.code, 400)


async def read_body(scope: Scope, receive: Receive) -> bytes:
    """Read a body no larger than the route's row allows. Raises Refusal(TOO_LARGE) before reading more."""
    limit = MATRIX[scope["method"], scope["path"]].body_limit
    for name, value in scope["headers"]:
        if name == b"content-length" and (not value.isdigit() or int(value) > limit):
            raise Refusal(Code.TOO_LARGE, limit=limit)
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Refusal(Code.MALFORMED, what="body")
        part = message.get("body", b"")
        size += len(part)
        if size > limit:
            raise Refusal(Code.TOO_LARGE, limit=limit)
        if not message.get("more_body", False) and not parts:
            return bytes(part)
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


class SyncRoute:
    """POST /v1/sync: the request is the body, the signed reply is the body of a 200.

    Nearly every sync takes the short way (lean.py); here come those whose HTTP is unusual.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one sync."""
        try:
            body = await read_body(scope, receive)
        except Refusal as refusal:
            await refuse(send, refusal)
            return
        settled: asyncio.Future[bytes | Refusal] = asyncio.get_running_loop().create_future()
        self._gate.ask(body, lambda answer: None if settled.done() else settled.set_result(answer))
        answer = await settled
        if isinstance(answer, Refusal):
            await refuse(send, answer)
        else:
            await respond(send, 200, answer, bare=True)


REPORT = b"suluh report 1\0"


class CohortRoute:
    """GET /v1/reports/cohort: the report of the coordinator's own office, sealed to their letter key.

    `Authorization: Suluh <base64 of a signed request without segments>` says who asks; played back by
    somebody else it brings what only the coordinator can open.
    """

    def __init__(self, centre: Centre) -> None:
        self._centre = centre

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer with the centre's signature and the sealed report."""
        try:
            body = await asyncio.to_thread(self._report, _authorization(scope))
        except Refusal as refusal:
            await refuse(send, refusal)
        except Exception:  # noqa: BLE001 - a caller gets a code, the log the story
            _log.exception("a report failed")
            await refuse(send, Refusal(Code.UNAVAILABLE))
        else:
            await respond(send, 200, body)

    def _report(self, proof: bytes) -> bytes:
        request = decode_request(proof)
        with self._centre.database.reading() as connection:
            holder = Identities().find(connection, request.profile, request.signer)
        office = _coordinated(holder)
        with self._centre.database.reading(Narrowed(0, office, desk=True)) as connection:
            report = cohort_report(connection, office, self._centre.clock.wall())
        rows = msgspec.msgpack.encode((report.office, report.at, report.rows, report.missing))
        sealed = seal(rows, (holder.letter,) if holder else (), REPORT)
        return self._centre.keys.signing.sign(REPORT + sealed) + sealed


def _coordinated(holder: Holder | None) -> int:
    """Return the office that a key coordinates. Raises Refusal(AUTHOR) for every other key."""
    if holder is None or holder.revoked or holder.office is None or Author.COORDINATOR not in holder.authors:
        raise Refusal(Code.AUTHOR, what="report")
    return holder.office


def _authorization(scope: Scope) -> bytes:
    """Read the signed request out of the header. Raises Refusal(SIGNATURE) where there is none."""
    for name, value in scope["headers"]:
        if name == b"authorization" and value.startswith(b"Suluh "):
            try:
                return base64.b64decode(value[6:], validate=True)
            except binascii.Error as fault:
                raise Refusal(Code.MALFORMED, what="authorization") from fault
    raise Refusal(Code.SIGNATURE, what="authorization")
