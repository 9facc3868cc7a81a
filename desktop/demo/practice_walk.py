"""Walking through the practice office: one window at one PC after another, and the next step said."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.app.application import Application
from desktop.demo.practice_steps import STEPS, Sight, salts, words_of
from desktop.screens.practice_banner import Places

LOOK_EVERY_MS = 700


class NotPracticeError(ValueError):
    """A folder or stick that is not the practice office's own was to be opened in practice."""


class PracticeWalk:
    """Sits down at the computers of `rooms`, each a data folder; the stick is wherever one sits.

    All of them lie in `ground`, the folder that goes with practice; NotPracticeError where one does not.
    """

    app: Application
    here: str

    def __init__(
        self, qt: QApplication, ground: Path, rooms: Mapping[str, Path], stick: Path, pin: str
    ) -> None:
        for folder in (*rooms.values(), stick):
            keep_to(ground, folder)
        self._qt, self._pin = qt, pin
        self.rooms, self.stick, self.here = rooms, stick, ""
        self.done: frozenset[int] = frozenset()
        self._pins: dict[str, dict[bytes, bytes]] = {}
        self._looking = False
        self._timer = QTimer()
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def sit(self, name: str) -> None:
        """Open the window at a computer."""
        self.here = name
        others = tuple(one for one in self.rooms if one != name)
        self.app = Application(self._qt, self.rooms[name], lambda: (self.stick,))
        self.app.open()
        self.app.window.practise(self._pin, Places(name, others, self._go))
        self._looking = False
        self._say()
        self._timer.start()

    def end(self) -> None:
        """Get up and leave."""
        self._timer.stop()
        self.app.window.close()
        self.app.window.deleteLater()

    # --- going -------------------------------------------------------------------------------------------

    def _go(self, name: str) -> None:
        """Get up, and sit down there; the line of the menu outlives its own signal."""
        QTimer.singleShot(0, self.app.window, lambda: self._move(name))

    def _move(self, name: str) -> None:
        before = self.app.window
        shape = before.saveGeometry()
        QApplication.setQuitOnLastWindowClosed(False)
        try:
            self._timer.stop()
            before.close()
            before.deleteLater()
            self.sit(name)
            self.app.window.restoreGeometry(shape)
        finally:
            QApplication.setQuitOnLastWindowClosed(True)

    # --- what comes next ---------------------------------------------------------------------------------

    def _look(self) -> None:
        """Look, as a job, which steps were done; whoever goes elsewhere meanwhile is looked at there."""
        app = self.app
        self._say()  # in whatever language holds by now
        if self._looking or not hasattr(app, "jobs") or len(self.done) == len(STEPS):
            return
        self._looking = True

        def seen(found: frozenset[int]) -> None:
            if app is self.app:
                self._looking = False
                self._note(found)

        def not_seen(_: object) -> None:
            if app is self.app:
                self._looking = False

        session = app.session
        desk = session.profile if session is not None and session.desk is not None else None
        here, before = self.here, self._pins.get(self.here)

        def look() -> frozenset[int]:
            pins = salts(app.store) if before is None else before
            self._pins.setdefault(here, pins)
            return self._seen(Sight(here, app.store, desk, pins))

        app.jobs.run(look, seen, not_seen)

    def _seen(self, sight: Sight) -> frozenset[int]:
        open_steps = (place for place in range(len(STEPS)) if place not in self.done)
        return frozenset(place for place in open_steps if STEPS[place].seen(sight))

    def _note(self, found: frozenset[int]) -> None:
        self.done |= found
        self._say()

    def _say(self) -> None:
        self.app.window.say_practice(words_of(self.done))


def keep_to(ground: Path, folder: Path) -> None:
    """Raise NotPracticeError unless `folder` lies in `ground`, whatever links say."""
    if not folder.resolve().is_relative_to(ground.resolve()):
        raise NotPracticeError
