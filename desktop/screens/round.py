"""Kirim & terima of a coordinator: one round of the office in four steps, with one button at each place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Job
from desktop.errors import Problem
from desktop.formats import month_name
from desktop.language import tr, trn
from desktop.screens.arrange import column, holder, mid, row
from desktop.screens.bar import Bar, Fill, Piece
from desktop.screens.button import Button
from desktop.screens.card import card
from desktop.screens.fold import Beside, Fold
from desktop.screens.icons import Icon
from desktop.screens.loaded import Loaded
from desktop.screens.loss_sheet import loss_sheet
from desktop.screens.notice import notice, problem_notice
from desktop.screens.page import Scroll, body, header
from desktop.screens.round_cards import (
    borrowed_card,
    doubts_notice,
    loss_notices,
    merged_notices,
    merged_words,
    own_card,
    progress_words,
    step_card,
    stick_card,
)
from desktop.screens.round_pcs import pcs_card
from desktop.screens.round_views import (
    CentreDone,
    MergeDone,
    RoundActions,
    RoundProgress,
    RoundStep,
    RoundView,
    Stopped,
    Tell,
)
from desktop.screens.stepper import Stage, stepper
from desktop.screens.text import label


class Round(Loaded[RoundView]):
    """Loads again on each visit, and whenever a stick comes or goes; never while something is under way."""

    start = "round_go"

    def __init__(self, actions: RoundActions) -> None:
        self._actions = actions
        self._job: Job | None = None
        self._under_way = RoundStep.TOUR
        self._stop = False
        self._latest: RoundProgress | None = None
        self._problem: tuple[Problem, Callable[[], None]] | None = None
        super().__init__("exchange", tr("Kirim & terima"), actions.jobs, actions.load)

    def help_page(self) -> str:
        """The page of help for F1."""
        return "putaran"

    @property
    def working(self) -> bool:
        """Whether merging or sending is under way."""
        return self._job is not None

    def build(self, view: RoundView) -> tuple[QWidget, QWidget]:
        """The road above; the step and the PCs at the left; what is safe and carried at the right."""
        where = tr("Putaran {bulan}, {kantor}").format(bulan=month_name(view.month), kantor=view.office)
        left: list[QWidget] = [self._working_card() if self.working else self._step(view)]
        answered = view.stick is not None and view.stick.answer
        if view.step is RoundStep.CENTRE and not self.working and not answered:
            left.append(borrowed_card(view.page, self._copy))
        left.append(pcs_card(view))
        right: list[QWidget] = [
            *self._told(view),
            *doubts_notice(view.doubts, self._checked),
            *loss_notices(view.losses),
        ]
        right.append(stick_card(view.stick, self._ask_about_loss))
        right.append(own_card(view.own, self._actions.own))
        lower = Beside(
            holder(column(*left, gap=16)),
            holder(column(*right, gap=16)),
            right_width=330 if self.low else 380,
        )
        return header(tr("Kirim & terima"), where), Scroll(body(_road(view), lower, None))

    def refresh(self) -> None:
        """Load again, unless something is under way whose card must stay."""
        if not getattr(self, "_job", None):
            super().refresh()

    # --- the step ----------------------------------------------------------------------------------------

    def _step(self, view: RoundView) -> QFrame:
        if self._problem is None:
            self.start = "round_go"
            return step_card(view, self._buttons(view), None)
        self.start = "round_problem_retry"
        told, retry = self._problem
        shown = problem_notice(told, retry=retry, name="round_problem", likeliest=True)
        return step_card(view, self._buttons(view), shown)

    def _buttons(self, view: RoundView) -> list[QWidget]:
        """The step's buttons; while a notice stands, its *Coba lagi* is the likeliest and stands for one."""
        wanted: list[tuple[Callable[[], None], Button]] = []
        kind = "main" if self._problem is None else "plain"
        visit = (self._actions.visit, Button(tr("Tukar data"), kind, "stick", name="round_go"))
        if view.step is RoundStep.MERGE:
            merge = Button(tr("Gabungkan"), kind, "merge", name="round_go")
            merge.setEnabled(view.stick is not None or bool(view.hub))
            wanted = [(self._merge, merge)]
        elif view.step is RoundStep.CENTRE and view.stick is not None and view.stick.answer:
            take = Button(tr("Ambil jawaban"), kind, "install", name="round_go")
            wanted = [(self._take_answer, take)]
        elif view.step is RoundStep.CENTRE:
            send = Button(tr("Kirim dan ambil"), kind, "exchange", name="round_go")
            wanted = [(self._send, send)]
        elif view.step is RoundStep.TOUR and view.stick is not None and view.stick.pcs:
            some = Button(tr("Gabungkan yang ada"), "plain", "merge", name="round_merge_now")
            wanted = [visit, (self._merge, some)]
        else:
            wanted = [visit]
        again = None if self._problem is None else self._problem[1]
        for act, button in wanted:
            button.clicked.connect(act)
        return [button for act, button in wanted if act != again]

    def _told(self, view: RoundView) -> list[QWidget]:
        if view.merged is not None:
            return list(merged_notices(view.merged))
        if view.finished:
            return []
        about = tr(
            "Salinan tetap ada di setiap komputer. "
            "Bila berhenti di tengah, ulangi saja; tidak ada yang tercatat dua kali."
        )
        return [notice("ok", tr("Pekerjaan semua peserta aman"), about, name="round_safe")]

    # --- under way ---------------------------------------------------------------------------------------

    def _merge(self) -> None:
        self._begin(RoundStep.MERGE, self._actions.merge, self._merged, self._merge)

    def _send(self) -> None:
        self._begin(RoundStep.CENTRE, self._actions.to_centre, self._answered, self._send)

    def _take_answer(self) -> None:
        self._begin(RoundStep.CENTRE, self._actions.take_answer, self._answered, self._take_answer)

    def _begin(
        self,
        step: RoundStep,
        act: Callable[[Tell, Stopped], object],
        done: Callable[[object], None],
        again: Callable[[], None],
    ) -> None:
        if self.working or self._view is None:
            return
        self._stop, self._latest, self._problem = False, None, None
        self._under_way = step

        def work(job: Job) -> object:
            def tell(how_far: RoundProgress) -> None:
                self._latest = how_far  # one assignment: the glass reads the newest
                job.report(how_far.done, how_far.total)

            return act(tell, lambda: self._stop or job.cancelled)

        self._job = self._jobs.run_long(
            work, done, lambda problem: self._fault(problem, again), lambda _done, _total: self._draw()
        )
        self.show_view(self._view)
        button = self.findChild(Button, "round_stop")
        if button is not None:
            button.setFocus()

    def _working_card(self) -> QFrame:
        merging = self._under_way is RoundStep.MERGE
        view = self._view
        pcs = 0 if view is None else view.hub + (0 if view.stick is None else view.stick.pcs)
        title = (
            trn("Menggabungkan hasil dari {n} komputer", pcs).format(n=pcs)
            if merging
            else tr("Mengirim dan mengambil")
        )
        self._words = label(" ", "muted", wrap=True, name="round_words")
        self._under = label(" ", "caption", name="round_under")
        self._bar = Bar([], 1, title, name="round_bar")
        stop = Button(tr("Batal"), name="round_stop")
        stop.clicked.connect(self._ask_to_stop)
        said = holder(
            row(
                mid(Icon("merge" if merging else "exchange", "primary", 32)),
                (
                    column(
                        None, label(title, "title", wrap=True, name="round_title"), self._words, None, gap=2
                    ),
                    1,
                ),
                gap=16,
            )
        )
        made = card(Fold((said, 1), (stop, 0), fold=460, gap=24), self._bar, self._under, gap=12)
        made.setObjectName("round_working")
        self._draw()
        return made

    def _draw(self) -> None:
        how_far = self._latest
        if how_far is None or not self.working:
            return
        words = tr("Membatalkan") if self._stop else progress_words(self._under_way, how_far)
        self._words.setText(words)
        self._bar.show_parts([Piece(how_far.done, Fill.RUNNING)], max(1, how_far.total), words)
        if self._under_way is RoundStep.MERGE:
            self._under.setText(
                tr("{baru} data baru, {lama} sudah ada").format(baru=how_far.new, lama=how_far.known)
            )
        else:
            self._under.setText(tr("Bila terputus, dilanjutkan dari sini; tidak ada yang dikirim dua kali."))

    def _ask_to_stop(self) -> None:
        self._stop = True
        self._words.setText(tr("Membatalkan"))
        button = self.findChild(Button, "round_stop")
        if button is not None:
            button.setEnabled(False)

    def _merged(self, done: object) -> None:
        if isinstance(done, MergeDone):
            self._actions.say(merged_words(done))
        self._end()

    def _answered(self, done: object) -> None:
        if isinstance(done, CentreDone) and not done.stopped:
            if done.left:
                words = trn("Pusat belum menerima {n} bagian. Pilih Kirim dan ambil sekali lagi.", done.left)
                self._problem = (
                    Problem(words.format(n=done.left), tr("Pekerjaan peserta aman.")),
                    self._send,
                )
            else:
                self._actions.say(tr("Pusat sudah menerima semuanya."))
        self._end()

    def _fault(self, problem: Problem, again: Callable[[], None]) -> None:
        self._problem = (problem, again)
        self._end()

    def _end(self) -> None:
        self._job = None
        self._begun = False  # the next step's button takes the focus
        if self._view is not None:
            self.show_view(self._view)
        self.refresh()

    # --- beside the step ---------------------------------------------------------------------------------

    def _copy(self, page: str) -> None:
        self._actions.copy(page)
        self._actions.say(tr("Alamat disalin"))

    def _ask_about_loss(self) -> None:
        if self._view is not None:
            loss_sheet(self.window(), self._view, self._report)

    def _checked(self) -> None:
        self._jobs.write(
            self._actions.checked,
            lambda _none: self.refresh(),
            lambda problem: self._fault(problem, self._checked),
        )

    def _report(self, note: str) -> None:
        def done(_none: None) -> None:
            self._actions.say(
                tr("Kehilangan dilaporkan. Kunjungi lagi komputer yang hasilnya belum digabungkan.")
            )
            self.refresh()

        def fault(problem: Problem) -> None:
            self._problem = (problem, lambda: self._report(note))
            self.refresh()

        self._jobs.write(lambda: self._actions.report_lost(note), done, fault)


def _road(view: RoundView) -> QFrame:
    """`1 Keliling komputer (5/6) > 2 Gabungkan > 3 Ke pusat > 4 Keliling lagi`."""
    done = len(view.pcs) - len(view.missing)
    tour = tr("Keliling komputer")
    if view.pcs:
        tour = tr("Keliling komputer ({n}/{m})").format(n=done, m=len(view.pcs))
    named = (
        (RoundStep.TOUR, tour),
        (RoundStep.MERGE, tr("Gabungkan")),
        (RoundStep.CENTRE, tr("Ke pusat")),
        (RoundStep.DELIVER, tr("Keliling lagi")),
    )
    places = []
    for step, words in named:
        reached = view.finished or step.value < view.step.value
        stage = Stage.DONE if reached else Stage.HERE if step is view.step else Stage.AHEAD
        places.append((words, stage))
    return stepper(places, name="round_road")
