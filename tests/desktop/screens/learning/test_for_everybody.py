"""Every screen of Belajar: named for ears, reached by keys, and inside the window at any size of text."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QSlider,
    QWidget,
)

from desktop.screens import style
from desktop.screens.card import Target
from tests.fakes.learning import PREVIEW

ACTIVE = (QAbstractButton, QComboBox, QLineEdit, QSlider, Target)


def library(room) -> None:
    room.screen.show_library()


def outline(room) -> None:
    room.screen.show_course("ppd")


def activity(name: str):
    def go(room) -> None:
        room.screen.open_activity(f"ppd/m3/{name}")

    return go


def question(place: int):
    def go(room) -> None:
        room.open("a7")
        room.click("startQuiz")
        room.screen.currentWidget().quiz._run.go_to(place)

    return go


def result(room) -> None:
    room.open("a7")
    room.click("startQuiz")
    room.screen.currentWidget().quiz._ask()
    room.click("confirmHandIn")


def preview(room) -> None:
    room.world.preview = PREVIEW
    room.chosen_file = Path(__file__)
    room.click("installPack")
    room.click("chooseFile")


SCREENS = {
    "library": library,
    "outline": outline,
    "reader": activity("a3"),
    "film": activity("a2"),
    "sound": activity("a4"),
    "picture": activity("a6"),
    "rules": activity("a7"),
    **{f"question{n}": question(n) for n in range(7)},
    "result": result,
    "preview": preview,
}


@pytest.fixture(params=SCREENS)
def shown(request, room):
    SCREENS[request.param](room)
    room.rest()
    return room


def active(room) -> list[QWidget]:
    return [
        made for made in room.window.findChildren(QWidget) if isinstance(made, ACTIVE) and made.isVisible()
    ]


def test_everything_that_can_be_used_has_a_name_for_ears_and_for_tests(shown):
    unnamed = [made for made in active(shown) if not (made.accessibleName() and made.objectName())]
    unnamed = [made for made in unnamed if not made.objectName().startswith("qt_")]
    assert unnamed == []


def test_tab_reaches_everything_that_takes_the_focus(shown):
    wanted = {
        made
        for made in active(shown)
        if made.focusPolicy() & Qt.FocusPolicy.TabFocus and made.isEnabled() and made.focusProxy() is None
    }
    sheet = next(
        (made for made in shown.window.findChildren(QWidget, "previewPack") if made.isVisible()), None
    )
    if sheet is not None:
        wanted = {made for made in wanted if sheet.isAncestorOf(made)}
    reached = set()
    for _ in range(3 * len(wanted) + 20):
        focused = QApplication.focusWidget()
        reached.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert {made.objectName() for made in wanted - reached} == set()


@pytest.mark.parametrize(("width", "height"), [(1262, 668), (989, 514)])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nothing_runs_out_sideways(room, qapp, width, height, scale):
    style.apply(qapp, style.Theme.LIGHT, scale)
    room.window.resize(width, height)
    out = []
    for name, go in SCREENS.items():
        room.world.attempt = 0
        room.world.used = 0
        if name != "preview":
            go(room)
            room.rest()
            QApplication.processEvents()
            out += [
                (name, area.objectName(), area.widget().width(), area.viewport().width())
                for area in room.window.findChildren(QScrollArea)
                if area.isVisible() and area.widget().width() > area.viewport().width()
            ]
            if room.window.width() > width:
                out.append((name, "window", room.window.width(), width))
    assert out == []
