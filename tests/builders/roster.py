"""Rosters as offices hand them in: workbooks and CSV files of SIMPEG, with mistakes planted by the caller."""

import io
from pathlib import Path

from openpyxl import Workbook

HEAD = ("NO", "NAMA PEGAWAI", "NIP BARU", "UNIT ORGANISASI", "GOLONGAN")


def workbook(path: Path, rows, head=(HEAD,), above=(), merged=()) -> Path:
    """Write a workbook: lines above the titles, titles (perhaps in two rows with merged cells), rows."""
    book = Workbook()
    sheet = book.active
    for row in (*above, *head, *rows):
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def workbook_bytes(rows, head=(HEAD,)) -> bytes:
    out = io.BytesIO()
    book = Workbook()
    for row in (*head, *rows):
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()
