"""The table of a roster: which row holds the titles, whatever they are called, and what stands below them."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from sync.officefile import Role
from sync.roster.lines import Judged, Remark, RosterFaultError, judge

SIZE_LIMIT = 8 * 1024 * 1024
LOOKED_AT = 25
"""Rows among which the titles are looked for: above them stand the kop surat and the day of printing."""
COLUMNS: Mapping[str, Sequence[str]] = {
    "nip": (
        "nip baru",
        "nip ni pppk",
        "nip nippk",
        "nip",
        "ni pppk",
        "nipppk",
        "nip pegawai",
        "nomor induk pegawai",
        "no induk pegawai",
    ),
    "name": (
        "nama",
        "nama lengkap",
        "nama pegawai",
        "nama pns",
        "nama asn",
        "nama dan gelar",
        "nama lengkap dan gelar",
        "name",
    ),
    "unit": (
        "unit kerja",
        "unit",
        "unor",
        "nama unor",
        "unit organisasi",
        "nama unit kerja",
        "satuan kerja",
        "satker",
        "tempat tugas",
        "opd",
        "skpd",
    ),
    "role": ("peran", "role", "peran suluh"),
    "person": ("uuid",),
    "former": ("nip lama", "nip sebelumnya"),
    "until": ("peran sampai", "berlaku sampai", "sampai", "until"),
    "contract": (
        "mulai kontrak",
        "tmt kontrak",
        "tanggal mulai kontrak",
        "awal kontrak",
        "tmt perjanjian kerja",
        "tmt pppk",
    ),
}
_TITLES = {title: name for name, titles in COLUMNS.items() for title in titles}
_SAID = {"nip": "NIP", "name": "Nama", "unit": "Unit"}
Row = tuple[int, Sequence[str]]


def read_roster(
    data: bytes, today: date, *, accept_odd: bool = False, listed: Collection[str] = (), lead: bool = True
) -> Judged:
    """Read a roster in CSV: comma, semicolon or tab; the operator's rule is that there is no fault at all.

    `lead` asks for a coordinator among its lines; for the rest see `judge`. Two columns more may be there
    for a change of an office: UUID, and *NIP lama* where the NIP has changed. Raises RosterFaultError with
    every fault of every line.
    """
    found = judge(titled(csv_rows(data)), today, accept_odd=accept_odd, listed=listed)
    faults = [*found.faults, *found.skipped]
    if lead and found.lines:
        faults += without_coordinator(line.role for line in found.lines)
    if faults:
        raise RosterFaultError(tuple(sorted(faults, key=lambda remark: remark.line)))
    return found


def without_coordinator(roles: Iterable[Role]) -> tuple[Remark, ...]:
    """Say that nobody coordinates, where that is so."""
    if Role.COORDINATOR in roles:
        return ()
    return (Remark(0, "Daftar belum memuat koordinator: isi kolom Peran seorang dengan koordinator."),)


def csv_rows(data: bytes) -> tuple[Row, ...]:
    """Read the cells of a CSV file by its lines. Raises RosterFaultError for what is none."""
    if len(data) > SIZE_LIMIT:
        raise RosterFaultError((Remark(0, "Berkas daftar terlalu besar."),))
    text = _text(data)
    # above the titles may stand lines without any separator, so the whole beginning is asked
    head = "\n".join(text.lstrip().split("\n", LOOKED_AT)[:LOOKED_AT])
    separator = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[Row] = []
    try:
        rows.extend((reader.line_num, [cell.strip() for cell in row]) for row in reader)
    except csv.Error as fault:
        raise RosterFaultError((Remark(reader.line_num, "Baris ini bukan CSV yang benar."),)) from fault
    return tuple(rows)


def titled(rows: Sequence[Row]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Give each filled row below the titles, by the names of the columns that count.

    Titles may stand in two rows, as merged cells leave them. Raises RosterFaultError where there are none.
    """
    filled = [(number, cells) for number, cells in rows if any(cells)]
    if not filled:
        raise RosterFaultError((Remark(0, "Berkas daftar kosong."),))
    below, places = _titles(filled)
    for number, cells in filled[below:]:
        row = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        if not _numbers_columns(row):
            yield number, row


def _titles(filled: Sequence[Row]) -> tuple[int, Mapping[str, int]]:
    """Find the titles: how many rows they take from the top, and where each column stands."""
    best: tuple[int, dict[str, int]] = (0, {})
    for first in range(min(LOOKED_AT, len(filled))):
        one = filled[first][1]
        for rows in (1, 2):
            both = _both(one, filled[first + 1][1]) if rows == 2 and first + 1 < len(filled) else one
            places = _places(both)
            if len(places.keys() & _SAID.keys()) > len(best[1].keys() & _SAID.keys()):
                best = first + rows, places
    missing = [_SAID[name] for name in _SAID if name not in best[1]]
    if missing:
        form = "Baris judul harus memuat kolom NIP, Nama, dan Unit; periksa: {0}."
        raise RosterFaultError((Remark(1, form, (", ".join(missing),)),))
    return best


def _both(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Read two rows of titles as one: a cell merged across both has its words in the upper one."""
    wide = max(len(upper), len(lower))
    above, below = ([*cells, *[""] * (wide - len(cells))] for cells in (upper, lower))
    return [low or high for high, low in zip(above, below, strict=True)]


def _places(cells: Sequence[str]) -> dict[str, int]:
    """Say where each column stands; of several the one that is named most exactly."""
    plain = [_plain(cell) for cell in cells]
    return {
        name: plain.index(title)
        for name, titles in COLUMNS.items()
        for title in [next((one for one in titles if one in plain), None)]
        if title is not None
    }


def _plain(title: str) -> str:
    """Write a title in small letters and single spaces, without signs."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in title.casefold()).split())


def _numbers_columns(row: Mapping[str, str]) -> bool:
    """Whether a row only numbers the columns, as printed lists do below their titles."""
    cells = [cell.strip("()") for cell in row.values() if cell]
    return len(cells) > 1 and all(len(cell) <= 2 and cell.isascii() and cell.isdigit() for cell in cells)


def _text(data: bytes) -> str:
    """Read UTF-8 with or without mark, UTF-16 with one, else the code page of an older Excel."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
