"""Refleksi: what somebody learned in a year and what they will use at work, typed for the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.formats import long_day
from desktop.language import tr
from desktop.screens.arrange import column, holder
from desktop.screens.button import Button
from desktop.screens.icons import Icon
from desktop.screens.notice import notice, problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import label


@dataclass(frozen=True, slots=True)
class ReflectionView:
    """What was written; `printed` is the day of the first paper with it, None for none.

    `closed` tells that it was written on another PC and does not open here.
    """

    learned: str = ""
    use: str = ""
    printed: date | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class ReflectionActions:
    """`load` and `save` (learned, use) run as jobs; `saved` is called when it is stated."""

    load: Callable[[], ReflectionView]
    save: Callable[[str, str], None]
    saved: Callable[[], None]
    jobs: Jobs


class ReflectionSheet:
    """Asks for both answers; what stands on a saved paper is changed on purpose only."""

    def __init__(self, window: QWidget, year: str, actions: ReflectionActions) -> None:
        self._actions = actions
        self._slot = Slot("reflection_slot")
        self._learned = _words("reflection_learned", tr("Yang saya pelajari"))
        self._use = _words("reflection_use", tr("Yang akan saya pakai di tempat kerja"))
        self._again = Button(tr("Tulis lagi untuk laporan baru"), "plain", "pen", name="reflection_again")
        self._again.hide()
        self._again.clicked.connect(lambda _on: self._open())
        self._save = Button(tr("Simpan"), "main", "tick", name="reflection_save")
        self._save.clicked.connect(lambda _on: self._submit())
        close = Button(tr("Tutup"), name="reflection_close")
        self.sheet = Sheet(
            window,
            tr("Refleksi {tahun}").format(tahun=year),
            tr("Tercetak di Laporan Belajar Mandiri. Sebelum itu, hanya Anda yang dapat membacanya."),
            holder(
                column(
                    self._slot,
                    label(tr("Yang saya pelajari"), "strong"),
                    4,
                    self._learned,
                    10,
                    label(tr("Yang akan saya pakai di tempat kerja"), "strong"),
                    4,
                    self._use,
                    None,
                    gap=0,
                )
            ),
            (close, self._again, self._save),
            name="reflection_sheet",
            owner=self,
            width=620,
            picture=Icon("pen", "primary", 28),
        )
        self.sheet.setProperty("help", "bukti-jp")
        close.clicked.connect(self.sheet.dismiss)
        self._jobs = ScreenJobs(self.sheet, actions.jobs)
        self._lock(locked=True)
        self._jobs.run(actions.load, self._loaded, self._failed)

    def _loaded(self, view: ReflectionView) -> None:
        self._learned.setPlainText(view.learned)
        self._use.setPlainText(view.use)
        if view.closed:
            said = tr("Ditulis di komputer lain dan belum dapat dibuka di sini. Isinya aman.")
            more = tr("Bila Anda menulis di sini, tulisan ini yang tercetak.")
            self._tell(notice("info", said, more, name="reflection_closed"))
        if view.printed is None:
            self._open()
            return
        self._tell(
            notice(
                "ok",
                tr("Sudah tercetak di laporan yang disimpan {tgl}.").format(tgl=long_day(view.printed)),
                tr("Laporan itu tidak ikut berubah bila Anda menulis lagi."),
                name="reflection_printed",
            )
        )
        self._save.hide()
        self._again.show()

    def _open(self) -> None:
        """Let it be written, again where it stands on a paper."""
        self._lock(locked=False)
        self._again.hide()
        self._save.show()
        self._learned.setFocus()

    def _lock(self, *, locked: bool) -> None:
        for words in (self._learned, self._use):
            words.setReadOnly(locked)
        self._save.setEnabled(not locked)

    def _submit(self) -> None:
        learned, use = self._learned.toPlainText(), self._use.toPlainText()
        self._save.setEnabled(False)
        self._jobs.write(lambda: self._actions.save(learned, use), lambda _none: self._done(), self._refused)

    def _done(self) -> None:
        self.sheet.finish()
        self._actions.saved()

    def _refused(self, problem: Problem) -> None:
        self._save.setEnabled(True)
        self._failed(problem)

    def _failed(self, problem: Problem) -> None:
        self._tell(problem_notice(problem, name="reflection_problem"))

    def _tell(self, said: QWidget) -> None:
        self._slot.put(said)
        self.sheet.refit()


def _words(name: str, heard: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setObjectName(name)
    made.setAccessibleName(heard)
    made.setTabChangesFocus(True)
    made.setFixedHeight(sp(112))
    return made
