"""The word that the coordinator's stick was plugged in, over the window; it never takes the keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QWidget

from desktop.language import tr
from desktop.screens.arrange import column, mid, row
from desktop.screens.button import Button
from desktop.screens.icons import Icon
from desktop.screens.style import sp
from desktop.screens.text import Elided, label

_ABOVE = 52  # over the status line


class StickNotice(QFrame):
    """Somebody may be typing a PIN or an answer: the notice waits until it is chosen or closed."""

    def __init__(self, window: QWidget, stick: str, exchange: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("stick_notice")
        self.setProperty("f", "card")
        title = tr("Flashdisk koordinator terpasang")
        self.setAccessibleName(f"{title}: {stick}")
        go = Button(tr("Tukar data"), "main", "exchange", name="notice_exchange")
        go.clicked.connect(exchange)
        close = Button(tr("Tutup"), "icon", "x", name="notice_close")
        close.clicked.connect(self.hide)
        words = column(None, label(title, "strong"), Elided(stick, "caption", "muted"), None, gap=1)
        self.setLayout(
            row(
                mid(Icon("stick", "primary", 28)),
                (words, 1),
                mid(go),
                mid(close),
                gap=14,
                margins=(18, 12, 12, 12),
            )
        )
        window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        where = self._window.rect()
        width = min(max(self.sizeHint().width(), sp(460)), where.width() - sp(32))
        self.resize(width, self.sizeHint().height())
        self.move((where.width() - width) // 2, where.height() - self.height() - sp(_ABOVE))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the window changes size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
