"""A deadline as an author writes it and a manifest carries it: a day, and the hour with its zone."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

GRACE_LIMIT = 90
"""Days that what was sealed in time may be on its way: the longest month by stick, three times."""
_ZONES = {"WIB": "+07:00", "WITA": "+08:00", "WIT": "+09:00", "UTC": "+00:00"}
_WORDS = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[ T](?P<hour>\d{2})[:.](?P<minute>\d{2})(?::00)? ?"
    r"(?P<zone>WIB|WITA|WIT|UTC|[+-]\d{2}:\d{2})"
)


def written_deadline(said: object) -> tuple[str, str]:
    """Read `2026-04-16`, `2026-04-16 12.00 WIB` or a time with an offset as a day and an hour.

    The hour keeps its offset (`12:00+07:00`) and is "" where only a day is written. Raises TypeError or
    ValueError for anything else: an hour without a zone is another hour in every zone.
    """
    if isinstance(said, datetime):
        if said.utcoffset() is None:
            raise ValueError("deadline without a zone")
        return said.date().isoformat(), said.timetz().isoformat("minutes")
    if isinstance(said, date):
        return said.isoformat(), ""
    if not isinstance(said, str):
        raise TypeError("deadline")
    found = _WORDS.fullmatch(said)
    if found is None:
        return said, ""
    zone = _ZONES.get(found["zone"], found["zone"])
    return found["day"], f"{found['hour']}:{found['minute']}{zone}"


def deadline_fault(day: str, hour: str, grace: int | None) -> bool:
    """Whether this is no deadline: an hour or a grace without a day, or what nobody can read."""
    if not day:
        return bool(hour) or grace is not None
    try:
        date.fromisoformat(day)
        if hour and time.fromisoformat(hour).utcoffset() is None:
            return True
    except ValueError:
        return True
    return grace is not None and not 0 <= grace <= GRACE_LIMIT


def end_of(day: str, hour: str, zone: ZoneInfo) -> int:
    """Return the last second (Unix) of a deadline; a day alone lasts until its end in `zone`."""
    whole = date.fromisoformat(day)
    if hour:
        return int(datetime.combine(whole, time.fromisoformat(hour)).timestamp())
    return int(datetime.combine(whole + timedelta(days=1), time(), zone).timestamp()) - 1
