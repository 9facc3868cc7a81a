"""The window: the rail, one page built on its first visit, the status line, and what lies over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QStackedWidget, QWidget

from desktop.errors import Problem
from desktop.language import tr
from desktop.screens.arrange import column, row
from desktop.screens.avatar import avatar_icon
from desktop.screens.button import Button
from desktop.screens.focus_ring import FocusRing
from desktop.screens.icons import icon
from desktop.screens.idle_notice import IdleNotice
from desktop.screens.presence import Presence
from desktop.screens.rail import Rail, RailPlace
from desktop.screens.sheet import Sheet
from desktop.screens.status_line import StatusLine, StatusView
from desktop.screens.style import sp
from desktop.screens.toast import Toast

START_SIZE = QSize(1366, 768)
LEAST_SIZE = QSize(800, 520)
SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the signed-in person. `on_rail` is False for Setelan, which the person's menu opens.

    The page may have `help_page()` (name of its help), `begin()` (put the focus), `refresh()` (on each visit)
    and `leave()` (keep what is half done); a page without them is static.
    """

    name: str
    words: str
    icon: str
    build: Callable[[], QWidget]
    on_rail: bool = True


@dataclass(frozen=True, slots=True)
class Who:
    """Who is signed in."""

    nickname: str
    initials: str


@dataclass(frozen=True, slots=True)
class WindowActions:
    """What the window asks of the application."""

    switch_user: Callable[[], None]
    lock: Callable[[], None]
    help_text: Callable[[str], str]
    playing: Callable[[], bool]
    closing: Callable[[], None]
    idle_s: int = 300


class Window(QWidget):
    """One window for everything: first run, sign-in, the rooms, the lock."""

    def __init__(self, actions: WindowActions) -> None:
        super().__init__()
        self.setObjectName("root")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Suluh")
        self._actions = actions
        self._who: Who | None = None
        self._plan: Callable[[], Sequence[Room]] = tuple
        self._rooms: dict[str, Room] = {}
        self._pages: dict[str, QWidget] = {}
        self._current = ""
        self._alone: Callable[[], QWidget] | None = None
        self._over: QWidget | None = None
        self._status_view: StatusView | None = None
        self._rail: Rail | None = None
        self._inner: QFrame | None = None
        self._stack = QStackedWidget()
        self._line = StatusLine()
        self._outer = QStackedWidget()
        self.setLayout(column((self._outer, 1), gap=0))
        self._toast = Toast(self)
        self._ring = FocusRing(self)
        self.presence = Presence(self, idle_s=actions.idle_s, busy=actions.playing)
        self._idle_notice = IdleNotice(self)
        self.presence.warned.connect(self._idle_notice.warn)
        self.presence.returned.connect(self._idle_notice.hide)
        self.presence.left.connect(self._left)
        for keys, act in (("F1", self.help), ("F6", self.next_area), ("Ctrl+L", self._switch)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.setMinimumSize(LEAST_SIZE)
        screen = QApplication.primaryScreen()
        room = screen.availableSize() if screen is not None else START_SIZE
        self.resize(START_SIZE.boundedTo(room).expandedTo(LEAST_SIZE))

    # --- one screen alone --------------------------------------------------------------------------------

    def show_alone(self, build: Callable[[], QWidget]) -> QWidget:
        """Show a screen without rail: first run or sign-in. Pages of whoever was here are dropped."""
        self.presence.stop()
        self._who = None
        self._drop_pages()
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
        over, self._over, self._alone = self._over, None, None
        if self._inner is not None:
            self._outer.setCurrentWidget(self._inner)
        if over is not None:
            self._outer.removeWidget(over)
            over.deleteLater()
        self.presence.start()
        self._begin(self.page())

    @property
    def covered(self) -> bool:
        """Whether the lock is on."""
        return self._over is not None

    def _put_alone(self, screen: QWidget) -> QWidget:
        self._keep_only_rooms()
        self._outer.addWidget(screen)
        self._outer.setCurrentWidget(screen)
        self._begin(screen)
        return screen

    def _keep_only_rooms(self) -> None:
        for at in reversed(range(self._outer.count())):
            old = self._outer.widget(at)
            if old is not None and old is not self._inner:
                self._outer.removeWidget(old)
                old.setParent(None)
                old.deleteLater()

    # --- rooms -------------------------------------------------------------------------------------------

    def enter(self, who: Who, plan: Callable[[], Sequence[Room]], start: str = "home") -> None:
        """Show the rooms of a person; `plan` is asked again when the language changes."""
        self._drop_pages()
        self._alone = None
        self._who, self._plan = who, plan
        self._build_rooms()
        self._keep_only_rooms()
        self._toast.hide()
        self._idle_notice.hide()
        self.go(start)
        self.presence.start()

    def go(self, name: str) -> QWidget:
        """Go to a room, building its page on the first visit."""
        before = self._pages.get(self._current)
        if before is not None and name != self._current:
            _tell(before, "leave")
        self._close_sheets()
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._rooms[name].build()
            self._stack.addWidget(page)
        else:
            _tell(page, "refresh")
        self._current = name
        self._stack.setCurrentWidget(page)
        if self._rail is not None:
            self._rail.show_current(name)
        self._begin(page)
        return page

    def _visit(self, name: str) -> None:
        self.go(name)

    def page(self, name: str = "") -> QWidget | None:
        """The built page of a room, or of the current one; None before its first visit."""
        return self._pages.get(name or self._current)

    @property
    def current(self) -> str:
        """The name of the room on screen."""
        return self._current

    def rebuild(self) -> None:
        """Build everything again after language, text size or theme changed, and stay where we are."""
        focused = QApplication.focusWidget()
        name = focused.objectName() if focused is not None else ""
        here = self._current
        if self._who is not None:
            before = self._pages.get(here)
            if before is not None:
                _tell(before, "leave")
            self._drop_pages()
            self._build_rooms()
            self.go(here)
        if self._alone is not None:
            shown = self._put_alone(self._alone())
            if self._over is not None:
                self._over = shown
        found = self.findChild(QWidget, name) if name else None
        if found is not None and found.isVisible():
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_rooms(self) -> None:
        if self._who is None:
            return
        rooms = tuple(self._plan())
        self._rooms = {room.name: room for room in rooms}
        places = [RailPlace(room.name, room.words, room.icon) for room in rooms if room.on_rail]
        self._rail = Rail(places, self._who.initials, self._visit, self.help, self.menu)
        self._stack = QStackedWidget()
        self._stack.setObjectName("pages")
        self._line = StatusLine()
        if self._status_view is not None:
            self._line.show_status(self._status_view)
        self._inner = QFrame()
        self._inner.setObjectName("rooms")
        self._inner.setLayout(row(self._rail, (column((self._stack, 1), self._line, gap=0), 1), gap=0))
        self._outer.addWidget(self._inner)
        self._outer.setCurrentWidget(self._inner)

    def _drop_pages(self) -> None:
        self._close_sheets()
        self._pages = {}
        if self._inner is not None:
            self._outer.removeWidget(self._inner)
            self._inner.deleteLater()
            self._inner = None
        self._rail = None

    def dress(self, head: QFrame) -> None:
        """Put *Ganti pengguna* with the initials at the right of a head that came on screen."""
        layout = head.layout()
        if self._who is None or layout is None or head.findChild(Button, "switch_user") is not None:
            return
        button = self.user_button()
        layout.addWidget(button)
        layout.setAlignment(button, Qt.AlignmentFlag.AlignVCenter)

    def user_button(self) -> Button:
        """Who is signed in and *Ganti pengguna*, in one button."""
        button = Button(tr("Ganti pengguna"), name="switch_user", tip="Ctrl+L")
        who = self._who or Who("", "?")
        side = sp(24)
        button.set_picture(avatar_icon(who.initials, side), side)
        button.setText("  " + tr("Ganti pengguna"))
        button.setAccessibleName(tr("{nama}. Ganti pengguna").format(nama=who.nickname))
        button.clicked.connect(self._switch)
        return button

    # --- what is said ------------------------------------------------------------------------------------

    def show_status(self, view: StatusView) -> None:
        """Show where the work is."""
        self._status_view = view
        self._line.show_status(view)

    def say(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """A toast: something is done."""
        self._toast.say(words, undo)

    def problem(self, problem: Problem, retry: Callable[[], None] | None = None) -> None:
        """A problem that no screen had a place for, in a sheet until it is read."""
        from desktop.screens.problem_sheet import problem_sheet  # noqa: PLC0415 - rarely needed

        problem_sheet(self, problem, retry)

    def help(self) -> None:
        """F1: the help page of this screen, over the window."""
        from desktop.screens.help import HelpSheet  # noqa: PLC0415 - waits until somebody asks

        if self.findChild(HelpSheet) is None:
            HelpSheet(self, self._help_page(), self._actions.help_text)

    def _help_page(self) -> str:
        shown = self._outer.currentWidget()
        page = self.page() if shown is self._inner and self._inner is not None else shown
        asked = getattr(page, "help_page", None)
        return str(asked()) if callable(asked) else "suluh"

    def menu(self) -> None:
        """*Menu saya*: Ganti pengguna, Setelan."""
        menu = QMenu(self)
        menu.setObjectName("my_menu")
        switch = menu.addAction(icon("swap-user", "text", 20), tr("Ganti pengguna"))
        switch.setShortcut(QKeySequence("Ctrl+L"))
        switch.triggered.connect(self._switch)
        if SETTINGS in self._rooms:
            settings = menu.addAction(icon("gear", "text", 20), tr("Setelan"))
            settings.triggered.connect(lambda: self.go(SETTINGS))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._rail is not None:
            item = self._rail.menu_item
            menu.popup(item.mapToGlobal(QPoint(item.width() - 4, item.height() - menu.sizeHint().height())))

    # --- keys --------------------------------------------------------------------------------------------

    def next_area(self) -> None:
        """F6: from the rail to the page and back."""
        if self._rail is None or self.covered or self._outer.currentWidget() is not self._inner:
            return
        self._ring.use_keyboard(keyboard=True)
        focused = QApplication.focusWidget()
        if focused is not None and self._rail.isAncestorOf(focused):
            page = self.page()
            if page is not None:
                self._begin(page, force=True)
        else:
            self._rail.focus_current()

    def _begin(self, page: QWidget | None, *, force: bool = False) -> None:
        if page is None:
            return
        begin = getattr(page, "begin", None)
        if callable(begin):
            begin()
        elif force or not self._keeps_focus():
            first = first_target(page)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keeps_focus(self) -> bool:
        """The rail keeps the focus while somebody walks it by keys."""
        focused = QApplication.focusWidget()
        return focused is not None and self._rail is not None and self._rail.isAncestorOf(focused)

    def _switch(self) -> None:
        if self._who is not None and not self.covered:
            page = self.page()
            if page is not None:
                _tell(page, "leave")
            self._actions.switch_user()

    def _left(self) -> None:
        self._idle_notice.hide()
        page = self.page()
        if page is not None:
            _tell(page, "leave")
        self._actions.lock()

    def _close_sheets(self) -> None:
        for sheet in self.findChildren(Sheet):
            sheet.finish()

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the native window once there is one."""
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            self._ring.watch(handle)
            self.presence.watch(handle)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the page keep what is half done, and the application close its databases."""
        page = self.page()
        if page is not None:
            _tell(page, "leave")
        self._actions.closing()
        super().closeEvent(event)


def first_target(page: QWidget) -> QWidget | None:
    """The first thing on a page that Tab would reach."""
    wanted = Qt.FocusPolicy.TabFocus
    for child in page.findChildren(QWidget):
        if child.isVisibleTo(page) and child.isEnabled() and child.focusPolicy() & wanted:
            return child
    return None


def _tell(page: QWidget, what: str) -> None:
    act = getattr(page, what, None)
    if callable(act):
        act()
