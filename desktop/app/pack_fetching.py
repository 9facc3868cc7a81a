"""Fetching packs wired: what is offered, what is coming, what waits to be installed; one for the whole PC."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

from desktop.app.metered import road_of
from desktop.app.pack_errand import PackErrand
from desktop.app.pack_sources import PackSources, Seen
from desktop.background.pack_fetches import Errand, Failed, PackFetches, Queued, Running, Waiting
from desktop.language import tr
from desktop.library.fetched import FetchFolder, Held
from desktop.library.index import DeviceIndex
from desktop.screens.offer_views import OfferActions, OfferRow, OfferState
from desktop.store.traffic import LAN, NET
from sync.client.faults import Failure, Fault
from sync.packs.offer import Offer

if TYPE_CHECKING:
    from desktop.app.application import Application
    from sync.client.transport import Transport

_PATIENCE_MS = 500
_TAKEN = "packs_by_hand"
_STATES = {
    Queued: OfferState.QUEUED,
    Running: OfferState.RUNNING,
    Waiting: OfferState.WAITING,
    Failed: OfferState.FAILED,
}


class PackFetching(QObject):
    """Lives on the GUI thread; `load` and the work run on others."""

    changed = Signal()

    def __init__(self, app: "Application", folder: FetchFolder | None = None) -> None:
        super().__init__(app.window)
        self._app, self._store = app, app.store
        self.folder = folder or FetchFolder(app.store.folders.data / "diambil")
        self.sources = PackSources(app.store, DeviceIndex(app.store))
        self._errand = PackErrand(app.store, self.folder)
        self.fetches = PackFetches(self._work, self)
        self.fetches.changed.connect(self.changed)
        self.fetches.whole.connect(self._came)
        self._held: dict[str, Held] = {}
        self._offered: tuple[tuple[Seen, str], ...] = ()
        self._looks = QThreadPool(self)
        self._looks.setMaxThreadCount(1)
        self._closed = False
        self._pace: dict[str, int] = {}

    def actions(self) -> OfferActions:
        """Hand the library its callables."""
        return OfferActions(
            self.rows, self.load, self.fetches.take, self.drop, self.folder.file, self.installed, self.changed
        )

    def close(self) -> None:
        """Stop what is coming when the app ends; it goes on at the byte when somebody asks for it again."""
        self._closed = True
        self.fetches.close()
        self._looks.clear()
        self._looks.waitForDone(_PATIENCE_MS)

    def load(self) -> None:
        """Look what lies here, as a job, and beside it what is offered: closing the app waits for no list."""
        self._read()
        self.changed.emit()
        self.sources.wanted = True
        if self._app.session is not None and self.sources.due():
            self._app.session.noted()  # a delivery brings the list
        self._begin_look()

    def reached(self, delivery: "Transport | None") -> None:
        """A delivery has met the centre, or the hub where it is None; on the delivery's thread."""
        if delivery is None:
            self.sources.hub_met()
        elif not self.sources.behind(delivery):
            return
        self._read()
        self.changed.emit()
        self._begin_look()

    def _begin_look(self) -> None:
        """Look at the office's network where there is reason to: most PCs need no thread for that."""
        self._connect()
        if self.sources.may_look():
            self._looks.start(self._look)

    def _connect(self) -> None:
        """Say where a hub might be: on this PC, or where the road of whoever is signed in found one."""
        session = self._app.session
        self.sources.hub = None if session is None else session.road.hub
        serves = self._store.setting("hub_serves") and self._app.hub().view().address
        self.sources.own = f"http://{serves}" if serves else ""

    def _look(self) -> None:
        try:
            self.sources.look()
            self._read()
            self.changed.emit()
        except Exception:
            if not self._closed:  # else the store went while a line was silent
                raise

    def rows(self) -> tuple[OfferRow, ...]:
        """Show each pack once: those that lie here first, then the others by their titles."""
        seen = {one.offer.digest: (one, newer) for one, newer in self._offered}
        rows = [self._row(held.offer, seen.get(held.offer.digest), held) for held in self._held.values()]
        rows += [
            self._row(one.offer, (one, newer), None)
            for one, newer in sorted(self._offered, key=lambda pair: pair[0].offer.title)
            if one.offer.digest not in self._held
        ]
        return tuple(rows)

    def drop(self, digest: str) -> None:
        """*Batal* and *Buang*: nothing of it stays."""
        held = self._held.pop(digest, None)
        if not self.fetches.drop(digest) and held is not None:
            self._app.jobs.write(
                lambda: self.folder.discard(digest), lambda _none: self._load_again(), lambda _problem: None
            )
        self.changed.emit()

    def installed(self, digest: str) -> None:
        """Let go of the file: what was in it is on the shelf."""
        held = self._held.get(digest)
        if held is not None and not held.offer.signature:
            self._app.jobs.write(lambda: self._note(digest), lambda _none: None, lambda _problem: None)
        self.drop(digest)

    def _row(self, offer: Offer, seen: tuple[Seen, str] | None, held: Held | None) -> OfferRow:
        state = self.fetches.state(offer.digest)
        shown = OfferState.OFFERED if held is None else OfferState.PARTIAL
        if held is not None and held.whole:
            shown = OfferState.READY
        elif state is not None:
            shown = _STATES[type(state)]
        done = 0 if held is None else held.done
        seconds: float | None = None
        if isinstance(state, Running):
            done, seconds = max(done, state.done), state.seconds_left
        elif seen is not None:
            seconds = (offer.size - done) / self._pace.get(road_of(seen[0].source.address), 1)
        return OfferRow(
            digest=offer.digest,
            title=offer.title,
            size=offer.size,
            state=shown,
            office=None if seen is None else seen[0].source.office,
            done=done,
            minutes=0 if seconds is None else max(1, -(-int(seconds) // 60)),
            newer="" if seen is None else seen[1],
            problem=state.problem if isinstance(state, Failed) else None,
        )

    def _read(self) -> None:
        self._pace = {road: self._errand.pace(road) for road in (LAN, NET)}
        taken = self._store.setting(_TAKEN).split()
        self._held = {held.offer.digest: held for held in self.folder.held()}
        self._offered = tuple(
            (one, self.sources.installed(one.offer))
            for one in self.sources.new()
            if one.offer.digest not in taken
        )

    def _came(self, digest: str) -> None:
        """Say so wherever the person is now."""
        held = self._held.get(digest)
        if held is not None and self._app.session is not None:
            self._app.window.say(
                tr("{judul} sudah diambil. Pasang di Belajar.").format(judul=held.offer.title)
            )
        self._load_again()

    def _load_again(self) -> None:
        def done(_none: None) -> None:
            self.changed.emit()

        self._app.jobs.run(self._read, done, lambda _problem: None)

    def _note(self, digest: str) -> None:
        taken = [*self._store.setting(_TAKEN).split(), digest]
        self._store.put_setting(_TAKEN, " ".join(taken[-50:]))

    # --- the work, on the thread of the fetches ----------------------------------------------------------

    def _work(self, digest: str, errand: Errand) -> Failure | None:
        try:
            return self._fetch(digest, errand)
        finally:
            if errand.dropped:
                self.folder.discard(digest)
            self._read()

    def _fetch(self, digest: str, errand: Errand) -> Failure | None:
        seen = self.sources.find(digest)
        if seen is None:
            self.sources.look(again=True)
            seen = self.sources.find(digest)
        if seen is None:
            return Failure(Fault.UNREACHABLE)
        return self._errand.run(seen, errand)
