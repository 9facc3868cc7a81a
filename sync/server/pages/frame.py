"""What every page has around it, and the headers that keep everything foreign out."""

from html import escape
from typing import Protocol
from urllib.parse import urlencode

from sync.server.pages.look import sheet, sheet_source, tab_icon, torch

Headers = list[tuple[bytes, bytes]]
ASKED = "bahasa"
"""The name, in an address, of the language that was asked for."""


class Framed(Protocol):
    """The words that a page's frame needs."""

    @property
    def language(self) -> str:
        """The page's language, as a tag."""

    @property
    def other(self) -> tuple[str, str]:
        """The other language: its tag and its name."""

    @property
    def title(self) -> str:
        """What the page is called."""

    @property
    def place(self) -> str:
        """What stands beside the mark."""


def page(words: Framed, body: str, *, other: bool = True) -> bytes:
    """Return a whole page; `body` is HTML. `other` offers it in the other language."""
    code, name = words.other
    link = escape("?" + urlencode({ASKED: code}), quote=True)
    choice = (
        f'<nav><a href="{link}" lang="{code}" hreflang="{code}">{escape(name)}</a></nav>' if other else ""
    )
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(words.title)} · Suluh</title>"
        f'<link rel="icon" href="{tab_icon()}"><style>{sheet()}</style></head><body>'
        f'<header><div>{torch()}<b>Suluh</b><span class="place">{escape(words.place)}</span>'
        f"{choice}</div></header>"
        f"<main>{body}</main></body></html>"
    ).encode()


def headers(words: Framed, length: int) -> Headers:
    """Return the headers of a page: nothing from elsewhere, nothing kept, nothing told to other sites."""
    policy = (
        f"default-src 'none'; style-src {sheet_source()}; img-src data:; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    )
    found = {
        "content-type": "text/html; charset=utf-8",
        "content-length": str(length),
        "content-language": words.language,
        "content-security-policy": policy,
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "vary": "accept-language",
    }
    return [(name.encode(), value.encode()) for name, value in found.items()]
