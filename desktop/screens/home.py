"""Beranda of a learner: go on where you stopped, your JP, what is due, what came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QFrame, QLayout, QWidget

from desktop.background.jobs import Jobs
from desktop.formats import week_day
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.bar import Bar, Fill, Piece
from desktop.screens.button import Button
from desktop.screens.card import ListRow, list_card
from desktop.screens.cover import Cover
from desktop.screens.fold import Beside, Fold
from desktop.screens.icons import Icon
from desktop.screens.jp_card import JpView, jp_card
from desktop.screens.loaded import Loaded
from desktop.screens.page import Scroll, body, header
from desktop.screens.pill import Pill
from desktop.screens.style import look, sp
from desktop.screens.text import label

RIGHT = 408


@dataclass(frozen=True, slots=True)
class ResumeView:
    """Where the learner stopped: `place` in words, `done` of `total` for the bar, `key` for `resume`."""

    key: str
    title: str
    place: str
    done: int
    total: int
    icon: str = "page"
    started: bool = True


@dataclass(frozen=True, slots=True)
class EntryView:
    """A row of *Harus dikerjakan* or *Baru datang*; an empty key opens nothing."""

    key: str
    icon: str
    title: str
    about: str
    pill: str = ""
    pill_kind: str = "muted"
    pill_icon: str = ""
    tint: str = "primary"


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything on the learner's Beranda. `courses` are on this PC, however far they are."""

    today: date
    resume: ResumeView | None
    jp: JpView
    due: tuple[EntryView, ...] = ()
    arrived: tuple[EntryView, ...] = ()
    more_due: int = 0
    courses: int = 0


@dataclass(frozen=True, slots=True)
class HomeActions:
    """`load` runs as a job; the others follow a click on the GUI thread."""

    load: Callable[[], HomeView]
    resume: Callable[[str], None]
    open_entry: Callable[[str], None]
    install: Callable[[], None]
    all_courses: Callable[[], None]
    jobs: Jobs


class Home(Loaded[HomeView]):
    """The learner's Beranda; loads again on each visit."""

    start = "resume"

    def __init__(self, actions: HomeActions) -> None:
        self._actions = actions
        super().__init__("home", tr("Beranda"), actions.jobs, actions.load)

    def help_page(self) -> str:
        """The page of help for F1."""
        return "beranda"

    def build(self, view: HomeView) -> tuple[QWidget, QWidget]:
        """Resume and JP above, what is due and what came below."""
        right = 348 if self.low else RIGHT
        inside = body(
            Beside(
                self._resume_card(view),
                jp_card(view.jp, low=self.low),
                right_width=right,
                same_height=True,
            ),
            Beside(self._due_card(view), self._arrived_card(view), right_width=right),
            None,
            gap=16 if self.low else 20,
        )
        subtitle = "" if self.low else week_day(view.today)
        return header(tr("Beranda"), subtitle), Scroll(inside)

    def _resume_card(self, view: HomeView) -> QFrame:
        high, at = 144 if self.low else 176, view.resume
        if at is not None:
            return resume_card(at, lambda: self._actions.resume(at.key), high=high, low=self.low)
        if view.courses:
            return self._all_done_card(high)
        install = Button(tr("Pasang paket"), "main", "install", name="resume")
        install.clicked.connect(self._actions.install)
        return _no_resume(
            tr("Belum ada modul"), tr("Pasang dari flashdisk atau minta koordinator."), install, high
        )

    def _all_done_card(self, high: int) -> QFrame:
        see = Button(tr("Lihat modul"), "main", "arrow-right", name="resume", trailing=True)
        see.clicked.connect(self._actions.all_courses)
        about = tr("Semua yang ada di komputer ini sudah Anda kerjakan. Modul baru datang dari koordinator.")
        return _no_resume(tr("Tidak ada yang perlu dilanjutkan"), about, see, high)

    def _due_card(self, view: HomeView) -> QFrame:
        foot = None
        if view.more_due:
            foot = Button(tr("Semua tugas saya ({n})").format(n=view.more_due), "quiet", name="all_due")
            foot.clicked.connect(self._actions.all_courses)
        rows = self._rows(view.due, "due") or [
            _nothing("tick", tr("Tidak ada yang harus dikerjakan sekarang."))
        ]
        return list_card(tr("Harus dikerjakan"), rows, foot=foot)

    def _arrived_card(self, view: HomeView) -> QFrame:
        rows = self._rows(view.arrived, "arrived") or [_nothing("letter", tr("Belum ada kiriman baru."))]
        return list_card(tr("Baru datang"), rows)

    def _rows(self, entries: tuple[EntryView, ...], kind: str) -> list[QWidget]:
        return [
            ListRow(
                entry.icon,
                entry.title,
                entry.about,
                partial(self._actions.open_entry, entry.key) if entry.key else None,
                name=f"{kind}_{number}",
                tint=entry.tint,
                right=Pill(entry.pill, entry.pill_kind, entry.pill_icon) if entry.pill else None,
                height=54 if self.low else 64,
            )
            for number, entry in enumerate(entries)
        ]


def _no_resume(title: str, about: str, button: Button, high: int) -> QFrame:
    """The card of *Lanjutkan* where there is nothing to go on with."""
    words = column(
        None,
        label(title, "title", wrap=True, name="resume_title"),
        label(about, "muted", wrap=True, name="resume_about"),
        None,
        gap=4,
    )
    made = holder(
        row(
            Cover(0, "book", height=0, width=132, corners=(1, 0, 0, 1), glyph=40, deep=True),
            (_with_button(words, button), 1),
            gap=0,
        ),
        "card",
        "resume_card",
    )
    made.setMinimumHeight(sp(high))
    return made


def resume_card(view: ResumeView, act: Callable[[], None], *, high: int, low: bool) -> QFrame:
    """The one deep card: go on exactly where you stopped."""
    words = tr("Lanjutkan") if view.started else tr("Mulai")
    button = Button(words, "main", "arrow-right", name="resume", trailing=True)
    button.setAccessibleDescription(f"{view.title}. {view.place}")
    button.clicked.connect(act)
    parts: list[Part] = [
        None,
        label(words.upper(), "over"),
        4,
        label(view.title, "title", wrap=True),
        2,
        label(view.place, "muted", wrap=True),
    ]
    if view.total > 0:
        parts += [14, Bar([Piece(view.done, Fill.RUNNING)], view.total, view.place, name="resume_bar")]
    wide = 104 if low else 132
    made = holder(
        row(
            Cover(0, view.icon, height=0, width=wide, corners=(1, 0, 0, 1), glyph=40, deep=True),
            (_with_button(column(*parts, None, gap=0), button), 1),
            gap=0,
        ),
        "card",
        "resume_card",
    )
    made.setMinimumHeight(sp(high) + 2 * look().border)
    return made


def _with_button(words: QLayout, button: QWidget) -> QWidget:
    """Words with their button at the right, or under them where there is no room."""
    fold = Fold((holder(words), 1), (button, 0), fold=420, gap=24)
    return holder(row((fold, 1), gap=0, margins=(24, 8, 24, 8)))


def _nothing(icon: str, words: str) -> QWidget:
    made = holder(
        row(
            mid(Icon(icon, "muted", 24)),
            mid(label(words, "muted", wrap=True), 1),
            gap=14,
            margins=(20, 0, 14, 0),
        )
    )
    made.setMinimumHeight(sp(64))
    return made
