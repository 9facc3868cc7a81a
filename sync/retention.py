"""The retention schedule: how long each kind of data is kept and what stays, as data the centre signs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from sync.journal.keys import SIGNATURE_SIZE, SigningKey, VerifyKey
from sync.refusal import Code, Refusal

_DOMAIN = b"suluh retention 1\0"
DAY = 86_400
SHORTEST, LONGEST = 30, 36_525
"""Days that a term may have: no slip of a pen empties a PC tomorrow."""
_SIZE, _ROWS, _WORDS = 64 * 1024, 100, 300
_TITLE = "retention"


class Term(Enum):
    """The kinds that a program of this version deletes by itself; the value is the row's id."""

    PROFILE = "profile"
    ASIDE = "aside"
    COPY = "copy"
    SEALED = "sealed"
    FAREWELL = "farewell"
    HUB = "hub"
    LEFT = "left"


class Place(Enum):
    """Where a kind lies."""

    PC = "pc"
    HUB = "hub"
    CENTRE = "centre"
    STICK = "stick"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Kept:
    """One row: so many `days` after `since` the kind goes, and `stays` says what remains.

    `days` is None where nothing of the kind ends by itself. Words are pairs: Indonesian, English.
    """

    id: str
    place: Place
    name: tuple[str, str]
    since: tuple[str, str]
    stays: tuple[str, str]
    days: int | None
    source: str
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """One version. Version 0 is the one shipped with the app; `notice_days` is how long before one tells."""

    version: int
    dated: date
    notice_days: int
    kinds: tuple[Kept, ...]

    def kept(self, name: str) -> Kept | None:
        """Return a row by its id; nothing for one that only another version has."""
        return next((one for one in self.kinds if one.id == name), None)

    def seconds(self, term: Term) -> int | None:
        """Return how long a kind is kept; None where the schedule does not let it end."""
        row = self.kept(term.value)
        return None if row is None or row.days is None else row.days * DAY

    @property
    def notice(self) -> int:
        """Seconds between the telling and the deletion."""
        return self.notice_days * DAY


def parse_schedule(data: bytes) -> Schedule:
    """Read a schedule as it is written by hand, in TOML. Raises Refusal(MALFORMED) naming what is wrong."""
    if len(data) > _SIZE:
        raise Refusal(Code.TOO_LARGE, size=len(data), limit=_SIZE)
    import tomllib  # noqa: PLC0415 - read once, when something may have come to its end

    try:
        found = tomllib.loads(data.decode("utf-8"))
        kinds = tuple(_kept(row) for row in found["kind"])
        made = Schedule(_whole(found["version"], 0), _day(found["dated"]), _term(found["notice_days"]), kinds)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise Refusal(Code.MALFORMED, what=_TITLE, reason=str(fault)[:120]) from fault
    names = [one.id for one in kinds]
    if not names or len(names) > _ROWS or len(names) != len(set(names)):
        raise Refusal(Code.MALFORMED, what=_TITLE, reason="rows")
    return made


def sign_schedule(data: bytes, centre: SigningKey) -> bytes:
    """Sign a schedule as it is written, so that it can travel on a stick too. Raises Refusal for none."""
    parse_schedule(data)
    return centre.sign(_DOMAIN + data) + data


def read_schedule(data: bytes, centre: bytes | None = None) -> Schedule:
    """Read a signed schedule; with `centre` its signature is checked too, which a centre need not of its own.

    Raises Refusal: SIGNATURE for a forged one, MALFORMED for what is none.
    """
    signature, body = data[:SIGNATURE_SIZE], data[SIGNATURE_SIZE:]
    if centre is not None:
        VerifyKey(centre).verify(signature, _DOMAIN + body)
    return parse_schedule(body)


@cache
def shipped_schedule() -> Schedule:
    """Return version 0, which lies in the app: a PC that has heard of no centre keeps by it."""
    from importlib.resources import files  # noqa: PLC0415 - as above

    return parse_schedule(files("resources").joinpath("retention", "schedule-0.toml").read_bytes())


def _kept(row: Mapping[str, Any]) -> Kept:
    days = row.get("days")
    return Kept(
        id=_word(row["id"]),
        place=Place(row["place"]),
        name=_pair(row, "name", "english"),
        since=_pair(row, "from", "english_from") if days is not None else ("", ""),
        stays=_pair(row, "stays", "english_stays"),
        days=None if days is None else _term(days),
        source=str(row.get("source", "")),
        unconfirmed=bool(row.get("unconfirmed", False)),
    )


def _pair(row: Mapping[str, Any], indonesian: str, english: str) -> tuple[str, str]:
    return _word(row[indonesian]), _word(row.get(english, row[indonesian]))


def _word(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _WORDS:
        raise ValueError(f"not words: {value!r}")
    return value


def _whole(value: object, least: int, most: int = (1 << 40) - 1) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"not a number of {least} to {most}: {value!r}")
    return value


def _term(value: object) -> int:
    return _whole(value, SHORTEST, LONGEST)


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"not a day: {value!r}")
    return date(value.year, value.month, value.day)
