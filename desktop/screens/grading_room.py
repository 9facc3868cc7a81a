"""Penilaian with both its pages: what was handed in to be marked, and the quizzes beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget

from desktop.screens.grading import Grading
from desktop.screens.quiz_room import QuizRoom


class GradingRoom(QStackedWidget):
    """Shows the queue first; the quizzes are made when somebody goes there."""

    def __init__(
        self,
        marking: Callable[[Callable[[], None]], Grading],
        quizzes: Callable[[Callable[[], None]], QuizRoom],
    ) -> None:
        """`marking` is given the way to the quizzes, `quizzes` the way back."""
        super().__init__()
        self.setObjectName("grading_room")
        self.marking = marking(lambda: self._show(self.quizzes))
        self.quizzes = quizzes(lambda: self._show(self.marking))
        self.addWidget(self.marking)
        self.addWidget(self.quizzes)

    def help_page(self) -> str:
        """The page of help of what is shown."""
        return self._shown().help_page()

    def begin(self) -> None:
        """Put the focus where the page begins."""
        self._shown().begin()

    def refresh(self) -> None:
        """Load what is shown again."""
        self._shown().refresh()

    def leave(self) -> None:
        """Keep what was typed last."""
        self.marking.leave()

    def _shown(self) -> Grading | QuizRoom:
        return self.quizzes if self.currentWidget() is self.quizzes else self.marking

    def _show(self, page: Grading | QuizRoom) -> None:
        self.marking.leave()
        self.setCurrentWidget(page)
        page.refresh()
        page.begin()
