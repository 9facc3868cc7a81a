"""Voiding a question: what it would do, and the reason that whoever rises by it will read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import column, holder
from desktop.screens.button import Button
from desktop.screens.icons import Icon
from desktop.screens.notice import notice, problem_notice
from desktop.screens.quiz_desk_views import ItemRow
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import label


class VoidQuestionSheet:
    """Tells the `effect`, asks why; `void` is given the reason and blocks until durable, `done` follows."""

    def __init__(
        self,
        window: QWidget,
        item: ItemRow,
        jobs: Jobs,
        *,
        effect: Callable[[], str],
        void: Callable[[str], None],
        done: Callable[[], None],
    ) -> None:
        self._void, self._done = void, done
        self._words = QPlainTextEdit()
        self._words.setObjectName("void_question_reason")
        self._words.setAccessibleName(tr("Alasan"))
        self._words.setTabChangesFocus(True)
        self._words.setFixedHeight(sp(84))
        self._effect, self._said = Slot("void_question_effect"), Slot("void_question_said")
        self._go = Button(tr("Batalkan soal"), "main", "tick", name="void_question_go")
        self._go.clicked.connect(self._ask)
        close = Button(tr("Tutup"), name="void_question_leave")
        about = tr(
            "Percobaan dengan versi ini dihitung ulang tanpa soal ini. Yang sudah lulus tetap lulus dan nilai"
            " tidak turun. Pembatalan tidak dapat ditarik."
        )
        text = label(item.text, wrap=True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        self.sheet = Sheet(
            window,
            tr("Batalkan soal {n}").format(n=item.question + 1),
            about,
            holder(
                column(
                    text, 4, self._effect, 4, label(tr("Alasan"), "strong"), self._words, self._said, gap=6
                )
            ),
            (close, self._go),
            name="void_question_sheet",
            owner=self,
            width=600,
            picture=Icon("warning", "warn", 28),
        )
        self.sheet.setProperty("help", "kuis-dan-ujian")
        close.clicked.connect(self.sheet.dismiss)
        self._jobs = ScreenJobs(self.sheet, jobs)
        self._jobs.run(effect, self._tell, self._refused)
        self._words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, words: str) -> None:
        self._effect.put(notice("info", tr("Yang terjadi"), words, name="void_question_told"))
        self.sheet.refit()

    def _ask(self) -> None:
        self._go.setEnabled(False)
        reason = self._words.toPlainText()
        self._jobs.write(lambda: self._void(reason), self._was_voided, self._refused)

    def _was_voided(self, _none: object) -> None:
        self.sheet.finish()
        self._done()

    def _refused(self, problem: Problem) -> None:
        self._go.setEnabled(True)
        self._said.put(problem_notice(problem, name="void_question_problem"))
        self.sheet.refit()
