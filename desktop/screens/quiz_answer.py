"""What every way of answering has in common: it shows an answer, says when it changed, and takes keys."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.screens.learning_views import QuestionView


class AnswerBox(QWidget):
    """The answering part of one question; answers are the texts the journal holds."""

    answered = Signal(str)

    def __init__(self, question: QuestionView) -> None:
        super().__init__()
        self.question = question
        self.setObjectName("answerBox")

    def show_answer(self, answer: str | None) -> None:
        """Show what the store holds; None where nothing is answered yet. Emits nothing."""
        raise NotImplementedError

    def take_digit(self, digit: int) -> bool:
        """A digit key 1 to 9 was pressed outside a field; say whether it meant something here."""
        del digit
        return False

    def settle(self) -> None:
        """The question is being left: say what was typed and not yet said."""

    def enter(self) -> None:
        """The question came on screen: put the focus where answering begins."""
        raise NotImplementedError

    def asks(self) -> str:
        """What to do, in a few words beside the number of the question."""
        raise NotImplementedError

    def hints(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """The keys that answer, for the foot line."""
        raise NotImplementedError
