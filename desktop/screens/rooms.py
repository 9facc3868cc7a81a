"""The rooms of one signed-in person: rail, pages built on their first visit, status line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QSpacerItem, QStackedWidget, QWidget

from desktop.language import tr
from desktop.screens.arrange import column, row
from desktop.screens.avatar import avatar_icon
from desktop.screens.button import Button
from desktop.screens.icons import icon, pixmap
from desktop.screens.rail import Rail, RailPlace
from desktop.screens.status_line import StatusLine
from desktop.screens.style import sp

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


class Rooms(QFrame):
    """Everything of one person inside the window; dropping it drops all they saw."""

    def __init__(
        self, who: Who, rooms: Sequence[Room], switch: Callable[[], None], help_: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setObjectName("rooms")
        self._who, self._switch = who, switch
        self._rooms = {room.name: room for room in rooms}
        self._pages: dict[str, QWidget] = {}
        self.current = ""
        places = [RailPlace(room.name, room.words, room.icon) for room in rooms if room.on_rail]
        self.rail = Rail(places, who.initials, self._visit, help_, self.menu)
        self._stack = QStackedWidget()
        self._stack.setObjectName("pages")
        self.line = StatusLine()
        self.setLayout(row(self.rail, (column((self._stack, 1), self.line, gap=0), 1), gap=0))

    def page(self, name: str = "") -> QWidget | None:
        """The built page of a room, or of the current one; None before its first visit."""
        return self._pages.get(name or self.current)

    def go(self, name: str) -> QWidget:
        """Go to a room, building its page on the first visit."""
        before = self._pages.get(self.current)
        if before is not None and name != self.current:
            tell(before, "leave")
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._rooms[name].build()
            self._stack.addWidget(page)
        else:
            tell(page, "refresh")
        self.current = name
        self._stack.setCurrentWidget(page)
        self.rail.show_current(name)
        self.begin()
        return page

    def _visit(self, name: str) -> None:
        self.go(name)

    def leave(self) -> None:
        """The person goes: the page keeps what is half done."""
        page = self.page()
        if page is not None:
            tell(page, "leave")

    def begin(self) -> None:
        """Put the focus where the page wants it, else on the first thing that Tab would reach."""
        page = self.page()
        if page is None:
            return
        tell(page, "begin")
        if not _focus_in(page):
            first = first_target(page)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_rail(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.rail.isAncestorOf(focused)

    def next_area(self) -> None:
        """From the rail to the page and back."""
        if self._on_rail():
            self.begin()
        else:
            self.rail.focus_current()

    def dress(self, head: QFrame) -> None:
        """Put *Ganti pengguna* with the initials at the right of a head that came on screen."""
        layout = head.layout()
        if layout is None or head.findChild(Button, "switch_user") is not None:
            return
        words = tr("Ganti pengguna")
        button = Button(words, name="switch_user", tip="Ctrl+L")
        side = sp(24)
        button.set_picture(avatar_icon(self._who.initials, side), side)
        button.setText("  " + words)
        button.setAccessibleName(tr("{nama}. Ganti pengguna").format(nama=self._who.nickname))
        button.clicked.connect(self._switch)
        layout.addItem(QSpacerItem(sp(8), 0))
        layout.addWidget(button)
        layout.setAlignment(button, Qt.AlignmentFlag.AlignVCenter)

    def menu(self) -> None:
        """*Menu saya*: Ganti pengguna, Setelan."""
        menu = QMenu(self)
        menu.setObjectName("my_menu")
        switch = menu.addAction(_menu_icon("swap-user"), tr("Ganti pengguna"))
        switch.setShortcut(QKeySequence("Ctrl+L"))
        switch.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the window's own shortcut acts
        switch.triggered.connect(self._switch)
        if SETTINGS in self._rooms:
            settings = menu.addAction(_menu_icon("gear"), tr("Setelan"))
            settings.setObjectName("menu_settings")
            settings.triggered.connect(lambda: self.go(SETTINGS))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        item = self.rail.menu_item
        menu.popup(item.mapToGlobal(QPoint(item.width() - 4, item.height() - menu.sizeHint().height())))


def _menu_icon(name: str) -> QIcon:
    """An icon that stays readable on the ground of the chosen line, which is yellow in high contrast."""
    made = icon(name, "text", 20)
    made.addPixmap(pixmap(name, "on_selection", 20), QIcon.Mode.Active)
    return made


def first_target(page: QWidget) -> QWidget | None:
    """The first thing on a page that Tab would reach."""
    wanted = Qt.FocusPolicy.TabFocus
    for child in page.findChildren(QWidget):
        reachable = child.isVisibleTo(page) and child.isEnabled() and child.focusPolicy() & wanted
        if reachable and child.objectName() not in {"switch_user", "back"}:
            return child
    return None


def _focus_in(page: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and page.isAncestorOf(focused)


def tell(page: QWidget | None, what: str, *given: object) -> bool:
    """Call a page's `begin`, `refresh`, `leave` or `show_progress` where it has one; whether it has."""
    act = getattr(page, what, None)
    if callable(act):
        act(*given)
    return callable(act)
