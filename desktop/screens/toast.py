"""Toasts: a word that something is done, bottom right, gone by itself; never for errors."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.language import tr
from desktop.screens.arrange import mid, row
from desktop.screens.button import Button
from desktop.screens.icons import Icon
from desktop.screens.style import sp
from desktop.screens.text import label

SHOWN_MS = 6_000
SHOWN_WITH_UNDO_MS = 10_000
_ABOVE_STATUS = 36 + 16
_FOLLOW_MS = 100  # a page with buttons at its foot may come while a toast is up


class Toast(QFrame):
    """One toast at a time over the window; a newer one replaces the older."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("toast")
        self.setProperty("f", "card")
        self._icon = Icon("tick", "ok", 20)
        self._words = label("", name="toast_text")
        self._undo = Button(tr("Urungkan"), "quiet", name="toast_undo")
        self.setLayout(
            row(mid(self._icon), mid(self._words, 1), mid(self._undo), gap=12, margins=(16, 6, 12, 6))
        )
        self.setMinimumWidth(sp(320))
        self.setMinimumHeight(sp(48))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._follow = QTimer(self)
        self._follow.setInterval(_FOLLOW_MS)
        self._follow.timeout.connect(self._place)
        self._on_undo: Callable[[], None] | None = None
        self._undo.clicked.connect(self._undone)
        window.installEventFilter(self)
        self.hide()

    def say(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Show a sentence for 6 s, or for 10 s with [Urungkan]."""
        self._words.setText(words)
        self._on_undo = undo
        self._undo.set_text(tr("Urungkan"))
        self._undo.setVisible(undo is not None)
        self.setAccessibleName(words)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(SHOWN_WITH_UNDO_MS if undo else SHOWN_MS)
        self._follow.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing to follow any more."""
        self._follow.stop()
        super().hideEvent(event)

    def _undone(self) -> None:
        self.hide()
        if self._on_undo is not None:
            self._on_undo()

    def _place(self) -> None:
        where = self._window.rect()
        feet = [made for made in self._window.findChildren(QFrame) if made.property("f") == "foot"]
        # the buttons of a foot stay in reach
        where.adjust(0, 0, 0, -max((made.height() for made in feet if made.isVisible()), default=0))
        self.move(where.right() - self.width() - sp(24), where.bottom() - self.height() - sp(_ABOVE_STATUS))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the window changes size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
