"""Setelan, *Cadangan*: when the last backup was made, one made now, one put back, and Cek kesehatan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, row
from desktop.screens.button import Button
from desktop.screens.choice import Combo
from desktop.screens.field import Asked, PinField
from desktop.screens.health_sheet import HealthActions, HealthSheet
from desktop.screens.icons import Icon
from desktop.screens.notice import notice, problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.text import label

Restore = Callable[[int, str, Callable[[Problem], None]], None]
"""Put the backup of a number back, with a PIN: the window is built anew, or the Problem is told."""


@dataclass(frozen=True, slots=True)
class BackupView:
    """`last` is when the newest was made, empty for none; `copies` are (number, words), the newest first.

    `restored` tells when the data was put back from one, empty where it never was.
    """

    last: str
    copies: tuple[tuple[int, str], ...]
    restored: str = ""


@dataclass(frozen=True, slots=True)
class BackupActions:
    """`load` and `make` run as jobs; `make` tells whether the disk had room. `restore` runs by itself."""

    load: Callable[[], BackupView]
    make: Callable[[], bool]
    restore: Restore
    health: HealthActions
    say: Callable[[str], None]
    jobs: Jobs


class BackupCard(QFrame):
    """What is kept of this person's data on this PC."""

    def __init__(self, actions: BackupActions) -> None:
        super().__init__()
        self.setProperty("f", "card")
        self.setObjectName("backup_card")
        self._actions, self._jobs = actions, ScreenJobs(self, actions.jobs)
        self._view = BackupView("", ())
        self._state, self._told = Slot("backup_state"), Slot("backup_told")
        self._make = Button(tr("Buat sekarang"), "plain", "disk", name="backup_make")
        self._make.clicked.connect(self._copy)
        self._restore = Button(tr("Pulihkan…"), "plain", name="backup_restore")
        self._restore.setEnabled(False)
        self._restore.clicked.connect(lambda: RestoreSheet(self.window(), self._view, actions.restore))
        health = Button(tr("Cek kesehatan…"), "plain", "shield", name="health_open")
        health.clicked.connect(lambda: HealthSheet(self.window(), actions.health))
        about = tr(
            "Suluh membuat cadangan sendiri setiap hari di komputer ini, terkunci seperti datanya: "
            "tiga harian dan dua mingguan. Cadangan tidak menggantikan pengiriman ke pusat."
        )
        self.setLayout(
            column(
                label(tr("Cadangan"), "card"),
                self._state,
                label(about, "caption", wrap=True),
                self._told,
                row(self._make, self._restore, health, None, gap=8),
                gap=10,
                margins=(20, 16, 20, 16),
            )
        )
        self._load()

    def _load(self) -> None:
        self._jobs.run(self._actions.load, self._show, self._failed)

    def _show(self, view: BackupView) -> None:
        self._view = view
        self._restore.setEnabled(bool(view.copies))
        words = (
            tr("Cadangan terakhir: {kapan}").format(kapan=view.last)
            if view.last
            else tr("Belum ada cadangan.")
        )
        parts: list[Part] = [label(words, wrap=True, name="backup_last")]
        if view.restored:
            told = tr("Data Anda pernah dipulihkan: {kapan}").format(kapan=view.restored)
            parts.append(label(told, "muted", wrap=True, name="backup_restored"))
        self._state.put(holder(column(*parts, gap=2)))

    def _copy(self) -> None:
        self._make.setEnabled(False)
        self._jobs.run(self._actions.make, self._made, self._failed)

    def _made(self, room: bool) -> None:  # noqa: FBT001 - what the job found
        self._make.setEnabled(True)
        if room:
            self._told.put()
            self._actions.say(tr("Cadangan dibuat dan sudah diperiksa"))
            self._load()
            return
        self._told.put(
            notice(
                "warn",
                tr("Ruang penyimpanan kurang; cadangan tidak dibuat."),
                tr("Cadangan yang lama tetap ada. Hapus berkas yang tidak dipakai, lalu coba lagi."),
                name="backup_no_room",
            )
        )

    def _failed(self, problem: Problem) -> None:
        self._make.setEnabled(True)
        self._told.put(problem_notice(problem, name="backup_problem"))


class RestoreSheet:
    """Asks which backup, and for the PIN."""

    def __init__(self, window: QWidget, view: BackupView, restore: Restore) -> None:
        self._restore = restore
        self._copies = Combo(
            [(str(number), words) for number, words in view.copies],
            name="restore_copy",
            words=tr("Cadangan yang dipulihkan"),
            width=360,
        )
        self._pin = Asked(
            tr("PIN Anda"),
            PinField(name="restore_pin", words=tr("PIN Anda")),
            tr("PIN yang biasa Anda pakai."),
        )
        self._slot = Slot("restore_slot")
        self._go = Button(tr("Pulihkan"), "main", name="restore_go")
        cancel = Button(tr("Batal"), name="restore_cancel")
        told = tr(
            "Data yang sekarang disisihkan, tidak dihapus. Hasil sesudah tanggal cadangan tidak tampak "
            "sampai datang kembali dari pusat; draf sesudahnya hilang. Yang menunggu dikirim tetap menunggu."
        )
        self.sheet = Sheet(
            window,
            tr("Pulihkan dari cadangan"),
            tr("Hanya bila data Anda rusak atau tidak dapat dibaca."),
            holder(
                column(
                    self._slot,
                    label(tr("Cadangan yang dipulihkan"), "strong"),
                    row(self._copies, None),
                    8,
                    self._pin,
                    8,
                    label(told, "muted", wrap=True),
                    None,
                    gap=4,
                )
            ),
            (cancel, self._go),
            name="restore_sheet",
            owner=self,
            width=560,
            picture=Icon("disk", "primary", 28),
        )
        self.sheet.setProperty("help", "cadangan")
        cancel.clicked.connect(self.sheet.dismiss)
        self._go.clicked.connect(self._submit)
        self._pin.field.returnPressed.connect(self._submit)
        self._pin.field.textEdited.connect(lambda _text: self._pin.advise())
        self._pin.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        pin = self._pin.field.text()
        if not pin:
            self._pin.advise(tr("Ketik PIN Anda."), "bad")
            return
        self._go.setEnabled(False)
        self._restore(int(self._copies.value()), pin, self._refused)

    def _refused(self, problem: Problem) -> None:
        self._go.setEnabled(True)
        self._slot.put(problem_notice(problem, name="restore_problem"))
        self.sheet.refit()
        self._pin.field.clear()
        self._pin.field.setFocus(Qt.FocusReason.OtherFocusReason)
