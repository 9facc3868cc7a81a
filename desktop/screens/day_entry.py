"""A day as people type it."""

from __future__ import annotations

from datetime import date

_MARKS = str.maketrans("/-.", "   ")


def read_day(typed: str) -> date | None:
    """A day typed as `26-09-1986`, `26/9/1986`, `26 9 1986` or `26091986`; None when it is none."""
    parts = typed.translate(_MARKS).split()
    if len(parts) == 1 and len(parts[0]) == 8:
        parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts) or len(parts[2]) != 4:
        return None
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return None
