"""The grid of questions: which are answered, which are in doubt, and where one is."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QWidget

from desktop.language import tr
from desktop.screens.arrange import mid, row
from desktop.screens.style import look, sp
from desktop.screens.text import label

_ACROSS = 5


class CellState(Enum):
    """What a cell of the grid says."""

    OPEN = "not answered"
    ANSWERED = "answered"
    DOUBT = "to be looked at again"


_COLOURS = {
    CellState.OPEN: ("surface", "line", "muted"),
    CellState.ANSWERED: ("primary_soft", "primary_soft", "primary"),
    CellState.DOUBT: ("warn_soft", "warn_soft", "warn"),
}


def _words(state: CellState) -> str:
    return {
        CellState.OPEN: tr("belum dijawab"),
        CellState.ANSWERED: tr("dijawab"),
        CellState.DOUBT: tr("ragu"),
    }[state]


class _Cell(QAbstractButton):
    """One number; the corner marks doubt so that colour does not stand alone."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.state = CellState.OPEN
        self.here = False
        self.setObjectName(f"cell{number}")
        self.setProperty("ring", 6)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(QSize(sp(36), sp(36)))

    def show_state(self, state: CellState, *, here: bool) -> None:
        """Show another state."""
        self.state, self.here = state, here
        # one stop for Tab, at the question in hand; arrows walk from there
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if here else Qt.FocusPolicy.NoFocus)
        place = tr("Soal {n}, {keadaan}").format(n=self.number, keadaan=_words(state))
        self.setAccessibleName(place)
        self.setToolTip(place)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space goes there; Enter too, because here it means this number."""
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, number, and the corner of doubt."""
        del event
        chosen = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink = ("primary", "primary", "on_primary") if self.here else _COLOURS[self.state]
        if chosen.contrast and not self.here:
            edge = "primary" if self.state is CellState.ANSWERED else "line"
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(chosen.colour(ground))
        painter.setPen(QPen(chosen.colour(edge), chosen.border))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(chosen.colour(ink))
        painter.setFont(chosen.sized(13, 400 if self.state is CellState.OPEN and not self.here else 600))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self.number))
        if self.state is CellState.DOUBT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(chosen.colour("on_primary" if self.here else "warn"))
            right, top, side = box.right() - 1, box.top() + 1, sp(9)
            corner = [QPointF(right - side, top), QPointF(right, top), QPointF(right, top + side)]
            painter.drawPolygon(QPolygonF(corner))
        painter.end()


class QuestionGrid(QWidget):
    """All questions of an attempt as numbers; choosing one goes there."""

    chosen = Signal(int)

    def __init__(self, count: int) -> None:
        super().__init__()
        self.setObjectName("questionGrid")
        self._cells = [_Cell(number + 1) for number in range(count)]
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(sp(9))
        for place, cell in enumerate(self._cells):
            cell.clicked.connect(lambda _on=False, at=place: self.chosen.emit(at))
            grid.addWidget(cell, place // _ACROSS, place % _ACROSS)
        grid.setColumnStretch(_ACROSS, 1)
        self.setLayout(grid)

    def show_states(self, states: Sequence[CellState], here: int) -> None:
        """Show where each question stands and which one is on screen."""
        for place, (cell, state) in enumerate(zip(self._cells, states, strict=True)):
            cell.show_state(state, here=place == here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk over the numbers."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_ACROSS, Qt.Key.Key_Down: _ACROSS}
        step = steps.get(Qt.Key(event.key()))
        at = next((place for place, cell in enumerate(self._cells) if cell.hasFocus()), None)
        if step is None or at is None or not 0 <= at + step < len(self._cells):
            event.ignore()
            return
        self._cells[at + step].setFocus(Qt.FocusReason.TabFocusReason)


class _Sample(QWidget):
    """The little square of the legend."""

    def __init__(self, state: CellState) -> None:
        super().__init__()
        self._state = state
        self.setFixedSize(sp(16), sp(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw with the look in force."""
        del event
        chosen = look()
        ground, _, ink = _COLOURS[self._state]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(chosen.colour(ground))
        painter.setPen(QPen(chosen.colour("edge" if self._state is CellState.OPEN else ink), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)
        painter.end()


def legend(state: CellState) -> QHBoxLayout:
    """One line of the legend."""
    words = {
        CellState.ANSWERED: tr("Dijawab"),
        CellState.DOUBT: tr("Ragu, lihat lagi"),
        CellState.OPEN: tr("Belum dijawab"),
    }[state]
    return row(mid(_Sample(state)), mid(label(words, "caption")), None, gap=8)
