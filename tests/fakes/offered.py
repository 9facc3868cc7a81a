"""A library that has something to fetch: rows of every state, and what was asked of them."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.errors import Problem
from desktop.screens.offer_views import OfferActions, OfferRow, OfferState

ROWS = (
    OfferRow("a1" * 32, "Keamanan Informasi Kantor", 48_000_000, OfferState.RUNNING, True, 12_000_000, 3),
    OfferRow("b2" * 32, "Etika dan Budaya Kerja", 23_000_000, OfferState.READY, False, 23_000_000),
    OfferRow("c3" * 32, "Pelayanan Publik Digital", 9_400_000, office=True, minutes=1, newer="1.2"),
    OfferRow(
        "d4" * 32,
        "Arsip dan Tata Naskah Dinas Elektronik untuk Distrik",
        61_000_000,
        office=False,
        minutes=64,
    ),
)
FAULTY = (
    replace(ROWS[0], state=OfferState.WAITING),
    replace(ROWS[1], state=OfferState.PARTIAL, done=8_000_000),
    replace(
        ROWS[3],
        state=OfferState.FAILED,
        problem=Problem(
            "Arsip dan Tata Naskah perlu 61 MB, batas data bulan ini tersisa 3 MB.",
            "Yang sudah diambil tetap ada. Ambil di jaringan kantor, atau ubah batas data di Setelan.",
        ),
    ),
    replace(ROWS[2], state=OfferState.QUEUED),
)


class Counter(QObject):
    """Shows rows and notes what was chosen."""

    changed = Signal()

    def __init__(self, rows: tuple[OfferRow, ...] = ROWS, file: Path = Path("paket.suluh-paket")) -> None:
        super().__init__()
        self.rows, self.file = rows, file
        self.asked: list[tuple[str, str]] = []

    def becomes(self, *rows: OfferRow) -> None:
        self.rows = rows
        self.changed.emit()

    def actions(self) -> OfferActions:
        note = lambda word: lambda digest: self.asked.append((word, digest))  # noqa: E731
        return OfferActions(
            lambda: self.rows, lambda: self.asked.append(("load", "")), note("take"), note("drop"),
            lambda _digest: self.file, note("installed"), self.changed,
        )  # fmt: skip
