"""Kantor > Tindak lanjut: what people ask to be put right in their data, and the sheet that answers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.office.corrections import Wish
from desktop.people.corrections import topic_words
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.avatar import Avatar, initials
from desktop.screens.button import Button
from desktop.screens.card import list_card
from desktop.screens.field import Asked, Field
from desktop.screens.icons import Icon
from desktop.screens.notice import notice, problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import Elided, label
from sync.folds.corrections import WORDS_LIMIT


@dataclass(frozen=True, slots=True)
class CorrectionActions:
    """`put_right` and `decline` (with a reason) state an answer, as writes; `say` shows a toast."""

    put_right: Callable[[Wish], None]
    decline: Callable[[Wish, str], None]
    say: Callable[[str], None]
    jobs: Jobs


def corrections_card(wishes: Sequence[Wish], open_one: Callable[[Wish], None]) -> QFrame:
    """List what waits for an answer, the oldest first."""
    rows = [_row(one, place, open_one) for place, one in enumerate(wishes)]
    return list_card(tr("Permintaan perbaikan data ({n})").format(n=len(rows)), rows)


def _row(one: Wish, place: int, open_one: Callable[[Wish], None]) -> QWidget:
    said = tr("Seharusnya: {isi}").format(isi=one.asked.right)
    if one.own:
        said = f"{said}. {tr('Milik Anda: dijawab koordinator lain.')}"
    words = column(
        None,
        Elided(f"{one.name}: {topic_words(one.asked.topic)}", "strong"),
        Elided(said, "caption", "muted"),
        None,
        gap=1,
    )
    parts: list[Part] = [mid(Avatar(initials(one.name), 36)), (words, 1)]
    if not one.own:
        answer = Button(tr("Jawab…"), "plain", name=f"wish_{place}")
        answer.setAccessibleName(f"{tr('Jawab…')} {one.name}, {topic_words(one.asked.topic)}")
        answer.clicked.connect(partial(open_one, one))
        parts.append(mid(answer))
    made = holder(row(*parts, gap=14, margins=(20, 0, 14, 0)))
    made.setFixedHeight(sp(64))
    made.setAccessibleName(f"{one.name}. {topic_words(one.asked.topic)}. {said}")
    return made


class AnswerSheet:
    """One request beside what the roster holds; `answered` is called when a word is stated."""

    def __init__(
        self, window: QWidget, one: Wish, actions: CorrectionActions, answered: Callable[[], None]
    ) -> None:
        self._one, self._actions, self._answered = one, actions, answered
        self._told = Slot("answer_told")
        words = tr("Alasan bila ditolak")
        field = Field(name="answer_reason", words=words)
        field.setMaxLength(WORDS_LIMIT)
        self._reason = Asked(words, field, tr("Hanya orangnya, meja kantor, dan pusat yang membacanya."))
        self._no = Button(tr("Tolak"), "plain", "x", name="answer_decline")
        self._yes = Button(tr("Sudah diperbaiki"), "main", "tick", name="answer_done")
        close = Button(tr("Tutup"), name="answer_leave")
        self._yes.setEnabled(one.renewed)
        self._no.clicked.connect(self._decline)
        self._yes.clicked.connect(self._done)
        if not one.renewed:
            self._told.put(
                notice(
                    "info",
                    tr("Daftar kantor belum berubah."),
                    tr(
                        "Usulkan perbaikannya di Akun & PIN. "
                        "Jawab di sini sesudah berkas kantor yang baru datang."
                    ),
                    name="answer_waits",
                )
            )
        lines = [
            row((label(what, "muted"), 1), (label(said, "strong", wrap=True, name=f"answer_{at}"), 2), gap=12)
            for at, (what, said) in enumerate(_lines(one))
        ]
        self.sheet = Sheet(
            window,
            one.name,
            one.unit,
            holder(column(*lines, 8, self._told, 4, self._reason, None, gap=6)),
            (close, self._no, self._yes),
            name="answer_sheet",
            owner=self,
            width=620,
            picture=Icon("people", "primary", 28),
        )
        self.sheet.setProperty("help", "kantor-tindak-lanjut")
        self._jobs = ScreenJobs(self.sheet, actions.jobs)
        close.clicked.connect(self.sheet.dismiss)
        field.textEdited.connect(lambda _text: self._reason.advise())
        self.sheet.refit()
        (self._yes if one.renewed else field).setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self) -> None:
        self._write(lambda: self._actions.put_right(self._one), tr("Jawaban terkirim: sudah diperbaiki."))

    def _decline(self) -> None:
        reason = self._reason.field.text().strip()
        if not reason:
            self._reason.advise(tr("Tulis alasannya."), "bad")
            self._reason.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._write(lambda: self._actions.decline(self._one, reason), tr("Ditolak, alasannya terkirim."))

    def _write(self, work: Callable[[], None], said: str) -> None:
        self._yes.setEnabled(False)
        self._no.setEnabled(False)
        self._jobs.write(work, lambda _none: self._over(said), self._failed)

    def _over(self, said: str) -> None:
        self.sheet.finish()
        self._actions.say(said)
        self._answered()

    def _failed(self, problem: Problem) -> None:
        self._yes.setEnabled(self._one.renewed)
        self._no.setEnabled(True)
        self._told.put(problem_notice(problem, name="answer_problem"))
        self.sheet.refit()


def _lines(one: Wish) -> list[tuple[str, str]]:
    lines = [(tr("Yang perlu diperbaiki"), topic_words(one.asked.topic))]
    if one.asked.wrong:
        lines.append((tr("Tertulis sekarang"), one.asked.wrong))
    lines.append((tr("Seharusnya"), one.asked.right))
    if one.held:
        lines.append((tr("Daftar kantor, versi {n}").format(n=one.version), one.held))
    return lines
