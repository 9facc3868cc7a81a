"""The outline of a course: its modules with their activities, what is done, and where to go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop.language import tr
from desktop.player.progress import State
from desktop.screens.activity_side import ICONS, kind_words, link_name, state_words
from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.button import Button
from desktop.screens.card import Target
from desktop.screens.cover import Cover, tint_of
from desktop.screens.fold import Beside
from desktop.screens.icons import Icon
from desktop.screens.learning_page import LearningPage
from desktop.screens.learning_views import ActivityRow, CourseCard, ModuleRow, OutlineView
from desktop.screens.library import course_meta, is_done, progress_bar, progress_words
from desktop.screens.notice import notice
from desktop.screens.page import MARGIN, Scroll, body, header
from desktop.screens.pill import Pill
from desktop.screens.style import sp
from desktop.screens.text import Elided, label

_INFO = 304


@dataclass(frozen=True, slots=True)
class OutlineActions:
    """Where an outline leads."""

    open: Callable[[str], None]
    out: Callable[[], None]


class _Row(Target):
    """One activity as one target."""

    def __init__(self, shown: ActivityRow, *, next_: bool, chosen: Callable[[], None]) -> None:
        words = f"{shown.title}. {kind_words(shown)}. {state_words(shown.state)}"
        super().__init__(link_name(shown.id), words)
        self.chosen.connect(chosen)
        done = shown.state is State.DONE
        right: list[Part] = []
        if done:
            right.append(mid(Pill(tr("Selesai"), "ok", "tick")))
        elif next_:
            right.append(mid(Pill(tr("Berikutnya"), "primary")))
        elif shown.state is State.STARTED:
            right.append(mid(Pill(tr("Sedang berjalan"), "primary")))
        self.setLayout(
            row(
                mid(Icon(ICONS[shown.kind], "primary" if next_ else "muted")),
                (
                    column(
                        None,
                        Elided(shown.title, "strong"),
                        Elided(kind_words(shown), "caption", "muted"),
                        None,
                        gap=1,
                    ),
                    1,
                ),
                *right,
                mid(Icon("right", "muted", 20)),
                gap=14,
                margins=(20, 0, 14, 0),
            )
        )
        self.setFixedHeight(sp(60))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class _Module(QFrame):
    """A module as a card; finished ones are folded until somebody opens them."""

    def __init__(
        self, number: int, module: ModuleRow, resume: str | None, go: Callable[[str], None], *, opened: bool
    ) -> None:
        super().__init__()
        self.setObjectName(f"module{number}")
        self.setProperty("f", "card")
        done = sum(shown.state is State.DONE for shown in module.activities)
        said = tr("{n} dari {m} selesai, {k} menit").format(
            n=done, m=len(module.activities), k=module.minutes
        )
        self.setAccessibleName(f"{module.title}. {said}")
        self._head = Target(f"fold{number}", f"{number}. {module.title}. {said}", radius=9)
        self._head.chosen.connect(self.fold)
        self._arrow = Icon("up" if opened else "down", "muted", 20)
        state: list[Part] = []
        if module.state is State.DONE:
            state.append(mid(Pill(tr("Selesai"), "ok", "tick")))
        self._head.setLayout(
            row(
                (
                    column(
                        None,
                        label(tr("Modul {n}").format(n=number), "caption"),
                        Elided(module.title, "card"),
                        Elided(said, "caption", "muted"),
                        None,
                        gap=1,
                    ),
                    1,
                ),
                *state,
                mid(self._arrow),
                gap=14,
                margins=(20, 0, 14, 0),
            )
        )
        self._head.setFixedHeight(sp(80))
        self._links: dict[str, QWidget] = {}
        rows: list[Part] = []
        for shown in module.activities:
            link = _Row(
                shown,
                next_=shown.id == resume,
                chosen=lambda to=shown.id: go(to),  # type: ignore[misc]
            )
            self._links[shown.id] = link
            rows += [line(), link]
        self._rows = holder(column(*rows, gap=0))
        self.setLayout(column(self._head, self._rows, gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rows.setVisible(opened)

    def row_of(self, activity: str | None) -> QWidget:
        """The line of an activity, or the module's own head."""
        return self._links.get(activity or "", self._head)

    def fold(self) -> None:
        """Show or hide the activities."""
        shown = self._rows.isHidden()
        self._rows.setVisible(shown)
        self._arrow.show_icon("up" if shown else "down", "muted")


class Outline(LearningPage):
    """One course, opened."""

    def __init__(self, view: OutlineView, actions: OutlineActions) -> None:
        super().__init__()
        self.setObjectName("outline")
        self._view, self._actions = view, actions
        here = _module_of(view)
        modules = [
            _Module(
                number + 1, module, view.resume, actions.open, opened=number == here or len(view.modules) == 1
            )
            for number, module in enumerate(view.modules)
        ]
        head = header(view.course.title, "", over=tr("Belajar"), back=actions.out, bar=True)
        listed = holder(column(*modules, gap=12))
        listed.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        both = Beside(listed, self._info(view.course), right_width=_INFO)
        parts: list[Part] = [both, None]
        if view.course.withdrawn:
            parts = [_withdrawn(), 16, *parts]
        inside = body(*parts, gap=0, margins=(MARGIN, 20, MARGIN, MARGIN))
        self._scroll = Scroll(inside, name="outlineScroll")
        self.setLayout(column(head, (self._scroll, 1), gap=0))
        self._here = modules[here].row_of(view.resume) if modules else None

    def lists(self) -> bool:
        """What is done may have changed meanwhile."""
        return True

    def help_page(self) -> str:
        """Name the page of help."""
        return "isi_modul"

    def begin(self) -> None:
        """Put the focus on *Lanjutkan*, and bring the module in hand into sight."""
        self._go.setFocus()
        if self._here is not None:
            self._scroll.ensureWidgetVisible(self._here, 0, sp(48))

    def _info(self, course: CourseCard) -> QFrame:
        done = is_done(course)
        words = tr("Buka lagi") if done else tr("Lanjutkan") if course.started else tr("Mulai")
        self._go = Button(words, "plain" if done else "main", name="resumeCourse")
        first = next((shown.id for module in self._view.modules for shown in module.activities), None)
        to = self._view.resume or first
        if to is not None:
            self._go.clicked.connect(lambda: self._actions.open(to))
        self._go.setEnabled(to is not None and not course.withdrawn)
        said = label(progress_words(course), "ok_caption" if done else "caption")
        parts: list[Part] = [
            label(course.title, "card", wrap=True),
            4,
            label(course_meta(course), "muted", wrap=True),
            14,
            progress_bar(course),
            6,
            row(*([mid(Icon("tick", "ok", 16))] if done else []), mid(said), None, gap=6),
        ]
        resume = _title_of(self._view)
        if resume and not done:
            parts += [14, label(tr("Berikutnya"), "caption"), label(resume, "strong", wrap=True)]
        parts += [16, row(self._go, None)]
        if course.summary:
            parts += [16, line(), 14, label(course.summary, "body", wrap=True)]
        parts += [14, label(_origin(course), "caption", wrap=True)]
        made = holder(
            column(
                Cover(tint_of(course.id), course.glyph, height=88),
                column(*parts, gap=0, margins=(20, 16, 20, 18)),
                gap=0,
            ),
            "card",
            "courseInfo",
        )
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return made


def _withdrawn() -> QWidget:
    return notice(
        "warn",
        tr("Kursus ini ditarik kembali oleh pusat."),
        tr("Kemajuan dan nilai Anda tetap tersimpan. Minta versi yang baru kepada koordinator."),
        name="withdrawnCourse",
    )


def _origin(course: CourseCard) -> str:
    parts = [tr("Versi {v}").format(v=course.version)] if course.version else []
    if course.publisher:
        parts.append(tr("ditandatangani {penerbit}").format(penerbit=course.publisher))
    return ", ".join(parts)


def _module_of(view: OutlineView) -> int:
    """The module in hand: where *Lanjutkan* leads, else the first unfinished one."""
    for number, module in enumerate(view.modules):
        if any(shown.id == view.resume for shown in module.activities):
            return number
    return next((n for n, module in enumerate(view.modules) if module.state is not State.DONE), 0)


def _title_of(view: OutlineView) -> str:
    return next(
        (shown.title for module in view.modules for shown in module.activities if shown.id == view.resume), ""
    )
