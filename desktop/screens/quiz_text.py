"""Answering by writing: a word or two, or a number as Indonesians write it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit

from desktop.assessment.answers import number_text
from desktop.language import tr
from desktop.screens.arrange import column
from desktop.screens.learning_views import QuestionKind, QuestionView
from desktop.screens.quiz_answer import AnswerBox
from desktop.screens.quiz_words import show_number
from desktop.screens.style import sp
from desktop.screens.text import label, set_role

_PAUSE_MS = 600  # an answer is said when typing pauses, so that a power cut takes half a word at most


class WrittenBox(AnswerBox):
    """One line to write in; a number is read back below so that a comma is never a surprise."""

    def __init__(self, question: QuestionView) -> None:
        super().__init__(question)
        self._number = question.kind is QuestionKind.NUMBER
        self._said: str | None = None
        self.field = QLineEdit()
        self.field.setObjectName("answerField")
        self.field.setProperty("big", "1")
        self.field.setMaxLength(40 if self._number else 200)
        self.field.setMaximumWidth(sp(280 if self._number else 560))
        self.field.setMinimumWidth(sp(200))
        self.field.setAccessibleName(self.asks())
        self.field.setPlaceholderText(tr("Misalnya 12,5") if self._number else tr("Tulis jawaban"))
        self._below = label("", "muted", wrap=True, name="readBack")
        self.setLayout(column(self.field, self._below, None, gap=8))
        self._below.setVisible(self._number)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.settle)
        self.field.textEdited.connect(self._typed)

    def show_answer(self, answer: str | None) -> None:
        """Put what the store holds into the line."""
        self._said = answer or None
        self.field.setText(show_number(answer) if answer and self._number else answer or "")
        self._read_back()

    def settle(self) -> None:
        """Say the answer when it is another than the one said last; something unreadable is not said."""
        self._pause.stop()
        answer = self._answer()
        if answer is not None and answer != (self._said or ""):
            self._said = answer or None
            self.answered.emit(answer)

    def enter(self) -> None:
        """Begin writing at once."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def asks(self) -> str:
        """What to do."""
        return tr("Tulis angka") if self._number else tr("Tulis jawaban singkat")

    def hints(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Only letters are typed here."""
        return ()

    def _typed(self) -> None:
        self._read_back()
        self._pause.start()

    def _answer(self) -> str | None:
        typed = self.field.text().strip()
        if not self._number or not typed:
            return typed
        return number_text(typed)

    def _read_back(self) -> None:
        if not self._number:
            return
        answer = self._answer()
        if answer is None:
            set_role(self._below, "warn")
            self._below.setText(tr("Tulis angka saja, misalnya 12,5. Belum disimpan."))
        else:
            set_role(self._below, "muted")
            self._below.setText(
                tr("Dibaca sebagai {angka}").format(angka=show_number(answer)) if answer else " "
            )
