"""The rules of a quiz, shown before it starts, and the word that an interrupted attempt is safe."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.formats import score
from desktop.language import tr, trn
from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.button import Button
from desktop.screens.card import card
from desktop.screens.field import Asked, Field
from desktop.screens.icons import Icon
from desktop.screens.learning_views import AttemptView, QuizBody
from desktop.screens.notice import notice
from desktop.screens.page import Scroll
from desktop.screens.quiz_time import minutes_words
from desktop.screens.style import sp
from desktop.screens.text import label

_WIDE = 560


def _rule(icon: str, words: str, value: str) -> QWidget:
    made = holder(
        row(mid(Icon(icon, "muted", 20)), mid(label(words), 1), mid(label(value, "strong")), gap=12)
    )
    made.setMinimumHeight(sp(44))
    return made


def rules_page(
    title: str, rules: QuizBody, start: Callable[[], None], result: Callable[[], None]
) -> tuple[QWidget, Button]:
    """Build the page before an attempt, and its one filled button."""
    running = rules.running
    left = None if rules.attempts is None else max(0, rules.attempts - rules.used)
    parts: list[Part] = [label(title, "display", wrap=True), 16]
    if running is not None and running.interrupted:
        parts += [_safe(running), 16]
    listed: list[Part] = [
        _rule("quiz", tr("Soal"), str(rules.questions)),
        line(),
        _rule("award", tr("Nilai minimal"), tr("{n} dari 100").format(n=rules.pass_mark)),
        line(),
        _rule("checklist", tr("Percobaan"), _attempts(rules)),
        *_clock(rules),
    ]
    if rules.best is not None:
        listed += [line(), _rule("trophy", tr("Nilai terbaik Anda"), score(rules.best))]
    parts += [card(*listed, gap=0, margins=(20, 6, 20, 6)), 16]
    parts.append(_good_to_know())
    if rules.proctored and running is None and left != 0:
        parts += [16, _code(start)]
    if running is None and left == 0:
        parts += [12, label(tr("Semua percobaan sudah dipakai. Hubungi koordinator."), "warn", wrap=True)]
    parts.append(20)
    go = Button(
        _go_words(rules, left), "main", "" if running else "arrow-right", name="startQuiz", trailing=True
    )
    go.clicked.connect(start)
    go.setEnabled(running is not None or left != 0)
    buttons: list[Part] = [go]
    if rules.last is not None:
        last = Button(tr("Lihat hasil terakhir"), name="showResult")
        last.clicked.connect(result)
        buttons.append(last)
    parts.append(row(*buttons, None, gap=8))
    inner = holder(column(*parts, None, gap=0))
    inner.setMaximumWidth(sp(_WIDE))
    inner.setMinimumWidth(sp(280))
    ground = holder(
        row((holder(row((inner, 100), gap=0)), 100), gap=0, margins=(24, 32, 24, 32)), name="page"
    )
    layout = ground.layout()
    if layout is not None:
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
    return Scroll(ground, name="quizRules"), go


def _safe(running: AttemptView) -> QWidget:
    """The message after a power cut; the time left is said only by quizzes that have a clock."""
    answers = len([answer for answer in running.answers.values() if answer])
    words = tr("Percobaan ini belum berkurang. Lanjutkan?")
    if running.left == 0:
        words = tr("Waktu kuis habis selama komputer mati. Kejadian ini dicatat sebagai insiden listrik.")
    elif running.left is not None:
        words = tr("Percobaan ini belum berkurang, sisa waktu {waktu}. Lanjutkan?").format(
            waktu=minutes_words(running.left)
        )
    return notice(
        "ok" if running.left != 0 else "warn",
        trn("Komputer sempat mati. {n} jawaban Anda aman.", answers).format(n=answers),
        words,
        name="safeAnswers",
    )


def _clock(rules: QuizBody) -> list[Part]:
    """The time the quiz allows, and whether it runs on without power."""
    if rules.limit is None:
        return []
    running = rules.running
    words = minutes_words(rules.limit)
    if running is not None and running.left is not None:
        words = tr("sisa {waktu}").format(waktu=minutes_words(running.left))
    kind = tr("Waktu, tetap berjalan bila listrik padam") if rules.fixed else tr("Waktu")
    return [line(), _rule("clock", kind, words)]


def _code(start: Callable[[], None]) -> QWidget:
    """A place for the code of the proctor; Enter begins."""
    words = tr("Kode mulai dari pengawas")
    field = Field(name="exam_code", words=words, width=200)
    field.setMaxLength(16)
    field.returnPressed.connect(start)
    about = tr("Ujian dengan pengawas: kode ini untuk Anda sendiri, hari ini, dan sekali pakai.")
    return Asked(words, field, about)


def _attempts(rules: QuizBody) -> str:
    if rules.running is not None:
        return _counted(rules.running.number, rules.attempts)
    if rules.attempts is None:
        return tr("tanpa batas")
    if rules.used >= rules.attempts:
        return tr("{m} dari {m}, sudah habis").format(m=rules.attempts)
    return _counted(rules.used + 1, rules.attempts)


def _counted(number: int, allowed: int | None) -> str:
    if allowed is None:
        return tr("ke-{n}").format(n=number)
    return tr("ke-{n} dari {m}").format(n=number, m=allowed)


def _go_words(rules: QuizBody, left: int | None) -> str:
    if rules.running is not None:
        return tr("Kumpulkan jawaban") if rules.running.left == 0 else tr("Lanjutkan kuis")
    if rules.used and left != 0:
        return tr("Coba lagi")
    return tr("Mulai kuis")


def _good_to_know() -> QWidget:
    lines = (
        ("saved", tr("Setiap jawaban tersimpan di komputer ini, juga bila listrik padam.")),
        ("pen", tr("Jawaban dapat diubah sampai Anda memilih Kumpulkan jawaban.")),
        ("keyboard", tr("Angka 1-9 memilih, Enter ke soal berikutnya, R menandai ragu.")),
    )
    return holder(
        column(*(row(mid(Icon(i, "muted", 20)), (label(w, "muted", wrap=True), 1), gap=12) for i, w in lines))
    )
