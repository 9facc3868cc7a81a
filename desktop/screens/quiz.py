"""The quiz activity: its rules, the attempt, handing in, and the result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from shiboken6 import isValid

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr, trn
from desktop.screens.arrange import Part, column, holder
from desktop.screens.button import Button
from desktop.screens.field import Field
from desktop.screens.learning_views import ActivityView, AttemptView, QuizActions, QuizBody, ResultView
from desktop.screens.quiz_result import result_page
from desktop.screens.quiz_rules import rules_page
from desktop.screens.quiz_run import QuizRun, RunActions
from desktop.screens.quiz_time import Countdown
from desktop.screens.quiz_words import attempts_words
from desktop.screens.resume_point import ResumePoint, pack_point, read_point
from desktop.screens.saved_mark import SavedMark
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.text import label


class QuizScreen(QStackedWidget):
    """One quiz from its rules to its result.

    `stage_changed` says that the head has other words, `finished` that an attempt was handed in.
    """

    stage_changed = Signal()
    finished = Signal()
    went_on = Signal()
    trouble = Signal(Problem)

    def __init__(
        self,
        view: ActivityView,
        body: QuizBody,
        actions: QuizActions,
        save_draft: Callable[[str, bytes], None],
        jobs: Jobs,
    ) -> None:
        super().__init__()
        self.setObjectName("quiz")
        self._view, self._body, self._actions = view, body, actions
        self._all_jobs, self._jobs = jobs, ScreenJobs(self, jobs)
        self._save_draft = save_draft
        self._point = read_point(view.draft)
        self._run: QuizRun | None = None
        self._sheet: Sheet | None = None
        self.countdown = Countdown(self, self._beat)
        self.countdown.over.connect(self._time_up)
        self.head = ""
        self.show_rules()

    @property
    def running(self) -> bool:
        """Whether a question is on screen."""
        return self._run is not None

    def saved_mark(self) -> SavedMark | None:
        """The word about the newest answer, for the head of the screen."""
        return self._run.saved if self._run is not None else None

    def help_page(self) -> str:
        """The page of help for F1."""
        return "kuis"

    def begin(self) -> None:
        """Put the focus on what is likeliest."""
        if self._run is not None:
            self._run.begin()
        elif (page := self.currentWidget()) is not None:
            first = page.findChild(Button, "startQuiz") or page.findChild(Button, "tryAgain")
            first = first or page.findChild(Button, "resultNext")
            if first is not None:
                first.setFocus()

    def leave(self) -> None:
        """The screen is being left: keep what was typed last."""
        if self._run is not None:
            self._run.settled()
        self.countdown.stop()
        running = self._body.running
        if running is not None and not running.interrupted:
            number = running.number
            self._jobs.write(lambda: self._actions.away(self._view.id, number), _nothing, _nothing)

    def showEvent(self, event: QShowEvent) -> None:
        """Count on where the screen was left for another and is seen again."""
        super().showEvent(event)
        self.countdown.go_on()

    # --- stages ------------------------------------------------------------------------------------------

    def show_rules(self) -> None:
        """Show the rules, from which an attempt starts or goes on."""
        if self._run is not None:
            self._run.settled()
            self._keep_running()
        self.head = ""
        made, _ = rules_page(self._view.title, self._body, self._go, self.show_result)
        self._put(made)

    def show_result(self) -> None:
        """Show the newest result."""
        if self._body.last is None:
            return
        self.head = attempts_words(self._body.last.attempt, self._body.attempts)
        made, _ = result_page(
            self._body.last,
            self._body.pass_mark,
            self.show_rules if self._body.proctored else self._start,
            self.went_on.emit,
            has_next=self._view.next is not None,
        )
        self._put(made)

    def _go(self) -> None:
        """Begin, go on, or hand in what the clock has ended meanwhile."""
        running = self._body.running
        if running is not None and running.left == 0:
            self._finish(running.number)
        else:
            self._start()

    def _start(self) -> None:
        running = self._body.running
        if running is not None and running.left is None and not running.interrupted:
            self._enter(running)
            return
        for button in self.findChildren(Button):
            if button.objectName() in {"startQuiz", "tryAgain"}:
                button.setEnabled(False)
        if running is None:
            self._point = ResumePoint()
        self._jobs.write(self._begin_with(self._code()), self._enter, self._no_start)

    def _code(self) -> str:
        field = self._code_field()
        return field.text() if field is not None else ""

    def _code_field(self) -> Field | None:
        """The field on the page that is shown: one that was just taken away still hangs on the screen."""
        page = self.currentWidget()
        return None if page is None else page.findChild(Field, "exam_code")

    def _begin_with(self, code: str) -> Callable[[], AttemptView]:
        actions, key = self._actions, self._view.id
        if self._body.proctored and actions.start_with is not None:
            start_with = actions.start_with
            return lambda: start_with(key, code)
        return lambda: actions.start(key)

    def _no_start(self, problem: Problem) -> None:
        typed = self._code()
        self.show_rules()
        field = self._code_field()
        if field is not None:  # to be corrected, and not typed again
            field.setText(typed)
            field.setFocus()
        self.trouble.emit(problem)

    def _enter(self, attempt: AttemptView) -> None:
        self._body = replace(self._body, running=attempt)
        self.countdown.begin(attempt.left)
        number = attempt.number
        run = QuizRun(
            attempt,
            self._point,
            RunActions(
                keep=lambda question, answer, seconds: self._actions.answer(
                    self._view.id, number, question, answer, seconds
                ),
                keep_point=self._keep_point,
            ),
            self._all_jobs,
        )
        run.asked_to_hand_in.connect(self._ask)
        self.head = attempts_words(number, self._body.attempts)
        self._put(run)
        self._run = run
        self.stage_changed.emit()
        run.begin()

    def _keep_point(self, point: ResumePoint) -> None:
        self._point = point
        draft = pack_point(point)
        self._jobs.write(lambda: self._save_draft(self._view.id, draft), _nothing, _nothing)

    def _keep_running(self) -> None:
        """Carry the answers given so far into the rules page, so that *Lanjutkan kuis* shows them again."""
        run, running = self._run, self._body.running
        if run is not None and running is not None:
            self._body = replace(
                self._body,
                running=replace(running, answers=run.answers(), interrupted=False, left=self.countdown.left),
            )

    # --- handing in --------------------------------------------------------------------------------------

    def _ask(self) -> None:
        run = self._run
        if run is None or not run.settled():
            return
        open_ones, doubts = run.unanswered(), run.doubtful()
        parts: list[Part] = []
        if open_ones:
            parts.append(
                label(
                    _named(trn("{n} soal belum dijawab: {daftar}.", len(open_ones)), open_ones),
                    "warn",
                    wrap=True,
                )
            )
        if doubts:
            parts.append(
                label(_named(trn("{n} soal ditandai ragu: {daftar}.", len(doubts)), doubts), wrap=True)
            )
        if not parts:
            parts.append(label(tr("Semua soal sudah dijawab."), "ok"))
        parts.append(label(tr("Setelah dikumpulkan, jawaban tidak dapat diubah."), "muted", wrap=True))
        go = Button(tr("Kumpulkan jawaban"), "plain" if open_ones else "main", name="confirmHandIn")
        back = Button(
            tr("Ke soal {n}").format(n=open_ones[0] + 1) if open_ones else tr("Periksa lagi"),
            "main" if open_ones else "plain",
            name="backToQuestions",
        )
        buttons = (go, back) if open_ones else (back, go)
        sheet = Sheet(
            self.window(),
            tr("Kumpulkan jawaban?"),
            "",
            holder(column(*parts, gap=8)),
            buttons,
            name="handInSheet",
            width=520,
            closed=run.begin,
        )
        self._sheet = sheet
        go.clicked.connect(lambda: self._hand_in(sheet))
        back.clicked.connect(lambda: self._back_to(sheet, open_ones))

    def _back_to(self, sheet: Sheet, open_ones: list[int]) -> None:
        sheet.finish()
        if self._run is not None:
            if open_ones:
                self._run.go_to(open_ones[0])
            self._run.begin()

    def _hand_in(self, sheet: Sheet) -> None:
        running = self._body.running
        if running is None:
            return
        sheet.finish()
        self._finish(running.number)

    def _finish(self, number: int) -> None:
        if self._run is not None:
            self._run.setEnabled(False)
        self._jobs.write(lambda: self._actions.finish(self._view.id, number), self._handed_in, self._not_yet)

    def _beat(self) -> None:
        running = self._body.running
        if running is not None:
            number = running.number
            self._jobs.write(lambda: self._actions.beat(self._view.id, number), _nothing, _nothing)

    def _time_up(self) -> None:
        """The clock of the attempt stands at nothing: what is answered is handed in without asking."""
        running = self._body.running
        if running is None:
            return
        if self._run is not None:
            self._run.settled()
        if self._sheet is not None and isValid(self._sheet):
            self._sheet.finish()
        self._finish(running.number)

    def _not_yet(self, problem: Problem) -> None:
        if self._run is not None:
            self._run.setEnabled(True)
        self.trouble.emit(problem)

    def _handed_in(self, result: ResultView) -> None:
        self.countdown.end()
        best = max(result.score, self._body.best or 0)
        used, allowed = max(self._body.used, result.attempt), self._body.attempts
        if allowed is not None and result.attempts_left is not None:
            used = allowed - result.attempts_left  # attempts at other computers count too
        self._body = replace(self._body, running=None, last=result, used=used, best=best)
        self._point = ResumePoint()
        self._run = None
        self.show_result()
        self.finished.emit()
        self.begin()

    def _put(self, page: QWidget) -> None:
        old = self.currentWidget()
        self._run = None
        self.addWidget(page)
        self.setCurrentWidget(page)
        if old is not None:
            self.removeWidget(old)
            old.deleteLater()
        self.stage_changed.emit()


def _named(words: str, places: list[int]) -> str:
    shown = ", ".join(str(place + 1) for place in places[:12])
    return words.format(n=len(places), daftar=shown + (" …" if len(places) > 12 else ""))


def _nothing(_: object) -> None:
    """A place kept or not: the answers themselves are kept, and say so, elsewhere."""
