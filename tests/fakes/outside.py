"""Training outside, as the views that its sheet is given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Jobs
from desktop.screens.evidence import JpEntry, JpState
from desktop.screens.jp_routes import RouteView
from desktop.screens.reflection_sheet import ReflectionActions, ReflectionSheet, ReflectionView
from desktop.screens.training_sheet import FormChoice, TrainingActions, TrainingDraft


def nothing(*_given: object) -> None:
    """A click that leads nowhere."""


ROUTES = (
    RouteView("Klasikal", 400, (("Seminar, konferensi, sarasehan", 400),)),
    RouteView("Nonklasikal", 800, (("Belajar di Suluh", 800),)),
)
ENTRIES = (
    JpEntry("Keamanan Informasi Kantor", 200, date(2026, 9, 14), JpState.RECOGNISED, course="keamanan"),
    JpEntry(
        "Seminar Pelayanan Publik di Daerah Tertinggal",
        800,
        date(2026, 8, 20),
        JpState.CLAIMED,
        "Seminar, konferensi, sarasehan, BKPSDM, menunggu koordinator",
        claim="seminar",
        open=True,
    ),
    JpEntry(
        "Lokakarya arsip",
        1000,
        date(2026, 7, 2),
        JpState.REJECTED,
        "Workshop, lokakarya, Dinas Kearsipan. Ditolak: Sertifikatnya tidak terbaca, pindai ulang",
        claim="arsip",
        open=True,
    ),
)
NEW = TrainingDraft()
TRAININGS = {
    "seminar": TrainingDraft(
        "seminar",
        "seminar",
        "Seminar Pelayanan Publik di Daerah Tertinggal",
        "BKPSDM",
        date(2026, 8, 20),
        "2",
        scanned=True,
    )
}
FORMS = (
    FormChoice("seminar", "Seminar, konferensi, sarasehan", "Berapa hari", abroad=True, unconfirmed=False),
    FormChoice("bimbingan", "Coaching, mentoring", "Berapa kali", abroad=False, unconfirmed=True),
    FormChoice("magang", "Magang, detasering", "", abroad=False, unconfirmed=True),
)


def trainings(jobs: Jobs, **more: Any) -> TrainingActions:
    """The sheet of a training outside; a seminar's day is 4 JP, abroad 6."""
    actions = TrainingActions(
        FORMS,
        lambda _form, amount, abroad: amount * (6 if abroad else 4),
        lambda _parent: "",
        nothing,
        nothing,
        jobs,
    )
    return replace(actions, **more)


REFLECTION = ReflectionView(
    "Surat masuk dicatat dahulu, baru dibagikan. Arsip aktif disimpan dekat meja, yang lama dipindahkan.",
    "Buku agenda di loket distrik, satu baris untuk setiap surat.",
)


def reflections(jobs: Jobs, view: ReflectionView = REFLECTION, **more: Any) -> ReflectionActions:
    """What the sheet of a year's reflection is given."""
    return replace(ReflectionActions(lambda: view, nothing, nothing, jobs), **more)


def reflection_sheet(window: QWidget, year: int, jobs: Jobs) -> ReflectionSheet:
    """Open it over a window."""
    return ReflectionSheet(window, str(year), reflections(jobs))
