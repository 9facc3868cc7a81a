"""A window on an invented office, and the hands of whoever sits before it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop import language
from desktop.background.jobs import Jobs
from desktop.screens import style
from desktop.screens.help import read_help
from desktop.screens.home import Home
from desktop.screens.rooms import Room, Who
from desktop.screens.window import Window, WindowActions
from tests.fakes import people_at_work as office


class Seat:
    """The window, real keys through the native window, and what was asked of the application."""

    def __init__(self, qtbot, jobs: Jobs, **more) -> None:
        self.qtbot, self.jobs = qtbot, jobs
        self.asked: list[str] = []
        self.playing = False
        self.window = Window(
            WindowActions(
                switch_user=lambda: self.asked.append("switch"),
                lock=lambda: self.asked.append("lock"),
                help_text=read_help,
                playing=lambda: self.playing,
                closing=lambda: self.asked.append("closing"),
                **more,
            )
        )
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)

    def rest(self) -> None:
        """Wait until nothing runs and nothing waits to be drawn."""
        self.qtbot.waitUntil(self.jobs.idle)
        for _ in range(3):
            QApplication.processEvents()

    def press(self, *keys) -> None:
        """Press keys as the keyboard does: at the native window, for whoever has the focus."""
        handle = self.window.windowHandle()
        for key in keys:
            if isinstance(key, str):
                for letter in key:
                    QTest.keyClick(handle, letter)
            elif isinstance(key, tuple):
                QTest.keyClick(handle, key[0], key[1])
            else:
                QTest.keyClick(handle, key)
        self.rest()

    def click(self, name: str) -> None:
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        self.rest()

    def find(self, name: str) -> QWidget:
        found = [made for made in self.window.findChildren(QWidget, name) if made.isVisible()]
        assert found, name
        return found[0]

    def sees(self, name: str) -> bool:
        return any(made.isVisible() for made in self.window.findChildren(QWidget, name))

    @property
    def focus(self) -> str:
        focused = QApplication.focusWidget()
        return focused.objectName() if focused is not None else ""

    def enter(self, *rooms: Room) -> None:
        def plan():
            tr = language.tr
            return rooms or (
                Room(
                    "home",
                    tr("Beranda"),
                    "home",
                    lambda: Home(office.home(self.jobs, resume=self.asked.append)),
                ),
                Room("evidence", tr("Bukti & JP"), "award", lambda: Home(office.home(self.jobs))),
            )

        self.window.enter(Who("Rahel", "RM"), plan)
        self.rest()


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    assert made.close()


@pytest.fixture(autouse=True)
def _look(qapp):
    language.use("id")
    now = style.look()  # a style sheet is read by every widget there is: only where a story changed it
    if not qapp.styleSheet() or (now.theme, now.scale) != (style.Theme.LIGHT, 1.0):
        style.apply(qapp, style.Theme.LIGHT)
    yield
    language.use("id")


@pytest.fixture
def seat(qtbot, jobs):
    return Seat(qtbot, jobs)


@pytest.fixture
def sit(qtbot, jobs):
    """Sit down at a window with other habits."""
    return lambda **more: Seat(qtbot, jobs, **more)
