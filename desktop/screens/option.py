"""A way to choose among a few: a card with a radio ring, an icon, two lines and perhaps a badge."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen

from desktop.language import tr
from desktop.screens.arrange import column, mid, row
from desktop.screens.card import Target
from desktop.screens.choice import paint_radio
from desktop.screens.icons import Icon
from desktop.screens.slot import Slot
from desktop.screens.style import look, sp
from desktop.screens.text import Elided


class Option(Target):
    """One way among a few; arrows choose it, unless it `asks` a question when chosen."""

    def __init__(self, name: str, icon: str, title: str, about: str, *, asks: bool = False) -> None:
        super().__init__(f"from_{name}", title, radius=10)
        self.setAccessibleDescription(about)
        self.name, self.asks = name, asks
        self._title = title
        self._on = False
        self._icon = Icon(icon, "muted", 24)
        self.badge = Slot()
        words = column(None, Elided(title, "card"), Elided(about, "body", "muted"), None, gap=1)
        self.setLayout(row(mid(self._icon), (words, 1), mid(self.badge), gap=14, margins=(52, 0, 16, 0)))
        self.setFixedHeight(sp(66))

    def mark(self, *, on: bool) -> None:
        """Show whether it is chosen."""
        self._on = on
        self._icon.show_icon(self._icon.shown, "primary" if on else "muted")
        self.setAccessibleName(f"{self._title}, {tr('dipilih')}" if on else self._title)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose the neighbour, as radio buttons do."""
        group = self.window().findChildren(Option)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        other = group[(group.index(self) + step) % len(group)]
        other.setFocus(Qt.FocusReason.TabFocusReason)
        if not other.asks:
            other.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card with a ring; chosen: soft ground and a strong edge."""
        del event
        chosen = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = chosen.colour("primary" if self._on else "edge" if self.underMouse() else "line")
        painter.setPen(QPen(edge, 2 if self._on else chosen.border))
        painter.setBrush(chosen.colour("primary_soft" if self._on else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        side = sp(18)
        paint_radio(painter, QRectF(sp(18), (self.height() - side) / 2, side, side), on=self._on)
        painter.end()
