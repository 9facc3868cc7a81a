"""The window: an opening picture first, then one screen alone or the rooms, and what lies over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QStackedLayout, QWidget

from desktop.screens.opening import paint_opening

if TYPE_CHECKING:  # the first paint spares whatever the opening picture does not show
    from desktop.errors import Problem
    from desktop.screens.focus_ring import FocusRing
    from desktop.screens.idle_notice import IdleNotice
    from desktop.screens.practice_banner import Places, PracticeBanner
    from desktop.screens.presence import Presence
    from desktop.screens.rooms import Room, Rooms, Who
    from desktop.screens.status_line import StatusView
    from desktop.screens.toast import Toast

START_SIZE = QSize(1366, 768)
LEAST_SIZE = QSize(800, 520)
_LOOKS, _LOOK_MS = 40, 25


@dataclass(frozen=True, slots=True)
class WindowActions:
    """What the window asks of the application; `playing` tells of media, which count as presence."""

    switch_user: Callable[[], None]
    lock: Callable[[], None]
    help_text: Callable[[str], str]
    playing: Callable[[], bool]
    closing: Callable[[], None]
    idle_s: int = 300


class Window(QWidget):
    """One window for everything: opening, first run, sign-in, the rooms, the lock."""

    presence: Presence
    _toast: Toast
    _ring: FocusRing
    _idle: IdleNotice

    def __init__(self, actions: WindowActions) -> None:
        super().__init__()
        self.setObjectName("root")
        self.setWindowTitle("Suluh")
        self._actions = actions
        self._equipped = False
        self._painted: Callable[[], None] | None = None
        self._who: Who | None = None
        self._plan: Callable[[], Sequence[Room]] = tuple
        self._rooms: Rooms | None = None
        self._alone: Callable[[], QWidget] | None = None
        self._over: QWidget | None = None
        self._status: StatusView | None = None
        self._banner: PracticeBanner | None = None
        self._outer = QStackedLayout(self)
        self.setMinimumSize(LEAST_SIZE)
        screen = QApplication.primaryScreen()
        room = screen.availableSize() if screen is not None else START_SIZE
        self.resize(START_SIZE.boundedTo(room).expandedTo(LEAST_SIZE))

    def practise(self, pin: str, places: Places | None = None) -> None:
        """Say on top of every screen that nothing here is real, the PIN that all have, and where one is."""
        from desktop.screens.practice_banner import PracticeBanner  # noqa: PLC0415 - only in practice

        self._banner = PracticeBanner(self, pin, places)

    def say_practice(self, words: str) -> None:
        """Say on the banner of practice what to do next."""
        if self._banner is not None:
            self._banner.say(words)

    @property
    def practising(self) -> bool:
        """Whether nothing here is real."""
        return self._banner is not None

    # --- the first paint ---------------------------------------------------------------------------------

    def after_first_paint(self, act: Callable[[], None]) -> None:
        """Do something once the opening picture is on the glass: open the store, build the first screen."""
        self._painted = act

    def paintEvent(self, event: QPaintEvent) -> None:
        """The opening picture until the first screen covers it, then the page's ground."""
        super().paintEvent(event)
        painter = QPainter(self)
        if self._outer.count() == 0:
            paint_opening(painter, QRectF(self.rect()))
        else:
            painter.fillRect(self.rect(), self.palette().window())
        painter.end()
        act, self._painted = self._painted, None
        if act is not None:
            QTimer.singleShot(0, self, act)

    def _equip(self) -> None:
        """Build what lies over the screens, when there is a first screen for it to lie over."""
        if self._equipped:
            return
        from desktop.screens.focus_ring import FocusRing  # noqa: PLC0415 - spared by the first paint
        from desktop.screens.idle_notice import IdleNotice  # noqa: PLC0415
        from desktop.screens.presence import Presence  # noqa: PLC0415
        from desktop.screens.qt_words import speak  # noqa: PLC0415
        from desktop.screens.toast import Toast  # noqa: PLC0415

        self._equipped = True
        speak(self)
        self._toast = Toast(self)
        self._ring = FocusRing(self)
        self._idle = IdleNotice(self)
        self.presence = Presence(self, idle_s=self._actions.idle_s, busy=self._actions.playing)
        self.presence.warned.connect(self._idle.warn)
        self.presence.returned.connect(self._idle.hide)
        self.presence.left.connect(self._left)
        for keys, act in (("F1", self.help), ("F6", self.next_area), ("Ctrl+L", self._switch)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._watch()

    def _watch(self) -> None:
        handle = self.windowHandle()
        if handle is not None and self._equipped:
            self._ring.watch(handle)
            self.presence.watch(handle)

    # --- one screen alone --------------------------------------------------------------------------------

    def show_alone(self, build: Callable[[], QWidget]) -> QWidget:
        """Show a screen without rail: first run or sign-in. Pages of whoever was here are dropped."""
        self._equip()
        self.presence.stop()
        self._toast.hide()
        self._who = None
        self._over = None
        self._drop_rooms()
        self._alone = build
        return self._put_alone(build())

    def cover(self, build: Callable[[], QWidget]) -> QWidget:
        """Lock: hide everything under one screen and keep it for the same person's return."""
        self.presence.stop()
        self._close_sheets()
        self._toast.hide()
        self._alone = build
        self._over = self._put_alone(build())
        return self._over

    def uncover(self) -> None:
        """Unlock: go back to where the person was."""
        self._over = self._alone = None
        self._keep_only_rooms()
        if self._rooms is not None:
            self._outer.setCurrentWidget(self._rooms)
            self.presence.start()
            self._rooms.begin()

    @property
    def covered(self) -> bool:
        """Whether the lock is on."""
        return self._over is not None

    def _put_alone(self, screen: QWidget) -> QWidget:
        self._close_sheets()
        self._keep_only_rooms()
        self._outer.addWidget(screen)
        self._outer.setCurrentWidget(screen)
        begin = getattr(screen, "begin", None)
        if callable(begin):
            begin()
        return screen

    def _keep_only_rooms(self) -> None:
        for at in reversed(range(self._outer.count())):
            old = self._outer.widget(at)
            if old is not None and old is not self._rooms:
                self._remove(old)

    def _remove(self, old: QWidget) -> None:
        self._outer.removeWidget(old)
        old.hide()
        old.setParent(None)
        old.deleteLater()

    # --- rooms -------------------------------------------------------------------------------------------

    def enter(self, who: Who, plan: Callable[[], Sequence[Room]], start: str = "home") -> QWidget:
        """Show the rooms of a person; `plan` is asked again when the language changes."""
        self._equip()
        self._drop_rooms()
        self._alone = self._over = None
        self._toast.hide()
        self._idle.hide()
        self._who, self._plan = who, plan
        page = self._build_rooms(who, start)
        self._keep_only_rooms()
        self.presence.start()
        return page

    def _build_rooms(self, who: Who, start: str) -> QWidget:
        from desktop.screens.rooms import Rooms  # noqa: PLC0415 - spared by the first paint

        rooms = self._rooms = Rooms(who, tuple(self._plan()), self._switch, self.help)
        if self._status is not None:
            rooms.line.show_status(self._status)
        self._outer.addWidget(rooms)
        if not self.covered:
            self._outer.setCurrentWidget(rooms)
        return rooms.go(start)

    def _drop_rooms(self) -> None:
        self._close_sheets()
        old, self._rooms = self._rooms, None
        if old is not None:
            self._remove(old)

    def go(self, name: str) -> QWidget:
        """Go to a room of the person signed in. Raises LookupError when nobody is."""
        if self._rooms is None:
            raise LookupError("nobody is signed in")
        self._close_sheets()
        return self._rooms.go(name)

    def page(self, name: str = "") -> QWidget | None:
        """The built page of a room, or of the current one; None before its first visit."""
        return None if self._rooms is None else self._rooms.page(name)

    @property
    def current(self) -> str:
        """The name of the room on screen, empty before sign-in."""
        return "" if self._rooms is None else self._rooms.current

    def dress(self, head: QFrame) -> None:
        """Give a head that came on screen its *Ganti pengguna*."""
        if self._rooms is not None and self._rooms.isAncestorOf(head):
            self._rooms.dress(head)

    def rebuild(self) -> None:
        """Build everything again after language, text size or theme changed, and stay where we are."""
        from desktop.screens.qt_words import use_locale  # noqa: PLC0415 - spared by the first paint

        use_locale()
        focused = QApplication.focusWidget()
        name = focused.objectName() if focused is not None else ""
        here = self.current
        if self._rooms is not None and self._who is not None:
            self._rooms.leave()
            self._drop_rooms()
            self._build_rooms(self._who, here)
        if self._alone is not None:
            shown = self._put_alone(self._alone())
            self._over = None if self._over is None else shown
        if name:
            self._focus_again(name, _LOOKS)

    def _focus_again(self, name: str, looks: int) -> None:
        """Give the focus back by name; a page that loads beside the window has its widgets a moment later."""
        found = self.findChild(QWidget, name)
        if found is not None and found.isVisible():
            found.setFocus(Qt.FocusReason.OtherFocusReason)
        elif looks:
            QTimer.singleShot(_LOOK_MS, self, lambda: self._focus_again(name, looks - 1))

    # --- what is said ------------------------------------------------------------------------------------

    def show_status(self, view: StatusView) -> None:
        """Show where the work is."""
        self._status = view
        if self._rooms is not None:
            self._rooms.line.show_status(view)

    def say(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """A toast: something is done."""
        self._equip()
        self._toast.say(words, undo)

    def problem(self, problem: Problem, retry: Callable[[], None] | None = None) -> None:
        """A problem that no screen had a place for, in a sheet until it is read."""
        from desktop.screens.problem_sheet import problem_sheet  # noqa: PLC0415 - rarely needed

        problem_sheet(self, problem, retry)

    def help(self) -> None:
        """F1: the help page of this screen, over the window."""
        from desktop.screens.help import HelpSheet  # noqa: PLC0415 - waits until somebody asks

        if self.findChild(HelpSheet) is None:
            HelpSheet(self, self.help_page(), self._actions.help_text)

    def help_page(self) -> str:
        """The name of the help page of what is on screen."""
        for sheet in self.findChildren(QWidget):
            told = sheet.property("help")
            if told and sheet.property("sheet") and sheet.isVisible():
                return str(told)
        shown = self._outer.currentWidget()
        page = self.page() if shown is self._rooms and shown is not None else shown
        asked = getattr(page, "help_page", None)
        return str(asked()) if callable(asked) else "suluh"

    def _close_sheets(self) -> None:
        for sheet in self.findChildren(QWidget):
            finish = getattr(sheet, "finish", None)
            if sheet.property("sheet") and callable(finish):
                finish()

    # --- keys, time, the end -----------------------------------------------------------------------------

    def next_area(self) -> None:
        """F6: from the rail to the page and back."""
        if self._rooms is not None and not self.covered:
            self._ring.use_keyboard(keyboard=True)
            self._rooms.next_area()

    def _switch(self) -> None:
        if self._rooms is not None and not self.covered:
            self._rooms.leave()
            self._actions.switch_user()

    def _left(self) -> None:
        self._idle.hide()
        if self._rooms is not None:
            self._rooms.leave()
        self._actions.lock()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that nothing wanted scrolls the page."""
        from desktop.screens.page import scroll_by_key  # noqa: PLC0415 - spared by the first paint

        shown = self._outer.currentWidget()
        if shown is None or not scroll_by_key(shown, event.key()):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the native window once there is one."""
        super().showEvent(event)
        self._watch()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the page keep what is half done, and the application close its databases."""
        if self._rooms is not None:
            self._rooms.leave()
        self._actions.closing()
        super().closeEvent(event)
