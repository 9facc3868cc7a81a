"""Tukar data: one visit of the coordinator's stick at this PC, which takes results and brings what waits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.background.jobs import Job, Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import column, holder
from desktop.screens.bar import Bar, Fill, Piece
from desktop.screens.button import Button
from desktop.screens.icons import Icon
from desktop.screens.notice import problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.text import label
from desktop.screens.visit_body import done_body, offer, progress_words, steps
from desktop.screens.visit_views import (
    StickSort,
    StickView,
    VisitActions,
    VisitDone,
    VisitProgress,
    VisitStep,
)

LOOK_EVERY_MS = 2_000
_LIKELIEST = (StickSort.OURS, StickSort.NEW, StickSort.OTHER)


class Visit(QObject):
    """The sheets of Tukar data; one a window, also where nobody is signed in.

    `here` rings when a stick of the office was plugged in, `gone` when it was pulled out. Closing the sheet
    while it works is Batal; a lock closes the sheet and not the work, and its end is told all the same.
    """

    here = Signal(str)
    gone = Signal()

    def __init__(self, window: QWidget, actions: VisitActions, jobs: Jobs) -> None:
        super().__init__(window)
        self.setObjectName("visit")
        self._window, self._actions, self._jobs = window, actions, ScreenJobs(self, jobs)
        self._sheet: Sheet | None = None
        self._job: Job | None = None
        self._sticks: tuple[StickView, ...] = ()
        self._stick: StickView | None = None
        self._asking = self._looking = self._stop = self._again_at_once = False
        self._latest: VisitProgress | None = None
        self._shown: VisitStep | None = None
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    @property
    def working(self) -> bool:
        """Whether a visit is under way."""
        return self._job is not None

    def watch(self) -> None:
        """Look at the drives from now on, so that a stick is noticed by itself."""
        self._timer.start()
        self.look()

    def stop_watching(self) -> None:
        """Look no more."""
        self._timer.stop()

    def start(self) -> None:
        """*Tukar data*: show the stick that is there, or wait for one. While it works, show how far it is."""
        if self.working:
            self._show_work()
            return
        self._asking = True
        self._ask(self._sticks)
        self.look()

    # --- looking -----------------------------------------------------------------------------------------

    def look(self) -> None:
        """Look at the drives once."""
        if self._looking or self.working:
            return
        self._looking = True
        self._jobs.run(self._actions.sticks, self._seen, self._not_seen)

    def _seen(self, sticks: tuple[StickView, ...]) -> None:
        self._looking = False
        before, self._sticks = self._sticks, sticks
        if self.working:
            return
        ours = next((one.label for one in sticks if one.sort is StickSort.OURS), "")
        if ours != self._told:
            self._told = ours
            if ours and not self._asking:
                self.here.emit(ours)
            elif not ours:
                self.gone.emit()
        if self._asking and self._open() is None:
            self._asking = False
        elif self._asking and sticks != before:
            self._ask(sticks)

    def _not_seen(self, _: Problem) -> None:
        self._looking = False  # a drive that is being pulled out is looked at again in two seconds

    # --- asking ------------------------------------------------------------------------------------------

    def _ask(self, sticks: tuple[StickView, ...]) -> None:
        """The likeliest stick: ours, else a new one, else another office's."""
        stick = min(
            sticks, key=lambda one: (one.problem is not None, _LIKELIEST.index(one.sort)), default=None
        )
        if stick is None:
            self._ask_for_stick()
        elif stick.problem is not None:
            self._fault(stick.problem, retry=False)
        elif stick.sort is StickSort.NEW:
            self._ask_to_prepare(stick)
        elif self._again_at_once:
            self.exchange(stick)
        else:
            self._ask_to_exchange(stick)

    def _ask_for_stick(self) -> None:
        words = label(
            tr("Pasang flashdisk; isinya ditunjukkan di sini dengan sendirinya, sebelum ada yang disalin."),
            "muted",
            wrap=True,
            name="visit_none",
        )
        close = Button(tr("Tutup"), name="visit_leave")
        close.clicked.connect(self._dismiss)
        title = tr("Belum ada flashdisk yang terpasang")
        self._show(title, "", holder(column(words, None)), (close,), "visit_wait", icon="stick")

    def _ask_to_prepare(self, stick: StickView) -> None:
        office = self._actions.office()
        prepare = Button(tr("Siapkan"), "main", "stick", name="visit_prepare")
        prepare.clicked.connect(lambda: self._prepare(stick))
        body = label(
            tr(
                "Suluh menaruh satu folder bernama SULUH di flashdisk ini, "
                "lalu menanyakan apakah hasil dari komputer ini boleh disalin."
            ),
            "muted",
            wrap=True,
        )
        self._show(
            tr("Siapkan flashdisk ini untuk {kantor}? Berkas lain tidak diubah.").format(kantor=office),
            tr("Flashdisk: {nama}").format(nama=stick.label),
            holder(column(body, None)),
            (self._no(), prepare),
            "visit_new",
            icon="stick",
        )

    def _prepare(self, stick: StickView) -> None:
        self._asking = True
        self._jobs.run(
            lambda: self._actions.prepare(stick),
            lambda _none: self.look(),
            lambda problem: self._fault(problem, retry=False),
        )

    def _ask_to_exchange(self, stick: StickView) -> None:
        go = Button(tr("Tukar data"), "main", "exchange", name="visit_go")
        go.clicked.connect(lambda: self.exchange(stick))
        self._show(
            tr("Ambil hasil dan antarkan kiriman?"),
            tr("Flashdisk koordinator terpasang: {nama}").format(nama=stick.label),
            offer(stick),
            (self._no(), go),
            "visit_offer",
            icon="stick",
        )

    def _no(self) -> Button:
        no = Button(tr("Batal"), name="visit_cancel")
        no.clicked.connect(self._dismiss)
        return no

    # --- working -----------------------------------------------------------------------------------------

    def exchange(self, stick: StickView) -> None:
        """Do the visit."""
        if self.working:
            return
        self._asking = self._stop = self._again_at_once = False
        self._stick, self._latest = stick, None
        self._job = self._jobs.run_long(self._work(stick), self._done, self._failed, self._progress)
        self._show_work()

    def _work(self, stick: StickView) -> Callable[[Job], VisitDone]:
        def work(job: Job) -> VisitDone:
            def tell(how_far: VisitProgress) -> None:
                self._latest = how_far  # one assignment: the glass reads the newest
                job.report(how_far.done, how_far.total)

            return self._actions.exchange(stick, tell, lambda: self._stop or job.cancelled)

        return work

    def _show_work(self) -> None:
        self._words = label(tr("Menyalin hasil"), wrap=True, name="visit_words")
        self._bar = Bar([], 1, tr("Menyalin hasil"), name="visit_bar")
        self._list = Slot("visit_steps")
        self._shown = None
        self._cancel = Button(tr("Batal"), name="visit_stop")
        self._cancel.clicked.connect(self._ask_to_stop)
        self._show(
            tr("Tukar data sedang berjalan"),
            tr("Jangan cabut flashdisk sebelum Suluh mengatakannya."),
            holder(column(self._words, 8, self._bar, 16, self._list, gap=0)),
            (self._cancel,),
            "visit_working",
            icon="exchange",
        )
        self._draw(
            self._latest or VisitProgress(VisitStep.COPY, 0, self._stick.results if self._stick else 0)
        )

    def _progress(self, _done: int, _total: int) -> None:
        if self._latest is not None and self._open() is not None and self.working:
            self._draw(self._latest)

    def _draw(self, how_far: VisitProgress) -> None:
        words = tr("Membatalkan") if self._stop else progress_words(how_far)
        self._words.setText(words)
        self._bar.show_parts([Piece(how_far.done, Fill.RUNNING)], max(1, how_far.total), words)
        if how_far.step is not self._shown:
            self._shown = how_far.step
            packs = bool(self._stick and self._stick.packs) or how_far.step is VisitStep.INSTALL
            self._list.put(steps(how_far.step, install=packs))
            sheet = self._open()
            if sheet is not None:
                sheet.refit()

    def _ask_to_stop(self) -> None:
        self._stop = True
        self._words.setText(tr("Membatalkan"))
        self._cancel.setEnabled(False)

    def _done(self, done: VisitDone) -> None:
        self._job = None
        if done.stopped:
            self._stopped()
        else:
            close = Button(tr("Selesai"), "main", "tick", name="visit_finish")
            close.clicked.connect(self._dismiss)
            self._show(
                tr("Selesai dan sudah diperiksa."),
                "",
                done_body(done),
                (close,),
                "visit_done",
                icon="stick-ok",
            )
        self._actions.ended()

    def _stopped(self) -> None:
        again = Button(tr("Coba lagi"), "plain", name="visit_again")
        again.clicked.connect(self._again)
        close = Button(tr("Selesai"), "main", name="visit_finish")
        close.clicked.connect(self._dismiss)
        words = tr(
            "Data di komputer ini aman. Yang sudah disalin tetap utuh; "
            "sisanya ikut saat Tukar data berikutnya."
        )
        self._show(
            tr("Dibatalkan. Flashdisk aman dicabut."),
            "",
            holder(column(label(words, wrap=True, name="visit_stopped"), None)),
            (again, close),
            "visit_stopped_sheet",
            icon="stick",
        )

    def _failed(self, problem: Problem) -> None:
        self._job = None
        self._fault(problem, retry=True)
        self._actions.ended()

    def _fault(self, problem: Problem, *, retry: bool) -> None:
        close = Button(tr("Tutup"), name="visit_leave")
        close.clicked.connect(self._dismiss)
        buttons: tuple[QWidget, ...] = (close,)
        if retry:
            again = Button(tr("Coba lagi"), "main", name="visit_again")
            again.clicked.connect(self._again)
            buttons = (close, again)
        body = holder(column(problem_notice(problem, name="visit_problem"), None))
        title = tr("Tukar data belum selesai") if retry else tr("Flashdisk ini belum dapat dipakai")
        self._show(title, "", body, buttons, "visit_fault", icon="warning")

    def _again(self) -> None:
        """After a fault: go on as soon as a stick of ours is there, without asking once more."""
        self._asking = self._again_at_once = True
        self._sticks = ()
        self._ask(self._sticks)
        self.look()

    # --- sheets ------------------------------------------------------------------------------------------

    def _show(
        self, title: str, under: str, body: QWidget, buttons: tuple[QWidget, ...], name: str, *, icon: str
    ) -> None:
        self._finish()
        tint = {"warning": "warn", "stick-ok": "ok"}.get(icon, "primary")
        self._sheet = Sheet(
            self._window,
            title,
            under,
            body,
            buttons,
            name=name,
            width=600,
            picture=Icon(icon, tint, 28),
            closed=self._dismissed,
        )
        self._sheet.setProperty("help", "tukar-data")
        self._sheet.refit()

    def _finish(self) -> None:
        sheet = self._open()
        self._sheet = None
        if sheet is not None:
            sheet.finish()

    def _open(self) -> Sheet | None:
        """The sheet on screen; None once the window closed it, as the lock does with every sheet."""
        sheet = self._sheet
        return sheet if sheet is not None and isValid(sheet) and not sheet.isHidden() else None

    def _dismiss(self) -> None:
        self._finish()
        self._dismissed()

    def _dismissed(self) -> None:
        """The sheet was closed by Esc or its cross; while it works, that is Batal."""
        self._sheet = None
        self._asking = self._again_at_once = False
        if self.working:
            self._stop = True
