"""The side of an attempt: how many questions, the grid of them, what its colours mean, and handing in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.language import tr, trn
from desktop.screens.arrange import Part, column, holder
from desktop.screens.button import Button
from desktop.screens.page import Scroll
from desktop.screens.quiz_grid import CellState, QuestionGrid, legend
from desktop.screens.style import sp
from desktop.screens.text import label

WIDTH = 264


class QuizSide(QFrame):
    """Says where each question stands; `chosen` is a place from 0, `asked_to_hand_in` its button."""

    chosen = Signal(int)
    asked_to_hand_in = Signal()

    def __init__(self, count: int) -> None:
        super().__init__()
        self.setObjectName("quizSide")
        self.setProperty("f", "side")
        self._grid = QuestionGrid(count)
        self._grid.chosen.connect(self.chosen)
        self._count = label("", "caption", name="answeredCount")
        hand_in = Button(tr("Kumpulkan jawaban"), "plain", "task", name="handIn")
        hand_in.clicked.connect(self.asked_to_hand_in)
        hand_in.setMinimumWidth(sp(WIDTH - 48))
        parts: list[Part] = [
            label(trn("{n} soal", count).format(n=count), "card"),
            2,
            self._count,
            14,
            self._grid,
            16,
            legend(CellState.ANSWERED),
            6,
            legend(CellState.DOUBT),
            6,
            legend(CellState.OPEN),
            None,
        ]
        scrolled = Scroll(
            holder(column(*parts, gap=0, margins=(24, 24, 8, 12)), name="gridSide"), name="gridScroll"
        )
        note = label(tr("Belum dikumpulkan. Anda masih dapat mengubah jawaban."), "caption", wrap=True)
        foot = holder(column(hand_in, 8, note, gap=0, margins=(24, 8, 24, 20)))
        self.setLayout(column((scrolled, 1), foot, gap=0))
        self.setMinimumWidth(sp(WIDTH))
        self.spread(wide=False)

    def spread(self, *, wide: bool) -> None:
        """Take the whole width, where there is no room beside a question, or only the side."""
        self.setMaximumWidth(16_777_215 if wide else sp(WIDTH))

    def show_states(self, states: Sequence[CellState], here: int, answered: int, doubts: int) -> None:
        """Show how many are answered, and where each question stands."""
        self._grid.show_states(states, here)
        words = tr("{n} dijawab, {d} ditandai ragu") if doubts else tr("{n} dijawab")
        self._count.setText(words.format(n=answered, d=doubts))
