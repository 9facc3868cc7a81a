"""The roster of an office as a clerk hands it in: a CSV file read whole, every fault named by its line."""

import csv
import io
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sync.nip import NipFault, NipWarning, check_nip, clean_nip
from sync.officefile import Role

SIZE_LIMIT = 8 * 1024 * 1024
PEOPLE_LIMIT = 30_000
LONGEST = 120
COLUMNS: Mapping[str, str] = {
    "nip": "nip",
    "ni pppk": "nip",
    "nip/ni pppk": "nip",
    "nama": "name",
    "nama lengkap": "name",
    "name": "name",
    "unit": "unit",
    "unit kerja": "unit",
    "peran": "role",
    "role": "role",
    "uuid": "person",
    "nip lama": "former",
}
ROLES: Mapping[str, Role] = {
    "": Role.LEARNER,
    "peserta": Role.LEARNER,
    "learner": Role.LEARNER,
    "koordinator": Role.COORDINATOR,
    "coordinator": Role.COORDINATOR,
}
FAULTS: Mapping[NipFault, str] = {
    NipFault.FORMAT: "NIP harus 18 angka.",
    NipFault.BIRTHDATE: "8 angka pertama NIP bukan tanggal lahir yang mungkin.",
    NipFault.SEX: "Angka ke-15 NIP harus 1 atau 2.",
    NipFault.SERIAL: "Nomor urut NIP (3 angka terakhir) tidak boleh 000.",
    NipFault.TMT: "Angka ke-13 dan ke-14 NIP harus bulan 01-12 (PNS) atau 21 ke atas (PPPK).",
    NipFault.AGE_LOW: "Menurut NIP, orang ini diangkat sebelum cukup umur.",
    NipFault.MISMATCH: "Tanggal lahir tidak sama dengan NIP.",
}
WARNINGS: Mapping[NipWarning, str] = {
    NipWarning.AGE_HIGH: "Menurut NIP, orang ini diangkat di atas umur yang lazim.",
    NipWarning.TMT_LATER: "Menurut NIP, orang ini baru diangkat setelah hari ini.",
    NipWarning.NOT_IN_ROSTER: "NIP belum ada di daftar kantor ini.",
}
_SCIENTIFIC = re.compile(r"^\d[.,]\d+E\+?\d+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the roster; `number` is the line in the file, counted as a spreadsheet counts it.

    `person` (UUID) and `former` (an earlier NIP) say whom of the present roster the line means; they may be
    empty, and count only when an office is changed.
    """

    number: int
    nip: str
    kind: str
    name: str
    unit: str
    role: Role
    person: bytes = b""
    former: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong or odd about one line, in a sentence for the clerk. Line 0 is the file as a whole."""

    line: int
    says: str

    def __str__(self) -> str:
        """Say it as the command prints it."""
        return f"Baris {self.line}: {self.says}" if self.line else self.says


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a roster without a fault, and what looked odd and was let through."""

    lines: tuple[Line, ...]
    odd: tuple[Remark, ...]


class RosterFaultError(ValueError):
    """A roster that cannot be used; `remarks` names every fault, so that one correction is enough."""

    def __init__(self, remarks: tuple[Remark, ...]) -> None:
        self.remarks = remarks
        super().__init__("\n".join(map(str, remarks)))


def read_roster(data: bytes, today: date, *, accept_odd: bool = False) -> Roster:
    """Read a roster with the columns NIP, name, unit and role, separated by comma, semicolon or tab.

    Two columns more may be there for a change of an office: UUID, and *NIP lama* where the NIP has changed.

    Rules 1 to 5 of the NIP refuse a line, rules 6 to 8 only remark on it (domain.md 1.6: real data have
    mistakes). `accept_odd` lets rules 2 to 5 through as well, for NIPs that BKN really issued that way.
    Raises RosterFaultError with every fault of every line.
    """
    faults: list[Remark] = []
    odd: list[Remark] = []
    lines: list[Line] = []
    seen: dict[str, int] = {}
    for number, row in _rows(data):
        line, found, remarks = _line(number, row, today, accept_odd=accept_odd)
        faults += found
        odd += remarks
        if line.nip and line.nip in seen:
            faults.append(Remark(number, f"NIP sama dengan baris {seen[line.nip]}."))
        seen.setdefault(line.nip, number)
        lines.append(line)
    if not lines:
        faults.append(Remark(0, "Daftar tidak memuat seorang pun."))
    elif len(lines) > PEOPLE_LIMIT:
        faults.append(Remark(0, f"Daftar memuat lebih dari {PEOPLE_LIMIT} orang; pecah per kantor."))
    elif not any(line.role is Role.COORDINATOR for line in lines):
        faults.append(
            Remark(0, "Daftar belum memuat koordinator: isi kolom Peran seorang dengan koordinator.")
        )
    if faults:
        raise RosterFaultError(tuple(sorted(faults, key=lambda remark: remark.line)))
    return Roster(tuple(lines), tuple(odd))


def _rows(data: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Give each filled row with its line number, by the names of the columns that count."""
    if len(data) > SIZE_LIMIT:
        raise RosterFaultError((Remark(0, "Berkas daftar terlalu besar."),))
    text = _text(data)
    head = text.lstrip().split("\n", 1)[0]
    separator = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    columns: list[str] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if not columns:
                columns = [COLUMNS.get(cell.lower(), "") for cell in cells]
                _need(columns)
                continue
            yield reader.line_num, dict(zip(columns, cells, strict=False))
    except csv.Error as fault:
        raise RosterFaultError((Remark(reader.line_num, "Baris ini bukan CSV yang benar."),)) from fault
    if not columns:
        raise RosterFaultError((Remark(0, "Berkas daftar kosong."),))


def _need(columns: list[str]) -> None:
    missing = [
        title
        for title, name in (("NIP", "nip"), ("Nama", "name"), ("Unit", "unit"), ("Peran", "role"))
        if columns.count(name) != 1
    ]
    if missing:
        says = f"Baris judul harus memuat kolom NIP, Nama, Unit, Peran; periksa: {', '.join(missing)}."
        raise RosterFaultError((Remark(1, says),))


def _text(data: bytes) -> str:
    """Read UTF-8 with or without mark, else the code page of an older Excel."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _line(
    number: int, row: Mapping[str, str], today: date, *, accept_odd: bool
) -> tuple[Line, list[Remark], list[Remark]]:
    """Judge one row: the line as it would be used, its faults, its oddities."""
    faults: list[Remark] = []
    typed = row.get("nip", "").lstrip("'=").strip("\"'")
    check = check_nip(typed, today=today)
    bearable = {NipFault.AGE_LOW} | (set(NipFault) - {NipFault.FORMAT} if accept_odd else set())
    if _SCIENTIFIC.match(typed):
        says = "Excel memendekkan NIP ini; jadikan kolom NIP berformat Teks lalu isi kembali."
        faults.append(Remark(number, says))
    else:
        faults += [Remark(number, FAULTS[fault]) for fault in check.faults if fault not in bearable]
    odd = [Remark(number, FAULTS[fault]) for fault in check.faults if fault in bearable]
    odd += [Remark(number, WARNINGS[warning]) for warning in check.warnings]
    name, unit = (" ".join(row.get(column, "").split()) for column in ("name", "unit"))
    for title, text in (("Nama", name), ("Unit", unit)):
        if not text:
            faults.append(Remark(number, f"{title} belum diisi."))
        elif len(text) > LONGEST:
            faults.append(Remark(number, f"{title} lebih dari {LONGEST} huruf."))
        elif not text[0].isalnum():
            # a leading =, +, - or @ would be run as a formula by the spreadsheet that opens the list of codes
            faults.append(Remark(number, f"{title} harus diawali huruf atau angka."))
    role = ROLES.get(row.get("role", "").lower())
    if role is None:
        faults.append(Remark(number, "Peran harus peserta atau koordinator."))
    kind = check.kind.name if check.kind else ""
    person, former = _person(row.get("person", "")), clean_nip(row.get("former", "").strip("'=\""))
    if row.get("person") and not person:
        faults.append(Remark(number, "UUID tidak dapat dibaca; salin dari laporan, atau kosongkan."))
    if row.get("former") and not former:
        faults.append(Remark(number, "NIP lama harus 18 angka, atau kosong."))
    found = Line(number, clean_nip(typed), kind, name, unit, role or Role.LEARNER, person, former)
    return found, faults, odd


def _person(text: str) -> bytes:
    """Read a UUID; empty where there is none or it is not one."""
    try:
        return uuid.UUID(text).bytes
    except ValueError:
        return b""
