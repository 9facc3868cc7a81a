"""The result of an attempt: the score against the pass mark, and what each question teaches."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.formats import score
from desktop.language import tr
from desktop.screens.arrange import TOP, Part, column, holder, mid, row
from desktop.screens.bar import Bar, Fill, Piece
from desktop.screens.button import Button
from desktop.screens.card import card
from desktop.screens.icons import Icon
from desktop.screens.learning_views import MarkView, ResultView
from desktop.screens.notice import notice
from desktop.screens.page import Scroll
from desktop.screens.pill import Pill
from desktop.screens.quiz_words import shown_text
from desktop.screens.style import sp
from desktop.screens.text import label
from sync.packs.questions import TextFormat

_WIDE = 744


def result_page(
    result: ResultView,
    pass_mark: int,
    again: Callable[[], None],
    onward: Callable[[], None],
    *,
    has_next: bool,
) -> tuple[QWidget, Button]:
    """Build the page after an attempt, and the button that leads on."""
    may_again = not result.passed and (result.attempts_left is None or result.attempts_left > 0)
    buttons: list[Part] = []
    on = Button(
        tr("Berikutnya") if has_next else tr("Isi modul"),
        "plain" if may_again else "main",
        "arrow-right",
        name="resultNext",
        trailing=True,
    )
    on.clicked.connect(onward)
    first = on
    if may_again:
        first = Button(tr("Coba lagi"), "main", name="tryAgain")
        first.clicked.connect(again)
        buttons.append(first)
    buttons.append(on)
    head = card(*_score(result, pass_mark), 20, row(*buttons, None, gap=8), gap=0, margins=(24, 20, 24, 20))
    head.setObjectName("resultCard")
    inner = holder(column(head, 24, *_review(result, may_again=may_again), None, gap=0))
    inner.setMaximumWidth(sp(_WIDE))
    ground = holder(row((inner, 1), gap=0, margins=(24, 28, 24, 28)), name="page")
    layout = ground.layout()
    if layout is not None:
        layout.setAlignment(inner, Qt.AlignmentFlag.AlignTop)
    return Scroll(ground, name="quizResult"), first


def _review(result: ResultView, *, may_again: bool) -> list[Part]:
    """What each question teaches, as far as the pack tells; who may try again is not told the answers."""
    if not result.marks:
        words = tr("Kuis ini hanya menampilkan nilai; pembahasannya tidak ditampilkan.")
        return [label(words, "muted", wrap=True, name="no_review")]
    marks = [_mark(place + 1, mark, told=not may_again) for place, mark in enumerate(result.marks)]
    until = _until(told=not may_again)
    if not result.told:
        until = [4, label(tr("Kuis ini tidak menampilkan jawaban yang benar."), "muted", wrap=True)]
    return [label(tr("Pembahasan"), "title"), *until, 12, *_apart(marks)]


def _until(*, told: bool) -> list[Part]:
    if told:
        return []
    return [
        4,
        label(tr("Jawaban yang benar ditampilkan setelah lulus atau percobaan habis."), "muted", wrap=True),
    ]


def _score(result: ResultView, pass_mark: int) -> list[Part]:
    state = Pill(tr("Lulus"), "ok", "tick") if result.passed else Pill(tr("Belum lulus"), "warn", "clock")
    number = label(score(result.score), "number", name="score")
    right = label(
        tr("{n} dari {m} soal benar").format(n=result.correct, m=result.total), "muted", name="correctCount"
    )
    words = tr("Nilai minimal {n}. {sisa}").format(n=pass_mark, sisa=_left(result))
    fill = Fill.DONE if result.passed else Fill.RUNNING
    bar = Bar([Piece(result.score / 100, fill)], 100, words)
    again: list[Part] = []
    if result.before is not None:
        said = tr("Dihitung ulang karena ada soal yang dibatalkan. Nilai sebelumnya {n}.")
        again = [10, notice("info", said.format(n=score(result.before)), name="counted_again")]
    return [
        row(mid(number), mid(label(tr("dari 100"), "card")), 12, mid(state), None, mid(right), gap=8),
        12,
        bar,
        8,
        label(words, "muted", wrap=True),
        *again,
    ]


def _left(result: ResultView) -> str:
    if result.passed:
        return tr("Hasil ini tersimpan di komputer ini.")
    if result.attempts_left is None:
        return tr("Anda dapat mencoba lagi tanpa batas.")
    if result.attempts_left == 0:
        return tr("Semua percobaan sudah dipakai. Hubungi koordinator.")
    return tr("Sisa percobaan: {n}.").format(n=result.attempts_left)


def _apart(marks: list[QWidget]) -> list[Part]:
    parts: list[Part] = []
    for mark in marks:
        parts += [mark, 12]
    return parts


def _mark(number: int, mark: MarkView, *, told: bool) -> QWidget:
    icon, ink = ("tick", "ok") if mark.correct else ("x", "bad")
    said = tr("Tepat") if mark.correct else tr("Belum tepat")
    if mark.voided:
        icon, ink, said = "help", "info", tr("Dibatalkan, tidak dihitung")
    parts: list[Part] = [
        row(
            mid(label(tr("Soal {n}").format(n=number), "caption_strong")),
            mid(label(said, f"{ink}_caption")),
            None,
            gap=10,
        ),
        _rich(mark.text, "strong", mark.format),
        6,
        _pair(tr("Jawaban Anda"), mark.answered or tr("tidak dijawab"), mark.format),
    ]
    if told and not mark.correct and mark.right and not mark.voided:
        parts.append(_pair(tr("Jawaban yang benar"), mark.right, mark.format))
    if mark.voided:
        parts.append(_pair(tr("Alasan"), mark.voided, TextFormat.PLAIN))
    elif mark.feedback:
        parts += [
            6,
            holder(column(_rich(mark.feedback, "body", mark.format), margins=(14, 10, 14, 10)), "flat"),
        ]
    made = card(
        row((Icon(icon, ink, 20), 0, TOP), (column(*parts, gap=4), 1), gap=14), margins=(18, 16, 20, 16)
    )
    made.setObjectName(f"mark{number}")
    made.setAccessibleName(f"{tr('Soal {n}').format(n=number)}. {said}. {mark.feedback}")
    return made


def _pair(name: str, value: str, form: TextFormat) -> QWidget:
    left = label(name, "muted")
    left.setFixedWidth(sp(150))
    return holder(row((left, 0, TOP), (_rich(value, "body", form), 1), gap=12))


def _rich(text: str, role: str, form: TextFormat = TextFormat.PLAIN) -> QLabel:
    made = label("", role, wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(shown_text(text, form))
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
