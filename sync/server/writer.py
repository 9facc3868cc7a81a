"""The writer queue: what arrives while one group commits makes up the next, and nobody is answered before."""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sync.server.database import Database
from sync.server.intake import Intake, Offer, Taken

GROUP = 256
"""Offers in one commit at most: more would only make the first of them wait."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An offer, and what the writer calls with its fate: None when it could not be kept."""

    offer: Offer
    done: Callable[[Taken | None], None]


class Writer:
    """One thread, one connection, one transaction at a time. `submit` may be called from any thread."""

    def __init__(
        self,
        database: Database,
        intake: Intake,
        idle: Callable[[], bool],
        settled: Callable[[], None],
        outside: Callable[[], None],
    ) -> None:
        """Take what is called from the writer's thread.

        `idle` between groups while nothing waits, until it returns False; `settled` after each group;
        `outside` when another process has written to the database.
        """
        self._outside = outside
        self._database = database
        self._intake = intake
        self._idle = idle
        self._settled = settled
        self._queue: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def submit(self, waiting: Waiting) -> None:
        """Line up an offer."""
        self._queue.put(waiting)

    def stop(self) -> None:
        """Commit what is lined up, then end."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        restless = True
        while True:
            group = self._next(wait=not restless)
            if group is None:
                return
            if not group:
                restless = self._idle()
                continue
            restless = True
            self._commit(group)
            self._settled()

    def _next(self, *, wait: bool) -> list[Waiting] | None:
        """Return what has lined up, at most one group; None when it is time to end."""
        group: list[Waiting] = []
        while len(group) < GROUP:
            try:
                one = self._queue.get(block=wait and not group)
            except queue.Empty:
                break
            if one is None:
                if group:
                    self._queue.put(None)
                    break
                return None
            group.append(one)
        return group

    def _commit(self, group: Sequence[Waiting]) -> None:
        """Keep a group in one transaction; one that fails is halved until the culprit stands alone."""
        try:
            with self._database.writing() as connection:
                if self._database.changed_outside(connection):
                    self._intake.forget()
                    self._outside()
                kept = self._intake.take(connection, [one.offer for one in group])
        except Exception:  # noqa: BLE001 - the culprit is found by halving
            self._intake.forget()
            if len(group) > 1:
                half = len(group) // 2
                self._commit(group[:half])
                self._commit(group[half:])
                return
            _log.exception("an offer could not be kept")
            group[0].done(None)
            return
        for one, taken in zip(group, kept, strict=True):
            one.done(taken)
