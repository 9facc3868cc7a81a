"""Presence: a PC left alone for five minutes locks, after a warning half a minute before."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

WARN_BEFORE_S = 30
_SIGNS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}


def seconds() -> float:
    """Seconds that never run backwards and go on while the PC sleeps: a closed lid is an absence too."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; on Windows the monotonic clock counts sleep itself
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Presence(QObject):
    """Watches one window for keys and mouse.

    `idle_s` is the time without a sign until the lock (0: never); `busy` tells of playing media, which counts
    as presence; `clock` gives seconds that never run backwards.
    """

    warned = Signal(int)
    returned = Signal()
    left = Signal()

    def __init__(
        self,
        parent: QObject,
        *,
        idle_s: int,
        busy: Callable[[], bool],
        clock: Callable[[], float] = seconds,
    ) -> None:
        super().__init__(parent)
        self._idle_s, self._busy, self.clock = idle_s, busy, clock
        self._last = clock()
        self._warning = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.look_up)

    def watch(self, handle: QWindow) -> None:
        """Take keys and mouse of this native window as signs."""
        handle.installEventFilter(self)

    def start(self) -> None:
        """Begin to watch (somebody signed in)."""
        self.touch()
        self._timer.start()

    def stop(self) -> None:
        """Stop watching (nobody is signed in)."""
        self._timer.stop()
        self._end_warning()

    def set_idle(self, seconds: int) -> None:
        """Change the time until the lock."""
        self._idle_s = seconds
        self.touch()

    def touch(self) -> None:
        """Somebody is here."""
        self._last = self.clock()
        self._end_warning()

    def look_up(self) -> None:
        """Compare the clock; called once a second."""
        if self._busy():
            self.touch()
            return
        if not self._idle_s:
            return
        rest = self._idle_s - (self.clock() - self._last)
        if rest <= 0:
            self.stop()
            self.left.emit()
        elif rest <= WARN_BEFORE_S:
            self._warning = True
            self.warned.emit(round(rest))

    def _end_warning(self) -> None:
        if self._warning:
            self._warning = False
            self.returned.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any sign of a person; while warned, the key that only says "I am here" does nothing else."""
        if event.type() in _SIGNS and self._timer.isActive():
            if self._idle_s and not self._busy() and self.clock() - self._last >= self._idle_s:
                self.look_up()  # the PC slept: who woke it need not be who left it
                return True
            spare = self._warning and event.type() == QEvent.Type.KeyPress
            self.touch()
            if spare:
                return True
        return super().eventFilter(watched, event)
