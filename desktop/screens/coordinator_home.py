"""Beranda of a coordinator: the next step, who needs follow-up, and how fresh the data of each PC are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from desktop.background.jobs import Jobs
from desktop.formats import jp, short_day
from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.avatar import Avatar
from desktop.screens.button import Button
from desktop.screens.card import ListRow, Target, card, list_card
from desktop.screens.cover import Cover
from desktop.screens.fold import Beside, Fold
from desktop.screens.home import ResumeView
from desktop.screens.icons import Icon
from desktop.screens.loaded import Loaded
from desktop.screens.page import Scroll, body, header
from desktop.screens.pill import Pill
from desktop.screens.style import look, sp
from desktop.screens.text import Elided, label

SHOWN = 5


@dataclass(frozen=True, slots=True)
class NextStep:
    """The likeliest next step; `key` is for `open_step`, `button` its words."""

    key: str
    title: str
    about: str
    button: str
    icon: str = "courier"


@dataclass(frozen=True, slots=True)
class FollowView:
    """One person to follow up; `jp` in hundredths, None where there is no data."""

    key: str
    name: str
    initials: str
    reason: str
    kind: str
    jp: int | None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class PcView:
    """One PC of the office; `day` None: nothing ever came from it; `stale`: older than 14 days."""

    name: str
    day: date | None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class CoordinatorView:
    """Everything on the coordinator's Beranda."""

    office: str
    pcs: tuple[PcView, ...]
    step: NextStep
    people: int
    done: int
    behind: int
    no_data: int
    follow: tuple[FollowView, ...]
    own: ResumeView | None = None

    @property
    def seen(self) -> int:
        """PCs that data came from."""
        return sum(pc.day is not None for pc in self.pcs)


@dataclass(frozen=True, slots=True)
class CoordinatorActions:
    """`load` runs as a job; the others follow a click."""

    load: Callable[[], CoordinatorView]
    open_step: Callable[[str], None]
    open_people: Callable[[str], None]
    resume: Callable[[str], None]
    jobs: Jobs


class CoordinatorHome(Loaded[CoordinatorView]):
    """Loads again on each visit."""

    start = "next_step"

    def __init__(self, actions: CoordinatorActions) -> None:
        self._actions = actions
        super().__init__("home", tr("Beranda"), actions.jobs, actions.load)

    def help_page(self) -> str:
        """The page of help for F1."""
        return "beranda-koordinator"

    def build(self, view: CoordinatorView) -> tuple[QWidget, QWidget]:
        """The next step, three numbers, then who and how fresh."""
        fresh = tr("{kantor}, data dari {a} dari {b} komputer").format(
            kantor=view.office, a=view.seen, b=len(view.pcs)
        )
        left: list[QWidget] = [self._follow(view)]
        if view.own is not None:
            own = view.own
            entry = ListRow(
                own.icon, own.title, own.place, lambda: self._actions.resume(own.key), name="own_learning"
            )
            left.append(list_card(tr("Belajar saya"), [entry]))
        lower = Beside(
            holder(column(*left, gap=16)), self._freshness(view), right_width=330 if self.low else 394
        )
        inside = body(self._step(view.step), self._counts(view), lower, None, gap=14 if self.low else 16)
        return header(tr("Beranda"), fresh), Scroll(inside)

    def _step(self, step: NextStep) -> QFrame:
        button = Button(step.button, "main", "arrow-right", name="next_step", trailing=True)
        button.clicked.connect(lambda: self._actions.open_step(step.key))
        words = column(
            None,
            label(tr("Langkah berikutnya").upper(), "over"),
            4,
            label(step.title, "title", wrap=True),
            2,
            label(step.about, "muted", wrap=True),
            None,
            gap=0,
        )
        fold = Fold((holder(words), 1), (button, 0), fold=420, gap=24)
        inside = holder(row((fold, 1), gap=0, margins=(24, 12, 24, 12)))
        wide = 104 if self.low else 120
        cover = Cover(0, step.icon, height=0, width=wide, corners=(1, 0, 0, 1), glyph=40, deep=True)
        made = holder(row(cover, (inside, 1), gap=0), "card", "step_card")
        made.setMinimumHeight(sp(108 if self.low else 128) + 2 * look().border)
        return made

    def _counts(self, view: CoordinatorView) -> QWidget:
        waiting = [pc.name for pc in view.pcs if pc.day is None]
        silent = (
            tr("menunggu {komputer}").format(komputer=waiting[0])
            if len(waiting) == 1
            else tr("bukan nol: datanya belum sampai")
        )
        shown = (
            ("done", view.done, tr("selesai"), tr("dari {n} peserta").format(n=view.people), "tick", "ok"),
            (
                "behind",
                view.behind,
                tr("perlu ditindaklanjuti"),
                tr("belum mulai atau tidak aktif"),
                "flag",
                "warn",
            ),
            (
                "no_data",
                view.no_data,
                tr("belum ada data"),
                silent if view.no_data else tr("semua sudah ada"),
                "clock",
                "muted",
            ),
        )
        parts: list[tuple[QWidget, int]] = []
        for key, value, title, about, icon, tint in shown:
            quiet = tint if value else "muted"
            parts.append((self._count(key, str(value), title, about, icon, quiet), 1))
        return Fold(*parts, fold=700)

    def _count(self, key: str, value: str, title: str, about: str, icon: str, tint: str) -> QWidget:
        made = CountCard(f"count_{key}", f"{value} {title}, {about}")
        words = column(None, Elided(title, "strong"), Elided(about, "caption", "muted"), None, gap=0)
        made.setLayout(
            row(
                mid(Icon(icon, tint, 24)),
                mid(label(value, "number")),
                (words, 1),
                gap=12,
                margins=(20, 0, 16, 0),
            )
        )
        made.setFixedHeight(sp(68 if self.low else 80))
        made.chosen.connect(lambda: self._actions.open_people(key))
        return made

    def _follow(self, view: CoordinatorView) -> QFrame:
        rows: list[QWidget] = []
        for number, person in enumerate(view.follow[:SHOWN]):
            rows.append(FollowRow(person, number, partial(self._actions.open_people, person.key)))
        if not rows:
            words = label(tr("Tidak ada yang perlu ditindaklanjuti."), "muted")
            calm = holder(row(mid(Icon("tick", "ok", 24)), mid(words, 1), gap=14, margins=(20, 0, 14, 0)))
            calm.setMinimumHeight(sp(64))
            rows.append(calm)
        every = Button(tr("Semua"), "quiet", name="all_people")
        every.clicked.connect(lambda: self._actions.open_people("behind"))
        return list_card(tr("Perlu ditindaklanjuti"), rows, right=every)

    def _freshness(self, view: CoordinatorView) -> QFrame:
        heads = row(
            (label(tr("Komputer"), "caption_strong"), 1),
            label(tr("Data per"), "caption_strong"),
            margins=(20, 0, 20, 0),
        )
        top = holder(row(mid(label(tr("Kemutakhiran data"), "card")), None, margins=(20, 0, 12, 0)))
        top.setFixedHeight(sp(48))
        under = holder(heads)
        under.setFixedHeight(sp(36))
        parts: list[Part] = [top, line(), under]
        for pc in view.pcs:
            parts += [line(), _pc_row(pc)]
        made = card(*parts, gap=0, margins=(0, 0, 0, 4))
        made.setAccessibleName(tr("Kemutakhiran data"))
        made.setObjectName("freshness")
        return made


class CountCard(Target):
    """A number of people that opens their list."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(name, words, radius=10)
        self.setProperty("f", "card")

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card that answers the mouse with a stronger edge."""
        del event
        chosen = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = chosen.border / 2
        painter.setPen(QPen(chosen.colour("edge" if self.underMouse() else "line"), chosen.border))
        painter.setBrush(chosen.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 10, 10)
        painter.end()


class FollowRow(Target):
    """Who, why, and how many JP."""

    def __init__(self, person: FollowView, number: int, act: Callable[[], None]) -> None:
        earned = "–" if person.jp is None else tr("{n} JP").format(n=jp(person.jp))
        super().__init__(f"follow_{number}", f"{person.name}, {person.reason}, {earned}")
        value = label(earned)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        value.setFixedWidth(sp(64))
        why = holder(row(mid(Pill(person.reason, person.kind, person.icon)), None, gap=0))
        why.setFixedWidth(sp(176))
        self.setLayout(
            row(
                mid(Avatar(person.initials, 28, "sunken", "text")),
                (Elided(person.name, "strong"), 1),
                mid(why),
                mid(value),
                mid(Icon("right", "muted", 20)),
                gap=12,
                margins=(20, 0, 14, 0),
            )
        )
        self.setFixedHeight(sp(52))
        self.chosen.connect(act)


def _pc_row(pc: PcView) -> QWidget:
    if pc.day is None:
        when: QWidget = Pill(tr("belum ada data"), "warn")
        icon = Icon("computer", "warn", 20)
        name = Elided(pc.name, "strong")
    else:
        words = short_day(pc.day)
        when = (
            holder(row(mid(Icon("clock", "warn", 16)), label(words, "warn"), gap=6))
            if pc.stale
            else label(words)
        )
        icon = Icon("computer", "muted", 20)
        name = Elided(pc.name)
    made = holder(row(mid(icon), (name, 1), mid(when), gap=10, margins=(20, 0, 20, 0)))
    made.setFixedHeight(sp(40))
    return made
