"""The banner of practice: on top of every screen, so that nobody takes invented people for their own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.language import tr
from desktop.screens.style import look, sp

_HEIGHT = 26


class PracticeBanner(QLabel):
    """A strip over the window's top; the screens below begin under it."""

    def __init__(self, window: QWidget, pin: str) -> None:
        said = tr("PIN semua orang: {pin}").format(pin=pin)
        super().__init__(f"{tr('LATIHAN: bukan data sungguhan')}. {said}", window)
        self.setObjectName("practice_banner")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._window = window
        window.setContentsMargins(0, sp(_HEIGHT), 0, 0)
        window.installEventFilter(self)
        self._place()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as wide as the window and above what is shown, in the look that holds."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.ChildAdded, QEvent.Type.Show}:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        chosen = look()
        self.setFont(chosen.font("strong"))
        ground, words = chosen.colour("warn").name(), chosen.colour("bg").name()
        self.setStyleSheet(f"background: {ground}; color: {words};")
        self.setGeometry(0, 0, self._window.width(), sp(_HEIGHT))
        self.raise_()
