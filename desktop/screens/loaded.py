"""A screen that shows what a job loaded, and loads again on each visit without losing the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.background.jobs import Jobs
from desktop.errors import Problem
from desktop.screens.arrange import column
from desktop.screens.button import Button
from desktop.screens.notice import problem_notice
from desktop.screens.page import Scroll, body, header
from desktop.screens.rooms import first_target
from desktop.screens.screen_jobs import ScreenJobs
from desktop.screens.slot import Slot
from desktop.screens.style import sp

View = TypeVar("View")
LOW = 640  # under this height, px at 100 %, a screen takes its low form


class Loaded(QWidget, Generic[View]):
    """Give it a title and what loads; it calls `build` with the view and shows what comes back.

    `start` names the button that gets the focus when the screen first shows.
    """

    start = ""

    def __init__(self, name: str, title: str, jobs: Jobs, load: Callable[[], View]) -> None:
        super().__init__()
        self.setObjectName(name)
        self._title, self._jobs, self._load = title, ScreenJobs(self, jobs), load
        self._view: View | None = None
        self._asked = 0
        self._begun = False
        self._shown: object = None
        self.low = False
        self._slot = Slot()
        self.setLayout(column((self._slot, 1), gap=0))
        self._slot.put(header(title, " "), QWidget())
        self.refresh()

    def build(self, view: View) -> tuple[QWidget, QWidget]:
        """The head and the body of the screen for a view."""
        raise NotImplementedError

    def part(self) -> object:
        """What of a view is shown: where it is the same as before, what is loaded anew keeps its place."""
        return object()

    def begin(self) -> None:
        """Put the focus on the likeliest button; where it is off, on the first thing that Tab would reach.

        A window without any focus would not hear Tab at all.
        """
        button = self.findChild(Button, self.start) if self.start else None
        if button is not None and button.isEnabled():
            self._begun = True
            button.setFocus()
        else:
            QTimer.singleShot(0, self, self._focus_somewhere)  # what was just laid out is not shown yet

    def _focus_somewhere(self) -> None:
        if QApplication.focusWidget() is None and self.isVisible():
            first = first_target(self)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Load again; only the newest answer is shown."""
        self._asked += 1
        asked = self._asked
        self._jobs.run(self._load, lambda view: self._arrived(asked, view), self._failed)

    def _arrived(self, asked: int, view: View) -> None:
        if asked == self._asked:
            self.show_view(view)

    def show_view(self, view: View) -> None:
        """Show a view; the focus stays on the button of the same name, and what was read stays in view."""
        self._view = view
        focused = self.focusWidget()
        name = focused.objectName() if focused is not None and focused.hasFocus() else ""
        before, self._shown = self._shown, self.part()
        scrolled = self._scrolled() if before == self._shown else 0
        self._slot.put(*self.build(view))
        if scrolled:
            QTimer.singleShot(0, self, lambda: self._scroll_to(scrolled))
        again = self.findChild(QWidget, name) if name else None
        if again is not None:
            again.setFocus()
        elif not self._begun and self.isVisible():
            self.begin()

    def _scrolled(self) -> int:
        held = self._slot.held()
        return held.verticalScrollBar().value() if isinstance(held, Scroll) else 0

    def _scroll_to(self, value: int) -> None:
        """Bring back what was in view; what was just laid out has its height now."""
        held = self._slot.held()
        if isinstance(held, Scroll):
            held.verticalScrollBar().setValue(value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Low windows get the low form."""
        super().resizeEvent(event)
        low = event.size().height() < sp(LOW)
        if low != self.low:
            self.low = low
            if self._view is not None:
                self.show_view(self._view)

    def _failed(self, problem: Problem) -> None:
        shown = problem_notice(problem, retry=self.refresh, name=f"{self.objectName()}_problem")
        self._slot.put(header(self._title), Scroll(body(shown, None)))
