"""The workbook a district office opens: heads that stay, real dates, nothing that runs, nothing made up."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import xlsxwriter

from desktop.office import report_xlsx as room
from desktop.office.follow_up import paces_of
from desktop.office.gather import freshness_of
from desktop.office.monthly import monthly
from desktop.office.report import DeskRow, Gathered
from desktop.office.report_xlsx import FOLIO, report_xlsx
from sync.folds.cohort import CohortState, ComputerRow
from sync.folds.losses import Loss
from sync.folds.weeks import Week
from sync.jp_table import shipped_table
from tests.builders.cohort import NOW, invented_rows

ZONE = ZoneInfo("Asia/Jayapura")
HEAD = 6


def report(rows):
    pcs = (
        ComputerRow(b"1" * 16, "PC Loket 1", 7, NOW - 20 * 86_400, 2, NOW - 30 * 86_400),
        ComputerRow(b"2" * 16, "", 3, NOW),
    )
    weeks = tuple(Week(date(2026, 11, 9) + timedelta(weeks=n), 4 + n) for n in range(3))
    lost = Loss(NOW - 86_400, 0, (b"1" * 16,), (b"p" * 16, b"q" * 16), "=tertinggal di kapal", 1, 1)
    return monthly(
        Gathered(tuple(rows), pcs, (), freshness_of(pcs, NOW)),
        paces_of(shipped_table(), NOW, ZONE),
        weeks,
        (lost,),
        ("=BKPSDM Kabupaten Waropen", ZONE, NOW),
        ("Markus Sawaki", "198609262015051001"),
    )


def opened(rows, paper=room.A4):
    return openpyxl.load_workbook(BytesIO(report_xlsx(report(rows), paper)))


def named(one, name):
    return DeskRow(replace(one.row, name=name), one.nip)


@pytest.fixture(scope="module")
def rows():
    return invented_rows(42)


def test_everybody_is_there_once_with_the_sum_of_hours(rows):
    sheet = opened(rows)["Peserta"]
    lines = list(sheet.iter_rows(min_row=HEAD + 1, max_row=HEAD + 42, values_only=True))
    assert sorted(line[1] for line in lines) == sorted(one.row.name for one in rows)
    assert [line[0] for line in lines] == list(range(1, 43))
    hours = sum(one.row.jp or 0 for one in rows) / 100
    assert sum(line[8] or 0 for line in lines) == hours
    assert sheet.cell(HEAD + 43, 9).value == f"=SUM(I{HEAD + 1}:I{HEAD + 42})"
    cached = openpyxl.load_workbook(BytesIO(report_xlsx(report(rows))), data_only=True)["Peserta"]
    assert cached.cell(HEAD + 43, 9).value == hours, "a phone that computes nothing shows it too"


def test_no_data_is_an_empty_cell_and_never_a_zero(rows):
    (silent,) = [one for one in rows if one.row.state is CohortState.BELUM_ADA_DATA][:1]
    line = next(opened([silent])["Peserta"].iter_rows(min_row=HEAD + 1, max_row=HEAD + 1, values_only=True))
    assert line[4] is line[6] is line[8] is line[10] is line[14] is None
    assert line[11] == "Belum ada data"


def test_a_nip_stays_text_and_days_are_days(rows):
    known = next(one for one in rows if one.row.as_of is not None)
    sheet = opened([known])["Peserta"]
    nip, seen = sheet.cell(HEAD + 1, 3), sheet.cell(HEAD + 1, 15)
    assert nip.value.replace(" ", "") == known.nip
    assert nip.number_format == "@"
    assert isinstance(seen.value, datetime)
    assert seen.number_format == "dd/mm/yyyy"
    assert sheet.cell(HEAD + 1, 9).number_format == "0.0#"


HOSTILE = ('=HYPERLINK("http://x","klik")', "+1+1", "-2", "@SUM(A1)", "http://jahat.example/", "\t=1", "{=1}")


@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_name_holds_is_never_run(rows, name):
    book = opened([named(rows[0], name)])
    cell = book["Peserta"].cell(HEAD + 1, 2)
    assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)
    assert book["Flashdisk hilang"].cell(HEAD + 1, 5).data_type == "s"
    assert book["Peserta"].cell(1, 1).data_type == "s"


def test_a_planted_writer_that_guesses_would_be_seen(rows, monkeypatch):
    honest = xlsxwriter.Workbook.__init__
    monkeypatch.setattr(
        room, "_write", lambda sheet, row, column, value, form: sheet.write(row, column, value)
    )
    monkeypatch.setattr(
        xlsxwriter.Workbook, "__init__", lambda book, store, _options: honest(book, store, {})
    )
    assert opened([named(rows[0], "=1+1")])["Peserta"].cell(HEAD + 1, 2).data_type == "f"


def test_each_sheet_prints_as_an_office_does(rows):
    book = opened(rows, FOLIO)
    assert book.sheetnames == ["Peserta", "Ringkasan", "Komputer", "Flashdisk hilang"]
    for sheet in book:
        assert sheet.freeze_panes is not None
        assert sheet.print_area
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
        assert int(sheet.page_setup.paperSize) == FOLIO
        assert int(sheet.page_setup.fitToHeight) == 0
        assert "&P" in sheet.oddFooter.right.text
    assert book["Peserta"].freeze_panes == f"C{HEAD + 1}"
    assert book["Peserta"].page_setup.orientation == "landscape"


def test_words_stand_apart_from_the_number_before_them_and_a_head_of_three_lines_is_whole(rows):
    sheet = opened(rows)["Peserta"]
    line = [sheet.cell(HEAD + 1, column) for column in range(1, 17)]
    words = [cell for cell in line if cell.alignment.horizontal == "left"]
    assert {cell.alignment.indent for cell in words} == {1}
    assert {sheet.cell(HEAD, cell.column).value for cell in words} >= {"Nama", "NIP", "Keadaan", "Data per"}
    assert sheet.row_dimensions[HEAD].height >= 3 * 15, "three lines of eleven points"


def test_each_computer_has_the_date_of_its_data_and_what_is_missing(rows):
    lines = list(opened(rows)["Komputer"].iter_rows(min_row=HEAD + 1, values_only=True))
    assert lines[0][0] == "PC Loket 1"
    assert lines[0][2].date() == date(2026, 11, 6)
    assert lines[0][3] == "2 sesi belajar belum sampai, sejak 27 Oktober 2026"
    assert lines[1][0] == "Komputer tanpa nama"
    assert lines[1][3] == "Lengkap sejauh diketahui"


def test_who_signs_stands_under_the_table(rows):
    words = [str(cell) for line in opened(rows)["Peserta"].values for cell in line if cell]
    assert "Markus Sawaki" in words
    assert "NIP 19860926 201505 1 001" in words
    assert "Mengetahui, kepala kantor" in words


def test_an_office_without_a_roster_gives_a_workbook_that_opens():
    book = opened([])
    assert book["Peserta"].cell(HEAD + 1, 9).value == "=0"


def test_units_stand_as_people_count(rows):
    units = ("Distrik 10", "Distrik 2", "Distrik", "2 Puskesmas")
    found = [DeskRow(replace(one.row, unit=unit), one.nip) for one, unit in zip(rows, units, strict=False)]
    book = opened(found)
    assert [cell.value for cell in book["Peserta"]["D"][HEAD : HEAD + 4]] == [units[n] for n in (3, 2, 1, 0)]
    assert [cell.value for cell in book["Ringkasan"]["A"][HEAD : HEAD + 4]] == [
        units[n] for n in (3, 2, 1, 0)
    ]
