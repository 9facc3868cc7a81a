"""The ways through a window, by mouse and keys alone: to an activity, to Setelan, and away until it locks."""

from PySide6.QtCore import Qt

from desktop.app.application import Application
from desktop.assessment.quiz import read_quiz
from desktop.demo.pilot import Pilot
from desktop.screens.activity_side import link_name
from desktop.screens.learning import Learning, Place
from desktop.screens.presence import seconds
from sync.packs.outline import ActivityKind
from sync.packs.questions import Quiz

_STEPS = 8
"""More clicks than any way through Belajar needs."""


class Ways:
    """Knows the rooms. It asks the application only for what a person would see, or know of a course."""

    def __init__(self, app: Application, pilot: Pilot) -> None:
        self._app, self._pilot = app, pilot

    def rest(self) -> None:
        """Wait until nothing runs behind the window."""
        self._pilot.settle(self._app.jobs.idle)

    def go(self, room: str, sight: str) -> None:
        """Open a room by the rail, and wait for something in it."""
        self._pilot.click(f"rail_{room}")
        self._pilot.wait(sight)
        self.rest()

    def settings(self) -> None:
        """*Menu saya*, *Setelan*."""
        self._pilot.click("rail_menu")
        self._pilot.choose("menu_settings")
        self._pilot.wait("settings_language")
        self.rest()

    def stay_away(self) -> None:
        """Touch nothing until the lock comes by itself: the minutes pass on the clock of whoever watches."""
        away = (self._app.idle_minutes() + 1) * 60
        self._app.window.presence.clock = lambda: seconds() + away
        self._pilot.wait("pin")

    def open(self, key: str) -> None:
        """Open an activity by clicks: out of where one is, into its course, its module, its line."""
        course = key.partition("/")[0]
        if self._app.window.current != "learn":
            self._pilot.click("rail_learn")
            self.rest()
        for _ in range(_STEPS):
            place = self.place()
            if place.activity == key:
                return
            if place.activity is not None or place.course not in {None, course}:
                self._out()
            elif place.course is None:
                self._pilot.click(f"outline_{course}")
            elif self._pilot.see(link_name(key)) is None:
                self._pilot.click(f"fold{self._module(key)}")
            else:
                self._pilot.click(link_name(key))
            self.rest()
        raise LookupError(key)

    def _out(self) -> None:
        for name in ("toOutline", "back"):
            found = self._pilot.see(name)
            if found is not None:
                self._pilot.press(found)
                return
        self._pilot.key(Qt.Key.Key_Escape)

    def place(self) -> Place:
        """Where in Belajar one is; nowhere while another room is open."""
        room = self._app.window.page("learn")
        return room.spot if isinstance(room, Learning) else Place()

    def activities(self, course: str) -> list[tuple[str, ActivityKind]]:
        """List a course's activities in their order."""
        session = self._app.session
        installed = None if session is None else session.shelf.course(course)
        if installed is None:
            raise LookupError(course)
        return [(installed.course.key(m, a), a.kind) for m, a in installed.course.activities()]

    def quiz(self, key: str) -> Quiz:
        """Know the questions of a quiz and what is right, as somebody who has studied does."""
        session = self._app.session
        found = None if session is None else session.shelf.find(key)
        if found is None:
            raise LookupError(key)
        installed, _, activity = found
        return read_quiz(key, activity, installed.text(activity.source))

    def _module(self, key: str) -> int:
        course, module = key.split("/")[:2]
        modules = dict.fromkeys(one.split("/")[1] for one, _ in self.activities(course))
        return 1 + list(modules).index(module)
