"""The frame around a quiz: its head with the word that answers are saved, and the list of the module."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from desktop.language import tr
from desktop.screens.arrange import column
from desktop.screens.button import Button
from desktop.screens.learning_page import LearningPage
from desktop.screens.learning_views import ActivityView
from desktop.screens.page import header
from desktop.screens.quiz import QuizScreen


class QuizFrame(LearningPage):
    """A quiz on screen. While questions are shown, its way back is *Jeda*."""

    def __init__(self, view: ActivityView, quiz: QuizScreen, out: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("quizFrame")
        self.view, self.quiz = view, quiz
        self._out = out
        self._head = QFrame()
        self._box = column(self._head, (quiz, 1), gap=0)
        self.setLayout(self._box)
        quiz.stage_changed.connect(self._tell)
        self._tell()

    def begin(self) -> None:
        """Put the focus where it helps most."""
        self.quiz.begin()

    def leave(self) -> None:
        """Keep what was typed last."""
        self.quiz.leave()

    def help_page(self) -> str:
        """Name the page of help."""
        return self.quiz.help_page()

    def busy(self) -> bool:
        """Tell whether questions are on screen."""
        return self.quiz.running

    def pause(self) -> bool:
        """Leave the questions for the rules; False where no question was on screen."""
        if not self.quiz.running:
            return False
        self.quiz.show_rules()
        self.quiz.begin()
        return True

    def _tell(self) -> None:
        """Build the head anew for this stage."""
        over = tr("{kursus}, modul {n} dari {m}").format(
            kursus=self.view.course_title, n=self.view.module_number, m=self.view.modules
        )
        if self.quiz.head:
            over = f"{self.view.course_title}, {self.quiz.head}"
        right: list[QWidget] = []
        mark = self.quiz.saved_mark()
        if mark is not None:
            pause = Button(tr("Jeda"), name="pauseQuiz", tip=tr("Jeda (Esc)"))
            pause.clicked.connect(self.pause)
            right = [one for one in (self.quiz.countdown.face(), mark, pause) if one is not None]
        head = header(self.view.title, "", *right, over=over, back=None if mark else self._out, bar=True)
        old, self._head = self._head, head
        self._box.replaceWidget(old, head)
        old.hide()
        old.deleteLater()
