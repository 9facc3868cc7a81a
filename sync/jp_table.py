"""The conversion table: what training is worth in JP and what is owed, as data that the centre signs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from sync.folds.sessions import DAY, PeerRule
from sync.folds.years import CALENDAR, Years, contract_years
from sync.journal.keys import SigningKey
from sync.nip import LENGTH, NipKind, kind_of
from sync.officefile_entries import NipRecord
from sync.written import Written, day, each_once, shipped, whole, word

MOST = 1_000_000
"""Hundredths of JP that one form or claim may be worth at most: no programme has 10,000 JP."""
UNITS = 400
"""Days or times that one claim may have at most: a year's worth."""
_ROWS = 200
CONTRACT = "contract-year"
"""The period of a target that is owed in each year of a contract."""


class Unit(Enum):
    """What a form's JP are counted by."""

    DAY = "day"
    TIME = "time"
    FIXED = "fixed"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of training: hundredths of JP for each unit, in the country and abroad.

    Where the unit is the programme, the organiser says how many JP it has, and `abroad_percent` of them count
    abroad. `abroad` is None where the table knows the form only in the country. `route` is classroom
    (`klasikal`) or not (`nonklasikal`); `unconfirmed` marks what no text has been seen for. `peers` is what
    two colleagues may confirm by themselves, None for nothing: older tables say no word of it.
    """

    id: str
    name: str
    english: str
    route: str
    unit: Unit
    national: int
    abroad: int | None
    abroad_percent: int | None
    source: str
    unconfirmed: bool
    peers: PeerRule | None = None

    @property
    def goes_abroad(self) -> bool:
        """Whether the table says what the form is worth abroad."""
        return self.abroad is not None or self.abroad_percent is not None

    def worth(self, units: int, programme: int = 0, *, abroad: bool = False) -> int:
        """Return hundredths of JP for so many days or times, or for a programme of so many hundredths."""
        if self.unit is Unit.PROGRAMME:
            percent = self.abroad_percent or 100 if abroad else 100
            return min(max(programme, 0) * percent // 100, MOST)
        each = self.abroad if abroad and self.abroad is not None else self.national
        count = 1 if self.unit is Unit.FIXED else min(max(units, 0), UNITS)
        return min(each * count, MOST)


@dataclass(frozen=True, slots=True)
class Target:
    """What somebody of a `status` (`pns`, `pppk`) owes in a `period`, in hundredths of JP."""

    status: str
    jp: int
    period: str
    source: str
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class JpTable:
    """One version of the table. Version 0 is the one shipped with the app."""

    version: int
    dated: date
    forms: tuple[Form, ...]
    targets: tuple[Target, ...]

    def form(self, name: str) -> Form | None:
        """Return a form by its id; nothing for one that only another version knows."""
        return next((one for one in self.forms if one.id == name), None)

    @property
    def peers(self) -> Mapping[str, PeerRule]:
        """What two colleagues may confirm by themselves, by the id of the form."""
        return {one.id: one.peers for one in self.forms if one.peers is not None}

    def target(self, status: str) -> Target:
        """Return what a status owes; of one the table does not name, what its first row says."""
        return next((one for one in self.targets if one.status == status), self.targets[0])


def status_of(nip: str) -> str:
    """Tell the status whose target counts for the holder of a NIP; a guest without one owes as PNS do."""
    kind = kind_of(nip) if len(nip) == LENGTH else None
    return "pppk" if kind in {NipKind.PPPK, NipKind.PPPK_PARUH_WAKTU} else "pns"


def years_for(table: JpTable, nips: Sequence[NipRecord]) -> Years:
    """Say how the years of somebody with these NIPs run, today's last: as the table says of their status.

    Who owes by contract and whose contract no roster dates counts by the calendar.
    """
    if not nips or table.target(status_of(nips[-1].nip)).period != CONTRACT:
        return CALENDAR
    return contract_years(start for one in nips for start in one.contracts)


def parse_jp_table(data: bytes) -> JpTable:
    """Read a table as it is written by hand, in TOML. Raises Refusal(MALFORMED) naming the row at fault."""
    return _WRITTEN.parse(data)


def sign_jp_table(data: bytes, centre: SigningKey) -> bytes:
    """Sign a table as it is written. Raises Refusal for what is none."""
    return _WRITTEN.sign(data, centre)


def read_jp_table(data: bytes, centre: bytes | None = None) -> JpTable:
    """Read a signed table, with `centre` as its own. Raises Refusal: SIGNATURE or MALFORMED."""
    return _WRITTEN.read(data, centre)


@cache
def shipped_table() -> JpTable:
    """Return version 0, which lies in the app: a PC that has heard of no centre counts by it."""
    return parse_jp_table(shipped("jp", "table-0.toml"))


def _made(found: Mapping[str, Any]) -> JpTable:
    forms = tuple(_form(row) for row in found["form"])
    targets = tuple(_target(row) for row in found["target"])
    each_once([one.id for one in forms], _ROWS)
    if not targets:
        raise ValueError("rows")
    return JpTable(whole(found["version"]), day(found["dated"]), forms, targets)


_WRITTEN = Written(b"suluh jp table 1\0", "jp table", _made)


def _form(row: Mapping[str, Any]) -> Form:
    unit = Unit(row["unit"])
    programme = unit is Unit.PROGRAMME
    abroad, percent = row.get("abroad"), row.get("abroad_percent")
    return Form(
        id=word(row["id"]),
        name=word(row["name"]),
        english=word(row.get("english", row["name"])),
        route=word(row.get("route", "")) if row.get("route") else "",
        unit=unit,
        national=0 if programme else _hundredths(row["national"]),
        abroad=None if programme or abroad is None else _hundredths(abroad),
        abroad_percent=whole(percent, 1, 1000) if programme and percent is not None else None,
        source=str(row.get("source", "")),
        unconfirmed=bool(row.get("unconfirmed", False)),
        peers=_peers(row, unit),
    )


def _peers(row: Mapping[str, Any], unit: Unit) -> PeerRule | None:
    """Read what two colleagues may confirm of a form; only one that is counted by times has such a rule."""
    said = row.get("peers")
    if said is None:
        return None
    if unit is not Unit.TIME or said["for"] not in {"learner", "both"}:
        raise ValueError(f"no rule for peers: {said!r}")
    minutes = whole(said["minutes"])
    if not 0 < minutes <= DAY:
        raise ValueError(f"not a length: {minutes!r}")
    both = said["for"] == "both"
    return PeerRule(_hundredths(row["national"]), minutes, _hundredths(said["jp_a_year"]), both)


def _target(row: Mapping[str, Any]) -> Target:
    return Target(
        word(row["status"]),
        _hundredths(row["jp"]),
        word(row["period"]),
        str(row.get("source", "")),
        bool(row.get("unconfirmed", False)),
    )


def _hundredths(value: object) -> int:
    """Turn JP with at most two decimals into hundredths."""
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        raise TypeError(f"not an amount of JP: {value!r}")
    found = Decimal(value) * 100
    if not 0 < found <= MOST or found != found.to_integral_value():
        raise ValueError(f"not an amount of JP: {value!r}")
    return int(found)
