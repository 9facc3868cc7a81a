"""GET and POST /tanda-terima: whether the centre holds a piece of work, by its receipt's code."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import select

from sync.journal.receipt import read_receipt_code
from sync.refusal import Code, Refusal
from sync.server.database import Scope as Narrowed
from sync.server.pages.lookup import Answer, AnswerError, AskingPage, LookupPage, notice
from sync.server.pages.receipt_words import CODE, LANGUAGES, OFFICE, ReceiptWords
from sync.server.receipts import Receipt, find_receipts
from sync.server.reports import NoSuchOfficeError, office_named
from sync.server.tables import office

if TYPE_CHECKING:
    from sync.server.centre import Centre

PAGE = "/tanda-terima"


def receipt_asking() -> AskingPage[ReceiptWords]:
    """Return the page that asks for a code."""
    return AskingPage(PAGE, LANGUAGES)


class ReceiptRoute(LookupPage[ReceiptWords]):
    """Looks a code up in the office that was named."""

    def __init__(self, centre: "Centre") -> None:
        super().__init__(PAGE, LANGUAGES)
        self._centre = centre

    def fit(self, typed: Mapping[str, str]) -> bool:
        """Whether the letters are a code."""
        return read_receipt_code(typed[CODE]) is not None

    def found(self, words: ReceiptWords, typed: Mapping[str, str]) -> str:
        """Look with the eyes of the named office's desk and no others."""
        mark = read_receipt_code(typed[CODE]) or b""
        try:
            with self._centre.database.reading() as connection:
                key = office_named(connection, typed[OFFICE])
                zone = connection.execute(select(office.c.zone).where(office.c.id == key)).scalar_one()
            with self._centre.database.reading(Narrowed(0, key, desk=True)) as connection:
                found = [(one, zone) for one in find_receipts(connection, key, mark)]
        except NoSuchOfficeError:
            raise AnswerError(Answer.NO_OFFICE) from None
        except Refusal as refusal:
            if refusal.code is Code.TOO_LARGE:
                raise AnswerError(Answer.LARGE) from None
            raise
        if not found:
            raise AnswerError(Answer.UNKNOWN)
        return found_body(words, found)


def found_body(words: ReceiptWords, found: Sequence[tuple[Receipt, str]]) -> str:
    """Say of each piece of work what it is, when it was done and when it came: of a shared code all."""
    head = f"<p>{escape(words.shared.format(count=len(found)))}</p>" if len(found) > 1 else ""
    lines = "".join(_line(words, one, zone) for one, zone in found)
    return notice("ok", "received", f'{head}{lines}<p class="says">{escape(words.nothing_else)}</p>')


def _line(words: ReceiptWords, one: Receipt, zone: str) -> str:
    done = _date(words, datetime.fromtimestamp(one.done, ZoneInfo(zone)).date())
    came = words.came_unknown if one.came is None else words.came.format(came=_date(words, one.came))
    held = words.held.format(kind=words.kinds[one.kind], done=done)
    return f"<p><b>{escape(came)}</b> {escape(held)}</p>"


def _date(words: ReceiptWords, day: date) -> str:
    return f"{day.day} {words.months[day.month - 1]} {day.year}"
