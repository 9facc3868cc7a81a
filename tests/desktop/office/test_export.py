"""What leaves the desk: a file Excel opens right, that runs nothing and makes nothing up."""

import csv
import io
from zoneinfo import ZoneInfo

import pytest

from desktop.office.export import clipboard_text, columns, csv_bytes, safe
from desktop.office.report import DeskRow
from sync.folds.cohort import CohortRow, CohortState

WIT = ZoneInfo("Asia/Jayapura")
COLUMNS = columns(WIT, 2026)


def _row(name="Yohana Wenda", **changes):
    fields = {
        "person": b"p" * 16,
        "name": name,
        "nip_tail": "1001",
        "unit": "Distrik Abenaho",
        "role": "learner",
        "state": CohortState.SEDANG_BERJALAN,
        "jp": 650,
        "jp_recognised": 600,
        "jp_claimed": 900,
        "modules_done": 3,
        "modules_total": 5,
        "last_score": 8750,
        "last_active": 1_795_665_600,
        "as_of": 1_795_665_600,
        "pcs": (),
    }
    return DeskRow(CohortRow(**(fields | changes)), "198609262015051001")


def _read(data):
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_an_indonesian_excel_finds_its_mark_semicolons_and_decimal_commas():
    data = csv_bytes([_row()], COLUMNS)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    head, line = _read(data)
    assert dict(zip(head, line, strict=True)) == {
        "Nama": "Yohana Wenda",
        "NIP": "19860926 201505 1 001",
        "Unit kerja": "Distrik Abenaho",
        "Modul wajib selesai": "3",
        "Modul wajib": "5",
        "JP 2026": "6,5",
        "JP menunggu": "9",
        "Nilai terakhir": "87,5",
        "Keadaan": "Sedang berjalan",
        "Terakhir belajar": "26/11/2026",
        "Data per": "26/11/2026",
    }


def test_a_nip_is_text_that_no_spreadsheet_takes_for_a_number():
    (_, line) = _read(csv_bytes([_row()], COLUMNS))
    with pytest.raises(ValueError, match="could not convert"):
        float(line[1])


def test_no_data_is_said_and_is_not_zero():
    silent = _row(
        state=CohortState.BELUM_ADA_DATA,
        jp=None,
        modules_done=None,
        last_score=None,
        last_active=None,
        as_of=None,
    )
    (head, line) = _read(csv_bytes([silent], COLUMNS))
    said = dict(zip(head, line, strict=True))
    assert said["JP 2026"] == said["Modul wajib selesai"] == "belum ada data"
    assert said["Data per"] == said["Nilai terakhir"] == ""


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+62", "-1", "@SUM(A1)", "\t=1", "  =1"])
def test_a_name_that_is_a_formula_runs_nowhere(name):
    (_, line) = _read(csv_bytes([_row(name)], COLUMNS))
    assert line[0].startswith("'")
    assert "\n'" in clipboard_text([_row(name)], COLUMNS)


def test_signs_of_the_format_inside_a_name_stay_inside_it():
    name = 'Ani; "Nona"\nWenda'
    (_, line) = _read(csv_bytes([_row(name)], COLUMNS))
    assert line[0] == name


def test_the_clipboard_has_one_line_a_row():
    text = clipboard_text([_row("Ani\tWenda\nS.Pd."), _row()], COLUMNS)
    lines = text.split("\n")
    assert len(lines) == 3
    assert all(line.count("\t") == len(COLUMNS) - 1 for line in lines)


def test_a_day_is_the_offices_day():
    late = _row(as_of=1_798_729_200)
    (head, line) = _read(csv_bytes([late], COLUMNS))
    assert dict(zip(head, line, strict=True))["Data per"] == "01/01/2027"


@pytest.mark.parametrize(("jp", "said"), [(0, "0"), (50, "0,5"), (625, "6,25"), (123_400, "1234")])
def test_hours_have_a_decimal_comma_and_no_sign_for_thousands(jp, said):
    (head, line) = _read(csv_bytes([_row(jp=jp)], COLUMNS))
    assert dict(zip(head, line, strict=True))["JP 2026"] == said


def test_planted_fault_without_the_guard_a_formula_would_reach_the_file(monkeypatch):
    monkeypatch.setattr("desktop.office.export.safe", lambda cell: cell)
    (_, line) = _read(csv_bytes([_row("=1+1")], COLUMNS))
    assert line[0] == "=1+1"
    assert safe("=1+1") == "'=1+1"
