"""One line of a roster judged: the person as it would be used, what is wrong with it, and what looks odd."""

import re
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sync.nip import NipFault, NipWarning, check_nip, clean_nip
from sync.officefile import Role

PEOPLE_LIMIT = 30_000
LONGEST = 120
ROLES: Mapping[str, Role] = {
    "": Role.LEARNER,
    "peserta": Role.LEARNER,
    "learner": Role.LEARNER,
    "koordinator": Role.COORDINATOR,
    "coordinator": Role.COORDINATOR,
    "pengajar": Role.TRAINER,
    "widyaiswara": Role.TRAINER,
    "trainer": Role.TRAINER,
    "mentor": Role.MENTOR,
    "juri": Role.JURY,
    "jury": Role.JURY,
    "admin": Role.ADMIN,
    "admin pusat": Role.ADMIN,
    "tamu": Role.GUEST,
    "praktisi": Role.GUEST,
    "guest": Role.GUEST,
}
ROLE_NAMES: Mapping[Role, str] = {
    Role.LEARNER: "peserta",
    Role.COORDINATOR: "koordinator",
    Role.TRAINER: "pengajar",
    Role.MENTOR: "mentor",
    Role.JURY: "juri",
    Role.ADMIN: "admin pusat",
    Role.GUEST: "tamu",
}
WITHOUT_NIP = frozenset({Role.GUEST, Role.MENTOR, Role.JURY})
"""Roles that a practitioner may have who is no civil servant and has no NIP."""
FAULTS: Mapping[NipFault, str] = {
    NipFault.FORMAT: "NIP harus 18 angka.",
    NipFault.BIRTHDATE: "8 angka pertama NIP bukan tanggal lahir yang mungkin.",
    NipFault.SEX: "Angka ke-15 NIP harus 1 atau 2.",
    NipFault.SERIAL: "Nomor urut NIP (3 angka terakhir) tidak boleh 000. Bila Excel yang mengubahnya: "
    "jadikan kolom NIP berformat Teks lalu isi kembali.",
    NipFault.TMT: "Angka ke-13 dan ke-14 NIP harus bulan 01-12 (PNS) atau 21 ke atas (PPPK).",
    NipFault.AGE_LOW: "Menurut NIP, orang ini diangkat sebelum cukup umur.",
    NipFault.MISMATCH: "Tanggal lahir tidak sama dengan NIP.",
}
WARNINGS: Mapping[NipWarning, str] = {
    NipWarning.AGE_HIGH: "Menurut NIP, orang ini diangkat di atas umur yang lazim.",
    NipWarning.TMT_LATER: "Menurut NIP, orang ini baru diangkat setelah hari ini.",
    NipWarning.NOT_IN_ROSTER: "NIP belum ada di daftar kantor ini.",
}
NIP_MISSING = "NIP belum diisi. Praktisi tanpa NIP: isi Peran dengan tamu, mentor, atau juri."
_OLD_NIP = re.compile(r"^\d{9}$")  # what a PNS had before 2008; SIMPEG still has a column for it
_DAY = re.compile(r"^(\d{4}|\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{1,2})(?:[ T].*)?$", re.ASCII)
_SCIENTIFIC = re.compile(r"^\d[.,]\d+E\+?\d+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the roster; `number` is the line in the file, counted as a spreadsheet counts it.

    `person` (UUID) and `former` (an earlier NIP) say whom of the present roster the line means; they may be
    empty, and count only when an office is changed. `until` is the last day of the role (ISO), empty for no
    end. `contract` is the first day of a contract (ISO), empty where the file does not say: then it stays as
    known. `role_as_before` is set where the file has no column for it: who is known keeps the role they have.
    """

    number: int
    nip: str
    kind: str
    name: str
    unit: str
    role: Role
    person: bytes = b""
    former: str = ""
    until: str = ""
    role_as_before: bool = False
    contract: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong or odd about one line, in a sentence for the clerk. Line 0 is the file as a whole.

    `form` is one of a fixed list of sentences with places for the `values`; a desk has each in its languages.
    """

    line: int
    form: str
    values: tuple[str | int, ...] = ()

    @property
    def says(self) -> str:
        """The sentence in Indonesian."""
        return self.form.format(*self.values)

    def __str__(self) -> str:
        """Say it as the command prints it."""
        return f"Baris {self.line}: {self.says}" if self.line else self.says


@dataclass(frozen=True, slots=True)
class Judged:
    """What a roster says: its people, every fault, what looked odd, and the lines that name nobody."""

    lines: tuple[Line, ...]
    faults: tuple[Remark, ...]
    odd: tuple[Remark, ...]
    skipped: tuple[Remark, ...]


class RosterFaultError(ValueError):
    """A roster that cannot be used; `remarks` names every fault, so that one correction is enough."""

    def __init__(self, remarks: tuple[Remark, ...]) -> None:
        self.remarks = remarks
        super().__init__("\n".join(map(str, remarks)))


def judge(
    rows: Iterable[tuple[int, Mapping[str, str]]],
    today: date,
    *,
    accept_odd: bool = False,
    listed: Collection[str] = (),
) -> Judged:
    """Judge the rows of a roster by the ten rules of the NIP; nothing is refused here, everything is told.

    Rules 1 to 5 of the NIP are faults, rules 6 to 8 only remarks (domain.md 1.6: real data have mistakes).
    `accept_odd` lets rules 2 to 5 through as well, for NIPs that BKN really issued that way; so does a place
    in the signed roster, whose NIPs are `listed`.
    """
    faults: list[Remark] = []
    odd: list[Remark] = []
    skipped: list[Remark] = []
    lines: list[Line] = []
    seen: dict[str, int] = {}
    for number, row in rows:
        if not row.get("nip") and not row.get("person") and not (row.get("name") and row.get("unit")):
            skipped.append(Remark(number, "Dilewati: tanpa NIP, dan nama atau unitnya kosong."))
            continue
        line, found, remarks = _line(number, row, today, accept_odd=accept_odd, listed=listed)
        faults += found
        odd += remarks
        if line.nip and line.nip in seen:
            faults.append(Remark(number, "NIP sama dengan baris {0}.", (seen[line.nip],)))
        seen.setdefault(line.nip, number)
        lines.append(line)
    if not lines:
        faults.append(Remark(0, "Daftar tidak memuat seorang pun."))
    elif len(lines) > PEOPLE_LIMIT:
        faults.append(Remark(0, "Daftar memuat lebih dari {0} orang; pecah per kantor.", (PEOPLE_LIMIT,)))
    return Judged(tuple(lines), tuple(faults), tuple(odd), tuple(skipped))


def _line(
    number: int, row: Mapping[str, str], today: date, *, accept_odd: bool, listed: Collection[str]
) -> tuple[Line, list[Remark], list[Remark]]:
    """Judge one row: the line as it would be used, its faults, its oddities."""
    faults: list[Remark] = []
    odd: list[Remark] = []
    role = ROLES.get(row.get("role", "").casefold())
    person = _person(row.get("person", ""))
    typed = row.get("nip", "").lstrip("'=").strip("\"'")
    nip, kind = clean_nip(typed), ""
    if typed:
        known = True if nip in listed else None
        check = check_nip(typed, today=today, in_roster=known)
        kind = check.kind.name if check.kind else ""
        bearable = {NipFault.AGE_LOW} | (set(NipFault) - {NipFault.FORMAT} if accept_odd else set())
        if _SCIENTIFIC.match(typed):
            says = "Excel memendekkan NIP ini; jadikan kolom NIP berformat Teks lalu isi kembali."
            faults.append(Remark(number, says))
        else:
            faults += [Remark(number, FAULTS[fault]) for fault in check.faults if fault not in bearable]
        odd += [Remark(number, FAULTS[fault]) for fault in check.faults if fault in bearable]
        odd += [Remark(number, WARNINGS[warning]) for warning in check.warnings]
    elif role not in WITHOUT_NIP and not person:
        faults.append(Remark(number, NIP_MISSING))
    name, unit = (" ".join(row.get(column, "").split()) for column in ("name", "unit"))
    for title, text in (("Nama", name), ("Unit", unit)):
        faults += [Remark(number, form, (title, LONGEST)) for form in _text_faults(text)]
    if role is None:
        faults.append(Remark(number, "Peran harus salah satu dari: {0}.", (", ".join(ROLE_NAMES.values()),)))
    former = clean_nip(row.get("former", "").strip("'=\""))
    if row.get("person") and not person:
        faults.append(Remark(number, "UUID tidak dapat dibaca; salin dari laporan, atau kosongkan."))
    if row.get("former") and not former and not _OLD_NIP.match(row["former"]):
        faults.append(Remark(number, "NIP lama harus 18 angka, atau kosong."))
    until = read_day(row.get("until", ""))
    if row.get("until") and not until:
        faults.append(Remark(number, "Akhir peran harus tanggal, misalnya 31-12-2026."))
    dated = row.get("contract", "").strip(" -")
    contract = read_day(dated)
    if dated and not contract:
        faults.append(Remark(number, "Mulai kontrak harus tanggal, misalnya 01-03-2024."))
    found = Line(
        number,
        nip,
        kind,
        name,
        unit,
        role or Role.LEARNER,
        person,
        former,
        until,
        "role" not in row,
        contract,
    )
    return found, faults, odd


def _text_faults(text: str) -> Iterable[str]:
    """Say what is wrong with a name or a unit."""
    if not text:
        yield "{0} belum diisi."
    elif len(text) > LONGEST:
        yield "{0} lebih dari {1} huruf."
    elif not text[0].isalnum():
        # a leading =, +, - or @ would be run as a formula by the spreadsheet that opens the list of codes
        yield "{0} harus diawali huruf atau angka."


def read_day(text: str) -> str:
    """Read a day as clerks and spreadsheets write it; ISO, or empty where it is none."""
    found = _DAY.match(text.strip())
    if found is None:
        return ""
    first, month, last = found.group(1, 2, 3)
    year, day = (first, last) if len(first) == 4 else (last, first)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _person(text: str) -> bytes:
    """Read a UUID; empty where there is none or it is not one."""
    try:
        return uuid.UUID(text).bytes
    except ValueError:
        return b""
