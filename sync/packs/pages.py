"""Finds what a Markdown page refers to, so that a pack is complete and a page cannot reach outside it."""

import posixpath
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sync.refusal import Code, Refusal


def markdown() -> MarkdownIt:
    """Return the one Markdown dialect of Suluh: CommonMark with tables and strike-through, no raw HTML."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def beside(page: str, target: str) -> str:
    """Return the object path of `target` as written on `page`. Raises Refusal SOURCE outside it."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), target.partition("#")[0]))
    if "://" in target or target.startswith(("/", "data:", "file:")) or path.startswith(".."):
        raise Refusal(Code.SOURCE, where=page, reason="outside the course", thing=target)
    return path


def pictures_of(page: str, text: str) -> Iterator[tuple[str, bool]]:
    """Yield each picture a page shows: its object path, and whether it has a description."""
    for token in _inline(markdown().parse(text)):
        if token.type == "image":
            yield beside(page, str(token.attrGet("src") or "")), bool(token.content.strip())


def _inline(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _inline(token.children or [])
