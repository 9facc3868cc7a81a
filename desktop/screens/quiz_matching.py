"""Answering by matching: each left side is given its right side, by digit or by mouse."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy

from desktop.language import tr
from desktop.screens.arrange import MIDDLE, column, mid, row
from desktop.screens.key_cap import KeyCap
from desktop.screens.learning_views import QuestionView
from desktop.screens.quiz_answer import AnswerBox
from desktop.screens.quiz_words import shown_text, spoken_text
from desktop.screens.style import look
from desktop.screens.text import label
from sync.packs.questions import TextFormat


def _words(text: str, role: str, form: TextFormat) -> QLabel:
    made = QLabel(shown_text(text, form))
    made.setWordWrap(True)
    made.setProperty("t", role)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made


class _Card(QAbstractButton):
    """A card that is one target; `current` draws it as the place the next digit goes to."""

    cleared = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("ring", 10)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.current = False
        self.filled = False

    def sizeHint(self) -> QSize:
        """As large as the words need."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space presses, Delete clears; everything else belongs to the question."""
        if event.key() == Qt.Key.Key_Space:
            self.click()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.cleared.emit()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        del event
        chosen = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self.current or chosen.contrast else 1
        ground = "primary_soft" if self.filled else "sunken" if self.underMouse() else "surface"
        painter.setBrush(chosen.colour(ground))
        painter.setPen(QPen(chosen.colour("primary" if self.current else "line"), width))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 10, 10)
        painter.end()


class _Left(_Card):
    """A left side with the right side it was given under it."""

    def __init__(self, place: int, prompt: str, form: TextFormat) -> None:
        super().__init__(f"left{place}")
        self.prompt, self._form = spoken_text(prompt, form), form
        self._given = _words("", "muted", form)
        self.setLayout(column(_words(prompt, "strong", form), self._given, gap=4, margins=(16, 12, 16, 12)))

    def show_given(self, text: str | None) -> None:
        """Show which right side it has, or that it has none."""
        self.filled = text is not None
        self._given.setText(shown_text(text, self._form) if text is not None else tr("Belum dipasangkan"))
        given = spoken_text(text, self._form) if text is not None else tr("belum dipasangkan")
        self.setAccessibleName(f"{self.prompt}: {given}")
        self.update()


class _Right(_Card):
    """A right side with the digit that gives it."""

    def __init__(self, digit: int, text: str, form: TextFormat) -> None:
        super().__init__(f"right{digit}")
        self._cap = KeyCap(str(digit), wide=28)
        self.setAccessibleName(f"{digit}. {spoken_text(text, form)}")
        self.setLayout(
            row(mid(self._cap), (_words(text, "body", form), 1, MIDDLE), gap=12, margins=(12, 12, 12, 12))
        )

    def show_used(self, *, used: bool) -> None:
        """Fill its key once it is given to a left side."""
        self._cap.set_on(on=used)


class MatchingBox(AnswerBox):
    """Left sides and right sides side by side; a digit gives the right side to the left side in hand."""

    def __init__(self, question: QuestionView) -> None:
        super().__init__(question)
        self._at = 0
        self._given: list[int | None] = [None] * len(question.prompts)
        self._lefts = [_Left(place, prompt, question.format) for place, prompt in enumerate(question.prompts)]
        self._rights = [
            _Right(place + 1, option.text, question.format) for place, option in enumerate(question.options)
        ]
        for place, left in enumerate(self._lefts):
            left.clicked.connect(lambda _on=False, at=place: self._take(at))
            left.cleared.connect(lambda at=place: self._give_to(at, None))
        for place, right in enumerate(self._rights):
            right.clicked.connect(lambda _on=False, at=place: self._give(at))
        heads = (label(tr("Pernyataan"), "over"), label(tr("Pasangan"), "over"))
        self.setLayout(
            row(
                (column(heads[0], *self._lefts, None, gap=8), 1),
                (column(heads[1], *self._rights, None, gap=8), 1),
                gap=24,
            )
        )
        self._paint()

    def show_answer(self, answer: str | None) -> None:
        """Show which right side each left side has."""
        parts = answer.split(",") if answer else []
        held = {option.index for option in self.question.options}
        for place in range(len(self._given)):
            part = parts[place] if place < len(parts) else ""
            self._given[place] = int(part) if part and int(part) in held else None
        self._paint()

    def take_digit(self, digit: int) -> bool:
        """Give that right side to the left side in hand, and go on to the next."""
        if digit > len(self._rights):
            return False
        self._give(digit - 1)
        return True

    def enter(self) -> None:
        """Begin at the first left side without a partner."""
        self._take(next((place for place, given in enumerate(self._given) if given is None), 0))

    def asks(self) -> str:
        """What to do."""
        return tr("Pasangkan setiap pernyataan")

    def hints(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Arrows take a left side, digits give it a right side."""
        last = str(min(9, len(self._rights)))
        return ((("↑", "↓"), tr("pernyataan")), (("1", "…", last), tr("pasangkan")), (("Del",), tr("lepas")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk along the left sides."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
            return
        self._take(min(max(self._at + step, 0), len(self._lefts) - 1))

    def _take(self, at: int) -> None:
        self._at = at
        self._lefts[at].setFocus(Qt.FocusReason.TabFocusReason)
        self._paint()

    def _give(self, right: int) -> None:
        self._give_to(self._at, self.question.options[right].index)
        following = [place for place in range(len(self._given)) if self._given[place] is None]
        after = next(
            (place for place in following if place > self._at), following[0] if following else self._at
        )
        self._take(after)

    def _give_to(self, left: int, index: int | None) -> None:
        if self._given[left] == index:
            return
        self._given[left] = index
        self._paint()
        parts = ["" if given is None else str(given) for given in self._given]
        self.answered.emit(",".join(parts) if any(parts) else "")

    def _paint(self) -> None:
        words = {option.index: option.text for option in self.question.options}
        for place, left in enumerate(self._lefts):
            given = self._given[place]
            left.current = place == self._at
            left.show_given(None if given is None else words[given])
        for option, right in zip(self.question.options, self._rights, strict=True):
            right.show_used(used=option.index in self._given)
