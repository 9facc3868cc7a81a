"""Kuis: how each question of a quiz did, which were voided and why, and who rose by it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.background.jobs import Jobs
from desktop.formats import jp, number
from desktop.language import SEVERAL, tr, trn
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.bar import Bar, Fill, Piece
from desktop.screens.button import Button
from desktop.screens.card import card, list_card
from desktop.screens.loaded import Loaded
from desktop.screens.notice import notice
from desktop.screens.page import Scroll, body, empty, header
from desktop.screens.pill import Pill
from desktop.screens.quiz_desk_views import FEW, ItemRow, QuizDeskActions, QuizDeskView, QuizRow, RecountRow
from desktop.screens.style import sp
from desktop.screens.text import Elided, label
from desktop.screens.void_question_sheet import VoidQuestionSheet

_SHOWN = 40


class QuizDesk(Loaded[QuizDeskView]):
    """The quizzes, or the one that is open. `said` is one line for the window."""

    said = Signal(str)

    def __init__(
        self,
        actions: QuizDeskActions,
        jobs: Jobs,
        *,
        back: Callable[[], None] | None = None,
        exams: Callable[[], None] | None = None,
    ) -> None:
        """`back` leads to the room this belongs to, if any; `exams` to the exams with a proctor."""
        self._actions, self._back, self._exams, self._open = actions, back, exams, ""
        self._sheet: VoidQuestionSheet | None = None
        self._plain_jobs = jobs
        super().__init__("quiz_desk", trn("Kuis", SEVERAL), jobs, actions.load)

    def help_page(self) -> str:
        """The page of help for F1."""
        return "kuis-dan-ujian"

    def open(self, key: str) -> None:
        """Open one version of a quiz; an empty key goes back to all."""
        self._open = key
        self.refresh()

    def part(self) -> object:
        """The quiz that is open."""
        return self._open

    def build(self, view: QuizDeskView) -> tuple[QWidget, QWidget]:
        """All quizzes, or one."""
        quiz = next((one for one in view.quizzes if one.key == self._open), None)
        if quiz is not None:
            return self._quiz(quiz, view.as_of)
        beside: tuple[Button, ...] = ()
        if self._exams is not None:
            button = Button(tr("Ujian dengan pengawas"), "plain", "clock", name="quiz_exams")
            button.clicked.connect(self._exams)
            beside = (button,)
        head = header(trn("Kuis", SEVERAL), view.as_of, *beside, back=self._back)
        if not view.quizzes:
            nothing = empty(
                "quiz",
                tr("Belum ada kuis yang dikerjakan"),
                tr("Hasil kuis datang lewat Kirim & terima, dengan internet atau flashdisk."),
                name="quiz_desk_empty",
            )
            return head, nothing
        rows = [self._row(one, at) for at, one in enumerate(view.quizzes)]
        return head, Scroll(body(list_card(tr("Kuis yang sudah dikerjakan"), rows), None))

    def _row(self, one: QuizRow, at: int) -> QWidget:
        go = Button(tr("Lihat soal"), "plain", name=f"quiz_{at}")
        go.setAccessibleName(f"{tr('Lihat soal')}: {one.title}, {tr('versi {v}').format(v=one.version)}")
        go.clicked.connect(lambda: self.open(one.key))
        about = ", ".join((tr("versi {v}").format(v=one.version), _attempts(one.attempts)))
        words = column(None, Elided(one.title, "strong"), Elided(about, "caption", "muted"), None, gap=1)
        parts: list[Part] = [(words, 1)]
        voided = sum(bool(item.voided) for item in one.items)
        if voided:
            parts.append(mid(Pill(trn("{n} soal dibatalkan", voided).format(n=voided), "info")))
        suspect = sum(item.apart is not None and item.apart < 0 and not item.voided for item in one.items)
        if suspect:
            parts.append(
                mid(Pill(trn("{n} soal perlu diperiksa", suspect).format(n=suspect), "warn", "warning"))
            )
        made = holder(row(*parts, mid(go), gap=12, margins=(20, 0, 12, 0)))
        made.setFixedHeight(sp(60))
        return made

    def _quiz(self, one: QuizRow, as_of: str) -> tuple[QWidget, QWidget]:
        over = ", ".join((tr("Versi {v}").format(v=one.version), _attempts(one.attempts), as_of))
        head = header(one.title, over=over, back=lambda: self.open(""))
        parts: list[Part] = []
        if one.told:
            parts.append(notice("info", tr("Paket versi ini tidak terpasang"), one.told, name="quiz_no_pack"))
        if one.attempts < FEW:
            few = tr("Daya beda dihitung mulai {n} percobaan; sebelum itu satu orang mengubah semuanya.")
            parts.append(
                notice("info", tr("Jawaban masih terlalu sedikit"), few.format(n=FEW), name="quiz_few")
            )
        parts.append(self._items(one))
        if one.recounts:
            parts.append(_log(one.recounts))
        return head, Scroll(body(*parts, None))

    def _items(self, one: QuizRow) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(sp(16))
        grid.setVerticalSpacing(sp(14))
        grid.setColumnStretch(1, 5)
        grid.setColumnStretch(5, 3)
        heads = (tr("Soal"), "", tr("Dijawab"), tr("Tepat"), tr("Daya beda"), tr("Salah terbanyak"), "")
        for place, words in enumerate(heads):
            made = label(words, "caption_strong")
            if place == 2:
                made.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(made, 0, place)
        for at, item in enumerate(one.items, 1):
            for place, widget in enumerate(self._cells(one, item)):
                grid.addWidget(widget, at, place, Qt.AlignmentFlag.AlignTop)
        return card(label(tr("Soal demi soal"), "card"), 4, holder(grid), gap=8)

    def _cells(self, quiz: QuizRow, item: ItemRow) -> tuple[QWidget, ...]:
        asked = label(number(item.asked))
        asked.setAlignment(Qt.AlignmentFlag.AlignRight)
        asked.setMinimumWidth(sp(52))
        text = label(item.text, wrap=True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        words = holder(
            column(text, *((label(item.voided, "caption", wrap=True),) if item.voided else ()), gap=2)
        )
        share = tr("{n}%").format(n=item.right)
        bar = Bar(
            [Piece(item.right, Fill.USED if item.voided else Fill.DONE)],
            100,
            tr("{n}% benar").format(n=item.right),
        )
        bar.setFixedWidth(sp(96))
        return (
            label(str(item.question + 1), "strong"),
            words,
            asked,
            holder(column(label(share), bar, gap=4)),
            _apart(item),
            _trap(item),
            self._deed(quiz, item),
        )

    def _deed(self, quiz: QuizRow, item: ItemRow) -> QWidget:
        if item.voided:
            return Pill(tr("Dibatalkan"), "info")
        made = Button(tr("Batalkan…"), "quiet", name=f"void_{item.question}")
        made.setFixedHeight(sp(26))
        made.setAccessibleName(tr("Batalkan soal {n}").format(n=item.question + 1))
        made.clicked.connect(lambda: self._ask(quiz, item))
        return made

    def _ask(self, quiz: QuizRow, item: ItemRow) -> None:
        def done() -> None:
            self.said.emit(tr("Soal {n} dibatalkan. Nilai dihitung ulang.").format(n=item.question + 1))
            self.refresh()

        self._sheet = VoidQuestionSheet(
            self.window(),
            item,
            self._plain_jobs,
            effect=lambda: self._actions.effect(quiz.key, item.question),
            void=lambda reason: self._actions.void(quiz.key, item.question, reason),
            done=done,
        )


def _attempts(count: int) -> str:
    return trn("{n} percobaan selesai", count).format(n=number(count))


def _apart(item: ItemRow) -> QWidget:
    """How far the better third is from the weaker, in a word: nobody reads a coefficient."""
    if item.apart is None:
        return label("–", "muted")
    word, kind = (
        (tr("Periksa kunci"), "warn")
        if item.apart < 0
        else (tr("Lemah"), "muted")
        if item.apart < 0.2
        else (tr("Baik"), "ok")
    )
    value = f"{'−' if item.apart < 0 else '+'}{jp(round(abs(item.apart) * 100))}"
    return holder(column(row(Pill(word, kind), None), label(value, "caption"), gap=2))


def _trap(item: ItemRow) -> QLabel:
    words = item.trap and tr("{jawaban} ({n} orang)").format(jawaban=item.trap, n=item.trapped)
    made = label(words or "–", "body" if words else "muted", wrap=True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def _log(recounts: tuple[RecountRow, ...]) -> QWidget:
    """Who was counted again, when and why: the log; it can be made again anywhere from what was stated."""
    rows = []
    for at, one in enumerate(recounts[:_SHOWN]):
        words = column(None, Elided(one.who, "strong"), Elided(one.about, "caption", "muted"), None, gap=1)
        made = holder(
            row((words, 1), mid(Pill(one.state, one.kind)), gap=12, margins=(20, 0, 20, 0)),
            "",
            f"recount_{at}",
        )
        made.setFixedHeight(sp(56))
        rows.append(made)
    title = tr("Riwayat hitung ulang ({n})").format(n=len(recounts))
    return list_card(title, rows)
