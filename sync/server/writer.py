"""Group commit: what arrives while one group commits makes up the next, and nobody is answered before."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy import Connection

from sync.server.database import Database
from sync.server.intake import Intake, Offer, Taken
from sync.server.locked_places import LockNeededError

GROUP = 128
"""Offers in one commit at most: more would only make the first of them wait."""

TRIES = 20
"""Times a group is begun where it turned out to need feeds that another process held."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An offer, and what is called with its fate: None when it could not be kept."""

    offer: Offer
    done: Callable[[Taken | None], None]


class Writer:
    """One connection and one transaction at a time, on the event loop; only the commit waits elsewhere.

    The rows of a group are written in the loop's own thread, because handing them to another costs more than
    writing them. Waiting for the disk is what the one extra thread is for, and on PostgreSQL also waiting for
    other processes: there the whole transaction is its work.
    """

    def __init__(self, database: Database, intake: Intake, outside: Callable[[], None]) -> None:
        """`outside` is called when another process has written to the database."""
        self._database = database
        self._intake = intake
        self._outside = outside
        self._line: deque[Waiting] = deque()
        self._halves: deque[list[Waiting]] = deque()
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="commit")
        self.busy = False
        self.quiet_since = 0.0

    def stop(self) -> None:
        """Let go of the thread; what is lined up and not committed was not acknowledged."""
        self._disk.shutdown()

    def line_up(self, waiting: Waiting) -> None:
        """Add an offer to the next group. Called on the event loop."""
        self._line.append(waiting)
        self._next(asyncio.get_running_loop())

    def _next(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin a group once the loop has read what has arrived by now."""
        if not self.busy and (self._line or self._halves):
            self.busy = True
            loop.call_soon(self._begin, loop)

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """Write the rows of a group and hand the commit to the disk's thread."""
        if self._halves:
            group = self._halves.popleft()
        else:
            group = [self._line.popleft() for _ in range(min(GROUP, len(self._line)))]
        if self._database.shared:
            work = loop.run_in_executor(self._disk, self._whole, group)
            work.add_done_callback(lambda done: self._worked(loop, group, done))
            return
        try:
            connection = self._database.begin()
        except Exception as fault:  # noqa: BLE001 - whatever it was, the group is tried in halves
            self._failed(loop, group, fault)
            return
        try:
            kept = self._write(connection, group)
        except Exception as fault:  # noqa: BLE001 - the culprit is found by halving
            self._database.undo(connection)
            self._failed(loop, group, fault)
            return
        commit = loop.run_in_executor(self._disk, self._database.commit, connection)
        commit.add_done_callback(lambda done: self._committed(loop, group, kept, done.exception()))

    def _whole(self, group: Sequence[Waiting]) -> list[Taken]:
        """Write and commit a group, waiting for others who write; once more where it needs more locks."""
        for _ in range(TRIES):
            connection = self._database.begin()
            try:
                kept = self._write(connection, group)
            except LockNeededError:
                self._database.undo(connection)
                self._intake.forget()
                continue
            except BaseException:
                self._database.undo(connection)
                raise
            self._database.commit(connection)
            return kept
        raise TimeoutError(f"no locks in {TRIES} attempts")

    def _worked(
        self, loop: asyncio.AbstractEventLoop, group: list[Waiting], done: asyncio.Future[list[Taken]]
    ) -> None:
        """Answer a group that was written beside the loop, or look for the culprit."""
        fault = done.exception()
        self._committed(loop, group, () if fault is not None else done.result(), fault)

    def _write(self, connection: Connection, group: Sequence[Waiting]) -> list[Taken]:
        if self._database.changed_outside(connection):
            self._intake.forget()
            self._outside()
        return self._intake.take(connection, [one.offer for one in group])

    def _committed(
        self,
        loop: asyncio.AbstractEventLoop,
        group: list[Waiting],
        kept: Sequence[Taken],
        fault: BaseException | None,
    ) -> None:
        """Answer a group that is durable."""
        if fault is not None:
            self._failed(loop, group, fault)
            return
        self._free(loop)
        for one, taken in zip(group, kept, strict=True):
            one.done(taken)

    def _failed(self, loop: asyncio.AbstractEventLoop, group: list[Waiting], fault: BaseException) -> None:
        """Halve a group that could not be kept until the culprit stands alone."""
        self._intake.forget()
        if len(group) > 1:
            half = len(group) // 2
            self._halves += (group[:half], group[half:])
            self._free(loop)
            return
        _log.error("an offer could not be kept", exc_info=fault)
        self._free(loop)
        group[0].done(None)

    def _free(self, loop: asyncio.AbstractEventLoop) -> None:
        self.busy = False
        self.quiet_since = loop.time()
        self._next(loop)
