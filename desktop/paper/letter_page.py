"""Papers of an office: letterhead, tables whose heads stand on every page, and a block for signatures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from PySide6.QtGui import QAbstractTextDocumentLayout, QTextDocument, QTextTable

from desktop.language import tr
from desktop.paper.sheet import Paper, pdf_of, ready_to_draw, set_in_type, text_size

_PADDING = 4
_TITLE = 42.0
"""Pixels that a table's title takes, with what parts it from what stands above."""
_SPARE = 16.0
"""Pixels kept free under the last row of a page: for its table's edge and the line that Qt puts behind it.

Where that line does not fit, it takes a page of its own, and the table that begins anew leaves it empty.
"""
_TOP, _UNDER, _RIGHT, _LEFT = (
    f"border-{side}: 1px solid #7A8782;" for side in ("top", "bottom", "right", "left")
)
_STYLE = """
.kop { font-size: 18px; font-weight: 600; margin-bottom: 2px; }
.under { font-size: 11px; color: #52605C; margin-bottom: 6px; }
.name { font-size: 19px; font-weight: 600; margin-top: 14px; margin-bottom: 2px; }
.sub { font-size: 12px; margin-top: 0px; margin-bottom: 2px; }
.head { font-size: 14px; font-weight: 600; margin-top: 16px; margin-bottom: 4px; }
.text { font-size: 12px; margin-top: 4px; margin-bottom: 6px; }
.note { font-size: 12px; color: #52605C; margin-top: 12px; margin-bottom: 2px; }
th { font-size: 11px; font-weight: 600; background-color: #E4E7E2; }
td { font-size: 11px; }
.sign { font-size: 12px; }
.signer { font-weight: 600; }
"""


@dataclass(frozen=True, slots=True)
class Col:
    """One column of a table: its head, its width in percent, and whether it holds numbers."""

    head: str
    width: int
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title; a line feed parts the lines of a cell. `empty` stands for no rows."""

    title: str
    columns: tuple[Col, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs under a title; without one they are notes about the paper, apart and quieter."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: the office they hold, and name, NIP and rank, each empty where it is written by hand."""

    office: str
    name: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A paper of the office: `head` its name, `title` what it is, `lines` under it; `wide` lies down."""

    head: str
    title: str
    lines: tuple[str, ...]
    parts: tuple[Table | Text, ...]
    place: str = ""
    signers: tuple[Signer, ...] = ()
    foot: str = ""
    wide: bool = False


def print_letter(letter: Letter, paper: Paper = Paper.A4) -> bytes:
    """Draw a paper of the office; it is readable in grey, as no colour says anything.

    No row of a table is cut by the end of a page: it is laid out once to measure, then broken between rows.
    """
    ready_to_draw()
    size = text_size(paper, landscape=letter.wide)
    breaks = _breaks(_document(letter, {}, size.width()), letter, size.height())
    document = _document(letter, breaks, size.width())
    return pdf_of(document, letter.foot or letter.title, paper, landscape=letter.wide)


def _document(letter: Letter, breaks: Mapping[int, Sequence[int]], width: float) -> QTextDocument:
    document = QTextDocument()
    document.setDefaultStyleSheet(_STYLE)
    set_in_type(document)
    document.setTextWidth(width)
    document.setHtml(_page(letter, breaks))
    return document


def _breaks(document: QTextDocument, letter: Letter, high: float) -> Mapping[int, Sequence[int]]:
    """Tell before which rows each table begins a new page, by its place in the letter.

    Row 0 stands for the whole table with its title, so that no head stands alone; `document` has no pages.
    """
    layout = document.documentLayout()
    tables = [one for one in document.rootFrame().childFrames() if isinstance(one, QTextTable)]
    places = [place for place, part in enumerate(letter.parts) if isinstance(part, Table) and part.rows]
    places += [len(letter.parts)] if letter.signers else []
    found: dict[int, list[int]] = {}
    moved = 0.0
    for place, table in zip(places, tables, strict=True):
        box = layout.frameBoundingRect(table)
        tops = [_top(layout, table, row) for row in range(table.rows())] + [box.bottom()]
        signs = place == len(letter.parts)
        title = 0.0 if signs else _TITLE
        head = 0.0 if signs else tops[1] - tops[0]
        for row in range(0 if signs else 1, table.rows()):
            first = row == (0 if signs else 1)
            top = (box.top() - title if first else tops[row]) + moved
            left = high - top % high
            if tops[row + 1] + moved - top > left - _SPARE:
                found.setdefault(place, []).append(0 if first else row - 1)
                moved += left + (0.0 if first else head)
    return found


def _top(layout: QAbstractTextDocumentLayout, table: QTextTable, row: int) -> float:
    return layout.blockBoundingRect(table.cellAt(row, 0).firstCursorPosition().block()).top() - _PADDING


def _page(letter: Letter, breaks: Mapping[int, Sequence[int]]) -> str:
    lines = "".join(f'<p align="center" class="sub">{escape(line)}</p>' for line in letter.lines)
    parts = [
        _table(part, breaks.get(place, ())) if isinstance(part, Table) else _text(part)
        for place, part in enumerate(letter.parts)
    ]
    parts += [_signatures(letter, breaks.get(len(parts), ()))] if letter.signers else []
    return (
        f'<p align="center" class="kop">{escape(letter.head)}</p><hr>'
        f'<p align="center" class="name">{escape(letter.title)}</p>{lines}{"".join(parts)}'
    )


def _text(part: Text) -> str:
    style = "text" if part.title else "note"
    return _head(part.title) + "".join(f'<p class="{style}">{escape(line)}</p>' for line in part.lines)


def _head(title: str, *, anew: bool = False) -> str:
    style = ' style="page-break-before:always"' if anew else ""
    return f'<p class="head"{style}>{escape(title)}</p>' if title or anew else ""


def _table(part: Table, breaks: Sequence[int]) -> str:
    title = _head(part.title, anew=0 in breaks)
    if not part.rows:
        return f'{title}<p class="text">{escape(part.empty)}</p>'
    cuts = [0, *(row for row in breaks if row), len(part.rows)]
    return title + "".join(
        _rows(part, part.rows[first:last], anew=number > 0)
        for number, (first, last) in enumerate(pairwise(cuts))
    )


def _rows(part: Table, rows: Sequence[Sequence[str]], *, anew: bool) -> str:
    """Lay out the rows of one page under the table's heads; each cell draws its own lines.

    Collapsed borders look the same and take twice the time: Qt looks at all neighbours of each cell.
    """
    last = len(part.columns) - 1
    heads = "".join(
        f'<th width="{one.width}%" align="{_side(one)}" style="{_TOP}{_lines(place, last)}">'
        f"{escape(one.head)}</th>"
        for place, one in enumerate(part.columns)
    )
    sides = [
        f'valign="top" align="{_side(one)}" style="{_lines(place, last)}"'
        for place, one in enumerate(part.columns)
    ]
    lines = "".join(
        "<tr>"
        + "".join(f"<td {side}>{_cell(cell)}</td>" for side, cell in zip(sides, row, strict=True))
        + "</tr>"
        for row in rows
    )
    style = ' style="page-break-before:always"' if anew else ""
    return (
        f'<table width="100%" border="0" cellspacing="0" cellpadding="{_PADDING}"{style}>'
        f"<thead><tr>{heads}</tr></thead>{lines}</table>"
    )


def _lines(place: int, last: int) -> str:
    """The lines of a cell: under it, at its left, and in the last column at its right too.

    The ground of a head covers the line of the cell before it, so that each has the one at its left itself.
    """
    return f"{_UNDER}{_LEFT}{_RIGHT if place == last else ''}"


def _side(one: Col) -> str:
    return "right" if one.right else "left"


def _cell(words: str) -> str:
    return "<br>".join(escape(line) for line in words.split("\n"))


def _signatures(letter: Letter, breaks: Sequence[int]) -> str:
    """Place for a name, a signature and a stamp; the one who made it signs at the right, as offices do."""
    line = "." * 36
    cells = []
    for number, one in enumerate(letter.signers):
        last = number == len(letter.signers) - 1
        where = escape(letter.place) if last and letter.place else "&nbsp;"
        nip = escape(one.nip) or line
        cells.append(
            f'<td width="{100 // len(letter.signers)}%" valign="top" class="sign">'
            f'<p class="sign">{where}<br>{escape(one.office)}</p>'
            '<p class="sign">&nbsp;<br>&nbsp;<br>&nbsp;</p>'
            f'<p class="sign"><span class="signer">{escape(one.name) or line}</span><br>{tr("NIP")} {nip}<br>'
            f"{tr('Pangkat/golongan')} {'.' * 20}</p></td>"
        )
    style = "page-break-before:always" if breaks else "margin-top:14px"
    return f'<table width="100%" cellpadding="{_PADDING}" style="{style}"><tr>{"".join(cells)}</tr></table>'
