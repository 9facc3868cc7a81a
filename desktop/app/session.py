"""One signed-in person: their profile, the rooms they see, and the road their work takes."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.app.custody import titles
from desktop.app.homes import Homes
from desktop.app.learning import Learning
from desktop.app.packs import Packs
from desktop.app.privacy import tell_privacy
from desktop.app.road import Road
from desktop.app.study_desk import StudyDesk
from desktop.language import tr
from desktop.library.belief import Belief
from desktop.library.index import DeviceIndex
from desktop.library.install import Installer
from desktop.library.shelf import Shelf
from desktop.people.erasing import carry_out, gone_problem
from desktop.people.handover import is_newer
from desktop.people.initials import initials
from desktop.people.letters import take_letters
from desktop.people.roles import Room as Right
from desktop.people.roles import role_of, rooms_of
from desktop.people.vouching import finish
from desktop.screens.assignment_views import AssignmentActions
from desktop.screens.evidence import Evidence, EvidenceActions
from desktop.screens.exchange import Exchange, ExchangeActions
from desktop.screens.home import Home, HomeActions
from desktop.screens.learning import Learning as LearningRoom
from desktop.screens.learning import Place
from desktop.screens.learning_views import LearningActions, QuizActions
from desktop.screens.rooms import Room, Who
from desktop.store.faults import StoreFault
from sync.officefile_entries import Role

if TYPE_CHECKING:
    from desktop.app.application import Application
    from desktop.app.desk_room import DeskRoom
    from desktop.app.proofs import Proofs
    from desktop.app.study_papers import StudyPapers
    from desktop.errors import Problem
    from desktop.store.copies import Copy
    from desktop.store.profile import Profile

SETTINGS = "settings"


class _Bell(QObject):
    """Rings on the GUI thread when something was recorded on any other."""

    recorded = Signal()


class Session:
    """Everything that exists only while one person is signed in."""

    def __init__(self, app: "Application", profile: "Profile") -> None:
        self.app = app
        self.profile = profile
        self.initials = next(
            (tile.initials for tile in app.store.tiles() if tile.profile == profile.profile),
            initials(profile.nickname),
        )
        index = DeviceIndex(app.store)
        self.shelf = Shelf(index, app.store.folders.objects)
        belief = Belief(app.store)
        self._look_at_trust = lambda: belief.refresh(index)
        installer = Installer(
            index, belief, app.store.folders.objects, app.store.now, proven=app.store.proven
        )
        self._bell = _Bell()
        self.learning = Learning(profile, self.shelf, self._bell.recorded.emit)
        self._study_desk = StudyDesk(profile, self.shelf, self._bell.recorded.emit)
        self.packs = Packs(installer, app.sticks)
        self.road = Road(app, profile, titles(self.shelf))
        self.road.reached = app.fetching().reached
        marks = role_of(profile.role) is Role.TRAINER and profile.vouched()
        self.proven = bool(profile.keys.office) or marks
        self.desk = _desk_of(self) if Right.OFFICE in self.rights() else None
        self.homes = Homes(self)
        self._place = Place()
        self._bell.recorded.connect(self.road.recorded)

    def rights(self) -> frozenset[Right]:
        """The extra rooms of this person's role."""
        return rooms_of(role_of(self.profile.role), proven=self.proven)

    def noted(self) -> None:
        """Say that something was recorded; from any thread."""
        self._bell.recorded.emit()

    def begin(self) -> None:
        """Show the rooms and start the road."""
        self.app.window.enter(Who(self.profile.nickname, self.initials), self.plan)
        self.road.begin(self._delivered)
        profile = self.profile.profile
        self.app.jobs.write(lambda: self.app.store.terms.entered(profile), lambda _: None, lambda _: None)
        self._review()
        tell_privacy(self)

    def end(self) -> None:
        """Lock: the road stops, what is being written ends, then the profile closes off the glass."""
        page = self.app.window.page()
        leave = getattr(page, "leave", None)
        if callable(leave):
            leave()
        self.road.end()
        self.app.jobs.write(self._close, lambda _: None, self.app.window.problem)

    def _close(self) -> None:
        self.learning.quizzing.farewell()
        self._study_desk.close()
        with suppress(StoreFault):  # where a backup takes its place the profile is closed already
            self.app.store.terms.left(self.profile)
        self.profile.close()

    def use_code(self, code: str, pin: str, refused: "Callable[[Problem], None]") -> None:
        """Try a code typed after signing up; the rooms are built anew with what it opens.

        The road rests meanwhile, as the profile is opened again under other keys.
        """
        from desktop.people.profiles import enrol_later  # noqa: PLC0415 - crypto that few ever need

        def rest(problem: "Problem") -> None:
            if self.app.session is self:
                self.road.begin(self._delivered)
            refused(problem)

        self.road.end()
        self.app.jobs.write(
            lambda: enrol_later(self.app.store, self.profile, code, pin), self._enrolled, rest
        )

    def restore(self, number: int, pin: str, refused: "Callable[[Problem], None]") -> None:
        """Put a backup of this person's data back and sign in anew; nothing moves at a wrong PIN."""
        from desktop.people.restoring import choose_copy, restore_copy  # noqa: PLC0415 - few ever need it

        app, profile = self.app, self.profile

        def go(copy: "Copy") -> None:
            if app.session is self:
                self.road.end()
                app.jobs.write(lambda: restore_copy(app.store, profile, copy, pin), app.enter, out)

        def out(problem: "Problem") -> None:
            app.switch_user()
            app.window.problem(problem)

        app.jobs.write(lambda: choose_copy(app.store, profile, number, pin), go, refused)

    def _enrolled(self, opened: object) -> None:
        self.app.enter(opened)
        self.app.window.say(tr("Kode diterima"))

    def playing(self) -> bool:
        """Whether a recording plays, which counts as presence."""
        room = self.app.window.page("learn")
        return isinstance(room, LearningRoom) and room.playing()

    def plan(self) -> Sequence[Room]:
        """List the rooms of this person, in the order of the rail."""
        rooms = [
            Room("home", tr("Beranda"), "home", self._home),
            Room("learn", tr("Belajar"), "book", self._learning),
            Room("evidence", tr("Bukti & JP"), "award", self._evidence),
            Room("exchange", tr("Kirim & terima"), "exchange", self._exchange),
        ]
        if self.desk is not None:
            rooms.append(Room("office", tr("Kantor"), "office", self.desk.build))
        if Right.GRADING in self.rights():
            rooms.append(Room("grading", tr("Penilaian"), "pen", self._grading))
        rooms.append(Room(SETTINGS, tr("Setelan"), "gear", self._settings, on_rail=False))
        return rooms

    def _settings(self) -> QWidget:
        from desktop.app.settings_room import settings_room  # noqa: PLC0415 - ten modules that few need each day

        return settings_room(self.app)

    # --- rooms -------------------------------------------------------------------------------------------

    def _home(self) -> QWidget:
        if self.desk is not None:
            return self.desk.home()
        return Home(
            HomeActions(
                load=self.homes.learner,
                resume=self.resume,
                open_entry=self._entry,
                install=self.install,
                all_courses=lambda: self.visit("learn"),
                jobs=self.app.jobs,
            )
        )

    def _learning(self) -> QWidget:
        quizzing, assigning = self.learning.quizzing, self.learning.assigning
        room = LearningRoom(
            LearningActions(
                load_library=self.learning.library,
                load_outline=self.learning.outline,
                open_activity=self.learning.open,
                record_page_read=self.learning.page_read,
                record_watched=self.learning.watched,
                save_draft=self.learning.save_draft,
                quiz=QuizActions(
                    quizzing.start,
                    quizzing.answer,
                    quizzing.finish,
                    quizzing.beat,
                    quizzing.away,
                    start_with=quizzing.start,
                ),
                packs=self.packs.actions(),
                offers=self.app.fetching().actions(),
                assignment=AssignmentActions(
                    assigning.body,
                    assigning.keep_text,
                    assigning.add_file,
                    assigning.drop_file,
                    assigning.hand_in,
                    assigning.peering.actions(),
                ),
                desk=self._study_desk.actions(),
            ),
            self.app.jobs,
            self._place,
        )
        room.said.connect(self.app.window.say)
        room.trouble.connect(self.app.window.problem)
        return room

    def _evidence(self) -> QWidget:
        def proof(window: QWidget, course: str) -> object:
            from desktop.screens.paper_sheet import PaperSheet  # noqa: PLC0415 - only who prints

            return PaperSheet(window, tr("Bukti belajar"), "bukti-jp", self.proofs().actions(course), "award")

        def check(window: QWidget) -> object:
            from desktop.screens.check_sheet import CheckSheet  # noqa: PLC0415 - only who checks

            return CheckSheet(window, self.proofs().checks())

        def training(window: QWidget, claim: str) -> object:
            from desktop.app.outside import OutsideTraining  # noqa: PLC0415 - only who adds one
            from desktop.screens.training_sheet import TrainingSheet  # noqa: PLC0415 - as above

            outside = OutsideTraining(self)
            return TrainingSheet(window, outside.actions(), outside.draft(claim))

        def papers() -> "StudyPapers":
            from desktop.app.study_papers import StudyPapers  # noqa: PLC0415 - only who prints

            return StudyPapers(self)

        return Evidence(
            EvidenceActions(
                self.homes.evidence,
                lambda: self.visit("learn"),
                self.app.jobs,
                proof=proof,
                check=check,
                training=training,
                paper=lambda window, which, year: papers().look(window, which, year),
                session=lambda *what: self.homes.sessions().open(*what),
                reflect=lambda window, year: papers().reflect(window, year),
            )
        )

    def _grading(self) -> QWidget:
        from desktop.app.marking_pages import grading  # noqa: PLC0415 - only who marks

        return grading(self)

    def proofs(self) -> "Proofs":
        """Give the papers of this person; what draws them is imported when somebody looks."""
        from desktop.app.proofs import Proofs  # noqa: PLC0415 - as said

        return Proofs(self)

    def _exchange(self) -> QWidget:
        if self.desk is not None:
            return self.desk.round()
        return Exchange(
            ExchangeActions(
                load=self.road.view,
                send=self.road.send_now,
                settings=lambda: self.visit(SETTINGS),
                jobs=self.app.jobs,
                visit=None if self.app.store.office() is None else self.app.exchange_stick,
            )
        )

    # --- ways --------------------------------------------------------------------------------------------

    def resume(self, key: str) -> None:
        """Go on where the person stopped: an activity, or a course."""
        room = self._go("learn")
        if isinstance(room, LearningRoom):
            if "/" in key:
                room.open_activity(key)
            else:
                room.resume_course(key)

    def install(self) -> None:
        """Install a pack, from wherever the person is."""
        room = self._go("learn")
        if isinstance(room, LearningRoom):
            room.install()

    def _entry(self, key: str) -> None:
        word, _, rest = key.partition(":")
        if word == "install":
            self.install()
        elif word in {"course", "activity"}:
            self.resume(rest)
        elif word:
            self.visit(word)

    def step(self, key: str) -> None:
        """Do what the coordinator's Beranda proposes: send, or open a room, perhaps at one of its tabs."""
        if key == "send":
            self._go("exchange")
            self.road.send_now()
            return
        room, _, tab = key.partition(":")
        self._go(room)
        if tab and self.desk is not None:
            self.desk.open_tab(tab)

    def _go(self, name: str) -> QWidget:
        return self.app.window.go(name)

    def visit(self, name: str) -> None:
        """Go to a room."""
        self._go(name)

    def visited(self) -> None:
        """Take in what the stick brought for this person, after Tukar data."""
        self.app.jobs.write(self.profile.catch_up, lambda _: self._brought(), self.app.window.problem)

    def stick_changed(self) -> None:
        """A stick came or went: the room of the roads may show it."""
        if self.app.window.current == "exchange" and not self.app.window.covered:
            self._refresh()

    def _brought(self) -> None:
        if self.app.session is self:
            self._delivered()
            self.road.tell()

    def _review(self) -> None:
        """Close or open courses as a trust list says that came with an office file or an answer."""
        self.app.jobs.write(self._look_at_trust, lambda _: None, self.app.window.problem)
        self.app.jobs.write(self.learning.settle, self._settled, self.app.window.problem)

    def _settled(self, stated: object) -> None:
        """Show at once what a voided question gave."""
        if stated and self.app.session is self:
            self._refresh()

    def _follow(self) -> None:
        """Let a newer office file and letter keys that came back take effect at once."""
        if is_newer(self.app.store, self.profile):
            finish(self.app.store, self.profile)
        else:
            take_letters(self.profile)
        if carry_out(self.app.store, self.profile):
            raise gone_problem()

    def _followed(self, problem: "Problem") -> None:
        """Tell what went wrong; whose data were erased meanwhile has no profile any more."""
        if all(tile.profile != self.profile.profile for tile in self.app.store.tiles()):
            self.app.switch_user()
        self.app.window.problem(problem)

    def _delivered(self) -> None:
        """Something came with a delivery: the page on screen may show it."""
        self._review()
        self.app.jobs.write(self._follow, lambda _: None, self._followed)
        self._refresh()

    def _refresh(self) -> None:
        page = self.app.window.page()
        refresh = getattr(page, "refresh", None)
        if callable(refresh) and not isinstance(page, LearningRoom):
            refresh()


def _desk_of(session: Session) -> "DeskRoom":
    """Open the coordinator's desk; its rooms and tables are nothing a learner's PC should have to hold."""
    from desktop.app.desk_room import DeskRoom  # noqa: PLC0415 - 30 modules that only a coordinator needs

    return DeskRoom(session)
