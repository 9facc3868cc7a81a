"""Ujian dengan pengawas: open one for named people, read out codes, tick who is there, note what happens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr, trn
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.card import card, list_card
from desktop.screens.choice import Combo
from desktop.screens.exam_views import ExamActions, ExamRow, ExamsView, SeatRow
from desktop.screens.field import Asked, Field
from desktop.screens.loaded import Loaded
from desktop.screens.notice import notice, problem_notice
from desktop.screens.page import Scroll, body, empty, header, large, placed
from desktop.screens.paper_sheet import PaperSheet
from desktop.screens.pill import Pill
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import Elided, label


class ExamDesk(Loaded[ExamsView]):
    """The exams, one that is open, or the form for a new one. `said` is one line for the window."""

    said = Signal(str)

    def __init__(self, actions: ExamActions, jobs: Jobs, *, back: Callable[[], None]) -> None:
        self._actions, self._back, self._plain_jobs = actions, back, jobs
        self._open, self._asking = b"", False
        self._told = Slot("exam_told")
        self._notes: dict[bytes, str] = {}
        self._trouble: Problem | None = None
        self._sheet: PaperSheet | None = None
        super().__init__("exam_desk", tr("Ujian dengan pengawas"), jobs, actions.load)

    def help_page(self) -> str:
        """The page of help for F1."""
        return "kuis-dan-ujian"

    def refresh(self) -> None:
        """Load again; a form that is being filled in stays as it is."""
        if not self._asking:
            super().refresh()

    def open(self, key: bytes) -> None:
        """Open one exam; an empty key goes back to all."""
        self._open, self._asking, self._trouble = key, False, None
        self.refresh()

    def part(self) -> object:
        """The exam that is open."""
        return self._open

    def build(self, view: ExamsView) -> tuple[QWidget, QWidget]:
        """All exams, or one."""
        self._told = Slot("exam_told")
        exam = next((one for one in view.exams if one.key == self._open), None)
        if exam is not None:
            return self._exam(exam)
        new = Button(tr("Ujian baru…"), "main", "calendar", name="exam_new")
        new.clicked.connect(lambda: self._ask(view))
        tools, above = placed(*((new,) if view.quizzes else ()))
        head = header(tr("Ujian dengan pengawas"), "", *tools, back=self._back)
        if not view.exams and not view.strays:
            words = (
                tr("Buka ujian untuk orang-orang tertentu; setiap orang mendapat kode mulai.")
                if view.quizzes
                else tr("Paket di komputer ini tidak berisi kuis dengan pengawas. Pasang paketnya dahulu.")
            )
            none = empty("clock", tr("Belum ada ujian"), words, name="exam_empty")
            return head, Scroll(body(*above, none)) if above else none
        parts: list[Part] = [*above]
        if view.strays:
            words = "\n".join(view.strays[:10])
            parts.append(notice("warn", tr("Percobaan di luar ujian yang dibuka"), words, name="exam_strays"))
        if view.exams:
            rows = [self._row(one, at) for at, one in enumerate(view.exams)]
            parts.append(list_card(tr("Ujian"), rows))
        return head, Scroll(body(*parts, None))

    def _row(self, one: ExamRow, at: int) -> QWidget:
        go = Button(tr("Buka"), "plain", name=f"exam_{at}")
        go.setAccessibleName(f"{tr('Buka')}: {one.title}, {one.about}")
        go.clicked.connect(lambda: self.open(one.key))
        words = column(None, Elided(one.title, "strong"), Elided(one.about, "caption", "muted"), None, gap=1)
        made = holder(row((words, 1), mid(go), gap=12, margins=(20, 0, 12, 0)))
        made.setFixedHeight(sp(60))
        return made

    def _exam(self, one: ExamRow) -> tuple[QWidget, QWidget]:
        paper = Button(tr("Berita acara…"), "plain", "print", name="exam_paper")
        paper.clicked.connect(lambda: self._print(one))
        tools, above = placed(paper)
        head = header(one.title, "", *tools, over=one.about, back=lambda: self.open(b""))
        rows = [self._seat(one, seat, at) for at, seat in enumerate(one.seats)]
        title = trn("{n} peserta; bacakan kode hanya kepada pemiliknya", len(rows)).format(n=len(rows))
        happened = [label(words, wrap=True) for words in one.incidents] or [
            label(tr("Tidak ada kejadian yang dicatat."), "muted")
        ]
        asked = Asked(
            tr("Apa yang terjadi"),
            Field(name="exam_note", words=tr("Apa yang terjadi"), text=self._notes.get(one.key, "")),
        )
        field = asked.field
        field.textChanged.connect(lambda words: self._notes.update({one.key: words}))
        save = Button(tr("Catat"), "plain", "tick", name="exam_note_save")
        save.clicked.connect(lambda: self._note(one, field.text()))
        field.returnPressed.connect(save.click)
        if self._trouble is not None:  # what was loaded anew meanwhile does not take it away
            self._told.put(problem_notice(self._trouble, name="exam_problem"))
        about = tr("Listrik padam dicatat sendiri, bila waktu kuis tetap berjalan.")
        parts: list[Part] = [
            *above,
            self._told,
            list_card(title, rows),
            card(
                label(tr("Kejadian"), "card"),
                *happened,
                label(about, "caption", wrap=True),
                row((asked, 1), mid(save), gap=8),
            ),
        ]
        return head, Scroll(body(*parts, None))

    def _seat(self, exam: ExamRow, seat: SeatRow, at: int) -> QWidget:
        code = label(seat.code, "strong", name=f"exam_code_{at}")
        code.setFixedWidth(sp(104))
        state = holder(row(mid(Pill(seat.state, seat.kind)), None))
        who = Elided(seat.name, "strong")
        buttons: list[Part] = [None]
        if seat.ticks:
            for words, name, here in ((tr("Hadir"), "here", True), (tr("Tidak hadir"), "absent", False)):
                made = Button(words, "quiet", name=f"exam_{name}_{at}")
                made.setAccessibleName(f"{seat.name}: {words}")
                made.clicked.connect(self._ticks(exam, seat, here=here))
                buttons.append(mid(made))
        deeds = holder(row(*buttons, gap=8))
        if large():  # beside the rest there would be no room for a name
            below = row(mid(code), (state, 1), mid(deeds), gap=10)
            return holder(column(who, below, gap=6, margins=(20, 10, 12, 10)))
        state.setFixedWidth(sp(176))
        deeds.setFixedWidth(sp(196))
        made_row = holder(row((who, 1), mid(code), mid(state), mid(deeds), gap=10, margins=(20, 0, 12, 0)))
        made_row.setFixedHeight(sp(48))
        return made_row

    def _ticks(self, exam: ExamRow, seat: SeatRow, *, here: bool) -> Callable[[], None]:
        """Make what a button does: its click brings a bool of its own, which must not be taken for `here`."""
        return lambda: self._do(
            lambda: self._actions.tick(exam.key, seat.person, here), tr("Kehadiran dicatat.")
        )

    def _note(self, exam: ExamRow, words: str) -> None:
        def note() -> None:
            self._actions.note(exam.key, words)
            self._notes.pop(exam.key, None)

        self._do(note, tr("Kejadian dicatat."))

    def _print(self, exam: ExamRow) -> None:
        title = tr("Berita acara ujian")
        self._sheet = PaperSheet(self.window(), title, "kuis-dan-ujian", self._actions.paper(exam.key))

    def _ask(self, view: ExamsView) -> None:
        """Show the form for a new exam."""
        self._asking = True
        self._told = Slot("exam_told")
        which = Combo(view.quizzes, name="exam_quiz", words=tr("Kuis"))
        day = Asked(tr("Tanggal"), Field(name="exam_day", words=tr("Tanggal"), text=view.today, width=160))
        place = Asked(tr("Tempat"), Field(name="exam_place", words=tr("Tempat")))
        nips = QPlainTextEdit("\n".join(view.nips))
        nips.setObjectName("exam_nips")
        nips.setAccessibleName(tr("NIP peserta, satu di setiap baris"))
        nips.setTabChangesFocus(True)
        nips.setFixedHeight(sp(140))
        go = Button(tr("Buka ujian"), "main", "tick", name="exam_open")

        def refused(problem: Problem) -> None:
            go.setEnabled(True)
            self._refused(problem)

        def ask() -> None:
            said = which.value(), day.field.text(), place.field.text(), nips.toPlainText()
            go.setEnabled(False)  # people are looked up one by one; nobody opens an exam twice meanwhile
            self._told.put(notice("info", tr("Peserta dicari di berkas kantor…"), name="exam_searching"))
            self._jobs.write(lambda: self._actions.open(*said), self.open, refused)

        go.clicked.connect(ask)
        form = card(
            self._told,
            label(tr("Kuis"), "strong"),
            which,
            row(day, (place, 1), gap=16),
            label(tr("NIP peserta, satu di setiap baris"), "strong"),
            nips,
            label(
                tr("Nama di belakang NIP boleh ada; hapus baris orang yang tidak ikut."), "caption", wrap=True
            ),
            row(None, mid(go)),
        )
        head = header(tr("Ujian baru"), back=lambda: self.open(b""))
        self._slot.put(head, Scroll(body(form, None)))
        which.setFocus()

    def _do(self, work: Callable[[], None], words: str) -> None:
        def done(_none: object) -> None:
            self._trouble = None
            self.said.emit(words)
            self.refresh()

        self._jobs.write(work, done, self._refused)

    def _refused(self, problem: Problem) -> None:
        self._trouble = problem
        self._told.put(problem_notice(problem, name="exam_problem"))
        QTimer.singleShot(0, self, self._show_told)

    def _show_told(self) -> None:
        """Scroll to what went wrong: with forty people it stands far above the last of them."""
        area = self.findChild(Scroll)
        if area is not None and area.isAncestorOf(self._told):
            area.ensureWidgetVisible(self._told)
