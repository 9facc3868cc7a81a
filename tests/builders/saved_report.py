"""The monthly report as a coordinator saves it on a stick, read back from the two files and from nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from PySide6.QtPdf import QPdfDocument

from desktop.app.desk_report import letter_of
from desktop.app.saving import save_file, save_pdf
from desktop.office.desk import Desk
from desktop.office.follow_up import paces_of
from desktop.office.monthly import monthly
from desktop.office.report_xlsx import report_xlsx
from desktop.paper.letter_page import print_letter
from desktop.paper.sheet import Paper
from desktop.store.profile import Profile
from sync.jp_table import shipped_table

_HEAD = 6
"""The row of the heads of each sheet, from 1."""


@dataclass(frozen=True)
class SavedReport:
    """What stands in the files: the PDF's letters without any space, and the sheets of the workbook."""

    paper: str
    sheets: Mapping[str, list[tuple[Any, ...]]]

    def table(self, sheet: str) -> list[dict[str, Any]]:
        """Give the lines of a sheet under its heads, to the first that has no name."""
        heads, *lines = self.sheets[sheet][_HEAD - 1 :]
        found = [dict(zip(heads, line, strict=True)) for line in lines]
        first = heads[0]
        return found[: next((n for n, line in enumerate(found) if line[first] is None), len(found))]

    def after(self, words: str, letters: int = 90) -> str:
        """Give what stands on paper behind some words, which must be there."""
        sought = squeezed(words)
        assert sought in self.paper, words
        at = self.paper.index(sought) + len(sought)
        return self.paper[at : at + letters]


def squeezed(words: str) -> str:
    """Leave out all white space, as a reader of PDF sets it anywhere."""
    return "".join(words.split())


def save_report(desk: Profile, office: str, folder: Path) -> SavedReport:
    """Make the report at the desk, save it as PDF and as XLSX in a folder, and read both files."""
    cohort, now, zone = Desk(desk), desk.store.now(), desk.zone()
    paces = paces_of(shipped_table(), now, zone)
    report = monthly(cohort.renew(), paces, cohort.weeks(), (), (office, zone, now))
    pdf, book = folder / "laporan.pdf", folder / "laporan.xlsx"
    save_pdf(str(pdf), print_letter(letter_of(report), Paper.A4))
    save_file(str(book), ".xlsx", report_xlsx(report))
    return SavedReport(_letters(pdf), _sheets(book))


def _letters(path: Path) -> str:
    document = QPdfDocument()
    assert document.load(str(path)) is QPdfDocument.Error.None_
    pages = [document.getAllText(n).text() for n in range(document.pageCount())]
    document.close()
    return squeezed("".join(pages))


def _sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()), data_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
