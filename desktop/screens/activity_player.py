"""What every player of an activity has in common, so that one frame can hold them all."""

from time import monotonic

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

_IDLE_S = 180  # seconds without a key, click or scroll after which nobody is taken to be reading
_SIGNS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
}


class Player(QWidget):
    """Shows one activity. The frame around it listens and asks; every method has a quiet default.

    `moved` says that `place` or `turns` changed, `completed` that the store said the activity is done,
    `ended` that the learner pressed on at the end (1) or back at the beginning (-1).
    """

    moved = Signal()
    completed = Signal()
    ended = Signal(int)
    followed = Signal(str)
    trouble = Signal(object)

    def begin(self) -> None:
        """Take the focus; the activity is on screen."""
        self.setFocus()

    def leave(self) -> None:
        """Keep the place and record what was done; the activity goes off screen."""

    def turn(self, step: int) -> bool:
        """Go a page on (1) or back (-1) inside the activity; False where there is none."""
        del step
        return False

    def place(self) -> str:
        """Tell where one is, in words: `Halaman 2 dari 3`. Empty where there are no pages."""
        return ""

    def playing(self) -> bool:
        """Tell whether a recording plays now."""
        return False

    def keys(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """Tell the keys that work here, for the foot line."""
        return ()

    def help_page(self) -> str:
        """Name the page of help for F1."""
        return "belajar"


class ReadingClock(QObject):
    """Counts the seconds somebody reads: the window is in front and a key, click or scroll came lately."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self._watched = watched
        self._seconds = 0.0
        self._since: float | None = None
        self._listening = False

    def start(self) -> None:
        """Begin a page."""
        self._seconds = 0.0
        if not self._listening:
            app = QApplication.instance()
            if app is not None:
                app.installEventFilter(self)
                self._listening = True

    def spent(self) -> int:
        """Whole seconds so far that count as reading; the page goes on."""
        self._count()
        return round(self._seconds)

    def stop(self) -> int:
        """End the page; whole seconds that count as reading."""
        self._count()
        self._since = None
        if self._listening:
            app = QApplication.instance()
            if app is not None:
                app.removeEventFilter(self)
            self._listening = False
        return round(self._seconds)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note each sign of somebody."""
        if event.type() in _SIGNS:
            self._count()
        return super().eventFilter(watched, event)

    def _count(self) -> None:
        now = monotonic()
        if self._since is not None:
            self._seconds += min(now - self._since, _IDLE_S)
            self._since = now
