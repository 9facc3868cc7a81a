"""Times of handing in in the gallery: the desk's card, the evidence with its decision, and what a learner reads."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.language import tr
from desktop.screens.arrange import column, holder
from desktop.screens.assignment import Assignment
from desktop.screens.assignment_views import HandedView, TimingView
from desktop.screens.grading import Grading
from desktop.screens.rooms import Room, Who
from desktop.screens.timing_sheet import TimingActions, TimingSheet, timing_card
from tests.fakes import people_at_work as office
from tests.fakes.assignments import BODY, PAPER, Marker, Writer

LONG = "Wahyu Setiawan Nugroho Adiputra Kusumawardhana, S.Sos., M.A.P."
LINES = (
    ("Batas waktu", "16 April 2026 pukul 14.00 WIT"),
    ("Disegel menurut komputernya", "19 April 2026 pukul 08.12 WIT (jamnya diragukan)"),
    ("Tanda waktu sebelumnya", "9 April 2026 pukul 09.30 WIT"),
    ("Terkumpul di meja koordinator", "tidak diketahui"),
    ("Sampai di pusat", "24 April 2026 pukul 10.05 WIT"),
    ("Masa tenggang perjalanan", "sampai 25 April 2026"),
)
HERS = TimingView("p1", "Helena Rumbiak", "Tugas: rencana perbaikan 30 hari. Kependudukan", LINES)
WORKS = (HERS, TimingView("p2", LONG, HERS.about, LINES), replace(HERS, title="Yohana Kambu", own=True))
TOLD = {
    "tepat": "Disegel 15 April 2026 pukul 20.00 WIT. Tepat waktu: batasnya 16 April 2026 pukul 14.00 WIT. "
    "Sampai di pusat 24 April 2026.",
    "diperiksa": "Jam komputer ini diragukan saat tugas disegel. Waktunya diperiksa koordinator atau penilai; "
    "sampai diputuskan tidak dicatat terlambat.",
}


def draw_timings(studio) -> None:
    """Draw what the desk does, then the marker, then the learner."""
    actions = TimingActions(office.nothing, office.nothing, studio.jobs)
    for name in ("meja", "bukti"):
        if studio.wanted(f"26-waktu-{name}"):
            studio.window.enter(
                Who("Yohana", "YK"), lambda: [Room("office", tr("Kantor"), "office", _card)], "office"
            )
            studio.settle()
            if name == "bukti":
                TimingSheet(studio.window, HERS, actions, office.nothing)
            studio.save(f"26-waktu-{name}")
    if studio.wanted("26-waktu-penilai"):
        marker = replace(Marker((replace(PAPER, timing=HERS),)).actions(), decide=office.nothing)
        made = Grading(marker, studio.jobs)
        studio.window.enter(
            Who("Tuti", "TS"), lambda: [Room("home", tr("Penilaian"), "pen", lambda: made)], "home"
        )
        studio.settle()
        made.open(PAPER.key)
        studio.settle()
        studio.save("26-waktu-penilai")
    for name, words in TOLD.items():
        if studio.wanted(f"26-waktu-{name}"):
            handed = HandedView(
                2, date(2026, 4, 15), "K7Q2-9XRT", counts=words, looked_at=name == "diperiksa"
            )
            body = replace(BODY, handed=handed)
            task = Assignment("k/m/tugas", body, Writer().actions(), studio.jobs)
            studio.window.enter(
                Who("Helena", "HR"),
                lambda made=task: [Room("home", tr("Tugas"), "task", lambda: made)],
                "home",
            )
            studio.settle()
            studio.save(f"26-waktu-{name}")


def _card() -> QWidget:
    return holder(column(timing_card(WORKS, office.nothing), None, margins=(40, 40, 40, 40)))
