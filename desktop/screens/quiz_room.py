"""Kuis and the exams beside it, as one page of Penilaian or one tab of Kantor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.background.jobs import Jobs
from desktop.screens.exam_desk import ExamDesk
from desktop.screens.exam_views import ExamActions
from desktop.screens.quiz_desk import QuizDesk
from desktop.screens.quiz_desk_views import QuizDeskActions


class QuizRoom(QStackedWidget):
    """Shows the quizzes first. `said` is one line for the window."""

    said = Signal(str)

    def __init__(
        self,
        quizzes: QuizDeskActions,
        exams: ExamActions,
        jobs: Jobs,
        *,
        back: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.quizzes = QuizDesk(quizzes, jobs, back=back, exams=lambda: self._show(self.exams))
        self.exams = ExamDesk(exams, jobs, back=lambda: self._show(self.quizzes))
        for page in (self.quizzes, self.exams):
            self.addWidget(page)
            page.said.connect(self.said)

    def help_page(self) -> str:
        """The page of help of both."""
        return self.quizzes.help_page()

    def begin(self) -> None:
        """Put the focus where the page begins."""
        self._shown().begin()

    def refresh(self) -> None:
        """Load what is shown again."""
        self._shown().refresh()

    def _shown(self) -> QuizDesk | ExamDesk:
        return self.exams if self.currentWidget() is self.exams else self.quizzes

    def _show(self, page: QuizDesk | ExamDesk) -> None:
        self.setCurrentWidget(page)
        page.refresh()
        page.begin()
