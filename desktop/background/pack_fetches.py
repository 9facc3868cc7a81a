"""Fetching packs in the background, one at a time: begun by a person, gone on with after each cut."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot

from desktop.background.sync_words import word_failure
from desktop.errors import Problem, explain
from sync.client.faults import Failure, Fault
from sync.client.retry import Retry

_TELL_EVERY_S = 0.2
_SURE_AFTER_S = 2.0
_PASSING = {Fault.BUSY, Fault.BROKEN}
"""Faults of a server that come and go like a line."""


@dataclass(frozen=True, slots=True)
class Queued:
    """Another pack comes first."""


@dataclass(frozen=True, slots=True)
class Running:
    """It is coming. Bytes; `seconds_left` by the pace of this try, None until that is known."""

    done: int = 0
    seconds_left: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The line is away; it goes on by itself."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It goes on when somebody asks again."""

    problem: Problem


FetchState = Queued | Running | Waiting | Failed


class Errand:
    """What the work is given: when to stop, whether to keep what came, and whom to tell how far it is."""

    def __init__(self, tell: Callable[[Running], None]) -> None:
        self.stop = threading.Event()
        self.dropped = False
        self._tell = tell
        self._began = self._told = time.monotonic()
        self._first: int | None = None

    def tell(self, done: int, total: int) -> None:
        """Say how many bytes are there; from the work's thread."""
        now = time.monotonic()
        self._first = done if self._first is None else self._first
        if now - self._told < _TELL_EVERY_S and done < total:
            return
        self._told = now
        came, passed = done - self._first, now - self._began
        left = round((total - done) * passed / came) if came and passed >= _SURE_AFTER_S else None
        self._tell(Running(done, left))


Work = Callable[[str, Errand], Failure | None]
"""Fetches one pack; None when it is whole or was told to stop. Raises what a person has to know."""


class _Run(QRunnable):
    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act = act

    def run(self) -> None:
        """Do it, on the thread of the fetches."""
        self._act()


class PackFetches(QObject):
    """The packs that somebody asked for. Everything but the work happens on the GUI thread.

    `changed` rings whenever a state did, `whole` carries the digest of a pack that is there now.
    """

    changed = Signal()
    whole = Signal(str)
    _told = Signal(object, object)
    _ended = Signal(object, object)

    def __init__(
        self, work: Work, parent: QObject | None = None, draw: Callable[[], float] = random.random
    ) -> None:
        super().__init__(parent)
        self._work, self._draw = work, draw
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._states: dict[str, FetchState] = {}
        self._now: tuple[str, Errand] | None = None
        self._retry = Retry()

    def state(self, digest: str) -> FetchState | None:
        """Tell how a pack stands; None for one that nobody asked for, or that is there."""
        return self._states.get(digest)

    def take(self, digest: str) -> None:
        """Fetch a pack, now or behind those under way."""
        held = self._states.get(digest)
        if isinstance(held, Queued | Running):
            return
        self._retry = Retry()
        self._states.pop(digest, None)
        self._show(digest, Queued())
        self._next()

    def drop(self, digest: str) -> bool:
        """Fetch it no more; true where the work itself clears away what came, when it has stopped."""
        self._states.pop(digest, None)
        running = self._now is not None and self._now[0] == digest
        if self._now is not None and running:
            self._now[1].dropped = True
            self._now[1].stop.set()
        self.changed.emit()
        return running

    def close(self, wait_ms: int = 1_500) -> bool:
        """Stop, keeping what came; true when the work has ended within `wait_ms`."""
        self._timer.stop()
        self._states.clear()
        if self._now is not None:
            self._now[1].stop.set()
        return self._pool.waitForDone(wait_ms)

    def _next(self) -> None:
        """Begin with the first in the queue, else with the first whose line was away."""
        states = sorted(self._states.items(), key=lambda one: isinstance(one[1], Waiting))
        waiting = [key for key, state in states if isinstance(state, Queued | Waiting)]
        if self._now is not None or not waiting:
            return
        self._timer.stop()
        digest = waiting[0]
        errand = Errand(lambda how_far: self._told.emit(digest, how_far))
        self._now = digest, errand
        self._show(digest, Running())

        def act() -> None:
            try:
                found: Failure | Problem | None = self._work(digest, errand)
            except Exception as error:  # noqa: BLE001 - whatever failed becomes words on the glass
                found = explain(error)
            with suppress(RuntimeError):  # the window may be gone
                self._ended.emit(digest, found)

        self._pool.start(_Run(act))

    @Slot(object, object)
    def _tell(self, digest: str, how_far: Running) -> None:
        if self._now is not None and self._now[0] == digest and digest in self._states:
            self._retry = Retry()  # the line carries something
            self._show(digest, how_far)

    @Slot(object, object)
    def _finish(self, digest: str, found: Failure | Problem | None) -> None:
        told_to_stop = self._now is not None and self._now[1].stop.is_set()
        self._now = None
        pause = 0.0
        if told_to_stop:  # whoever asked again meanwhile waits in the queue
            pass
        elif digest in self._states and found is not None:
            if isinstance(found, Failure) and (found.fault.offline or found.fault in _PASSING):
                self._retry = self._retry.failed()
                pause = self._retry.pause(self._draw(), at_least=found.retry_after)
                self._show(digest, Waiting())
            else:
                self._show(digest, Failed(found if isinstance(found, Problem) else word_failure(found)))
        elif self._states.pop(digest, None) is not None:
            self.whole.emit(digest)
        self.changed.emit()
        queued = any(isinstance(state, Queued) for state in self._states.values())
        self._timer.start(0 if queued else int(pause * 1000))

    def _show(self, digest: str, state: FetchState) -> None:
        if self._states.get(digest) != state:
            self._states[digest] = state
            self.changed.emit()
