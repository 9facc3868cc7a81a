"""The banner of practice: on top of every screen, so that nobody takes invented people for their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from desktop.language import tr
from desktop.screens.style import look, sp

_LINE = 26
_EDGE = 16
_TALL = 32
_ROUND = 5


@dataclass(frozen=True, slots=True)
class Places:
    """The computers of the practice office: at which one is, where one can go, and the way there."""

    here: str
    others: Sequence[str]
    go: Callable[[str], None]


class PracticeBanner(QWidget):
    """A strip over the window's top; the screens below begin under it. Its second line is what to do next."""

    def __init__(self, window: QWidget, pin: str, places: Places | None = None) -> None:
        super().__init__(window)
        self.setObjectName("practice_banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._window, self._pin, self._places, self._next = window, pin, places, ""
        self._said = QLabel(self)
        self._said.setObjectName("practice_said")
        self._step = QLabel(self)
        self._step.setObjectName("practice_next")
        self._walk: QPushButton | None = None
        if places is not None:
            self._walk = self._ways(places)
        window.installEventFilter(self)
        self._place()
        self.show()

    @property
    def text(self) -> str:
        """What stands on it."""
        parts = [tr("LATIHAN: bukan data sungguhan"), tr("PIN semua orang: {pin}").format(pin=self._pin)]
        if self._places is not None:
            parts.append(tr("Anda di {pc}").format(pc=self._places.here))
        return ". ".join(parts)

    def say(self, words: str) -> None:
        """Say what to do next."""
        if words != self._next:
            self._next = words
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as wide as the window and above what is shown, in the look and language that hold."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.ChildAdded, QEvent.Type.Show}:
            self._place()
            QTimer.singleShot(0, self, self.raise_)  # a sheet raises itself once it is made
        return super().eventFilter(watched, event)

    def _ways(self, places: Places) -> QPushButton:
        """One button with the computers one can go to, as a coordinator walks round with the stick."""
        made = QPushButton(self)
        made.setObjectName("practice_walk")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        menu = QMenu(made)
        for number, name in enumerate(places.others):
            line = menu.addAction(name, partial(places.go, name))
            line.setObjectName(f"practice_to_{number}")
        made.clicked.connect(lambda: menu.popup(made.mapToGlobal(made.rect().bottomLeft())))
        return made

    def _place(self) -> None:
        chosen = look()
        ground, words = chosen.colour("warn").name(), chosen.colour("bg").name()
        self.setStyleSheet(
            f"#practice_banner {{ background: {ground}; }}"
            f"QLabel {{ background: transparent; color: {words}; }}"
            f"QPushButton {{ background: {ground}; color: {words}; padding: 0;"
            f" border: 1px solid {words}; border-radius: {sp(_ROUND)}px; }}"
            f"QPushButton:hover, QPushButton:focus {{ background: {words}; color: {ground}; }}"
        )
        strong, plain = chosen.font("strong"), chosen.font("body")
        line, edge, wide = sp(_LINE), sp(_EDGE), self._window.width()
        high = line * (2 if self._next else 1)
        self._window.setContentsMargins(0, high, 0, 0)
        self.setGeometry(0, 0, wide, high)
        room = wide - 2 * edge
        if self._walk is not None and self._places is not None:
            label = tr("Pergi ke…")
            self._walk.setText(label)
            self._walk.setAccessibleName(label)
            self._walk.setFont(strong)
            need, tall = (
                QFontMetrics(strong).horizontalAdvance(label) + 2 * edge,
                min(high - sp(6), sp(_TALL)),
            )
            self._walk.setGeometry(wide - edge - need, (high - tall) // 2, need, tall)
            room = wide - need - 3 * edge
        for shown, text, font, top in (
            (self._said, self.text, strong, 0),
            (self._step, self._next, plain, line),
        ):
            fits = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            shown.setFont(font)
            shown.setText(fits)
            shown.setAccessibleName(text)
            shown.setToolTip(text if fits != text else "")
            shown.setVisible(bool(text))
            shown.setGeometry(edge, top, room, line)
        self.raise_()
