"""The sync cycle: deliveries in the background, after work and from time to time; it never holds up study."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot

from desktop.background.sending import Errand, SendingProgress
from desktop.background.sync_words import word_code, word_failure
from desktop.errors import Problem, explain
from sync.client.deliver import SyncOutcome
from sync.client.retry import Retry

AFTER_WORK = 20.0
"""Seconds after recorded work before it is sent: several answers then share one request."""
AT_FIRST = 3.0
"""Seconds after sign-in before the first delivery: the first page is drawn before it."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is under way; nothing was sent since sign-in."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A delivery is under way; `progress` is None until something about it is known."""

    progress: SendingProgress | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The centre has answered everything: `at` is its signed Unix time, `count` what it newly holds."""

    at: int
    count: int
    received: int = 0


@dataclass(frozen=True, slots=True)
class Offline:
    """There is no way to the centre now; that is normal. `since` is this PC's Unix time of the first miss."""

    since: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something a person may have to do; the work is safe all the same."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class LimitReached:
    """This month's limit of data is used up: until the month ends things only go when somebody asks."""


SyncState = Idle | Sending | Sent | Offline | Trouble | LimitReached


@dataclass(frozen=True, slots=True)
class Totals:
    """What went over the wire since the app started: deliveries, requests, and bytes with headers."""

    deliveries: int = 0
    requests: int = 0
    sent_bytes: int = 0
    received_bytes: int = 0

    def with_outcome(self, outcome: SyncOutcome) -> Totals:
        """Add one delivery."""
        return Totals(
            self.deliveries + 1,
            self.requests + outcome.rounds,
            self.sent_bytes + outcome.sent_bytes,
            self.received_bytes + outcome.received_bytes,
        )


Work = Callable[[Errand], SyncOutcome]
"""One delivery for whoever is signed in; raises for what is a bug.

One that stops by itself, `cancelled` though nobody told it to, has met the limit of data.
"""


class _Delivery(QRunnable):
    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act = act

    def run(self) -> None:
        """Do it, on the cycle's own thread."""
        self._act()


class SyncCycle(QObject):
    """Runs deliveries one at a time, on a thread of its own; everything else happens on the GUI thread.

    `changed` tells each new state, `delivered` each outcome (what came with it may concern the open page).
    `draw` gives numbers in [0, 1) for the jitter.
    """

    changed = Signal(object)
    delivered = Signal(object)
    _told = Signal(object, object)
    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None, draw: Callable[[], float] = random.random) -> None:
        super().__init__(parent)
        self._draw = draw
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._begin)
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._work: Work | None = None
        self._stop: threading.Event | None = None
        self._again = self._by_hand = False
        self._retry = Retry()
        self._missing: int | None = None
        self.state: SyncState = Idle()
        self.totals = Totals()
        self.last_outcome: SyncOutcome | None = None

    @property
    def busy(self) -> bool:
        """Whether a delivery is under way."""
        return self._stop is not None

    def use(self, work: Work, *, first: float = AT_FIRST) -> None:
        """Deliver for somebody from now on, `first` seconds from now for the first time."""
        self.release()
        self._work = work
        self._retry = Retry()
        self._show(Idle())
        self._plan(first)

    def release(self, wait_ms: int = 1_500) -> bool:
        """Deliver for nobody: stop what runs, so that the profile can be closed.

        Returns False when it has not ended within `wait_ms`: then it waits for a dead line, and what comes is
        dropped without touching the profile. Handing over a PC never waits for a network.
        """
        self._timer.stop()
        self._work = None
        self._again = self._by_hand = False
        if self._stop is not None:
            self._stop.set()
            self._stop = None
        return self._pool.waitForDone(wait_ms)

    def recorded(self) -> None:
        """Take note that work was recorded: send it soon, unless the road fails or the limit is reached."""
        if self._work is None or self._retry.failures or isinstance(self.state, LimitReached):
            return
        if self.busy:
            self._again = True
        elif self._timer.remainingTime() > AFTER_WORK * 1000:
            self._plan(AFTER_WORK)

    def send_now(self) -> None:
        """Deliver at once (`Kirim sekarang`), whatever pause or limit; while one runs, once more after it."""
        if self._work is None:
            return
        self._by_hand = True
        if self.busy:
            self._again = True
            return
        self._timer.stop()
        self._begin()

    def _plan(self, seconds: float) -> None:
        self._timer.start(int(seconds * 1000))

    def _begin(self) -> None:
        work = self._work
        if work is None or self.busy:
            return
        stop = self._stop = threading.Event()
        errand = Errand(self._by_hand, stop.is_set, lambda how_far: self._told.emit(stop, how_far))
        self._by_hand = False
        if errand.by_hand or not isinstance(self.state, LimitReached):
            self._show(Sending())

        def act() -> None:
            try:
                found: SyncOutcome | Problem = work(errand)
            except Exception as error:  # noqa: BLE001 - a bug in a delivery is told, it never ends the app
                found = explain(error)
            self._ended.emit(stop, found)

        self._pool.start(_Delivery(act))

    @Slot(object, object)
    def _tell(self, stop: threading.Event, how_far: SendingProgress) -> None:
        if stop is self._stop:
            self._show(Sending(how_far))

    @Slot(object, object)
    def _finish(self, stop: threading.Event, found: SyncOutcome | Problem) -> None:
        if isinstance(found, SyncOutcome):
            self.totals = self.totals.with_outcome(found)
        if stop is not self._stop:
            return
        self._stop = None
        at_least = 0.0
        if isinstance(found, SyncOutcome):
            self.last_outcome = found
            at_least = found.failure.retry_after if found.failure else 0.0
        failed = isinstance(found, Problem) or found.failure is not None
        self._retry = self._retry.failed() if failed else self._retry.succeeded()
        self._show(self._state_of(found))
        if isinstance(found, SyncOutcome):
            self.delivered.emit(found)
        pause = self._retry.pause(self._draw(), at_least=at_least)
        if self._again and not failed:
            pause = 0.0 if self._by_hand else AFTER_WORK
        else:
            self._by_hand = False
        self._again = False
        if self._work is not None and not self.busy:
            self._plan(pause)

    def _state_of(self, found: SyncOutcome | Problem) -> SyncState:
        if isinstance(found, Problem):
            return Trouble(found)
        if found.failure is not None:
            if found.failure.fault.offline:
                return Offline(int(time.time()) if self._missing is None else self._missing)
            return Trouble(word_failure(found.failure))
        if found.refusals:
            return Trouble(word_code(*found.refusals[0]))
        if found.cancelled or found.at is None:
            return LimitReached() if found.cancelled else Idle()
        return Sent(found.at, found.acked, found.facts)

    def _show(self, state: SyncState) -> None:
        if isinstance(state, Offline):
            self._missing = state.since
        elif not isinstance(state, Sending):
            self._missing = None
        if state != self.state:
            self.state = state
            self.changed.emit(state)
