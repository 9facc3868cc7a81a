"""Which language a page speaks, and the months in each."""

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import parse_qs

from starlette.types import Scope

from sync.server.pages.frame import ASKED, Framed

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
W = TypeVar("W", bound=Framed)


def words_of(scope: Scope, spoken: Sequence[W]) -> W:
    """Choose the words for a request by what was asked for, then by what the browser prefers."""
    try:
        asked = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=8).get(ASKED, [""])[0]
    except ValueError:
        asked = ""
    accepted = next((value for name, value in scope["headers"] if name == b"accept-language"), b"")
    return chosen(asked, accepted.decode("latin-1"), spoken)


def chosen(asked: str, accepted: str, spoken: Sequence[W]) -> W:
    """Return the words in the language of the link that was followed, else in the browser's first one known.

    Where neither is known, the first of `spoken`; `accepted` is the header Accept-Language (RFC 9110).
    """
    known = {one.language: one for one in spoken}
    if asked in known:
        return known[asked]
    for _, name in sorted(_weights(accepted), key=lambda found: -found[0]):
        if name in known:
            return known[name]
    return spoken[0]


def _weights(accepted: str) -> list[tuple[float, str]]:
    """Read Accept-Language: what cannot be read counts for nothing."""
    found: list[tuple[float, str]] = []
    for entry in accepted.split(",")[:16]:
        name, _, weight = entry.strip().partition(";q=")
        try:
            found.append((float(weight or 1), name.split("-")[0].lower()))
        except ValueError:
            continue
    return found
