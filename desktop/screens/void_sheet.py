"""Voiding a criterion: what it does, to whom, and the reason that everybody marked by it will read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import column, holder
from desktop.screens.button import Button
from desktop.screens.choice import Combo
from desktop.screens.icons import Icon
from desktop.screens.notice import problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import label


class VoidSheet:
    """Asks which and why; `void` is given criterion and reason and blocks until durable, `done` follows."""

    def __init__(
        self,
        window: QWidget,
        criteria: Sequence[tuple[str, str]],
        jobs: Jobs,
        void: Callable[[str, str], None],
        done: Callable[[], None],
    ) -> None:
        """`criteria` are ids and titles."""
        self._void, self._done = void, done
        self._which = Combo(criteria, name="void_which", words=tr("Kriteria"))
        self._words = QPlainTextEdit()
        self._words.setObjectName("void_reason")
        self._words.setAccessibleName(tr("Alasan"))
        self._words.setTabChangesFocus(True)
        self._words.setFixedHeight(sp(84))
        self._said = Slot("void_said")
        self._go = Button(tr("Batalkan kriteria"), "main", "tick", name="void_go")
        self._go.clicked.connect(self._ask)
        close = Button(tr("Tutup"), name="void_leave")
        about = tr(
            "Nilai semua peserta untuk versi tugas ini dihitung ulang tanpa kriteria itu. Penilaian semula"
            " tetap tercatat. Pembatalan tidak dapat ditarik; versi paket yang baru memulai rubrik baru."
        )
        self.sheet = Sheet(
            window,
            tr("Batalkan kriteria"),
            about,
            holder(
                column(
                    label(tr("Kriteria"), "strong"),
                    self._which,
                    6,
                    label(tr("Alasan"), "strong"),
                    self._words,
                    self._said,
                    gap=6,
                )
            ),
            (close, self._go),
            name="void_sheet",
            owner=self,
            width=560,
            picture=Icon("warning", "warn", 28),
        )
        self.sheet.setProperty("help", "penilaian")
        close.clicked.connect(self.sheet.dismiss)
        self._jobs = ScreenJobs(self.sheet, jobs)
        self._which.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        self._go.setEnabled(False)
        which, reason = self._which.value(), self._words.toPlainText()
        self._jobs.write(lambda: self._void(which, reason), self._was_voided, self._refused)

    def _was_voided(self, _none: object) -> None:
        self.sheet.finish()
        self._done()

    def _refused(self, problem: Problem) -> None:
        self._go.setEnabled(True)
        self._said.put(problem_notice(problem, name="void_problem"))
        self.sheet.refit()
