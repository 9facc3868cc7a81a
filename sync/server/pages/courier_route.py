"""GET and POST /kirim, and GET /kirim/jawaban: a browser in town brings the stick's file."""

import asyncio
import logging
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

from sync.postbag.part import Form
from sync.refusal import Code, Refusal
from sync.server.arriving import Arriving
from sync.server.carry import Carry, Visit
from sync.server.carry_route import SILENCE, GoneError, Quay, body_of
from sync.server.matrix import CARRY_BYTES
from sync.server.pages.courier import ANSWER_NAME, FIELD, TOKEN, Outcome, answering, asking
from sync.server.pages.frame import headers
from sync.server.pages.kept_answers import KeptAnswers
from sync.server.pages.language import words_of
from sync.server.pages.upload import Upload
from sync.server.pages.words import LANGUAGES, Trouble, Words
from sync.server.routes import status_of

DRAINED = 1 << 30
"""Bytes that are read of a file that is not taken: a browser shows nothing before it has sent all."""
_BEGINNING = b"SULUH-KIRIMAN"
_BACK = frozenset(form.name for form in Form if form is not Form.OUTWARD)

_log = logging.getLogger(__name__)


class TroubleError(Exception):
    """The file is not taken; says why, with the numbers for the sentence."""

    def __init__(self, trouble: Trouble, status: int = 400, **values: int) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.status = status
        self.values = values


class AskingRoute:
    """GET /kirim: the page that asks for the file."""

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer with the page."""
        words = words_of(scope, LANGUAGES)
        await _show(send, 200, words, asking(words))


class SendingRoute:
    """POST /kirim: takes the file part by part as it arrives, and answers with what became of it."""

    def __init__(self, carry: Carry, quay: Quay, answers: KeptAnswers) -> None:
        self._carry = carry
        self._quay = quay
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a browser that sends a file."""
        words = words_of(scope, LANGUAGES)
        body = _Body(receive)
        try:
            outcome = await self._sent(scope, body)
        except GoneError:
            return
        except TroubleError as found:
            if await body.drain():
                page = asking(words, found.trouble, **found.values)
                await _show(send, found.status, words, page)
        except Exception:  # noqa: BLE001 - a visitor gets a sentence, the log the story
            _log.exception("a file could not be taken")
            if await body.drain():
                await _show(send, 500, words, asking(words, Trouble.BROKEN))
        else:
            await _show(send, 200, words, answering(words, outcome))

    async def _sent(self, scope: Scope, body: "_Body") -> Outcome:
        """Take a file in. Raises TroubleError when it is not taken, GoneError when the visitor has left."""
        try:
            with self._quay.landing(scope) as address:
                landing = _Landing(self._carry.visit(), self._quay, address)
                await landing.read(scope, body.receive)
                return await self._outcome(landing)
        except Refusal as refusal:
            if "wait" in refusal.values:
                minutes = -(-int(refusal.values["wait"]) // 60)
                raise TroubleError(Trouble.BUSY, 429, minutes=minutes) from None
            if refusal.code is Code.TOO_LARGE:
                limit = CARRY_BYTES >> 20
                raise TroubleError(Trouble.LARGE, status_of(refusal), limit=limit) from None
            raise TroubleError(Trouble.FOREIGN_FILE) from None

    async def _outcome(self, landing: "_Landing") -> Outcome:
        visit = landing.visit
        answer = await visit.finish()
        refused = visit.refused
        waits = [one for one, why in refused.items() if _later(why)]
        lost = [one for one in landing.missing() if one not in refused]
        if not visit.stored and not waits:
            raise TroubleError(Trouble.UNREADABLE if refused else Trouble.TORN)
        token = await asyncio.to_thread(self._answers.keep, answer)
        return Outcome(
            stored=len(visit.stored),
            lost=lost,
            waits=waits,
            unfit=[one for one in refused if one not in waits],
            new=visit.new > 0,
            token=token,
            size=len(answer),
        )


class AnswerRoute:
    """GET /kirim/jawaban: the answer, for whoever was given its link within the last hour."""

    def __init__(self, answers: KeptAnswers) -> None:
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the file, or any part of it that is asked for."""
        path = self._answers.find(_asked(scope, TOKEN))
        if path is None:
            words = words_of(scope, LANGUAGES)
            await _show(send, 404, words, asking(words, Trouble.EXPIRED))
            return
        response = FileResponse(
            path,
            media_type="application/octet-stream",
            filename=ANSWER_NAME,
            headers={"cache-control": "no-store", "x-content-type-options": "nosniff"},
        )
        await response(scope, receive, send)


@dataclass(slots=True)
class _Landing:
    """One file on its way in."""

    visit: Visit
    quay: Quay
    address: str
    arriving: Arriving = field(default_factory=Arriving)
    size: int = 0
    start: bytes = b""
    broken: bool = False

    async def read(self, scope: Scope, receive: Receive) -> None:
        """Read the form to its end and keep each part as it comes. Raises Refusal and TroubleError."""
        upload = Upload(_header(scope, b"content-type"), FIELD)
        async for chunk in body_of(scope, receive):
            data = upload.feed(chunk)
            if data and not self.broken:
                await self._take(data)
        if not self.size:
            raise TroubleError(Trouble.EMPTY if upload.chosen else Trouble.NOTHING)
        if not self.broken:
            await self._end()

    def missing(self) -> tuple[bytes, ...]:
        """Return what the file announced and did not bring."""
        return self.arriving.missing()

    async def _take(self, data: bytes) -> None:
        """Keep what is whole. A file that breaks off in its middle is taken as far as it goes."""
        self.size += len(data)
        self.start = (
            (self.start + data)[: len(_BEGINNING)] if len(self.start) < len(_BEGINNING) else self.start
        )
        try:
            await self.quay.take(self.visit, self.arriving, data, self.address)
        except Refusal:
            if not self.arriving.expected:
                raise TroubleError(self._foreign()) from None
            self.broken = True
        await self._look()

    async def _end(self) -> None:
        try:
            await self.quay.end(self.visit, self.arriving, self.address)
        except Refusal:
            raise TroubleError(self._foreign()) from None
        await self._look()

    async def _look(self) -> None:
        """Stop at once for a file of another office's centre, and for an answer taken for what is sent."""
        if self.arriving.office and not await self.visit.knows(self.arriving.office):
            raise TroubleError(Trouble.OTHER_CENTRE)
        if self.visit.stored:
            return
        whys = list(self.visit.refused.values())
        if any(why.code is Code.OFFICE for why in whys) and not self.visit.answerable:
            raise TroubleError(Trouble.OTHER_CENTRE)
        if any(why.values.get("what") in _BACK for why in whys):
            raise TroubleError(Trouble.ANSWER)

    def _foreign(self) -> Trouble:
        return Trouble.TORN if self.start.startswith(_BEGINNING[: self.size]) else Trouble.FOREIGN_FILE


class _Body:
    """What is left of a request's body when the file is not taken."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._over = False

    async def receive(self) -> MutableMapping[str, Any]:
        """Receive the next piece, and remember whether it was the last."""
        message = await self._receive()
        self._over = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    async def drain(self) -> bool:
        """Read the rest and forget it; whether the visitor is still there to read a sentence."""
        size = 0
        while not self._over and size < DRAINED:
            try:
                message = await asyncio.wait_for(self.receive(), SILENCE)
            except TimeoutError:
                return False
            if message["type"] != "http.request":
                return False
            size += len(message.get("body", b""))
        return True


def _later(why: Refusal) -> bool:
    """Whether a part was opened and may be taken another time."""
    return why.code in {Code.OFFICE, Code.UNAVAILABLE, Code.TOO_LARGE, Code.VERSION, Code.UNKNOWN_KIND}


def _asked(scope: Scope, name: str) -> str:
    """Return a value out of the address, empty where there is none or the address is odd."""
    try:
        found = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=8)
    except ValueError:
        return ""
    return str(found.get(name, [""])[0])


def _header(scope: Scope, wanted: bytes) -> bytes:
    found: bytes = next((value for name, value in scope["headers"] if name == wanted), b"")
    return found


async def _show(send: Send, status: int, words: Words, page: bytes) -> None:
    found = headers(words, len(page))
    await send({"type": "http.response.start", "status": status, "headers": found})
    await send({"type": "http.response.body", "body": page})
