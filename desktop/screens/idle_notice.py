"""The warning before the lock, over the middle of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QWidget

from desktop.language import tr
from desktop.screens.arrange import mid, row
from desktop.screens.icons import Icon
from desktop.screens.style import sp
from desktop.screens.text import label


class IdleNotice(QFrame):
    """`Layar dikunci dalam 30 detik. Tekan tombol apa saja.`, counting down."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("idle_notice")
        self.setProperty("f", "card")
        self._words = label("", "card", name="idle_words")
        self.setLayout(row(mid(Icon("lock", "warn", 24)), mid(self._words), gap=14, margins=(24, 18, 28, 18)))
        window.installEventFilter(self)
        self.hide()

    def words(self) -> str:
        """What it says now."""
        return self._words.text()

    def warn(self, seconds: int) -> None:
        """Show how many seconds are left."""
        text = tr("Layar dikunci dalam {n} detik. Tekan tombol apa saja.").format(n=seconds)
        self._words.setText(text)
        self.setAccessibleName(text)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        where = self._window.rect()
        self.move((where.width() - self.width()) // 2, where.height() - self.height() - sp(80))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the window changes size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
