"""Penilaian: a trainer's queue without names, and one work with its rubric; all of it works offline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.activity_player import ReadingClock
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.assignment_views import (
    FileView,
    MarkingActions,
    MarkView,
    PaperView,
    QueueView,
    TimingView,
    Typed,
)
from desktop.screens.button import Button
from desktop.screens.card import card, list_card
from desktop.screens.loaded import Loaded
from desktop.screens.mark_form import MarkDeeds, MarkForm
from desktop.screens.notice import notice, problem_notice
from desktop.screens.page import Scroll, body, empty, header
from desktop.screens.paper_sheet import PaperSheet
from desktop.screens.peer_cards import circles_card, reviews_card
from desktop.screens.pill import Pill
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import Elided, label
from desktop.screens.timing_sheet import TimingActions, TimingSheet
from desktop.screens.void_sheet import VoidSheet

_PAUSE_MS = 600  # marks are kept when typing pauses, so that a power cut takes half a word at most


def choose_place(parent: QWidget, name: str) -> str:
    """Ask where to save a file that was handed in; empty for nowhere."""
    return QFileDialog.getSaveFileName(parent, tr("Simpan berkas"), name, "")[0]


class Grading(Loaded[QueueView]):
    """The queue, or the one work that is open. `said` is one line for the window."""

    said = Signal(str)

    def __init__(
        self,
        actions: MarkingActions,
        jobs: Jobs,
        *,
        choose: Callable[[QWidget, str], str] = choose_place,
        beside: Callable[[], None] | None = None,
    ) -> None:
        """`beside` leads to the quizzes, where there is such a room."""
        self._actions, self._choose, self._beside = actions, choose, beside
        self._open, self._writing = "", False
        self._told = Slot("grading_told")
        self._form: MarkForm | None = None
        self._sheet: VoidSheet | PaperSheet | TimingSheet | None = None
        self._kept: Typed | None = None
        self._spent, self._plain_jobs = 0, jobs
        super().__init__("grading", tr("Penilaian"), jobs, actions.load)
        self._clock = ReadingClock(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    def help_page(self) -> str:
        """The page of help for F1."""
        return "penilaian"

    def leave(self) -> None:
        """Keep what was typed last, and count no time for who is elsewhere."""
        if self._pause.isActive():
            self.keep()

    def open(self, key: str) -> None:
        """Open one work of the queue; an empty key goes back to the queue."""
        self.leave()
        self._clock.stop()
        self._form = None
        self._open, self._writing = key, False
        self.refresh()

    def refresh(self) -> None:
        """Load again; a work that is being marked stays as it is, whatever arrives meanwhile."""
        if not self._writing:
            super().refresh()

    def build(self, view: QueueView) -> tuple[QWidget, QWidget]:
        """The queue, or one work of it."""
        self._told = Slot("grading_told")
        paper = next((one for one in view.papers if one.key == self._open), None)
        self._writing = paper is not None
        if paper is not None:
            return self._paper(paper)
        hours = Button(tr("Jam penilaian"), "plain", "clock", name="grading_hours")
        hours.clicked.connect(self._ask_hours)
        head = header(
            tr("Penilaian"),
            tr("{n} menunggu. Nama tidak ditampilkan kepada penilai.").format(n=view.waiting),
            *self._quizzes(),
            *(() if self._actions.hours is None else (hours,)),
        )
        if not view.papers:
            nothing = empty(
                "pen",
                tr("Belum ada tugas yang datang"),
                tr("Tugas peserta kantor ini datang lewat Kirim & terima, dengan internet atau flashdisk."),
                name="grading_empty",
            )
            return head, nothing
        rows = [self._row(one, at) for at, one in enumerate(view.papers)]
        circles = () if not view.circles else (circles_card(view.circles, self._share),)
        return head, Scroll(body(self._told, *circles, list_card(tr("Tugas yang dikumpulkan"), rows), None))

    def _quizzes(self) -> tuple[Button, ...]:
        if self._beside is None:
            return ()
        made = Button(tr("Kuis dan ujian"), "plain", "quiz", name="grading_quizzes")
        made.clicked.connect(self._beside)
        return (made,)

    def _row(self, paper: PaperView, at: int) -> QWidget:
        go = Button(tr("Buka"), "plain", name=f"paper_{at}")
        go.setAccessibleName(tr("Buka naskah {kode}").format(kode=paper.code))
        go.clicked.connect(lambda: self.open(paper.key))
        words = column(
            None, Elided(paper.task, "strong"), Elided(_about(paper), "caption", "muted"), None, gap=1
        )
        pill = Pill(paper.state, paper.kind)
        made = holder(row((words, 1), mid(pill), mid(go), gap=14, margins=(20, 0, 12, 0)))
        made.setFixedHeight(sp(60))
        return made

    def _paper(self, paper: PaperView) -> tuple[QWidget, QWidget]:
        head = header(
            paper.task, "", Pill(paper.state, paper.kind), over=_about(paper), back=lambda: self.open("")
        )
        parts: list[Part] = [self._told, self._work(paper)]
        if paper.timing is not None and self._actions.decide is not None:
            parts.append(self._timing(paper.timing, self._actions.decide))
        if paper.peers_about:
            parts.append(reviews_card(paper.peers, paper.peers_about, "paper_peers", *self._another(paper)))
        if paper.marks or paper.grades:
            parts.append(_history(paper))
        parts.append(self._rubric(paper))
        return head, Scroll(body(*parts, None))

    def _work(self, paper: PaperView) -> QWidget:
        words = label(paper.text or tr("Tanpa teks."), wrap=True, name="paper_text")
        files: list[Part] = [self._file(paper, one, at) for at, one in enumerate(paper.files)]
        return card(label(tr("Yang dikumpulkan"), "card"), words, *files)

    def _timing(self, one: TimingView, decide: Callable[[str, bool, str], None]) -> QWidget:
        """What has to be looked at, and the way to it; what is typed of the marks stays kept."""
        look = Button(tr("Periksa…"), "plain", "clock", name="paper_timing")
        look.setAccessibleName(tr("Periksa waktu pengumpulan"))
        actions = TimingActions(decide, self.said.emit, self._plain_jobs)

        def ask() -> None:
            self.keep()
            self._sheet = TimingSheet(self.window(), one, actions, lambda: self.open(one.key), "penilaian")

        look.clicked.connect(ask)
        title = tr("Waktu pengumpulan perlu diperiksa")
        words = tr("Jam komputernya diragukan, atau perjalanannya terlalu lama.")
        if not one.waits:
            title = tr("Terlambat menurut jam komputernya saja")
            words = tr("Bila Anda tahu jamnya terlalu maju, putuskan di sini dengan alasan.")
        return card(label(title, "card"), label(words, "muted", wrap=True), holder(row(mid(look), None)))

    def _file(self, paper: PaperView, one: FileView, at: int) -> QWidget:
        save = Button(
            tr("Simpan {berkas}…").format(berkas=one.name), "plain", "export", name=f"paper_file_{at}"
        )

        def ask() -> None:
            path = self._choose(self, one.name)
            if path:
                self._do(
                    lambda: self._actions.save_file(paper.key, one.digest, path),
                    tr("Berkas disimpan."),
                    stay=True,
                )

        save.clicked.connect(ask)
        return holder(row(mid(save), None))

    def _rubric(self, paper: PaperView) -> QWidget:
        self._form = None
        if not paper.criteria:
            about = tr("Rubriknya ada di paket kursus. Pasang paket itu untuk menilai.")
            return notice("info", tr("Paket kursus belum terpasang"), about, name="paper_no_pack")
        actions, key = self._actions, paper.key
        self._form = MarkForm(
            paper,
            MarkDeeds(
                lambda: self._save(actions.give, tr("Penilaian tersimpan di komputer ini.")),
                lambda: self._save(actions.settle, tr("Nilai akhir tersimpan.")),
                lambda: self._do(lambda: actions.agree(key), tr("Nilai tersimpan.")),
                lambda: self._save(actions.back, tr("Tugas dikembalikan.")),
                lambda: self._ask_void(paper),
            ),
        )
        self._form.typed.connect(self._pause.start)
        self._spent, self._kept = paper.seconds, None
        self._clock.start()
        return self._form

    def keep(self) -> None:
        """Keep marks in work where they differ from what is kept."""
        self._pause.stop()
        form, key = self._form, self._open
        if form is None or not isValid(form):
            return
        typed = form.value(self._spent + self._clock.spent())
        if self._kept is not None and replace(self._kept, seconds=typed.seconds) == typed:
            return
        self._kept = typed
        self._jobs.write(lambda: self._actions.keep(key, typed), lambda _none: _was_kept(form), self._refused)

    def _save(self, deed: Callable[[str, Typed], None], words: str) -> None:
        if self._form is None:
            return
        self._pause.stop()
        key, typed = self._open, self._form.value(self._spent + self._clock.spent())
        self._do(lambda: deed(key, typed), words)

    def _ask_void(self, paper: PaperView) -> None:
        self.keep()

        def done() -> None:
            self.said.emit(tr("Kriteria dibatalkan. Nilai dihitung ulang."))
            self._writing = False
            self.refresh()

        self._sheet = VoidSheet(
            self.window(),
            [(one.id, one.title) for one in paper.criteria if not one.voided],
            self._plain_jobs,
            lambda which, reason: self._actions.void(paper.key, which, reason),
            done,
        )

    def _share(self, activity: str) -> None:
        self._tell(self._actions.share, activity)

    def _another(self, paper: PaperView) -> tuple[Button, ...]:
        if not paper.peers_late or self._actions.another is None:
            return ()
        made = Button(tr("Minta rekan lain"), "plain", "user-plus", name="paper_another")
        made.clicked.connect(lambda: self._tell(self._actions.another, paper.key))
        return (made,)

    def _tell(self, deed: Callable[[str], str] | None, which: str) -> None:
        """Do what answers in words; a work that is open stays open, with what was typed."""
        self.leave()

        def done(words: str) -> None:
            self.said.emit(words)
            self._writing = False
            self.refresh()

        if deed is not None:
            self._jobs.write(lambda: deed(which), done, self._refused)

    def _ask_hours(self) -> None:
        if self._actions.hours is not None:
            self._sheet = PaperSheet(
                self.window(), tr("Jam penilaian"), "penilaian", self._actions.hours, "clock"
            )

    def _do(self, work: Callable[[], None], words: str, *, stay: bool = False) -> None:
        def done(_none: object) -> None:
            self.said.emit(words)
            if not stay:
                self.open("")

        self._jobs.write(work, done, self._refused)

    def _refused(self, problem: Problem) -> None:
        self._told.put(problem_notice(problem, name="grading_problem"))


def _about(paper: PaperView) -> str:
    return tr("Naskah {kode}. {tentang}").format(kode=paper.code, tentang=paper.about)


def _history(paper: PaperView) -> QWidget:
    """Every mark and every grade there was; nothing is written over."""
    parts: list[Part] = [label(tr("Penilaian sejauh ini"), "card")]
    parts += [_line(one, tr("Penilaian")) for one in paper.marks]
    parts += [_line(one, tr("Nilai akhir")) for one in paper.grades]
    return card(*parts)


def _line(one: MarkView, what: str) -> QWidget:
    words = tr("{apa}: {nilai}, {siapa}").format(apa=what, nilai=one.total, siapa=one.by)
    if one.before:
        words += " " + tr("(semula {nilai})").format(nilai=one.before)
    return label(f"{words}. {one.comment}" if one.comment else words, wrap=True)


def _was_kept(form: MarkForm) -> None:
    if isValid(form):
        form.was_kept()
