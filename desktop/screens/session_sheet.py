"""Lembar sesi on the glass: a session typed by one of two colleagues, and answered by the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, row
from desktop.screens.button import Button
from desktop.screens.choice import Combo
from desktop.screens.day_entry import read_day
from desktop.screens.field import Asked, Field
from desktop.screens.icons import Icon
from desktop.screens.notice import notice, problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import label


@dataclass(frozen=True, slots=True)
class SessionForm:
    """A form that two colleagues may confirm by themselves; `worth` says what it gives."""

    id: str
    words: str
    worth: str


@dataclass(frozen=True, slots=True)
class SessionWish:
    """What is typed, and what the sheet begins with; `start` in minutes of the day, None while empty."""

    session: str = ""
    form: str = ""
    nip: str = ""
    day: date | None = None
    start: int | None = None
    minutes: int = 0
    topic: str = ""
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class SessionActions:
    """`save` states it, in the writer's lane; `saved` is called when it is stated."""

    forms: Sequence[SessionForm]
    save: Callable[[SessionWish], None]
    saved: Callable[[], None]
    jobs: Jobs


class SessionSheet:
    """Asks for one session."""

    def __init__(self, window: QWidget, actions: SessionActions, draft: SessionWish) -> None:
        self._actions, self._draft = actions, draft
        self._slot = Slot("session_slot")
        self._worth = {one.id: one.worth for one in actions.forms}
        items = [("", tr("Pilih bentuknya")), *((one.id, one.words) for one in actions.forms)]
        self._form = Combo(items, name="session_form", words=tr("Bentuk sesi"))
        self._form.choose(draft.form)
        self._told = label(" ", "caption", wrap=True, name="session_worth")
        day = "" if draft.day is None else draft.day.strftime("%d-%m-%Y")
        self._nip = _field("session_nip", tr("NIP rekan"), draft.nip)
        self._day = _field("session_day", tr("Tanggal"), day, tr("Misalnya 20-11-2026"))
        start = "" if draft.start is None else clock(draft.start)
        self._start = _field("session_start", tr("Jam mulai"), start, tr("Misalnya 09.30"))
        minutes = str(draft.minutes) if draft.minutes else ""
        self._minutes = _field("session_minutes", tr("Lamanya (menit)"), minutes)
        self._topic = _words("session_topic", tr("Topik"), draft.topic)
        self._agreed = _words("session_agreed", tr("Kesepakatan"), draft.agreed)
        self._go = Button(tr("Simpan"), "main", "tick", name="session_save")
        self._go.setEnabled(bool(actions.forms))
        cancel = Button(tr("Batal"), name="session_cancel")
        self.sheet = Sheet(
            window,
            tr("Catat sesi"),
            tr(
                "Coaching atau mentoring dengan rekan sekantor. JP dihitung setelah rekan Anda mengonfirmasi."
            ),
            holder(
                column(
                    self._slot,
                    row(
                        (column(label(tr("Bentuk sesi"), "strong"), 4, self._form, None, gap=0), 1),
                        (self._nip, 1),
                        gap=16,
                    ),
                    self._told,
                    6,
                    row((self._day, 1), (self._start, 1), (self._minutes, 1), gap=16),
                    6,
                    label(tr("Topik"), "strong"),
                    4,
                    self._topic,
                    8,
                    label(tr("Kesepakatan"), "strong"),
                    4,
                    self._agreed,
                    None,
                    gap=0,
                )
            ),
            (cancel, self._go),
            name="session_sheet",
            owner=self,
            width=660,
            picture=Icon("award", "primary", 28),
        )
        self.sheet.setProperty("help", "lembar-sesi")
        self._jobs = ScreenJobs(self.sheet, actions.jobs)
        cancel.clicked.connect(self.sheet.dismiss)
        self._go.clicked.connect(lambda _on: self._submit())
        self._form.currentIndexChanged.connect(lambda _at: self._formed())
        for asked in (self._nip, self._day, self._start, self._minutes):
            asked.field.textEdited.connect(lambda _text, asked=asked: asked.advise())
        self._formed()
        if not actions.forms:
            said = tr("Belum ada bentuk yang boleh dikonfirmasi dua rekan menurut tabel JP kantor ini.")
            self._slot.put(notice("info", said, name="session_none"))
            self.sheet.refit()
        self._form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _formed(self) -> None:
        self._told.setText(self._worth.get(self._form.value(), " "))

    def _submit(self) -> None:
        if not self._form.value():
            self._failed(Problem(tr("Pilih bentuk sesinya.")))
            return
        day, start = read_day(self._day.field.text()), read_clock(self._start.field.text())
        minutes = self._minutes.field.text().strip()
        if day is None:
            self._wrong(self._day, tr("Ketik tanggalnya, misalnya 20-11-2026."))
            return
        if start is None:
            self._wrong(self._start, tr("Ketik jamnya, misalnya 09.30."))
            return
        if not (minutes.isascii() and minutes.isdigit() and len(minutes) <= 4):
            self._wrong(self._minutes, tr("Ketik lamanya dalam menit."))
            return
        wish = SessionWish(
            self._draft.session,
            self._form.value(),
            self._nip.field.text(),
            day,
            start,
            int(minutes),
            self._topic.toPlainText(),
            self._agreed.toPlainText(),
        )
        self._go.setEnabled(False)
        self._jobs.write(lambda: self._actions.save(wish), lambda _none: self._done(), self._failed)

    def _done(self) -> None:
        self.sheet.finish()
        self._actions.saved()

    def _wrong(self, asked: Asked, words: str) -> None:
        asked.advise(words, "bad")
        asked.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, problem: Problem) -> None:
        self._go.setEnabled(True)
        self._slot.put(problem_notice(problem, name="session_problem"))
        self.sheet.refit()


@dataclass(frozen=True, slots=True)
class AnswerActions:
    """`lines` are what was stated, by its names; `answer` (yes, reason) runs in the writer's lane."""

    name: str
    lines: Sequence[tuple[str, str]]
    answer: Callable[[bool, str], None]
    answered: Callable[[], None]
    jobs: Jobs


class AnswerSheet:
    """Shows what a colleague has stated, to be confirmed or declined."""

    def __init__(self, window: QWidget, actions: AnswerActions) -> None:
        self._actions = actions
        self._slot = Slot("answer_slot")
        self._reason = _field(
            "answer_reason", tr("Alasan bila tidak benar"), "", tr("Kosongkan bila sesinya benar.")
        )
        no = Button(tr("Tidak benar"), "plain", "x", name="answer_no")
        yes = Button(tr("Benar, sesi ini terjadi"), "main", "tick", name="answer_yes")
        self._buttons = (no, yes)
        lines: list[Part] = [self._slot]
        for what, said in actions.lines:
            lines += [label(what, "caption"), label(said, wrap=True), 6]
        self.sheet = Sheet(
            window,
            tr("Konfirmasi sesi"),
            tr(
                "Dicatat oleh {nama}. Isinya dibaca Anda berdua dan pusat; "
                "koordinator hanya melihat waktu dan bentuknya."
            ).format(nama=actions.name),
            holder(column(*lines, 4, self._reason, None, gap=0)),
            (no, yes),
            name="answer_sheet",
            owner=self,
            width=560,
            picture=Icon("award", "primary", 28),
        )
        self.sheet.setProperty("help", "lembar-sesi")
        self._jobs = ScreenJobs(self.sheet, actions.jobs)
        no.clicked.connect(lambda _on: self._answer(yes=False))
        yes.clicked.connect(lambda _on: self._answer(yes=True))

    def _answer(self, *, yes: bool) -> None:
        reason = self._reason.field.text()
        for button in self._buttons:
            button.setEnabled(False)
        self._jobs.write(lambda: self._actions.answer(yes, reason), lambda _none: self._done(), self._failed)

    def _done(self) -> None:
        self.sheet.finish()
        self._actions.answered()

    def _failed(self, problem: Problem) -> None:
        for button in self._buttons:
            button.setEnabled(True)
        self._slot.put(problem_notice(problem, name="answer_problem"))
        self.sheet.refit()


def clock(minute: int) -> str:
    """Write a minute of the day as people here do: `09.30`."""
    return f"{minute // 60:02}.{minute % 60:02}"


def read_clock(typed: str) -> int | None:
    """Read `09.30`, `9:30` or `9` as a minute of the day; None when it is none."""
    parts = typed.replace(":", ".").strip().split(".")
    if len(parts) > 2 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _field(name: str, words: str, text: str, advice: str = "") -> Asked:
    return Asked(words, Field(name=name, words=words, text=text), advice)


def _words(name: str, heard: str, text: str) -> QPlainTextEdit:
    made = QPlainTextEdit(text)
    made.setObjectName(name)
    made.setAccessibleName(heard)
    made.setTabChangesFocus(True)
    made.setFixedHeight(sp(64))
    return made
