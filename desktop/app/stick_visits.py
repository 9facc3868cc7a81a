"""Tukar data wired: sticks are looked at while anybody or nobody is signed in, and a visit is done."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.library.drives import Drive, Drives
from desktop.screens.stick_notice import StickNotice
from desktop.screens.visit import Visit
from desktop.screens.visit_views import (
    PackWaiting,
    StickSort,
    StickView,
    VisitActions,
    VisitDone,
    VisitProgress,
    VisitStep,
)

if TYPE_CHECKING:  # crypto and TUF wait until a stick is there
    from desktop.app.application import Application
    from desktop.library.install import Installer
    from desktop.library.preview import PackPreview
    from desktop.office.exchange_stick import ExchangeProgress
    from sync.client.stick import Stick
    from sync.officefile import OfficeFile

LOOK_AFTER_MS = 4_000
"""Milliseconds after the first screen before drives are watched: nobody waits for it."""
_SURE_AFTER_S = 2.0
_FOLDER = "SULUH"

Tell = Callable[[VisitProgress], None]
Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Look:
    """What a stick looked like, and by which signs that was seen."""

    signs: object
    view: StickView | None


class StickVisits(QObject):
    """The one Tukar data of the application."""

    def __init__(self, app: "Application") -> None:
        super().__init__(app.window)
        self._app, self._store = app, app.store
        self._drives = Drives(app.sticks)
        self._looks: dict[Path, _Look] = {}
        self._notice: StickNotice | None = None
        self.visit = Visit(app.window, self.actions(), app.jobs)
        self.visit.here.connect(self._here)
        self.visit.gone.connect(self._gone)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.visit.watch)
        self._later.start(LOOK_AFTER_MS)

    def actions(self) -> VisitActions:
        """Hand the sheets their callables."""
        return VisitActions(self.sticks, self._prepare, self._exchange, self._office_name, self._ended)

    def start(self) -> None:
        """*Tukar data*."""
        self._gone()
        self.visit.start()

    def close(self) -> None:
        """Look no more; a visit under way is stopped with the application's jobs, between two parts."""
        self._later.stop()
        self.visit.stop_watching()

    # --- looking, as jobs --------------------------------------------------------------------------------

    def sticks(self) -> tuple[StickView, ...]:
        """Look at every removable drive; one that has not changed is not read again."""
        office = self._store.office()
        if office is None:
            return ()
        looks: dict[Path, _Look] = {}
        for drive in self._drives.drives():
            signs = self._signs(drive.root)
            before = self._looks.get(drive.root)
            same = before is not None and before.signs == signs
            looks[drive.root] = before if same and before else _Look(signs, self._look(drive, office))
        self._looks = looks
        return tuple(look.view for look in looks.values() if look.view is not None)

    def _signs(self, root: Path) -> object:
        """Tell by names alone whether a stick, or what this PC has for it, is still the same."""
        names = []
        for folder in (root, root / _FOLDER):
            try:
                names.append(tuple(sorted(os.listdir(folder))))  # noqa: PTH208 - names are all it needs
            except OSError:
                names.append(())
        return (*names, tuple(sorted(self._store.outbox.offered().items())))

    def _look(self, drive: Drive, office: "OfficeFile") -> StickView | None:
        from desktop.errors import Problem  # noqa: PLC0415 - only where a stick is
        from desktop.office.exchange_stick import packs_on, waiting_for  # noqa: PLC0415 - as above
        from desktop.office.stick_words import problem_of, ready  # noqa: PLC0415 - as above
        from sync.client.stick import Stick, StickFault, StickState  # noqa: PLC0415 - as above

        stick, key = Stick(drive.root, office), str(drive.root)
        state = stick.look()
        if state is StickState.NO_STICK:
            return None
        sort = {StickState.OURS: StickSort.OURS, StickState.OTHER_OFFICE: StickSort.OTHER}.get(
            state, StickSort.NEW
        )
        try:
            ready(stick, new=True)
            if sort is StickSort.NEW:
                return StickView(key, drive.label, sort)
            packed, letters = waiting_for(self._store, stick)
            stick.needs(len(one.part) for one in packed)
        except Problem as problem:
            return StickView(key, drive.label, sort, problem=problem)
        except StickFault as fault:
            return StickView(key, drive.label, sort, problem=problem_of(fault))
        packs = packs_on(drive.root, self._installer().inspect)
        return StickView(
            key,
            drive.label,
            sort,
            results=sum(run.last - run.first + 1 for one in packed for run in one.runs),
            result_bytes=sum(len(one.part) for one in packed),
            letters=letters,
            packs=tuple(PackWaiting(pack.course.title, pack.size) for pack in packs),
        )

    # --- doing, as jobs ----------------------------------------------------------------------------------

    def _prepare(self, view: StickView) -> None:
        from desktop.office.stick_words import ready, without_office, worded  # noqa: PLC0415 - rarely needed
        from sync.client.stick import Stick  # noqa: PLC0415 - as above

        office = self._store.office()
        if office is None:
            raise without_office()
        with worded():
            stick = Stick(Path(view.key), office)
            ready(stick, new=True)
            stick.prepare()

    def _exchange(self, view: StickView, tell: Tell, stopped: Stopped) -> VisitDone:
        from desktop.office.exchange_stick import ExchangeStep, exchange  # noqa: PLC0415 - rarely needed
        from desktop.office.on_stick import load_stick  # noqa: PLC0415 - as above
        from desktop.office.stick_words import without_office  # noqa: PLC0415 - as above
        from sync.client.stick import Stick  # noqa: PLC0415 - as above

        office = self._store.office()
        if office is None:
            raise without_office()
        steps = {
            ExchangeStep.COPY: VisitStep.COPY,
            ExchangeStep.CHECK: VisitStep.CHECK,
            ExchangeStep.TAKE: VisitStep.TAKE,
        }

        def heard(how_far: "ExchangeProgress") -> None:
            tell(VisitProgress(steps[how_far.step], how_far.done, how_far.total))

        installer = self._installer()
        stick = Stick(Path(view.key), office)
        done = exchange(self._store, stick, heard, stopped, installer.inspect)
        titles = [] if done.stopped else _install(installer, done.packs, tell, stopped)
        if not done.stopped and self._store.visits.all():
            load_stick(self._store, stick)  # a desk's PC: the stick takes along what waits for the others
        self._looks.pop(Path(view.key), None)
        left = self._left(stick, done.left)
        return VisitDone(done.statements, done.letters, tuple(titles), left, done.stopped)

    def _left(self, stick: "Stick", told: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """The PCs still to be visited: by the desk where a coordinator sits, elsewhere as the stick says."""
        session = self._app.session
        return told if session is None or session.desk is None else session.desk.left(stick)

    def _installer(self) -> "Installer":
        from desktop.library.belief import Belief  # noqa: PLC0415 - TUF waits for a stick
        from desktop.library.index import DeviceIndex  # noqa: PLC0415 - as above
        from desktop.library.install import Installer  # noqa: PLC0415 - as above

        store = self._store
        return Installer(
            DeviceIndex(store), Belief(store), store.folders.objects, store.now, proven=store.proven
        )

    def _office_name(self) -> str:
        office = self._store.office()
        return "" if office is None else office.header.name

    # --- on the glass ------------------------------------------------------------------------------------

    def _here(self, stick: str) -> None:
        self._gone()
        session = self._app.session
        if session is not None:
            session.stick_changed()
            if self._app.window.current == "exchange" and not self._app.window.covered:
                return  # the room itself shows the stick
        self._notice = StickNotice(self._app.window, stick, self.start)

    def _gone(self) -> None:
        notice, self._notice = self._notice, None
        if notice is not None:
            notice.hide()
            notice.deleteLater()
        if self._app.session is not None:
            self._app.session.stick_changed()

    def _ended(self) -> None:
        session = self._app.session
        if session is not None:
            session.visited()


def _install(
    installer: "Installer", packs: "tuple[PackPreview, ...]", tell: Tell, stopped: Stopped
) -> list[str]:
    """Install what the stick brought and the shelf lacks; gives the titles. The results are safe by now."""
    titles: list[str] = []
    for pack in packs:
        title, size, begun = pack.course.title, pack.size, monotonic()

        def heard(done: int, total: int, title: str = title, size: int = size, begun: float = begun) -> None:
            left = _seconds_left(done, total, monotonic() - begun)
            tell(VisitProgress(VisitStep.INSTALL, done, total, title, size, left))

        if stopped() or not pack.fits:
            continue
        heard(0, pack.needed)
        if installer.install(pack, heard, stopped):
            titles.append(title)
    return titles


def _seconds_left(done: int, total: int, passed: float) -> int:
    """Seconds a copy still takes at its pace so far; 0 while that is a guess."""
    if passed < _SURE_AFTER_S or not 0 < done < total:
        return 0
    left = passed * (total - done) / done
    return round(left) if left < 20 else 10 * round(left / 10)
