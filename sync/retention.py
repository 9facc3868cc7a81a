"""The retention schedule: how long each kind of data is kept and what stays, as data the centre signs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from sync.journal.keys import SigningKey
from sync.written import Written, day, each_once, shipped, whole, word

DAY = 86_400
SHORTEST, LONGEST = 30, 36_525
"""Days that a term may have: no slip of a pen empties a PC tomorrow."""
_ROWS, _WORDS = 100, 300


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
    return _WRITTEN.parse(data)


def sign_schedule(data: bytes, centre: SigningKey) -> bytes:
    """Sign a schedule as it is written. Raises Refusal for what is none."""
    return _WRITTEN.sign(data, centre)


def read_schedule(data: bytes, centre: bytes | None = None) -> Schedule:
    """Read a signed schedule, with `centre` as its own. Raises Refusal: SIGNATURE or MALFORMED."""
    return _WRITTEN.read(data, centre)


@cache
def shipped_schedule() -> Schedule:
    """Return version 0, which lies in the app: a PC that has heard of no centre keeps by it."""
    return parse_schedule(shipped("retention", "schedule-0.toml"))


def _made(found: Mapping[str, Any]) -> Schedule:
    kinds = tuple(_kept(row) for row in found["kind"])
    each_once([one.id for one in kinds], _ROWS)
    return Schedule(whole(found["version"]), day(found["dated"]), _term(found["notice_days"]), kinds)


_WRITTEN = Written(b"suluh retention 1\0", "retention", _made)


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
    return word(value, _WORDS)


def _term(value: object) -> int:
    return whole(value, SHORTEST, LONGEST)
