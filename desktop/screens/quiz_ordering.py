"""Answering by putting things in order: rows that move by key, by button or by dragging."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.language import tr
from desktop.screens.arrange import MIDDLE, column, mid, row
from desktop.screens.button import Button
from desktop.screens.key_cap import KeyCap
from desktop.screens.learning_views import Option, QuestionView
from desktop.screens.quiz_answer import AnswerBox
from desktop.screens.quiz_words import shown_text, spoken_text
from desktop.screens.style import look, sp
from desktop.screens.text import label
from sync.packs.questions import TextFormat


class OrderRow(QWidget):
    """One item: its place, its words, and two buttons that move it."""

    moved = Signal(int)  # places to go, negative is up
    dragged = Signal(QPoint)  # where the mouse is, in the parent's coordinates

    def __init__(self, option: Option, form: TextFormat, place: int) -> None:
        super().__init__()
        self.option = option
        self._spoken = spoken_text(option.text, form)
        self.setObjectName(f"item{option.index}")
        self.setProperty("ring", 10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        words = QLabel(shown_text(option.text, form))
        words.setWordWrap(True)
        words.setFont(look().font("reading"))
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.up = Button(tr("Naikkan"), "icon", "up", name=f"up{option.index}")
        self.down = Button(tr("Turunkan"), "icon", "down", name=f"down{option.index}")
        for button, step in ((self.up, -1), (self.down, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, by=step: self.moved.emit(by))
        self._cap = KeyCap(str(place), wide=28)
        self._row = row(
            mid(self._cap), 14, (words, 1, MIDDLE), mid(self.up), mid(self.down), gap=8, margins=(16, 8, 8, 8)
        )
        self.setLayout(self._row)
        self.setMinimumHeight(sp(56))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_place(self, place: int, count: int) -> None:
        """Show at which place it stands now."""
        self._cap.set_words(str(place))
        self.up.setEnabled(place > 1)
        self.down.setEnabled(place < count)
        self.setAccessibleName(
            tr("Urutan {n} dari {m}: {butir}").format(n=place, m=count, butir=self._spoken)
        )

    def sizeHint(self) -> QSize:
        """As large as the words need."""
        return self._row.sizeHint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it to another place."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(self.mapToParent(event.position().toPoint()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card; the ring of the window shows the focus."""
        del event
        chosen = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(chosen.colour("surface"))
        painter.setPen(QPen(chosen.colour("line"), chosen.border))
        half = chosen.border / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 10, 10)
        painter.end()


class OrderingBox(AnswerBox):
    """Items to be put in order; nothing is answered until one was moved or the order was taken as it is."""

    def __init__(self, question: QuestionView) -> None:
        super().__init__(question)
        self._rows = [
            OrderRow(option, question.format, place + 1) for place, option in enumerate(question.options)
        ]
        for made in self._rows:
            made.moved.connect(lambda by, one=made: self._move(one, self._rows.index(one) + by))
            made.dragged.connect(lambda at, one=made: self._drag(one, at))
        self._take = Button(tr("Urutan ini sudah benar"), "quiet", "tick", name="takeOrder")
        self._take.clicked.connect(self._say)
        self._note = label(
            tr("Urutan belum dicatat. Geser satu butir, atau pakai urutan ini."), "caption", wrap=True
        )
        self._box = column(*self._rows, gap=8)
        self.setLayout(column(self._box, 12, row(mid(self._note, 1), mid(self._take)), None, gap=0))
        self._number()

    def show_answer(self, answer: str | None) -> None:
        """Put the items in the order the store holds; None leaves the order of the attempt."""
        wanted = (
            [int(part) for part in answer.split(",")] if answer else [o.index for o in self.question.options]
        )
        by_index = {made.option.index: made for made in self._rows}
        if sorted(wanted) == sorted(by_index):
            self._rows = [by_index[index] for index in wanted]
        self._lay()
        self._open(unanswered=not answer)

    def take_digit(self, digit: int) -> bool:
        """A digit sends the item in focus to that place."""
        one = next((made for made in self._rows if made.hasFocus()), None)
        if one is None or digit > len(self._rows):
            return False
        self._move(one, digit - 1)
        return True

    def enter(self) -> None:
        """Begin at the first item."""
        self._rows[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def asks(self) -> str:
        """What to do."""
        return tr("Urutkan dari yang pertama")

    def hints(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Ctrl with an arrow moves the item."""
        return ((("↑", "↓"), tr("pilih butir")), (("Ctrl", "↑", "↓"), tr("geser")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk along the items; with Ctrl they carry the item along."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        at = next((place for place, made in enumerate(self._rows) if made.hasFocus()), None)
        if step is None or at is None:
            event.ignore()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._move(self._rows[at], at + step)
        else:
            to = min(max(at + step, 0), len(self._rows) - 1)
            self._rows[to].setFocus(Qt.FocusReason.TabFocusReason)

    def _move(self, one: OrderRow, to: int) -> None:
        to = min(max(to, 0), len(self._rows) - 1)
        if self._rows.index(one) == to:
            return
        self._rows.remove(one)
        self._rows.insert(to, one)
        self._lay()
        one.setFocus(Qt.FocusReason.TabFocusReason)
        self._say()

    def _drag(self, one: OrderRow, at: QPoint) -> None:
        to = next(
            (n for n, made in enumerate(self._rows) if made.geometry().contains(made.x() + 1, at.y())), None
        )
        if to is not None:
            self._move(one, to)

    def _lay(self) -> None:
        while self._box.count():
            self._box.takeAt(0)
        for place, made in enumerate(self._rows):
            if place:
                self._box.addSpacing(sp(8))
            self._box.addWidget(made)
        for before, after in zip(self._rows, self._rows[1:], strict=False):
            QWidget.setTabOrder(before, after)
        self._number()

    def _number(self) -> None:
        for place, made in enumerate(self._rows):
            made.show_place(place + 1, len(self._rows))

    def _open(self, *, unanswered: bool) -> None:
        self._take.setVisible(unanswered)
        self._note.setVisible(unanswered)

    def _say(self) -> None:
        self._open(unanswered=False)
        self.answered.emit(",".join(str(made.option.index) for made in self._rows))
