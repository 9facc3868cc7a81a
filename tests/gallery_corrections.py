"""Requests for correction in the gallery: the card Data saya, the sheet that asks, the desk's card and its answer."""

from dataclasses import replace

from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.app.own_data import kept_words
from desktop.formats import long_day
from desktop.language import tr
from desktop.office.corrections import Wish
from desktop.people.own_data import Kept, Sort
from desktop.screens.arrange import column, holder
from desktop.screens.button import Button
from desktop.screens.cohort_corrections import AnswerSheet, CorrectionActions, corrections_card
from desktop.screens.own_data import OwnDataActions, OwnDataView
from desktop.screens.rooms import Room, Who
from desktop.screens.settings import Settings
from sync.folds.corrections import Correction, Topic
from sync.retention import shipped_schedule
from tests.fakes import people_at_work as office

LONG = "Wahyu Setiawan Nugroho Adiputra Kusumawardhana, S.Sos., M.A.P."
KEPT = Kept(
    own=412,
    unsent=9,
    came=14,
    deletion=None,
    sorts={Sort.STUDY: 268, Sort.ANSWERS: 112, Sort.WORK: 2, Sort.NOTES: 21, Sort.TRAININGS: 1},
)


def view() -> OwnDataView:
    """What Rahel reads of hers."""
    return OwnDataView(
        (
            *kept_words(shipped_schedule(), KEPT),
            tr("Pemberitahuan privasi versi {n}: Anda baca pada {tgl}.").format(
                n=1, tgl=long_day(office.TODAY)
            ),
        ),
        corrections=(
            (f"Nama: {LONG} Menunggu jawaban koordinator.", "info"),
            ("Unit kerja: Pelayanan Umum. Sudah diperbaiki.", "ok"),
            ("Tanggal lahir: 27-08-1993. Tidak diubah: tanggal di SK sama dengan NIP.", "warn"),
        ),
    )


def wish(topic: Topic, right: str, held: str, version: int = 1, *, own: bool = False) -> Wish:
    """A request as the desk has it."""
    asked = Correction(bytes([version]) * 32, 1, 1, 1_795_000_000, topic, held, right, 1)
    return Wish(b"w" * 16, "Wahyu Setiawan Nugroho", "Kependudukan", asked, held, version, own)


WISHES = (
    wish(Topic.NAME, LONG, "Wahyu Setiawan"),
    wish(Topic.UNIT, "Pelayanan Umum", "Pelayanan Umum", 2),
    wish(Topic.OTHER, "Jabatan: analis kebijakan muda", "", own=True),
)


def draw_corrections(studio) -> None:
    """Draw what the learner sees, then what the desk does."""
    nothing = office.nothing
    if studio.wanted("25-perbaikan-data-saya") or studio.wanted("25-perbaikan-minta"):
        actions = OwnDataActions(
            load=view,
            choose=lambda _parent: "",
            save=nothing,
            ask=nothing,
            withdraw=nothing,
            correct=nothing,
            say=nothing,
            jobs=studio.jobs,
            seen=nothing,
            lengths=nothing,
        )
        settings = replace(office.settings(studio.jobs), own_data=actions)
        room = Room("home", tr("Setelan"), "gear", lambda: Settings(settings))
        studio.window.enter(Who("Rahel", "RM"), lambda: [room], "home")
        studio.settle()
        ask = studio.window.findChild(Button, "own_data_correct")
        for area in studio.window.findChildren(QScrollArea):
            if area.isAncestorOf(ask):
                area.ensureWidgetVisible(ask, 0, 120)
        studio.save("25-perbaikan-data-saya")
        ask.click()
        studio.settle()
        studio.save("25-perbaikan-minta")
    for name, one in (("meja", None), ("jawab", WISHES[1]), ("jawab-belum", WISHES[0])):
        if studio.wanted(f"25-perbaikan-{name}"):
            studio.window.enter(
                Who("Yohana", "YK"), lambda: [Room("office", tr("Kantor"), "office", _card)], "office"
            )
            studio.settle()
            if one is not None:
                AnswerSheet(
                    studio.window, one, CorrectionActions(nothing, nothing, nothing, studio.jobs), nothing
                )
            studio.save(f"25-perbaikan-{name}")


def _card() -> QWidget:
    card = corrections_card(WISHES, office.nothing)
    return holder(column(card, None, margins=(40, 40, 40, 40)))
