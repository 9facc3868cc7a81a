"""Whether work counts as on time: what needs a person as a card, and the sheet with evidence and a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.assignment_views import TimingView
from desktop.screens.avatar import Avatar, initials
from desktop.screens.button import Button
from desktop.screens.card import list_card
from desktop.screens.field import Asked, Field
from desktop.screens.icons import Icon
from desktop.screens.notice import problem_notice
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.sheet import Sheet
from desktop.screens.slot import Slot
from desktop.screens.style import sp
from desktop.screens.text import Elided, label
from sync.folds.deadlines import REASON_LIMIT


@dataclass(frozen=True, slots=True)
class TimingActions:
    """`decide` states by key whether it is on time, and why, as a write; `say` shows a toast."""

    decide: Callable[[str, bool, str], None]
    say: Callable[[str], None]
    jobs: Jobs


def timing_card(works: Sequence[TimingView], open_one: Callable[[TimingView], None]) -> QFrame:
    """List what waits for somebody's decision."""
    rows = [_row(one, place, open_one) for place, one in enumerate(works)]
    return list_card(tr("Waktu pengumpulan perlu diperiksa ({n})").format(n=len(rows)), rows)


def late_by_clock(
    works: Sequence[TimingView], open_one: Callable[[TimingView], None], show: Callable[[], None] | None
) -> QWidget:
    """List what somebody may decide and nobody has to; with `show`, only the way to it."""
    title = tr("Terlambat menurut jam komputernya saja ({n})").format(n=len(works))
    if show is None:
        return list_card(title, [_row(one, place, open_one, "late") for place, one in enumerate(works)])
    button = Button(title, "plain", "clock", name="late_by_clock")
    button.clicked.connect(show)
    return holder(row(mid(button), None))


def _row(
    one: TimingView, place: int, open_one: Callable[[TimingView], None], name: str = "timing"
) -> QWidget:
    about = one.about
    if one.own:
        about = f"{about}. {tr('Milik Anda: diputuskan koordinator lain.')}"
    words = column(None, Elided(one.title, "strong"), Elided(about, "caption", "muted"), None, gap=1)
    parts: list[Part] = [mid(Avatar(initials(one.title), 36)), (words, 1)]
    if not one.own:
        look = Button(tr("Periksa…"), "plain", name=f"{name}_{place}")
        look.setAccessibleName(f"{tr('Periksa…')} {one.title}")
        look.clicked.connect(partial(open_one, one))
        parts.append(mid(look))
    made = holder(row(*parts, gap=14, margins=(20, 0, 14, 0)))
    made.setFixedHeight(sp(64))
    made.setAccessibleName(f"{one.title}. {about}")
    return made


class TimingSheet:
    """The evidence of one work, and the decision with its reason; `decided` is called when it is stated."""

    def __init__(
        self,
        window: QWidget,
        one: TimingView,
        actions: TimingActions,
        decided: Callable[[], None],
        help_page: str = "kantor-tindak-lanjut",
    ) -> None:
        self._one, self._actions, self._decided = one, actions, decided
        self._told = Slot("timing_told")
        words = tr("Alasan keputusan")
        field = Field(name="timing_reason", words=words)
        field.setMaxLength(REASON_LIMIT)
        self._reason = Asked(words, field, tr("Peserta dan penilai membaca alasan ini."))
        self._late = Button(tr("Terlambat"), "plain", "clock", name="timing_late")
        self._good = Button(tr("Tepat waktu"), "main", "tick", name="timing_good")
        close = Button(tr("Tutup"), name="timing_leave")
        self._late.clicked.connect(lambda: self._decide(on_time=False))
        self._good.clicked.connect(lambda: self._decide(on_time=True))
        lines = [
            row((label(what, "muted"), 2), (label(said, wrap=True, name=f"timing_said_{at}"), 3), gap=12)
            for at, (what, said) in enumerate(one.lines)
        ]
        self.sheet = Sheet(
            window,
            one.title,
            one.about,
            holder(column(*lines, 8, self._told, 4, self._reason, None, gap=8)),
            (close, self._late, self._good),
            name="timing_sheet",
            owner=self,
            width=700,
            picture=Icon("clock", "primary", 28),
        )
        self.sheet.setProperty("help", help_page)
        self._jobs = ScreenJobs(self.sheet, actions.jobs)
        close.clicked.connect(self.sheet.dismiss)
        field.textEdited.connect(lambda _text: self._reason.advise())
        self.sheet.refit()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decide(self, *, on_time: bool) -> None:
        reason = self._reason.field.text().strip()
        if not reason:
            self._reason.advise(tr("Tulis alasannya."), "bad")
            self._reason.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._enable(on=False)
        key, decide = self._one.key, self._actions.decide
        self._jobs.write(lambda: decide(key, on_time, reason), lambda _none: self._over(), self._failed)

    def _over(self) -> None:
        self.sheet.finish()
        self._actions.say(tr("Keputusan tercatat; peserta membacanya di tugasnya."))
        self._decided()

    def _failed(self, problem: Problem) -> None:
        self._enable(on=True)
        self._told.put(problem_notice(problem, name="timing_problem"))
        self.sheet.refit()

    def _enable(self, *, on: bool) -> None:
        self._late.setEnabled(on)
        self._good.setEnabled(on)
