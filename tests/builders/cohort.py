"""Rows of a report: as many people as wanted, with every state and every gap in the data."""

import random

from desktop.office.report import DeskRow
from sync.folds.cohort import CohortRow, CohortState

FIRST = [
    "Agus",
    "Budi",
    "Citra",
    "Dewi",
    "Eka",
    "Fitri",
    "Gita",
    "Hadi",
    "Indah",
    "Joko",
    "Kartika",
    "Lestari",
    "Maria",
    "Nur",
    "Oki",
    "Putri",
    "Rini",
    "Sari",
    "Tono",
    "Umar",
    "Wahyu",
    "Yosina",
    "Zainal",
    "Wenda",
    "Kambuaya",
    "Itlay",
    "Rumbiak",
    "Tabuni",
    "Wonda",
    "Mambrasar",
]
UNITS = 40
NOW = 1_795_665_600
_NONE = {CohortState.BELUM_ADA_DATA, CohortState.MENUNGGU_VERIFIKASI}


def invented_rows(count: int, seed: int = 1, units: int = UNITS) -> list[DeskRow]:
    """Make rows without any real person in them."""
    chance = random.Random(seed)
    return [_row(chance, units) for _ in range(count)]


def _row(chance: random.Random, units: int) -> DeskRow:
    state = chance.choice(list(CohortState))
    nip = (
        f"{chance.randint(1965, 2000)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        f"{chance.randint(1990, 2024)}{chance.randint(1, 12):02}{chance.randint(1, 2)}{chance.randint(1, 999):03}"
    )
    done = {CohortState.SELESAI: 5, CohortState.BELUM_MULAI: 0}.get(state, chance.randint(0, 4))
    silent = state in _NONE
    started = not silent and state is not CohortState.BELUM_MULAI
    row = CohortRow(
        person=chance.randbytes(16),
        name=" ".join(chance.choices(FIRST, k=3)),
        nip_tail=nip[-4:],
        unit=f"Distrik {chance.randint(1, units)}",
        role="learner",
        state=state,
        jp=None if silent else done * 400 + chance.choice((0, 50)),
        jp_recognised=None if silent else done * 200,
        modules_done=None if silent else done,
        modules_total=5,
        last_score=chance.randint(3000, 10000) if started else None,
        last_active=NOW - chance.randint(0, 20) * 86_400 if started else None,
        as_of=None if silent else NOW - chance.randint(0, 20) * 86_400,
        pcs=(),
    )
    return DeskRow(row, nip)
