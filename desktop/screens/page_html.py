"""Markdown of a pack turned into the small, safe HTML that a page may hold."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

import nh3
from markdown_it.token import Token

from desktop.language import tr
from sync.packs.pages import markdown

_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "pre",
    "s", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}
_MOST_LETTERS = 40_000  # a real page has about 2,500
_MOST_CELLS = 600
_ALIGN = {"text-align:left": "left", "text-align:right": "right", "text-align:center": "center"}


def page_html(text: str) -> str:
    """HTML with a short list of tags, no style, no script, and links only to places inside the pack.

    A link to the network cannot be followed here, so its address is written out behind the words: a reader
    may note it. Raw HTML in the source is shown as the text it is. What would hold up the window is left out
    and said: the rest of a page of many thousand words, and a table of more cells than a screen has room for.
    """
    parser = markdown()
    tokens = _without_huge_tables(parser.parse(_at_most(text)))
    for token in tokens:
        _align(token)
        if token.type in {"fence", "code_block"}:
            token.content = token.content.rstrip("\n")
        if token.children:
            token.children = _spell_out(token.children)
    html: str = parser.renderer.render(tokens, parser.options, {})
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(), link_rel=None)


def inline_html(text: str) -> str:
    """One or more sentences with emphasis and code, for a label: no blocks, no links, no pictures."""
    parser = markdown()
    html = "<br>".join(parser.renderInline(line) for line in text.strip().splitlines())
    return nh3.clean(
        html, tags={"br", "code", "em", "strong"}, attributes={}, url_schemes=set(), link_rel=None
    )


def inside(target: str, page: str) -> str | None:
    """The path in the pack that `target` means when written on `page`; None for anything outside it."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    return None if path.startswith("..") or "\\" in path else path


def _at_most(text: str) -> str:
    if len(text) <= _MOST_LETTERS:
        return text
    cut = text.rfind("\n\n", 0, _MOST_LETTERS)
    shown = text[: cut if cut > 0 else _MOST_LETTERS]
    return f"{shown}\n\n{tr('Halaman ini terlalu panjang. Sisanya tidak ditampilkan.')}\n"


def _without_huge_tables(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        if tokens[place].type != "table_open":
            kept.append(tokens[place])
            place += 1
            continue
        end = next(n for n in range(place, len(tokens)) if tokens[n].type == "table_close")
        table = tokens[place : end + 1]
        if sum(token.type in {"td_open", "th_open"} for token in table) <= _MOST_CELLS:
            kept += table
        else:
            words = Token("text", "", 0, content=tr("Tabel ini terlalu besar untuk ditampilkan."))
            kept += [
                Token("paragraph_open", "p", 1),
                Token("inline", "", 0, children=[words]),
                Token("paragraph_close", "p", -1),
            ]
        place = end + 1
    return kept


def _leaves(image: Token) -> bool:
    """Whether a picture is meant to come from outside the pack, wherever its page stands."""
    parts = urlsplit(str(image.attrs.get("src", "")))
    return bool(parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"))


def _align(token: Token) -> None:
    """Move the only style Markdown makes, a column's side, to the attribute Qt reads."""
    style = token.attrs.pop("style", None) if token.attrs else None
    if isinstance(style, str) and style in _ALIGN:
        token.attrs["align"] = _ALIGN[style]


def _spell_out(tokens: Sequence[Token]) -> list[Token]:
    spelled: list[Token] = []
    address = ""
    words = ""
    for token in tokens:
        if token.type == "link_open":
            address, words = str(token.attrs.get("href", "")), ""
        elif token.type == "text" and address:
            words += token.content
        if token.type == "image" and _leaves(token):
            token = Token("text", "", 0, content=f"[{token.content}]")  # noqa: PLW2901  # it is not there to see
        spelled.append(token)
        if token.type == "link_close":
            if urlsplit(address).scheme and unquote(address) != words and address != words:
                spelled.append(Token("text", "", 0, content=f" ({address})"))
            address = ""
    return spelled
