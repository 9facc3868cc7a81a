"""The invented people of the demo's office, and the roster from which the centre makes its office file."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

OFFICE = "Kantor Distrik Waropen Bawah"
ZONE = "Asia/Jayapura"
PIN = "481526"
"""The PIN of all invented people."""


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody who does not exist. `nip` follows the rules of a NIP; `role` is the roster's word."""

    name: str
    nip: str
    unit: str
    role: str = "peserta"

    @property
    def nickname(self) -> str:
        """What stands on the tile."""
        return self.name.split()[0]

    @property
    def birth(self) -> date:
        """The birth date, as the NIP has it."""
        return date(int(self.nip[:4]), int(self.nip[4:6]), int(self.nip[6:8]))


COORDINATOR = Invented("Yohana Karubaba", "198704122010012003", "Sekretariat", "koordinator")
LEARNERS = (
    Invented("Bernadus Wanggai", "198109232006041002", "Pelayanan Umum"),
    Invented("Dorce Sawaki", "199002172015032004", "Pelayanan Umum"),
    Invented("Ferdinand Tebai", "198511302009031005", "Pelayanan Umum"),
    Invented("Helena Bonay", "199307082019032006", "Kependudukan"),
    Invented("Ketut Jaya Mahendra", "197812052003121001", "Kependudukan"),
    Invented("Maria Goreti Imbiri", "199604242022212008", "Kependudukan"),
    Invented("Naftali Puraro", "198806192011011004", "Pemberdayaan Kampung"),
    Invented("Ruth Maniagasi", "199509012020122003", "Pemberdayaan Kampung"),
    Invented("Simon Lefaan", "198203152008011007", "Pemberdayaan Kampung"),
    Invented("Theresia Inggibal", "199910102025242001", "Ketenteraman dan Ketertiban"),
    Invented("Wahyu Setiawan Nugroho Adiputra", "199201252018011009", "Ketenteraman dan Ketertiban"),
    Invented("Zadrak Rumbewas", "198004072005021003", "Ketenteraman dan Ketertiban"),
)


def write_roster(path: Path, people: Iterable[Invented]) -> None:
    """Write a roster as an office clerk would save it from Excel: semicolons, with a byte order mark."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(("NIP", "Nama", "Unit", "Peran"))
        rows.writerows((one.nip, one.name, one.unit, one.role) for one in people)


def read_codes(path: Path) -> dict[str, str]:
    """Read the sheet of enrolment codes that the centre printed, by NIP, or by name of who has none."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        return {row["NIP"].replace(" ", "") or row["Nama"]: row["Kode pendaftaran"] for row in rows}
