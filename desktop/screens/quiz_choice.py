"""Answering by choosing: one of several, all that are right, or true and false."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy

from desktop.language import tr
from desktop.screens.arrange import MIDDLE, column, mid, row
from desktop.screens.icons import paint_icon
from desktop.screens.key_cap import KeyCap
from desktop.screens.learning_views import Option, QuestionKind, QuestionView
from desktop.screens.quiz_answer import AnswerBox
from desktop.screens.quiz_words import shown_text, spoken_text
from desktop.screens.style import look, sp
from sync.packs.questions import TextFormat


class ChoiceRow(QAbstractButton):
    """One option as a whole row: its key, its words, and a tick when it is chosen."""

    def __init__(self, key: int, words: str, form: TextFormat, *, several: bool, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", 10)
        self._several = several
        self._cap = KeyCap(str(key), wide=28)
        self._words = QLabel(shown_text(words, form))
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words.setFont(look().font("reading"))
        self._words.setProperty("t", "option")
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(f"{key}. {spoken_text(words, form)}")
        self.setLayout(row(mid(self._cap), (self._words, 1, MIDDLE), 36, gap=16, margins=(16, 12, 12, 12)))
        self.setMinimumHeight(sp(56))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.toggled.connect(self._show)

    def _show(self, on: bool) -> None:  # noqa: FBT001  # Qt's signal
        self._cap.set_on(on=on)
        self._words.setFont(look().sized(16, 600 if on else 400))
        self.update()

    def sizeHint(self) -> QSize:
        """As large as the words need."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses; everything else belongs to the question."""
        if event.key() == Qt.Key.Key_Space:
            self.click()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, the edge of what is chosen, and the tick or box at its right."""
        del event
        chosen = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        ground = "primary_soft" if on else "sunken" if self.underMouse() else "surface"
        width = 2 if on or chosen.contrast else 1
        painter.setBrush(chosen.colour(ground))
        painter.setPen(QPen(chosen.colour("primary" if on else "line"), width))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 10, 10)
        side = sp(20)
        box = QRectF(self.width() - sp(20) - side, (self.height() - side) / 2, side, side)
        if self._several:
            frame = box.adjusted(1.5, 1.5, -1.5, -1.5)
            painter.setPen(QPen(chosen.colour("primary" if on else "edge"), 1))
            painter.setBrush(chosen.colour("primary" if on else "surface"))
            painter.drawRoundedRect(frame, 4, 4)
        if on:
            tint = chosen.colour("on_primary" if self._several else "primary")
            inner = box.adjusted(2, 2, -2, -2) if self._several else box
            paint_icon(painter, "tick", inner, tint, 2.6 if self._several else 0)
        painter.end()


class ChoiceBox(AnswerBox):
    """Rows to choose from; one answer for single and true/false, several for multiple."""

    def __init__(self, question: QuestionView) -> None:
        super().__init__(question)
        self._several = question.kind is QuestionKind.MULTIPLE
        self._options = question.options
        if question.kind is QuestionKind.TRUE_FALSE:
            self._options = (Option(1, tr("Benar")), Option(0, tr("Salah")))
        self._rows: list[ChoiceRow] = []
        for place, option in enumerate(self._options):
            made = ChoiceRow(
                place + 1, option.text, question.format, several=self._several, name=f"option{place + 1}"
            )
            made.clicked.connect(lambda _on=False, at=place: self._choose(at))
            self._rows.append(made)
        self.setLayout(column(*self._rows, gap=12))

    def show_answer(self, answer: str | None) -> None:
        """Mark what is chosen."""
        chosen = set() if not answer else {int(part) for part in answer.split(",") if part}
        for option, made in zip(self._options, self._rows, strict=True):
            made.setChecked(option.index in chosen)

    def take_digit(self, digit: int) -> bool:
        """The digit in front of a row chooses it."""
        if digit > len(self._rows):
            return False
        self._rows[digit - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._rows[digit - 1].click()
        return True

    def enter(self) -> None:
        """Begin at what is chosen, else at the first row."""
        chosen = next((made for made in self._rows if made.isChecked()), self._rows[0])
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def asks(self) -> str:
        """What to do."""
        if self._several:
            return tr("Pilih semua jawaban yang benar")
        return (
            tr("Benar atau salah?")
            if self.question.kind is QuestionKind.TRUE_FALSE
            else tr("Pilih satu jawaban")
        )

    def hints(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Digits choose."""
        count = len(self._rows)
        keys = tuple(str(n + 1) for n in range(count)) if count <= 4 else ("1", "…", str(min(9, count)))
        return ((keys, tr("pilih")),)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move between the rows."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        at = next((place for place, made in enumerate(self._rows) if made.hasFocus()), -1)
        self._rows[(at + step) % len(self._rows)].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, at: int) -> None:
        if not self._several:
            for place, made in enumerate(self._rows):
                made.setChecked(place == at)
            self.answered.emit(str(self._options[at].index))
            return
        chosen = sorted(
            option.index for option, made in zip(self._options, self._rows, strict=True) if made.isChecked()
        )
        self.answered.emit(",".join(map(str, chosen)))
