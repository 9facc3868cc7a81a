"""Opens a roster as it lies on a stick: a workbook in a limited child process, or a CSV file."""

from importlib.util import find_spec
from pathlib import Path

import msgspec

from desktop.errors import Problem
from desktop.language import tr
from sync.packs.child import run_child
from sync.refusal import Refusal
from sync.roster.lines import RosterFaultError
from sync.roster.sheet import SIZE_LIMIT, Row, csv_rows, titled

_SECONDS = 30
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKUP = (b"<html", b"<table", b"<!doctype", b"<?xml")


def read_rows(file: Path) -> tuple[Row, ...]:
    """Read the cells of a roster, by the numbers its lines have in the file. Raises Problem.

    Of a workbook the first sheet with titles counts. Takes half a second for 300 people: belongs in a job.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(SIZE_LIMIT + 1)
    except OSError as fault:
        raise Problem(
            tr("Berkas tidak dapat dibuka."), tr("Periksa flashdisk atau tempat berkas itu, lalu pilih lagi.")
        ) from fault
    if len(data) > SIZE_LIMIT:
        raise Problem(
            tr("Berkas daftar terlalu besar."), tr("Simpan hanya lembar daftar pegawai, lalu pilih lagi.")
        )
    beginning = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if data.startswith(_OLD_EXCEL) or beginning.startswith(_MARKUP):
        raise Problem(
            tr("Berkas ini berformat Excel lama."),
            tr("Buka di Excel, pilih Simpan sebagai Buku Kerja Excel (.xlsx), lalu pilih berkas yang baru."),
        )
    if data.startswith(_ZIP):
        return _workbook(data)
    try:
        return csv_rows(data)
    except RosterFaultError as fault:
        raise unreadable() from fault


def unreadable() -> Problem:
    """Say that a file is no roster."""
    return Problem(
        tr("Berkas ini tidak dapat dibaca sebagai daftar pegawai."),
        tr("Pilih berkas XLSX atau CSV dari SIMPEG dengan kolom NIP, Nama, dan Unit kerja."),
    )


def _workbook(data: bytes) -> tuple[Row, ...]:
    """Read a workbook in a process that can neither write nor fetch anything. Raises Problem."""
    spec = find_spec("openpyxl")
    root = Path(__file__).resolve().parents[2]
    library = root if spec is None or spec.origin is None else Path(spec.origin).parents[1]
    words = [str(Path(__file__).with_name("roster_child.py")), str(root), str(library)]
    try:
        done = run_child(words, data, seconds=_SECONDS, what="roster")
        if done.returncode:
            raise unreadable()
        sheets = msgspec.json.decode(done.stdout, type=list[list[tuple[int, list[str]]]])
    except (Refusal, OSError, msgspec.DecodeError, msgspec.ValidationError) as fault:
        raise unreadable() from fault
    for sheet in sheets:
        try:
            next(titled(sheet), None)
        except RosterFaultError:
            continue
        return tuple(sheet)
    return tuple(sheets[0]) if sheets else ()
