"""Training outside, as the views that its sheet is given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.background.jobs import Jobs
from desktop.screens.evidence import AskedView, JpEntry, JpState, SessionDeed
from desktop.screens.jp_routes import RouteView
from desktop.screens.reflection_sheet import ReflectionActions, ReflectionSheet, ReflectionView
from desktop.screens.session_sheet import (
    AnswerActions,
    AnswerSheet,
    SessionActions,
    SessionForm,
    SessionSheet,
    SessionWish,
)
from desktop.screens.training_sheet import FormChoice, TrainingActions, TrainingDraft, TrainingSheet


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
    JpEntry(
        "Menangani antrean lansia di loket pelayanan",
        200,
        date(2026, 6, 9),
        JpState.RECOGNISED,
        "Mentoring dengan Maria Goreti Bonay",
        session="cd",
        deed=SessionDeed.PAPER,
    ),
    JpEntry(
        "Menyusun daftar arsip aktif",
        200,
        date(2026, 6, 2),
        JpState.CLAIMED,
        "Coaching dengan Maria Goreti Bonay, menunggu konfirmasi",
        session="ef",
        deed=SessionDeed.CHANGE,
    ),
)
ASKED = (
    AskedView("ab", "Maria Goreti Bonay meminta konfirmasi Anda", "Mentoring, 20 November 2026, 60 menit"),
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


SESSION = SessionWish(
    "ef",
    "coaching",
    "198609262015052001",
    date(2026, 6, 2),
    570,
    60,
    "Menyusun daftar arsip aktif",
    "Daftar selesai sebelum akhir bulan.",
)
SESSION_FORMS = (
    SessionForm("coaching", "Coaching", "2 JP bila dikonfirmasi, paling banyak 6 JP setahun."),
    SessionForm("mentoring", "Mentoring", "2 JP bila dikonfirmasi, paling banyak 6 JP setahun."),
)


def sessions(jobs: Jobs, **more: Any) -> SessionActions:
    """What recording a session is given."""
    return replace(SessionActions(SESSION_FORMS, nothing, nothing, jobs), **more)


def answers(jobs: Jobs, **more: Any) -> AnswerActions:
    """What answering a colleague's session is given."""
    lines = (
        ("Bentuk", "Mentoring"),
        ("Tanggal", "20 November 2026"),
        ("Waktu", "09.00 sampai 10.00 (60 menit)"),
        ("Topik", "Menangani antrean lansia di loket pelayanan"),
        ("Kesepakatan", "Loket dua dibuka pukul delapan, kursi dipindahkan ke depan."),
    )
    return replace(AnswerActions("Maria Goreti Bonay", lines, nothing, nothing, jobs), **more)


def session_sheet(window: QWidget, deed: SessionDeed, name: str, jobs: Jobs) -> object:
    """Open what a deed needs."""
    if deed is SessionDeed.ANSWER:
        return AnswerSheet(window, answers(jobs))
    return SessionSheet(window, sessions(jobs), SESSION if name else SessionWish())


def training_sheet(window: QWidget, claim: str, jobs: Jobs) -> TrainingSheet:
    """Open that of a training outside."""
    return TrainingSheet(window, trainings(jobs), TRAININGS.get(claim, NEW))
