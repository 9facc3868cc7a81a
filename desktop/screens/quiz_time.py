"""The clock of a quiz on screen: the time left in words, and the timer that counts it down."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel
from shiboken6 import isValid

from desktop.language import tr, trn
from desktop.screens.text import label, set_role

SOON = 300
"""Seconds before the end from which the time left is shown as a warning."""


def minutes_words(seconds: int) -> str:
    """Say a length of time as people do: minutes, rounded down, or seconds in the last one."""
    if seconds >= 60:
        return trn("{n} menit", seconds // 60).format(n=seconds // 60)
    return trn("{n} detik", seconds).format(n=seconds)


class Countdown(QObject):
    """Counts down by the monotonic clock. `over` is emitted once; `beat` is called every few seconds."""

    over = Signal()
    EVERY = 5
    """Seconds between two signs of life: the most that a power cut may give back."""

    def __init__(
        self, parent: QObject, beat: Callable[[], None], clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__(parent)
        self._beat, self._clock = beat, clock
        self._ends: float | None = None
        self._told = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)
        self._words: QLabel | None = None

    def face(self) -> QLabel | None:
        """Make the label that shows the time left; None without a clock."""
        if self._ends is None:
            return None
        self._words = label("", "strong", name="timeLeft")
        self._say()
        return self._words

    def begin(self, left: int | None) -> None:
        """Start counting `left` seconds; None where the attempt has no clock."""
        self._ends = None if left is None else self._clock() + left
        self._told = self._clock()
        if left is None:
            self._timer.stop()
        else:
            self._timer.start()

    def stop(self) -> None:
        """Count no longer."""
        self._timer.stop()

    def go_on(self) -> None:
        """Count again after `stop`; the time between has run."""
        if self._ends is not None:
            self._timer.start()

    def end(self) -> None:
        """The attempt is handed in."""
        self._timer.stop()
        self._ends = None

    @property
    def left(self) -> int | None:
        """Seconds that remain, rounded up; None without a clock."""
        return None if self._ends is None else max(0, ceil(self._ends - self._clock()))

    def tick(self) -> None:
        """A second went by."""
        left = self.left
        if left is None:
            return
        self._say()
        if left == 0:
            self.end()
            self.over.emit()
        elif self._clock() - self._told >= self.EVERY:
            self._told = self._clock()
            self._beat()

    def _say(self) -> None:
        if self._words is None or not isValid(self._words):
            return
        left = self.left or 0
        self._words.setText(tr("Sisa waktu {waktu}").format(waktu=f"{left // 60}:{left % 60:02d}"))
        self._words.setAccessibleName(tr("Sisa waktu {waktu}").format(waktu=minutes_words(left)))
        set_role(self._words, "warn" if left <= SOON else "strong")
