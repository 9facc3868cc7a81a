"""Papers of an office: letterhead, tables whose heads stand on every page, and a block for signatures."""

from dataclasses import dataclass
from html import escape

from PySide6.QtGui import QTextDocument

from desktop.language import tr
from desktop.paper.sheet import Paper, pdf_of, ready_to_draw

_STYLE = """
.kop { font-size: 18px; font-weight: 600; margin-bottom: 2px; }
.under { font-size: 11px; color: #52605C; margin-bottom: 6px; }
.name { font-size: 19px; font-weight: 600; margin-top: 14px; margin-bottom: 2px; }
.sub { font-size: 12px; margin-top: 0px; margin-bottom: 2px; }
h2 { font-size: 14px; font-weight: 600; margin-top: 16px; margin-bottom: 4px; }
.text { font-size: 12px; margin-top: 4px; margin-bottom: 6px; }
th { font-size: 11px; font-weight: 600; background-color: #E4E7E2; }
td { font-size: 11px; }
.sign { font-size: 12px; }
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
    """Paragraphs under a title; the title may be empty."""

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
    """A paper of the office: `head` its name, `title` what it is, `lines` under the title."""

    head: str
    title: str
    lines: tuple[str, ...]
    parts: tuple[Table | Text, ...]
    place: str = ""
    signers: tuple[Signer, ...] = ()
    foot: str = ""


def print_letter(letter: Letter, paper: Paper = Paper.A4) -> bytes:
    """Draw a paper of the office; it is readable in grey, as no colour says anything."""
    ready_to_draw()
    document = QTextDocument()
    document.setDefaultStyleSheet(_STYLE)
    document.setHtml(_page(letter))
    return pdf_of(document, letter.foot or letter.title, paper)


def _page(letter: Letter) -> str:
    lines = "".join(f'<p align="center" class="sub">{escape(line)}</p>' for line in letter.lines)
    return (
        f'<p align="center" class="kop">{escape(letter.head)}</p><hr>'
        f'<p align="center" class="name">{escape(letter.title)}</p>{lines}'
        + "".join(_table(part) if isinstance(part, Table) else _text(part) for part in letter.parts)
        + (_signatures(letter) if letter.signers else "")
    )


def _text(part: Text) -> str:
    title = f"<h2>{escape(part.title)}</h2>" if part.title else ""
    return title + "".join(f'<p class="text">{escape(line)}</p>' for line in part.lines)


def _table(part: Table) -> str:
    title = f"<h2>{escape(part.title)}</h2>" if part.title else ""
    if not part.rows:
        return f'{title}<p class="text">{escape(part.empty)}</p>'
    heads = "".join(
        f'<th width="{one.width}%" align="{"right" if one.right else "left"}">{escape(one.head)}</th>'
        for one in part.columns
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td valign="top" align="{"right" if one.right else "left"}">{_cell(cell)}</td>'
            for one, cell in zip(part.columns, row, strict=True)
        )
        + "</tr>"
        for row in part.rows
    )
    return (
        f'{title}<table width="100%" border="1" cellspacing="0" cellpadding="4"'
        ' style="border-collapse:collapse; border-color:#7A8782; border-style:solid">'
        f"<thead><tr>{heads}</tr></thead>{rows}</table>"
    )


def _cell(words: str) -> str:
    return "<br>".join(escape(line) for line in words.split("\n"))


def _signatures(letter: Letter) -> str:
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
            f'<p class="sign"><b>{escape(one.name) or line}</b><br>{tr("NIP")} {nip}<br>'
            f"{tr('Pangkat/golongan')} {'.' * 20}</p></td>"
        )
    return (
        f'<p class="sub">&nbsp;</p><table width="100%" cellpadding="4" style="page-break-inside:avoid">'
        f"<tr>{''.join(cells)}</tr></table>"
    )
