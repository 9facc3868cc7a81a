"""The road to the centre wired: deliveries in the background, the status line, and Kirim & terima."""

import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop.app.custody import Position, pieces, position
from desktop.app.hub_road import HubRoad
from desktop.app.metered import deliver_metered, meter
from desktop.background.sending import Errand
from desktop.background.sync_cycle import Sending, Sent, SyncCycle, Trouble
from desktop.formats import clock_time
from desktop.people.office import servers
from desktop.people.vouching import key_mark
from desktop.screens.exchange import ExchangeView, LastExchange
from desktop.screens.rooms import tell
from desktop.screens.status_line import Place, StatusView
from sync.client.deliver import SyncOutcome
from sync.client.faults import Failure, Fault
from sync.client.transport import Transport

if TYPE_CHECKING:
    from desktop.app.application import Application
    from desktop.store.profile import Profile

_LAST = "last_exchange"


class Road:
    """Deliveries for one signed-in person."""

    def __init__(self, app: "Application", profile: "Profile", title: Callable[[str], str] = str) -> None:
        self._app = app
        self._title = title
        self._profile = profile
        self._transport: Transport | None = None
        self._lock = threading.Lock()
        self._delivered: Callable[[], None] = lambda: None
        self._online = self._sending = False
        self.hub = HubRoad(app.store)
        self.reached: Callable[[Transport | None], None] = lambda _road: None
        """Told on the delivery's thread over which road the centre was met; None: the hub was."""
        self.cycle = SyncCycle()
        self.cycle.changed.connect(self._changed)
        self.cycle.delivered.connect(self._came)

    def begin(self, delivered: Callable[[], None]) -> None:
        """Start delivering; `delivered` follows on the GUI thread whenever something came."""
        self._delivered = delivered
        self.cycle.use(self._deliver)
        self.tell()

    def end(self) -> None:
        """Stop delivering, so that the profile can be closed."""
        self.cycle.release()

    def recorded(self) -> None:
        """Work was recorded: say so at the foot of the window, and send it soon."""
        self.cycle.recorded()
        self.tell()

    def send_now(self) -> None:
        """*Kirim sekarang*."""
        self.cycle.send_now()

    def tell(self) -> None:
        """Count anew what waits, beside the window, and show it in the status line."""
        if self._mine():
            self._app.jobs.run(self.status, self._show, lambda _: None)

    def status(self) -> StatusView:
        """Say where the newest work is."""
        found = position(self._profile)
        since, place = self._received(found), found.place
        if place is Place.COORDINATOR:
            since = self._moment(found.at).date()
        elif place is Place.CENTRE and since is None:
            place = Place.NOTHING
        return StatusView(
            place,
            found.unsent - found.held,
            since,
            self._app.store.pc().name,
            online=self._online,
            sending=isinstance(self.cycle.state, Sending),
        )

    def view(self) -> ExchangeView:
        """Show the road as it stands."""
        state = self.cycle.state
        office = self._app.store.office()
        reachable = servers(self._app.store)
        found = position(self._profile)
        return ExchangeView(
            unsent=found.unsent if found.place is not Place.CENTRE else 0,
            others=self._app.store.outbox.count_of_others(self._profile.profile),
            received_since=self._received(found),
            server=reachable[0] if reachable else "",
            office="" if office is None else office.header.name,
            pc=self._app.store.pc().name,
            online=self._online,
            sending=isinstance(state, Sending),
            last=self._last(),
            problem=state.problem if isinstance(state, Trouble) else None,
            vouched=office is None or self._profile.vouched(),
            mark=key_mark(self._profile.signing_key().public),
            held=found.held,
            held_since=self._moment(found.at).date() if found.at else None,
            progress=state.progress if isinstance(state, Sending) else None,
            meter=meter(self._app.store),
            pieces=pieces(self._profile, self._title, lambda at: self._moment(at).date()),
        )

    def _deliver(self, errand: Errand) -> SyncOutcome:
        """Run one delivery, over the first address that answers."""
        outcome: SyncOutcome | None = None
        office = self._app.store.office()
        named = frozenset() if office is None else frozenset(office.header.servers)
        for address in servers(self._app.store):
            outcome = deliver_metered(self._profile, self._to(address), errand, sealed=address not in named)
            if outcome.failure is None or not outcome.failure.fault.offline:
                break
        if outcome is None:
            outcome = SyncOutcome(None, 0, 0, 0, 0, 0, failure=Failure(Fault.UNREACHABLE))
        if outcome.failure is not None and outcome.failure.fault.offline and self.hub.carry(errand.cancelled):
            if not errand.cancelled():
                self._profile.catch_up()
                self.reached(None)
            return outcome
        if outcome.at is not None and not errand.cancelled():
            self._keep(outcome)
            if outcome.failure is None and self._transport is not None:
                self.reached(self._transport)
        return outcome

    def _to(self, address: str) -> Transport:
        with self._lock:
            if self._transport is None or self._transport.address != address.rstrip("/"):
                if self._transport is not None:
                    self._transport.close()
                self._transport = Transport(address)
            return self._transport

    def _changed(self, state: object) -> None:
        """Whether there is a way to the centre is what the last delivery found."""
        before, self._sending = self._sending, isinstance(state, Sending)
        if not self._sending:
            self._online = isinstance(state, Sent)
        if not before or not self._sending:  # how far it is changes nothing at the foot of the window
            self.tell()
        page = self._app.window.page("exchange") if self._mine() else None
        if isinstance(state, Sending) and state.progress is not None:
            tell(page, "show_progress", state.progress)
        elif before != self._sending and self._app.window.current == "exchange":
            tell(page, "refresh")  # one that is not on screen loads when it is visited

    def _came(self, outcome: object) -> None:
        if isinstance(outcome, SyncOutcome) and outcome.at is not None:
            self._delivered()

    def _mine(self) -> bool:
        return self._app.session is not None and self._app.session.road is self

    def _show(self, view: StatusView) -> None:
        if self._mine():
            self._app.window.show_status(view)

    def _keep(self, outcome: SyncOutcome) -> None:
        """Remember the last exchange that brought or took something, and when everything was received."""
        octets = outcome.sent_bytes + outcome.received_bytes
        numbers = (outcome.at or 0, outcome.acked, outcome.facts, octets)
        self._profile.put_about(**{_LAST: " ".join(map(str, numbers)).encode("ascii")})

    def _numbers(self) -> tuple[int, int, int, int] | None:
        kept = self._profile.about(_LAST)
        if not kept:
            return None
        at, sent, received, octets = (int(part) for part in kept.split())
        return at, sent, received, octets

    def _received(self, found: Position) -> date | None:
        """The day of the last word that the centre has something: over a line, or by a carrier."""
        told = self._moment(found.at).date() if found.at and found.place is Place.CENTRE else None
        return max(filter(None, (told, self._since())), default=None)

    def _since(self) -> date | None:
        numbers = self._numbers()
        return None if numbers is None else self._moment(numbers[0]).date()

    def _last(self) -> LastExchange | None:
        numbers = self._numbers()
        if numbers is None:
            return None
        at, sent, received, octets = numbers
        moment = self._moment(at)
        return LastExchange(
            moment.date(), clock_time(moment, self._profile.zone().key), sent, received, octets
        )

    def _moment(self, at: int) -> datetime:
        return datetime.fromtimestamp(at, self._profile.zone())
