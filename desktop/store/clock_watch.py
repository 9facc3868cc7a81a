"""The PC's clock while a log is written: moved, or behind what was signed, is noted and never punished."""

from collections.abc import Mapping

from desktop.store.device import Store
from sync.folds.order import DOUBTED
from sync.journal.statement import LogHeader, Value

FAR = 600
"""Seconds by which a clock may be wrong before anybody is told; what the centre allows too."""


class ClockWatch:
    """Watches the clock of one log; `ended` is when the log before it ended, by the clock of then.

    Times inside a log are monotonic, so a clock that is moved changes none of them. What the PC noticed goes
    into the log as evidence, for whoever asks afterwards in which year or before which deadline it was.
    """

    def __init__(self, store: Store, ended: int = 0) -> None:
        self._store = store
        self._ended = ended
        self._behind = self._moved = 0

    def look(self, header: LogHeader) -> tuple[tuple[str, Mapping[str, Value]], ...]:
        """Give what is to be stated of the clock before the next statement; nothing while all is well."""
        clock, proven = self._store.clock, self._store.proven()
        said = clock.wall()
        here = header.wall + max(0, clock.monotonic() - header.monotonic)
        behind = max(0, proven - here)
        moved = said - here
        back = said + FAR < self._ended
        self._ended = 0  # told once
        if behind - self._behind <= FAR and abs(moved - self._moved) <= FAR and not back:
            return ()
        self._behind, self._moved = behind, moved
        return ((DOUBTED, {"floor": proven, "said": said}),)
