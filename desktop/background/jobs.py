"""Jobs: work off the GUI thread, its frozen result back on it; one lane for whatever writes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar, overload

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from desktop.errors import Problem, explain

Result = TypeVar("Result")
_REPORT_EVERY_S = 0.04  # more reports than the eye sees would only fill the GUI's queue


class Cancelled(Exception):  # noqa: N818 - not an error: the person asked for it
    """Raised inside work by `Job.check` after [Batal]."""


class Job:
    """One piece of work: what the work reports through, and what the screen cancels by."""

    def __init__(self, report: Callable[[int, int], None] | None) -> None:
        self._stop = threading.Event()
        self._report = report
        self._last = 0.0

    def cancel(self) -> None:
        """Ask the work to stop; nothing of it is delivered any more."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def check(self) -> None:
        """Raise Cancelled when somebody asked it to stop; call it between two steps of long work."""
        if self.cancelled:
            raise Cancelled

    def report(self, done: int, total: int) -> None:
        """Say how far the work is, in its own unit; from the work's thread."""
        now = time.monotonic()
        if self._report is not None and (now - self._last >= _REPORT_EVERY_S or done >= total):
            self._last = now
            self._report(done, total)


class _Run(QRunnable):
    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act = act

    def run(self) -> None:
        """Do it, on the pool's thread."""
        self._act()


class Jobs(QObject):
    """The pool and the writer's lane of one application; create it on the GUI thread."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(max(2, QThreadPool.globalInstance().maxThreadCount()))
        self._lane = QThreadPool(self)
        self._lane.setMaxThreadCount(1)
        self._running: set[Job] = set()
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @overload
    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        problem: Callable[[Problem], None],
        progress: None = None,
    ) -> Job: ...

    @overload
    def run(
        self,
        work: Callable[[Job], Result],
        done: Callable[[Result], None],
        problem: Callable[[Problem], None],
        progress: Callable[[int, int], None],
    ) -> Job: ...

    def run(
        self,
        work: Callable[..., Result],
        done: Callable[[Result], None],
        problem: Callable[[Problem], None],
        progress: Callable[[int, int], None] | None = None,
    ) -> Job:
        """Do `work` beside others; one of `done` and `problem` follows on the GUI thread, unless cancelled.

        With `progress`, the work is given its Job to `report` and `check` by.
        """
        return self._start(self._pool, work, done, problem, progress)

    @overload
    def write(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        problem: Callable[[Problem], None],
        progress: None = None,
    ) -> Job: ...

    @overload
    def write(
        self,
        work: Callable[[Job], Result],
        done: Callable[[Result], None],
        problem: Callable[[Problem], None],
        progress: Callable[[int, int], None],
    ) -> Job: ...

    def write(
        self,
        work: Callable[..., Result],
        done: Callable[[Result], None],
        problem: Callable[[Problem], None],
        progress: Callable[[int, int], None] | None = None,
    ) -> Job:
        """The same, one after another in the writer's lane: whatever changes a database goes here."""
        return self._start(self._lane, work, done, problem, progress)

    def idle(self) -> bool:
        """Whether nothing runs or waits and every result was delivered."""
        return not self._running

    def close(self, wait_ms: int = 10_000) -> bool:
        """Cancel what reads, let what writes finish; True when all stopped within `wait_ms`."""
        for job in tuple(self._running):
            job.cancel()
        return self._lane.waitForDone(wait_ms) and self._pool.waitForDone(wait_ms)

    def _start(
        self,
        pool: QThreadPool,
        work: Callable[..., Any],
        done: Callable[[Any], None],
        problem: Callable[[Problem], None],
        progress: Callable[[int, int], None] | None,
    ) -> Job:
        if progress is None:
            job = Job(None)
        else:
            heard = progress

            def report(steps: int, total: int) -> None:
                self._arrived.emit(lambda: None if job.cancelled else heard(steps, total))

            job = Job(report)
        self._running.add(job)

        def act() -> None:
            try:
                result = work(job) if progress is not None else work()
                tell: Callable[[], None] = lambda: done(result)  # noqa: E731 - one expression a branch
            except Cancelled:
                tell = _nothing
            except BaseException as error:  # noqa: BLE001 - whatever failed becomes words on the glass
                said = explain(error)
                tell = lambda: problem(said)  # noqa: E731 - as above
            # Whoever waited for it may be gone with the window.
            with suppress(RuntimeError):
                self._arrived.emit(lambda: self._finish(job, tell))

        pool.start(_Run(act))
        return job

    def _finish(self, job: Job, tell: Callable[[], None]) -> None:
        self._running.discard(job)
        if not job.cancelled:
            tell()

    @Slot(object)
    def _deliver(self, act: Callable[[], None]) -> None:
        act()


def _nothing() -> None:
    """A cancelled job has nothing to say."""
