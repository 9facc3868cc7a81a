"""Belajar: the room that leads from the library through an outline into an activity, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import column
from desktop.screens.learning_page import LearningPage
from desktop.screens.learning_views import (
    ActivityView,
    LearningActions,
    LibraryView,
    OutlineView,
    QuizBody,
)
from desktop.screens.library import Library, LibraryActions
from desktop.screens.notice import problem_notice
from desktop.screens.page import body, header
from desktop.screens.resume_point import ResumePoint, pack_point
from desktop.screens.screen_jobs import ScreenJobs

if TYPE_CHECKING:
    from desktop.screens.install_pack import InstallPack

View = TypeVar("View")


@dataclass(slots=True)
class Place:
    """Where a person is in this room; kept by whoever builds the room, so that a new look opens at it."""

    course: str | None = None
    activity: str | None = None


class Learning(QStackedWidget):
    """The room. `changed` says that something was finished or installed, so that others may count anew."""

    changed = Signal()
    said = Signal(str)
    trouble = Signal(Problem)

    def __init__(
        self,
        actions: LearningActions,
        jobs: Jobs,
        place: Place | None = None,
        *,
        ask: Callable[[QWidget], Path | None] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("learning")
        self._actions, self._ask = actions, ask
        self._jobs, self._later = jobs, ScreenJobs(self, jobs)
        self.spot = place or Place()
        self._asked = 0
        self._installing = False
        self._told = False
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.go_back)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.go_back)
        find = QShortcut(QKeySequence("Ctrl+K"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.look_up)
        self._finding: object = None
        self._put(_Waiting())
        self._reopen()

    # --- what the window asks ----------------------------------------------------------------------------

    def begin(self) -> None:
        """Put the focus where it helps most."""
        page = self._page()
        if page is not None:
            page.begin()

    def refresh(self) -> None:
        """The room is visited again: a shelf may have grown meanwhile; an activity stays as it is."""
        page = self._page()
        if page is not None and page.lists():
            self._reopen()

    def leave(self) -> None:
        """Keep what is half done."""
        page = self._page()
        if page is not None:
            page.leave()

    def help_page(self) -> str:
        """Name the page of help for what is on screen."""
        page = self._page()
        if self._installing:
            return "pasang-paket"
        return "belajar" if page is None else page.help_page()

    def playing(self) -> bool:
        """Whether a recording plays now: that is presence, though no key is pressed."""
        page = self._page()
        return page is not None and page.playing()

    # --- ways --------------------------------------------------------------------------------------------

    def show_library(self) -> None:
        """Show all courses."""
        self.spot.course = self.spot.activity = None
        self._load(self._actions.load_library, self._library)

    def show_course(self, course: str) -> None:
        """Show the outline of a course."""
        self.spot.course, self.spot.activity = course, None
        self._load(lambda: self._actions.load_outline(course), self._outline)

    def resume_course(self, course: str) -> None:
        """Go on where one stopped in a course."""
        self.spot.course, self.spot.activity = course, None
        self._load(lambda: self._actions.load_outline(course), self._resume)

    def open_activity(self, activity: str) -> None:
        """Open one activity at the place where it was left."""
        self.spot.course, self.spot.activity = activity.partition("/")[0], activity
        self.leave()  # its draft must be on its way before the next is read
        self._load_after_writes(lambda: self._actions.open_activity(activity), self._activity)

    def install(self) -> None:
        """Install a pack from a flashdisk or a file."""
        self._install_flow().start()

    def install_fetched(self, digest: str) -> None:
        """Install a pack that came over a line: from here on it is a file like any other."""
        offers = self._actions.offers
        if offers is not None:
            flow = self._install_flow()
            flow.installed.connect(lambda _title: offers.installed(digest))
            flow.inspect(offers.file(digest))

    def look_up(self) -> None:
        """Search the modules and one's own notes; a choice leads to its very spot."""
        desk = self._actions.desk
        if desk is None or self.window().findChild(QWidget, "find_sheet") is not None:
            return
        page = self._page()
        if page is not None and page.busy():
            return  # an attempt at a quiz is not left by a slip of the keyboard
        from desktop.screens.find_sheet import FindSheet  # noqa: PLC0415  # only who searches

        self._finding = FindSheet(self.window(), desk, self._jobs, lambda spot: self.open_at(*spot))

    def open_at(self, activity: str, page: int, words: str, letter: int = 0) -> None:
        """Open a page at some words of it, or at a letter where it has no such words."""
        self.leave()
        self._put(_Waiting())
        draft = pack_point(ResumePoint(page=page, letter=letter, words=words))
        self._later.write(
            lambda: self._actions.save_draft(activity, draft),
            lambda _: self.open_activity(activity),
            self._not_kept,
        )

    def _install_flow(self) -> InstallPack:
        from desktop.screens.install_pack import InstallPack  # noqa: PLC0415  # seldom needed

        flow = InstallPack(self.window(), self._actions.packs, self._jobs, self._ask)
        flow.installed.connect(self._was_installed)
        flow.failed.connect(lambda problem: self.trouble.emit(problem) if self.isVisible() else None)
        flow.closed.connect(self._install_closed)
        flow.closed.connect(flow.deleteLater)
        self._installing = True
        return flow

    def go_back(self) -> None:
        """One step out: from an activity to its course, from a course to the library."""
        page = self._page()
        if page is not None and page.pause():
            return
        if self.spot.activity is not None and self.spot.course is not None:
            self.leave()
            self.show_course(self.spot.course)
        elif self.spot.course is not None:
            self.show_library()

    # --- pages -------------------------------------------------------------------------------------------

    def _library(self, view: LibraryView) -> None:
        look_up = None if self._actions.desk is None else self.look_up
        offers = None
        if self._actions.offers is not None:
            from desktop.screens.offers import Offers  # noqa: PLC0415  # only where there is a network

            offers = Offers(self._actions.offers, self._jobs, self.install_fetched)
        self._put(
            Library(view, LibraryActions(self.show_course, self.resume_course, self.install, look_up), offers)
        )

    def _outline(self, view: OutlineView) -> None:
        from desktop.screens.outline import Outline, OutlineActions  # noqa: PLC0415  # after the library is up

        self._put(Outline(view, OutlineActions(self.open_activity, self.show_library)))

    def _resume(self, view: OutlineView) -> None:
        first = next((shown.id for module in view.modules for shown in module.activities), None)
        to = view.resume or first
        if to is None:
            self._outline(view)
        else:
            self.open_activity(to)

    def _activity(self, view: ActivityView) -> None:
        self.spot.course, self.spot.activity = view.course, view.id
        self._told = False
        out = self.go_back
        if isinstance(view.body, QuizBody):
            from desktop.screens.quiz import QuizScreen  # noqa: PLC0415  # with Markdown and what cleans it
            from desktop.screens.quiz_frame import QuizFrame  # noqa: PLC0415

            quiz = QuizScreen(view, view.body, self._actions.quiz, self._actions.save_draft, self._jobs)
            quiz.finished.connect(self.changed)
            quiz.went_on.connect(lambda: self._onward(view))
            quiz.trouble.connect(self.trouble)
            self._put(QuizFrame(view, quiz, out))
            return

        from desktop.screens.activity_frame import ActivityFrame, FrameActions  # noqa: PLC0415
        from desktop.screens.players import make_player  # noqa: PLC0415

        def keep(point: ResumePoint) -> None:
            draft = pack_point(point)
            self._later.write(lambda: self._actions.save_draft(view.id, draft), _nothing, self._not_kept)

        player = make_player(view, self._actions, keep, self._jobs)
        player.completed.connect(self.changed)
        player.trouble.connect(self.trouble)
        frame = ActivityFrame(
            view,
            player,
            FrameActions(self.open_activity, lambda: self._onward(view), lambda: self._backward(view), out),
        )
        self._put(frame)

    def _not_kept(self, problem: Problem) -> None:
        """Say once a visit that a place was not kept: a full disk must not fill the screen as well."""
        if not self._told:
            self._told = True
            self.trouble.emit(problem)

    def _onward(self, view: ActivityView) -> None:
        if view.next is not None:
            self.open_activity(view.next)
        else:
            self.leave()
            self.show_course(view.course)

    def _backward(self, view: ActivityView) -> None:
        if view.previous is not None:
            self.open_activity(view.previous)
        else:
            self.go_back()

    def _install_closed(self) -> None:
        self._installing = False

    def _was_installed(self, title: str) -> None:
        self.said.emit(tr("{judul} sudah terpasang dan diperiksa.").format(judul=title))
        self.changed.emit()
        self.show_library()

    def _page(self) -> LearningPage | None:
        page = self.currentWidget()
        return page if isinstance(page, LearningPage) else None

    # --- inside ------------------------------------------------------------------------------------------

    def _reopen(self) -> None:
        if self.spot.activity is not None:
            self.open_activity(self.spot.activity)
        elif self.spot.course is not None:
            self.show_course(self.spot.course)
        else:
            self.show_library()

    def _load(self, work: Callable[[], View], show: Callable[[View], None]) -> None:
        """Read beside the window; of several requests only the newest is shown."""
        self._asked += 1
        mine = self._asked
        self._later.run(
            work,
            lambda view: show(view) if mine == self._asked else None,
            lambda problem: self._failed(problem, mine),
        )

    def _load_after_writes(self, work: Callable[[], View], show: Callable[[View], None]) -> None:
        """The same behind everything that is being written, so that what was just answered is seen."""
        self._asked += 1
        mine = self._asked
        self._later.write(
            work,
            lambda view: show(view) if mine == self._asked else None,
            lambda problem: self._failed(problem, mine),
        )

    def _failed(self, problem: Problem, mine: int) -> None:
        if mine != self._asked:
            return
        self.spot.activity = None
        page = _Failed(problem, self._reopen, self.go_back if self.spot.course else None)
        self._put(page)

    def _put(self, page: QWidget) -> None:
        old = self.currentWidget()
        self.addWidget(page)
        self.setCurrentWidget(page)
        if old is not None:
            self.removeWidget(old)
            old.deleteLater()
        if self.isVisible():
            self.begin()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin again where one was."""
        super().showEvent(event)
        self.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """Locked, another room, another person: keep what is half done and stop what plays."""
        self.leave()
        super().hideEvent(event)


class _Waiting(QWidget):
    """The head alone, for the moment until the shelf is read."""

    def __init__(self) -> None:
        super().__init__()
        self.setLayout(column(header(tr("Belajar")), None, gap=0))


class _Failed(QWidget):
    """What could not be opened, and the way to try again."""

    def __init__(self, problem: Problem, again: Callable[[], None], back: Callable[[], None] | None) -> None:
        super().__init__()
        self.setObjectName("learningFailed")
        note = problem_notice(problem, retry=again, name="openProblem")
        inside = body(note, None)
        self.setLayout(column(header(tr("Belajar"), back=back), (inside, 1), gap=0))


def _nothing(_: object) -> None:
    """A kept place needs no word."""
