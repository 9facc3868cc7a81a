"""A page that looks something up: a form, one look-up at a time, slowly for each address, and a sentence."""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from html import escape
from typing import Generic, Protocol, TypeVar
from urllib.parse import parse_qs, urlencode

from starlette.types import Receive, Scope, Send

from sync.refusal import Refusal
from sync.server.carry_route import GoneError, body_of
from sync.server.pages.frame import ASKED, Framed, headers, page
from sync.server.pages.language import words_of
from sync.server.pages.look import icon
from sync.server.rates import Rates

PRICE = 128.0
"""Units of an address's bucket for a look-up: thirty at once, then one in eight seconds."""

_log = logging.getLogger(__name__)


class Answer(Enum):
    """What became of a look-up that found nothing."""

    UNFIT = "What was typed is nothing that could be looked up."
    NO_OFFICE = "No office of this centre has that name."
    UNKNOWN = "The centre holds nothing of the sort."
    CLOSED = "What was typed opens nothing, or nothing any more."
    LARGE = "There is more than one look-up counts through."
    BUSY = "Too many look-ups at a time, or from one address."
    BROKEN = "The centre failed inside."


TROUBLE: Mapping[Answer, str] = {
    Answer.BUSY: "Terlalu banyak pemeriksaan. Coba lagi beberapa menit lagi.",
    Answer.BROKEN: "Pusat sedang bermasalah. Coba lagi nanti.",
}
ENGLISH_TROUBLE: Mapping[Answer, str] = {
    Answer.BUSY: "Too many look-ups. Try again in a few minutes.",
    Answer.BROKEN: "The centre is in trouble. Try again later.",
}
_STATUS = {Answer.CLOSED: 403, Answer.BUSY: 429, Answer.BROKEN: 500, Answer.LARGE: 413, Answer.UNKNOWN: 200}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form: its name there, its label, a hint under it, and the letters it takes."""

    name: str
    label: str
    hint: str
    limit: int


class LookupWords(Framed, Protocol):
    """The words of such a page."""

    @property
    def lead(self) -> str:
        """What the page is for, in one sentence."""

    @property
    def lines(self) -> Sequence[Line]:
        """The lines of its form."""

    @property
    def ask(self) -> str:
        """What its button says."""

    @property
    def answers(self) -> Mapping[Answer, str]:
        """What is said where nothing was found."""


W = TypeVar("W", bound=LookupWords)


class AnswerError(Exception):
    """Nothing was found; says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.answer = answer


class AskingPage(Generic[W]):
    """GET: the page with its form."""

    def __init__(self, path: str, spoken: Sequence[W]) -> None:
        self._path, self._spoken = path, spoken

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer with the page."""
        words = words_of(scope, self._spoken)
        await _show(send, 200, words, asking(self._path, words))


class LookupPage(ABC, Generic[W]):
    """POST: what was typed is looked up, one at a time in this process; it stands in the form alone.

    `keeps` says whether the form shows it again: not where it opens something.
    """

    keeps = True

    def __init__(self, path: str, spoken: Sequence[W]) -> None:
        self._path, self._spoken = path, spoken
        self._alone = asyncio.Semaphore(1)
        self._rates = Rates()

    @abstractmethod
    def fit(self, typed: Mapping[str, str]) -> bool:
        """Whether what was typed could be looked up at all; this costs nobody anything."""

    @abstractmethod
    def found(self, words: W, typed: Mapping[str, str]) -> str:
        """Look up, in a thread, and return what was found as HTML. Raises AnswerError."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is known."""
        words = words_of(scope, self._spoken)
        typed: Mapping[str, str] = {}
        try:
            asked = await self._typed(words, scope, receive)
            typed = asked if self.keeps else {}
            told = await self._told(words, scope, asked)
        except GoneError:
            return
        except AnswerError as none:
            says = notice("warn", "warning", f"<b>{escape(words.answers[none.answer])}</b>")
            await _show(send, _STATUS.get(none.answer, 400), words, asking(self._path, words, says, typed))
        except Exception:  # noqa: BLE001 - a visitor gets a sentence, the log the story
            _log.exception("a look-up failed")
            says = notice("bad", "warning", f"<b>{escape(words.answers[Answer.BROKEN])}</b>")
            await _show(send, 500, words, asking(self._path, words, says))
        else:
            await _show(send, 200, words, asking(self._path, words, told, typed))

    async def _typed(self, words: W, scope: Scope, receive: Receive) -> Mapping[str, str]:
        """Read the form. Raises AnswerError for one that is none."""
        data = b""
        try:
            async for chunk in body_of(scope, receive):
                data += chunk
            found = parse_qs(data.decode("utf-8"), max_num_fields=8)
        except (Refusal, ValueError):
            raise AnswerError(Answer.UNFIT) from None
        return {line.name: found.get(line.name, [""])[0] for line in words.lines}

    async def _told(self, words: W, scope: Scope, typed: Mapping[str, str]) -> str:
        if not self.fit(typed):
            raise AnswerError(Answer.UNFIT)
        address = (scope.get("client") or ("?", 0))[0]
        if self._rates.wait(address) > 0:
            raise AnswerError(Answer.BUSY)
        self._rates.charge(address, PRICE)
        async with self._alone:
            return await asyncio.to_thread(self.found, words, typed)


def asking(path: str, words: LookupWords, told: str = "", typed: Mapping[str, str] | None = None) -> bytes:
    """Return the page with its form, and above it what was found."""
    action = escape(f"{path}?{urlencode({ASKED: words.language})}", quote=True)
    lines = "".join(_line(line, (typed or {}).get(line.name, "")) for line in words.lines)
    form = (
        f'<section class="card"><form method="post" action="{action}" autocomplete="off">{lines}'
        f'<button class="button">{icon("received")}{escape(words.ask)}</button></form></section>'
    )
    lead = f'<h1>{escape(words.title)}</h1><p class="lead">{escape(words.lead)}</p>'
    return page(words, f"{lead}{told}{form}")


def notice(kind: str, picture: str, inside: str) -> str:
    """Return what was found, in a frame of its colour; `inside` is HTML."""
    return f'<div class="notice {kind}" role="status">{icon(picture)}<div>{inside}</div></div>'


def _line(line: Line, typed: str) -> str:
    value = escape(typed[: line.limit], quote=True)
    return (
        f'<p><label for="{line.name}"><b>{escape(line.label)}</b></label><br><input type="text"'
        f' id="{line.name}" name="{line.name}" value="{value}" maxlength="{line.limit}" spellcheck="false"'
        f' required></p><p class="hint">{escape(line.hint)}</p>'
    )


async def _show(send: Send, status: int, words: LookupWords, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers(words, len(body))})
    await send({"type": "http.response.body", "body": body})
