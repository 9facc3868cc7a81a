"""An attempt under way: one question at a time, the grid beside it, and every answer kept at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QLabel, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import MIDDLE, column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.key_cap import KeyRoom, key_line
from desktop.screens.learning_views import AttemptView, QuestionKind, QuestionView
from desktop.screens.notice import problem_notice
from desktop.screens.page import Scroll
from desktop.screens.quiz_answer import AnswerBox
from desktop.screens.quiz_choice import ChoiceBox
from desktop.screens.quiz_grid import CellState
from desktop.screens.quiz_keeping import AnswerKeeper
from desktop.screens.quiz_matching import MatchingBox
from desktop.screens.quiz_ordering import OrderingBox
from desktop.screens.quiz_side import WIDTH, QuizSide
from desktop.screens.quiz_text import WrittenBox
from desktop.screens.quiz_words import is_whole, shown_text, spoken_text
from desktop.screens.resume_point import ResumePoint
from desktop.screens.saved_mark import SavedMark
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.style import sp
from desktop.screens.text import label

_WIDE = 744
_TIGHT = 620  # px below which two buttons of the foot keep only their icons
_LEAST = 480  # px a question needs beside the list of questions
_BOXES: dict[QuestionKind, type[AnswerBox]] = {
    QuestionKind.SINGLE: ChoiceBox,
    QuestionKind.MULTIPLE: ChoiceBox,
    QuestionKind.TRUE_FALSE: ChoiceBox,
    QuestionKind.SHORT: WrittenBox,
    QuestionKind.NUMBER: WrittenBox,
    QuestionKind.MATCHING: MatchingBox,
    QuestionKind.ORDERING: OrderingBox,
}


@dataclass(frozen=True, slots=True)
class RunActions:
    """What an attempt needs: `keep` blocks until the answer is durable; `keep_point` may be lost."""

    keep: Callable[[int, str, int], None]  # question, answer, seconds
    keep_point: Callable[[ResumePoint], None]


class QuizRun(QWidget):
    """The screen of an attempt; `asked_to_hand_in` is emitted when the learner wants to finish."""

    asked_to_hand_in = Signal()

    def __init__(self, attempt: AttemptView, point: ResumePoint, actions: RunActions, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("quizRun")
        self._attempt, self._actions = attempt, actions
        self._answers = {number: answer for number, answer in attempt.answers.items() if answer}
        mine = point.attempt == attempt.number
        self._doubts = set(point.doubts) if mine else set()
        self._at = point.question if mine else next(iter(self.unanswered()), 0)
        self._at = min(max(self._at, 0), len(attempt.questions) - 1)
        self._shown = monotonic()
        self._box: AnswerBox | None = None
        self._entering = False
        self.saved = SavedMark()
        self._place = label("", "strong", name="questionPlace")
        self._asks = label("", "muted", wrap=True, name="questionAsks")
        self._doubt = Button(tr("Tandai ragu"), "quiet", "flag", name="doubt")
        self._doubt.setCheckable(True)
        self._doubt.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Enter to the next question
        self._doubt.clicked.connect(self._toggle_doubt)
        self._text = _question_label()
        self._back = Button(tr("Sebelumnya"), "plain", "left", name="previousQuestion")
        self._back.clicked.connect(lambda: self.go_to(self._at - 1))
        self._next = Button(tr("Soal berikutnya"), "main", "arrow-right", name="nextQuestion", trailing=True)
        self._next.clicked.connect(self._onward)
        self._keys = KeyRoom()
        self._problem = holder(column(gap=0))
        self._keeper = AnswerKeeper(actions.keep, ScreenJobs(self, jobs), self.saved, self._complain)
        self._list = Button(tr("Daftar soal"), "plain", "checklist", name="questionList")
        self._list.setCheckable(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._list.toggled.connect(lambda _: self._fold())
        self._side = QuizSide(len(attempt.questions))
        self._side.chosen.connect(self.go_to)
        self._side.asked_to_hand_in.connect(self.asked_to_hand_in)
        self._middle = self._build_middle()
        self._foot = self._build_foot()
        self._lay()
        for key, step in ((Qt.Key.Key_PageUp, -1), (Qt.Key.Key_PageDown, 1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=step: self.go_to(self._at + by))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)
        self._show_question()

    # --- what others ask ---------------------------------------------------------------------------------

    def unanswered(self) -> list[int]:
        """Places of the questions without an answer, from 0."""
        return [place for place, one in enumerate(self._attempt.questions) if not self._whole(one)]

    def doubtful(self) -> list[int]:
        """Places of the questions marked *ragu*, from 0."""
        return [place for place, one in enumerate(self._attempt.questions) if one.id in self._doubts]

    def answers(self) -> dict[int, str]:
        """What is answered now, by question."""
        return dict(self._answers)

    def settled(self) -> bool:
        """Say what was typed last; True when every answer is with the store or on its way there."""
        if self._box is not None:
            self._box.settle()
        return self._keeper.all_well

    def go_to(self, place: int) -> None:
        """Go to another question."""
        if not 0 <= place < len(self._attempt.questions) or place == self._at:
            return
        if self._box is not None:
            self._box.settle()
        self._at = place
        self._list.setChecked(False)
        self._keep_point()
        self._show_question()

    def begin(self) -> None:
        """Put the focus where answering begins."""
        if self._box is not None:
            self._entering = True
            self._box.enter()
            self._entering = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list of questions a page of its own where there is no room beside the question."""
        super().resizeEvent(event)
        self._fold()

    # --- keys --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits answer, Enter goes on, R marks doubt (Ctrl+R while writing)."""
        key = event.key()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and self._box is not None and not event.modifiers():
            if self._box.take_digit(key - Qt.Key.Key_0):
                return
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._onward()
            return
        elif key == Qt.Key.Key_R:
            self._doubt.click()
            return
        event.ignore()

    # --- inside ------------------------------------------------------------------------------------------

    def _build_middle(self) -> QWidget:
        head = row(mid(self._place), mid(self._asks, 1), mid(self._doubt), gap=12)
        self._hold = holder(column(gap=0))
        inner = holder(column(self._problem, head, 12, self._text, 20, self._hold, None, gap=0))
        inner.setMaximumWidth(sp(_WIDE))
        ground = holder(row((inner, 1), gap=0, margins=(24, 24, 24, 24)), name="page")
        self._scroll = Scroll(ground, name="questionScroll")
        return self._scroll

    def _build_foot(self) -> QFrame:
        made = holder(
            row(
                mid(self._back),
                mid(self._list),
                None,
                mid(self._keys),
                None,
                mid(self._next),
                gap=8,
                margins=(24, 0, 24, 0),
            ),
            "foot",
            "quizFoot",
        )
        made.setFixedHeight(sp(64))
        return made

    def _show_question(self) -> None:
        question = self._attempt.questions[self._at]
        last = self._at == len(self._attempt.questions) - 1
        box = _BOXES[question.kind](question)
        box.show_answer(self._answers.get(question.id))
        box.answered.connect(lambda answer, one=question: self._answer(one, answer))
        _replace(self._hold, box)
        self._box = box
        self._shown = monotonic()
        total = len(self._attempt.questions)
        self._place.setText(tr("Soal {n} dari {m}").format(n=self._at + 1, m=total))
        asks = box.asks()
        self._asks.setText(f"{question.section}. {asks}" if question.section else asks)
        self._text.setText(shown_text(question.text, question.format))
        self._text.setAccessibleName(spoken_text(question.text, question.format))
        self._back.setEnabled(self._at > 0)
        self._next.set_text(tr("Kumpulkan jawaban") if last else tr("Soal berikutnya"))
        writing = question.kind in {QuestionKind.SHORT, QuestionKind.NUMBER}
        doubt = ("Ctrl", "R") if writing else ("R",)
        keys = key_line(*box.hints(), (("Enter",), tr("berikutnya")), (doubt, tr("ragu")))
        self._keys.show_keys(keys)
        self._fit_keys()
        self._scroll.verticalScrollBar().setValue(0)
        self._tell()
        if self.isVisible():
            self.begin()

    def _answer(self, question: QuestionView, answer: str) -> None:
        """Ask the store to keep an answer; say so only when it did."""
        if answer:
            self._answers[question.id] = answer
        else:
            self._answers.pop(question.id, None)
        seconds = max(0, round(monotonic() - self._shown))
        self._shown = monotonic()
        self._keeper.keep(question.id, answer, seconds)
        self._tell()

    def _complain(self, problem: Problem | None) -> None:
        shown = None
        if problem is not None:
            shown = problem_notice(problem, retry=self._keeper.again, name="answerProblem")
        _replace(self._problem, shown)

    def _onward(self) -> None:
        if self._at == len(self._attempt.questions) - 1:
            self.asked_to_hand_in.emit()
        else:
            self.go_to(self._at + 1)

    def _toggle_doubt(self) -> None:
        self._doubts ^= {self._attempt.questions[self._at].id}
        self._keep_point()
        self._tell()

    def _keep_point(self) -> None:
        self._actions.keep_point(
            ResumePoint(attempt=self._attempt.number, question=self._at, doubts=tuple(sorted(self._doubts)))
        )

    def _tell(self) -> None:
        """Bring count, grid and doubt button up to date."""
        states = [
            CellState.DOUBT
            if one.id in self._doubts
            else CellState.ANSWERED
            if one.id in self._answers
            else CellState.OPEN
            for one in self._attempt.questions
        ]
        states = [self._state(one) for one in self._attempt.questions]
        answered = len(states) - len(self.unanswered())
        self._side.show_states(states, self._at, answered, len(self._doubts))
        doubtful = self._attempt.questions[self._at].id in self._doubts
        self._doubt.setChecked(doubtful)
        self._doubt.set_text(tr("Ditandai ragu") if doubtful else tr("Tandai ragu"))

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring the option that a key reached into sight."""
        if self._entering or now is None or self._box is None:
            return  # a question begins at its top
        if self._box.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now, 0, sp(24))

    def _fold(self) -> None:
        narrow = self.width() < sp(WIDTH + _LEAST)
        shown = narrow and self._list.isChecked()
        if narrow == self._list.isHidden():
            self._place_parts(narrow=narrow)
        self._list.setVisible(narrow)
        tight = self.width() < sp(_TIGHT)
        self._back.setText("") if tight else self._back.set_text(tr("Sebelumnya"))
        self._list.setText("") if tight else self._list.set_text(tr("Daftar soal"))
        self._side.spread(wide=shown)
        self._side.setVisible(shown or not narrow)
        self._middle.setVisible(not shown)
        self._fit_keys()

    def _lay(self) -> None:
        self._parts = QGridLayout()
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)
        self._parts.setColumnStretch(1, 1)
        self._parts.setRowStretch(0, 1)
        self.setLayout(self._parts)
        self._list.hide()
        self._side.hide()  # shown where there is room: its width must never be the least width of the window
        self._place_parts(narrow=False)

    def _place_parts(self, *, narrow: bool) -> None:
        """Beside each other, the side as high as the window; or one over the other above the foot."""
        for part in (self._side, self._middle, self._foot):
            self._parts.removeWidget(part)
        if narrow:
            self._parts.addWidget(self._side, 0, 0, 1, 2)
            self._parts.addWidget(self._middle, 0, 0, 1, 2)
            self._parts.addWidget(self._foot, 1, 0, 1, 2)
        else:
            self._parts.addWidget(self._side, 0, 0, 2, 1)
            self._parts.addWidget(self._middle, 0, 1)
            self._parts.addWidget(self._foot, 1, 1)

    def _fit_keys(self) -> None:
        """Drop the line of keys where the buttons need its room; F1 lists them too."""
        beside = [self._back, self._next] if self._list.isHidden() else [self._back, self._list, self._next]
        buttons = sum(button.sizeHint().width() + sp(8) for button in beside)
        side = 0 if self._side.isHidden() else sp(WIDTH)
        self._keys.fit(self.width() - side - buttons - sp(48 + 16))

    def _whole(self, question: QuestionView) -> bool:
        return is_whole(question, self._answers.get(question.id, ""))

    def _state(self, question: QuestionView) -> CellState:
        if question.id in self._doubts:
            return CellState.DOUBT
        return CellState.ANSWERED if self._whole(question) else CellState.OPEN


def _question_label() -> QLabel:
    made = label("", "question", wrap=True, name="questionText")
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setAlignment(MIDDLE | Qt.AlignmentFlag.AlignLeft)
    return made


def _replace(frame: QFrame, widget: QWidget | None) -> None:
    """Put one widget in a frame in place of what it held."""
    layout = frame.layout()
    if layout is None:
        return
    while layout.count():
        old = layout.takeAt(0)
        gone = old.widget() if old is not None else None
        if gone is not None:
            gone.hide()
            gone.deleteLater()
    if widget is not None:
        layout.addWidget(widget)
        widget.show()
