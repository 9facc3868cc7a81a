"""A pair of hands for the demo: finds what is on the glass, clicks and types, and waits for what follows."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

PATIENCE = 30.0
"""Seconds until something that must come counts as not coming."""
_STEP_MS = 15
Found = TypeVar("Found")
Kind = TypeVar("Kind", bound=QWidget)


class LostError(RuntimeError):
    """What was looked for never came on the glass."""


class Pilot:
    """Drives one window as a person would: only by mouse and keys, and only what is visible and enabled."""

    def __init__(self, qt: QApplication, window: QWidget) -> None:
        self._qt = qt
        self._window = window

    def see(self, name: str) -> QWidget | None:
        """Find a visible widget by its name."""
        for found in (*self._window.findChildren(QWidget, name), *self._popups(name)):
            if found.isVisible():
                return found
        return None

    def find(self, kind: type[Kind]) -> Kind | None:
        """Find a visible widget by its kind."""
        return next((found for found in self._window.findChildren(kind) if found.isVisible()), None)

    def wait(self, name: str) -> QWidget:
        """Wait until a widget is on the glass and may be used."""

        def ready() -> QWidget | None:
            found = self.see(name)
            return found if found is not None and found.isEnabled() else None

        return self.until(ready, name)

    def until(self, ready: Callable[[], Found | None], what: str, patience: float = PATIENCE) -> Found:
        """Let the window live until something is so. Raises LostError with what is on the glass instead."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            found = ready()
            if found:
                return found
            self.live()
        raise LostError(f"{what} never came; on the glass: {', '.join(self.names())}")

    def live(self) -> None:
        """Let the window handle what waits for it."""
        self._qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _STEP_MS)
        QTest.qWait(_STEP_MS)

    def settle(self, idle: Callable[[], bool]) -> None:
        """Let the window live until nothing runs behind it and everything is painted."""
        self.until(idle, "rest")
        for _ in range(8):
            self.live()

    def click(self, name: str) -> None:
        """Click something."""
        self.press(self.wait(name))

    def press(self, target: QWidget) -> None:
        """Click the middle of a widget, scrolled into view as a person would."""
        self._bring(target)
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.rect().center())

    def choose(self, name: str) -> None:
        """Click a line of the menu that is open."""

        def opened() -> QMenu | None:
            popup = QApplication.activePopupWidget()
            return popup if isinstance(popup, QMenu) else None

        menu = self.until(opened, f"a menu with {name}")
        line = next((one for one in menu.actions() if one.objectName() == name), None)
        if line is None:
            raise LostError(name)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(line).center())

    def write(self, name: str, text: str) -> None:
        """Click a field, empty it and type."""
        field = self.wait(name)
        self.press(field)
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, text)

    def key(self, key: Qt.Key, *, control: bool = False) -> None:
        """Press a key where the focus is."""
        held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget() or self._window.focusWidget() or self._window, key, held)

    def picture(self, path: Path) -> None:
        """Save what is on the glass."""
        self._window.grab().save(str(path))

    def names(self) -> list[str]:
        """Name what is on the glass, for the sentence of a LostError."""
        shown = [
            w.objectName() for w in self._window.findChildren(QWidget) if w.isVisible() and w.objectName()
        ]
        return [name for name in dict.fromkeys(shown) if not name.startswith("qt_")]

    def _popups(self, name: str) -> list[QWidget]:
        popup = QApplication.activePopupWidget()
        return [] if popup is None else [popup, *popup.findChildren(QWidget, name)]

    def _bring(self, target: QWidget) -> None:
        from PySide6.QtWidgets import QScrollArea  # noqa: PLC0415 - one small thing

        above = target.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(target)
            above = above.parentWidget()
