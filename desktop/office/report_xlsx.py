"""The monthly report as a workbook in office format: heads that stay, real dates, made to print."""

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from desktop.formats import long_day, short_day
from desktop.language import SEVERAL, tr, trn
from desktop.office.export import state_words
from desktop.office.monthly import (
    Line,
    Monthly,
    bounds,
    clock_words,
    computer_words,
    contract_words,
    fresh_line,
    hours_head,
    summary,
    title_of,
)
from sync.nip import LENGTH, spaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

A4, FOLIO = 9, 14
"""Excel's numbers of the two papers."""
_HEAD = 5
"""The row of the table's heads, from 0: office, title, freshness and an empty line stand above."""
_LOW, _HIGH = 32, 48
"""Points of the heads' row: two lines, and three where columns are narrow."""
_Cell = str | float | datetime | None


def report_xlsx(report: Monthly, paper: int = A4) -> bytes:
    """Write the workbook. Whatever a name holds is text: no formula, link or number is made of it."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only who saves a workbook

    store = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(store, options) as book:
        book.set_properties({"title": title_of(report), "author": report.office, "company": "Suluh"})
        book.set_size(1600, 900)
        made = _Book(book, report, paper)
        made.people()
        made.numbers()
        made.computers()
        made.sticks()
        if report.clocks:
            made.clocks()
    return store.getvalue()


class _Book:
    """One workbook being written."""

    def __init__(self, book: "Workbook", report: Monthly, paper: int) -> None:
        self._book, self._report, self._paper = book, report, paper
        edge = {"border": 1, "border_color": "#7A8782", "valign": "top"}
        self._office = book.add_format({"bold": True, "font_size": 14})
        self._title = book.add_format({"bold": True, "font_size": 12})
        self._plain = book.add_format({})
        self._bold = book.add_format({"bold": True})
        self._headed = book.add_format(
            {**edge, "bold": True, "text_wrap": True, "bg_color": "#E4E7E2", "valign": "vcenter"}
        )
        # apart from the number in the cell before
        self._text = book.add_format({**edge, "text_wrap": True, "align": "left", "indent": 1})
        self._code = book.add_format({**edge, "num_format": "@", "align": "left", "indent": 1})
        self._whole = book.add_format({**edge, "num_format": "0"})
        self._hours = book.add_format({**edge, "num_format": "0.0#"})
        self._total = book.add_format({**edge, "num_format": "0.0#", "bold": True})
        self._day = book.add_format({**edge, "num_format": "dd/mm/yyyy", "align": "left", "indent": 1})

    def people(self) -> None:
        """Write everybody, a sum, and the place for signatures."""
        heads = (
            (tr("No."), 5, self._whole),
            (tr("Nama"), 26, self._text),
            (tr("NIP"), 23, self._code),
            (tr("Unit kerja"), 22, self._text),
            (tr("Modul wajib selesai"), 9, self._whole),
            (tr("Modul wajib"), 9, self._whole),
            (tr("JP diakui"), 9, self._hours),
            (tr("JP menunggu"), 10, self._hours),
            (hours_head(self._report), 9, self._hours),
            (tr("Target JP"), 9, self._hours),
            (tr("JP kurang"), 9, self._hours),
            (tr("Keadaan"), 21, self._text),
            (tr("Tindak lanjut"), 10, self._text),
            (tr("Terakhir belajar"), 12, self._day),
            (tr("Data per"), 12, self._day),
            (tr("Catatan"), 13, self._text),
        )
        rows = [self._person(number, line) for number, line in enumerate(self._report.lines, 1)]
        sheet = self._sheet(trn("Peserta", SEVERAL), heads, rows, wide=True)
        sheet.freeze_panes(_HEAD + 1, 2)
        under = _HEAD + 1 + len(rows)
        sheet.write_string(under, 1, tr("Jumlah"), self._headed)
        for column in (6, 7, 8):
            name, first = "ABCDEFGHIJKLMNOP"[column], _HEAD + 2
            total = sum(value for row in rows if isinstance(value := row[column], float))
            formula = f"=SUM({name}{first}:{name}{under})" if rows else "=0"
            sheet.write_formula(under, column, formula, self._total, total)
        self._sign(sheet, under + 2)
        sheet.print_area(0, 0, under + 9, len(heads) - 1)

    def numbers(self) -> None:
        """Write the sums: by state, by unit, by week."""
        report = self._report
        heads = ((tr("Unit kerja"), 34, self._text), (trn("Peserta", SEVERAL), 12, self._whole),
                 (tr("Selesai"), 12, self._whole), (tr("Belum ada data"), 16, self._whole))  # fmt: skip
        rows: list[tuple[_Cell, ...]] = [
            (one.unit, float(one.people), float(one.done), float(one.unknown)) for one in report.units
        ]
        sheet = self._sheet(tr("Ringkasan"), heads, rows)
        at = _HEAD + len(rows) + 2
        for words, value in summary(report).items():
            sheet.write_string(at, 0, words, self._text)
            sheet.write_number(at, 1, value, self._whole)
            at += 1
        at += 1
        sheet.write_string(at, 0, tr("Minggu mulai"), self._headed)
        sheet.write_string(at, 1, tr("Orang belajar"), self._headed)
        for week in report.weeks:
            at += 1
            sheet.write_datetime(at, 0, datetime.combine(week.monday, datetime.min.time()), self._day)
            sheet.write_number(at, 1, week.people, self._whole)
        sheet.print_area(0, 0, at, len(heads) - 1)

    def computers(self) -> None:
        """Write the date of the data of each computer, and what is known to be missing."""
        report = self._report
        heads = ((tr("Komputer"), 34, self._text), (tr("Orang"), 10, self._whole),
                 (tr("Data per"), 14, self._day), (tr("Yang belum sampai"), 46, self._text))  # fmt: skip
        rows: list[tuple[_Cell, ...]] = [
            (
                one.name or tr("Komputer tanpa nama"),
                float(one.people),
                self._moment(one.as_of),
                computer_words(one, report),
            )
            for one in report.computers
        ]
        sheet = self._sheet(trn("Komputer", SEVERAL), heads, rows)
        sheet.print_area(0, 0, _HEAD + max(1, len(rows)), len(heads) - 1)

    def sticks(self) -> None:
        """Write the sticks that were reported lost."""
        heads = ((tr("Dilaporkan"), 14, self._day), (tr("Orang"), 10, self._whole),
                 (trn("Komputer", SEVERAL), 12, self._whole), (tr("Batas 3 x 24 jam"), 18, self._day),
                 (tr("Keterangan"), 46, self._text))  # fmt: skip
        rows: list[tuple[_Cell, ...]] = [
            (
                self._moment(one.at),
                float(len(one.people)),
                float(len(one.pcs)),
                self._moment(one.until),
                one.about,
            )
            for one in self._report.losses
        ]
        sheet = self._sheet(tr("Flashdisk hilang"), heads, rows)
        if not rows:
            sheet.write_string(_HEAD + 1, 0, tr("Tidak ada laporan flashdisk hilang."), self._plain)
        sheet.print_area(0, 0, _HEAD + max(1, len(rows)), len(heads) - 1)

    def clocks(self) -> None:
        """Write whose work was recorded by a wrong clock, and between which days it must have been."""
        heads = ((tr("Nama"), 34, self._text), (tr("Komputer"), 26, self._text),
                 (tr("Menurut komputer"), 18, self._day), (tr("Paling awal"), 14, self._day),
                 (tr("Paling akhir"), 14, self._day))  # fmt: skip
        report = self._report
        rows: list[tuple[_Cell, ...]] = [
            (
                one.name,
                one.pc or tr("Komputer tanpa nama"),
                *(
                    None if day is None else datetime.combine(day, datetime.min.time())
                    for day in bounds(one, report)
                ),
            )
            for one in report.clocks
        ]
        sheet = self._sheet(clock_words(), heads, rows)
        sheet.print_area(0, 0, _HEAD + len(rows), len(heads) - 1)

    def _person(self, number: int, line: Line) -> tuple[_Cell, ...]:
        one, row = line.one, line.one.row
        return (
            float(number),
            row.name,
            spaced(one.nip) if len(one.nip) == LENGTH else one.nip,
            row.unit,
            None if row.modules_done is None else float(row.modules_done),
            float(row.modules_total),
            _hours(row.jp_recognised),
            _hours(line.waiting),
            _hours(row.jp),
            _hours(line.pace.target),
            _hours(line.lacking),
            state_words(row.state),
            tr("Ya") if line.follow else "",
            self._moment(row.last_active),
            self._moment(row.as_of),
            "; ".join(
                filter(None, (contract_words(line, self._report), clock_words() if line.clock else ""))
            ),
        )

    def _sheet(
        self,
        name: str,
        heads: "Sequence[tuple[str, int, Format]]",
        rows: "Sequence[tuple[_Cell, ...]]",
        *,
        wide: bool = False,
    ) -> "Worksheet":
        """Make a sheet with the head of the office, and a table under it that prints on this paper."""
        report = self._report
        sheet = self._book.add_worksheet(name)
        sheet.write_string(0, 0, report.office, self._office)
        sheet.write_string(1, 0, title_of(report), self._title)
        sheet.write_string(2, 0, fresh_line(report), self._plain)
        sheet.write_string(3, 0, name, self._bold)
        sheet.set_row(_HEAD, _HIGH if wide else _LOW)
        for column, (head, width, form) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(_HEAD, column, head, self._headed)
            for number, row in enumerate(rows):
                _write(sheet, _HEAD + 1 + number, column, row[column], form)
        if rows:
            sheet.autofilter(_HEAD, 0, _HEAD + len(rows), len(heads) - 1)
        sheet.freeze_panes(_HEAD + 1, 0)
        if wide:
            sheet.set_landscape()
        sheet.set_paper(self._paper)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.hide_gridlines(1)
        page = tr("Halaman {n} dari {semua}").format(n="&P", semua="&N")
        sheet.set_footer(f"&L&9{title_of(report)}&R&9{page}")
        return sheet

    def _sign(self, sheet: "Worksheet", at: int) -> None:
        """Leave place for two signatures: who heads the office, and who made the report."""
        report = self._report
        dots = "." * 34
        for column, lines in (
            (1, ("", tr("Mengetahui, kepala kantor"), "", "", dots, f"{tr('NIP')} {dots}")),
            (
                11,
                (
                    long_day(report.day),
                    tr("Koordinator pelatihan"),
                    "",
                    "",
                    report.coordinator or dots,
                    f"{tr('NIP')} {spaced(report.nip) if len(report.nip) == LENGTH else dots}",
                ),
            ),
        ):
            for below, words in enumerate((*lines, f"{tr('Pangkat/golongan')} {'.' * 16}")):
                sheet.write_string(at + below, column, words, self._plain)

    def _moment(self, at: int | None) -> datetime | None:
        day = self._report.day_of(at)
        return None if day is None else datetime.combine(day, datetime.min.time())


def _write(sheet: "Worksheet", row: int, column: int, value: _Cell, form: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, form)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, form)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, form)
    else:
        sheet.write_number(row, column, value, form)


def _hours(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100


def xlsx_name(report: Monthly) -> str:
    """A file name without anybody's name: the month and the day it was made."""
    return f"{title_of(report)} {short_day(report.day)}"
