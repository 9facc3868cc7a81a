"""A window's worth of Belajar on a made-up world, for the stories of this folder."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.background.jobs import Jobs
from desktop.screens import style
from desktop.screens.arrange import column
from desktop.screens.learning import Learning
from tests.fakes.learning import LearningWorld


class Room:
    """The room on screen, and the hands of whoever sits before it."""

    def __init__(self, qtbot, world: LearningWorld, jobs: Jobs) -> None:
        self.qtbot, self.world, self.jobs = qtbot, world, jobs
        self.chosen_file = None
        self.window = QWidget()
        self.screen = Learning(world.actions(), jobs, ask=lambda _: self.chosen_file)
        self.window.setLayout(column((self.screen, 1), gap=0))
        qtbot.addWidget(self.window)
        self.window.resize(1262, 732)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.rest()

    def rest(self) -> None:
        """Wait until nothing is being read or written."""
        self.qtbot.waitUntil(self.jobs.idle)

    def open(self, activity: str) -> None:
        self.screen.open_activity(f"ppd/m3/{activity}")
        self.rest()

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def has(self, name: str) -> bool:
        return any(made.isVisible() for made in self.window.findChildren(QWidget, name))

    def click(self, name: str) -> None:
        made = next(made for made in self.window.findChildren(QWidget, name) if made.isVisible())
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
        self.rest()

    def press(self, *keys: Qt.Key | str, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys where the focus is; a text is typed."""
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None
            if isinstance(key, str):
                QTest.keyClicks(focused, key)
            else:
                QTest.keyClick(focused, key, modifier)
        self.rest()

    def text(self, name: str) -> str:
        return self.find(name).text()


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    assert made.close()


@pytest.fixture
def world():
    return LearningWorld()


@pytest.fixture(autouse=True)
def _look(qapp):
    now = style.look()
    if not qapp.styleSheet() or (now.theme, now.scale) != (style.Theme.LIGHT, 1.0):
        style.apply(qapp, style.Theme.LIGHT)


@pytest.fixture
def enter(qtbot, jobs):
    """Open the room on a world; a second call is the next start of the app."""
    return lambda world: Room(qtbot, world, jobs)


@pytest.fixture
def room(enter, world):
    return enter(world)
