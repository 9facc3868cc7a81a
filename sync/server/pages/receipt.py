"""GET and POST /tanda-terima: whether the centre holds a piece of work, by its receipt's code."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode
from zoneinfo import ZoneInfo

from sqlalchemy import select
from starlette.types import Receive, Scope, Send

from sync.journal.receipt import read_receipt_code
from sync.refusal import Code, Refusal
from sync.server.carry_route import GoneError, body_of
from sync.server.database import Scope as Narrowed
from sync.server.pages.frame import headers, page
from sync.server.pages.look import icon
from sync.server.pages.receipt_words import Answer, ReceiptWords, receipt_words
from sync.server.rates import Rates
from sync.server.receipts import Receipt, find_receipts
from sync.server.reports import NoSuchOfficeError, office_named
from sync.server.tables import office

if TYPE_CHECKING:
    from sync.server.centre import Centre

PAGE, ASKED, CODE, OFFICE = "/tanda-terima", "bahasa", "kode", "kantor"
PRICE = 128.0
"""Units of an address's bucket for a look-up: thirty at once, then one in eight seconds."""
_STATUS = {Answer.BUSY: 429, Answer.BROKEN: 500, Answer.LARGE: 413, Answer.UNKNOWN: 200}

_log = logging.getLogger(__name__)


class AnswerError(Exception):
    """Nothing was found; says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.answer = answer


class ReceiptAskingRoute:
    """GET /tanda-terima: the page that asks for a code."""

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer with the page."""
        words = _words(scope)
        await _show(send, 200, words, asking(words))


class ReceiptRoute:
    """POST /tanda-terima: looks a code up, one at a time in this process."""

    def __init__(self, centre: "Centre") -> None:
        self._centre = centre
        self._alone = asyncio.Semaphore(1)
        self._rates = Rates()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is known of a code; the code and the office stand in the form alone."""
        words = _words(scope)
        typed = ("", "")
        try:
            typed = await self._typed(scope, receive)
            body = found_body(words, await self._found(scope, *typed))
        except GoneError:
            return
        except AnswerError as none:
            told = _notice("warn", "warning", f"<b>{escape(words.answers[none.answer])}</b>")
            await _show(send, _STATUS.get(none.answer, 400), words, asking(words, told, typed))
        except Exception:  # noqa: BLE001 - a visitor gets a sentence, the log the story
            _log.exception("a receipt could not be looked up")
            told = _notice("bad", "warning", f"<b>{escape(words.answers[Answer.BROKEN])}</b>")
            await _show(send, 500, words, asking(words, told))
        else:
            await _show(send, 200, words, asking(words, body))

    async def _typed(self, scope: Scope, receive: Receive) -> tuple[str, str]:
        """Read the form. Raises AnswerError for one that is larger than a code and a name."""
        data = b""
        try:
            async for chunk in body_of(scope, receive):
                data += chunk
            found = parse_qs(data.decode("utf-8"), max_num_fields=8)
        except (Refusal, ValueError):
            raise AnswerError(Answer.NOT_A_CODE) from None
        return found.get(CODE, [""])[0], found.get(OFFICE, [""])[0]

    async def _found(self, scope: Scope, code: str, name: str) -> Sequence[tuple[Receipt, str]]:
        mark = read_receipt_code(code)
        if mark is None:
            raise AnswerError(Answer.NOT_A_CODE)
        address = (scope.get("client") or ("?", 0))[0]
        if self._rates.wait(address) > 0:
            raise AnswerError(Answer.BUSY)
        self._rates.charge(address, PRICE)
        async with self._alone:
            found = await asyncio.to_thread(self._look, mark, name)
        if not found:
            raise AnswerError(Answer.UNKNOWN)
        return found

    def _look(self, mark: bytes, name: str) -> Sequence[tuple[Receipt, str]]:
        """Look in the office that was named, with the eyes of its desk and no others."""
        try:
            with self._centre.database.reading() as connection:
                key = office_named(connection, name)
                zone = connection.execute(select(office.c.zone).where(office.c.id == key)).scalar_one()
            with self._centre.database.reading(Narrowed(0, key, desk=True)) as connection:
                return [(one, zone) for one in find_receipts(connection, key, mark)]
        except NoSuchOfficeError:
            raise AnswerError(Answer.NO_OFFICE) from None
        except Refusal as refusal:
            if refusal.code is Code.TOO_LARGE:
                raise AnswerError(Answer.LARGE) from None
            raise


def asking(words: ReceiptWords, told: str = "", typed: tuple[str, str] = ("", "")) -> bytes:
    """Return the page with its form, and above it what was found."""
    action = escape(f"{PAGE}?{urlencode({ASKED: words.language})}", quote=True)
    code, name = (escape(one[:200], quote=True) for one in typed)
    form = (
        f'<section class="card"><form method="post" action="{action}" autocomplete="off">'
        f'<p><label for="kode"><b>{escape(words.code)}</b></label><br>'
        f'<input type="text" id="kode" name="{CODE}"'
        f' value="{code}" maxlength="20" spellcheck="false" required></p>'
        f'<p class="hint">{escape(words.code_hint)}</p>'
        f'<p><label for="kantor"><b>{escape(words.office)}</b></label><br><input type="text" id="kantor"'
        f' name="{OFFICE}" value="{name}" maxlength="200" required></p>'
        f'<p class="hint">{escape(words.office_hint)}</p>'
        f'<button class="button">{icon("received")}{escape(words.ask)}</button></form></section>'
    )
    lead = f'<h1>{escape(words.title)}</h1><p class="lead">{escape(words.lead)}</p>'
    return page(words, f"{lead}{told}{form}")


def found_body(words: ReceiptWords, found: Sequence[tuple[Receipt, str]]) -> str:
    """Say of each piece of work what it is, when it was done and when it came: of a shared code all."""
    head = f"<p>{escape(words.shared.format(count=len(found)))}</p>" if len(found) > 1 else ""
    lines = "".join(_line(words, one, zone) for one, zone in found)
    return _notice("ok", "received", f'{head}{lines}<p class="says">{escape(words.nothing_else)}</p>')


def _line(words: ReceiptWords, one: Receipt, zone: str) -> str:
    done = _date(words, datetime.fromtimestamp(one.done, ZoneInfo(zone)).date())
    came = words.came_unknown if one.came is None else words.came.format(came=_date(words, one.came))
    held = words.held.format(kind=words.kinds[one.kind], done=done)
    return f"<p><b>{escape(came)}</b> {escape(held)}</p>"


def _date(words: ReceiptWords, day: date) -> str:
    return f"{day.day} {words.months[day.month - 1]} {day.year}"


def _notice(kind: str, picture: str, inside: str) -> str:
    return f'<div class="notice {kind}" role="status">{icon(picture)}<div>{inside}</div></div>'


def _words(scope: Scope) -> ReceiptWords:
    try:
        asked = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=8).get(ASKED, [""])[0]
    except ValueError:
        asked = ""
    accepted = next((value for name, value in scope["headers"] if name == b"accept-language"), b"")
    return receipt_words(asked, accepted.decode("latin-1"))


async def _show(send: Send, status: int, words: ReceiptWords, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers(words, len(body))})
    await send({"type": "http.response.body", "body": body})
