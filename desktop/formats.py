"""Dates, times, numbers, JP and sizes as the language in use writes them: `14.30 WIT`, `1,2 MB`."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from desktop.language import language, tr
from sync.score import shown

_MONTHS = {
    "id": "Januari,Februari,Maret,April,Mei,Juni,Juli,Agustus,September,Oktober,November,Desember",
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
}
_SHORT = {
    "id": "Jan,Feb,Mar,Apr,Mei,Jun,Jul,Agu,Sep,Okt,Nov,Des",
    "en": "Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec",
}
_DAYS = {
    "id": "Senin,Selasa,Rabu,Kamis,Jumat,Sabtu,Minggu",
    "en": "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday",
}
_ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Ujung_Pandang": "WITA",
    "Asia/Jayapura": "WIT",
}


_LAST = 253_370_764_800  # 1 January 9999; Python knows no year after


def _named(names: dict[str, str], at: int) -> str:
    return names[language()].split(",")[at]


def moment_of(at: int, zone: ZoneInfo) -> datetime:
    """Return a Unix time in a zone; whatever a clock or a program stated can be shown."""
    return datetime.fromtimestamp(min(max(at, 0), _LAST), zone)


def zone_letters(zone: str) -> str:
    """WIB, WITA or WIT of an IANA zone; the zone's own name for any other."""
    return _ZONES.get(zone, zone)


def long_day(day: date) -> str:
    """`31 Desember 2026`."""
    return f"{day.day} {_named(_MONTHS, day.month - 1)} {day.year}"


def short_day(day: date) -> str:
    """`21 Nov 2026`, for tables."""
    return f"{day.day} {_named(_SHORT, day.month - 1)} {day.year}"


def week_day(day: date) -> str:
    """`Selasa, 24 November 2026`."""
    return f"{_named(_DAYS, day.weekday())}, {long_day(day)}"


def clock_time(moment: datetime, zone: str = "") -> str:
    """`14.30 WIT`; the moment is already in the office's zone, which only adds its letters."""
    mark = "." if language() == "id" else ":"
    written = f"{moment.hour:02}{mark}{moment.minute:02}"
    return f"{written} {zone_letters(zone)}" if zone else written


def recent_day(day: date, today: date) -> str:
    """`hari ini`, `kemarin`, `19 November`, or with the year when it is another one."""
    passed = (today - day).days
    if passed == 0:
        return tr("hari ini")
    if passed == 1:
        return tr("kemarin")
    written = long_day(day)
    return written if day.year != today.year else written.rsplit(" ", 1)[0]


def month_name(day: date) -> str:
    """`November 2026`."""
    return f"{_named(_MONTHS, day.month - 1)} {day.year}"


def year_name(first: date, last: date) -> str:
    """`2026`, or `2025/2026` for a year that begins on another day than the calendar's."""
    return f"{first.year}" if first.year == last.year else f"{first.year}/{last.year}"


def number(value: float, places: int = 0) -> str:
    """`1.234,5` (English `1,234.5`) with exactly `places` decimals."""
    written = f"{value:,.{places}f}"
    return written.translate(str.maketrans(",.", ".,")) if language() == "id" else written


def jp(hundredths: int) -> str:
    """JP from hundredths, with decimals only where there are any: 600 is `6`, 250 is `2,5`."""
    whole, part = divmod(abs(hundredths), 100)
    sign = "-" if hundredths < 0 else ""
    places = 0 if part == 0 else 1 if part % 10 == 0 else 2
    return sign + number(whole + part / 100, places)


def score(hundredths: int) -> str:
    """A score from hundredths of a percent, to one decimal as `sync.score` has it: 8750 is `87,5`."""
    return jp(shown(hundredths))


def size(octets: int) -> str:
    """A size people can compare: `500 B`, `48 MB`, `1,2 GB` (1 MB is 1,000,000 bytes, as sticks are sold)."""
    value = float(octets)
    for unit in ("B", "KB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{number(value, 1 if unit != 'B' and value < 10 and value % 1 >= 0.05 else 0)} {unit}"
        value /= 1000
    raise AssertionError("the loop always returns")
