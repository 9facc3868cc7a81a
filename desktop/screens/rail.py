"""The rail: the rooms a person has, the torch above, help and *Menu saya* below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.language import tr
from desktop.screens.avatar import paint_avatar
from desktop.screens.card import Target
from desktop.screens.icons import paint_icon
from desktop.screens.logo import paint_logo
from desktop.screens.style import look

WIDTH = 104
_LOW = 620  # under this height, items are 50 px instead of 60
_MOST = 1.4  # beyond this text scale a larger rail would push the page away


def _px(pixels: float) -> int:
    return round(pixels * min(look().scale, _MOST))


class RailPlace(NamedTuple):
    """One room on the rail."""

    name: str
    words: str
    icon: str


class RailItem(Target):
    """A room, help or the person's menu; the current one has the ember mark."""

    def __init__(self, place: RailPlace, initials: str = "") -> None:
        super().__init__(f"rail_{place.name}", place.words, radius=8)
        self.place = place
        self._initials = initials
        self._current = False
        self.setProperty("on_rail", True)
        self.setToolTip("")

    @property
    def current(self) -> bool:
        """Whether this is where the person is."""
        return self._current

    def mark(self, *, current: bool) -> None:
        """Put or take the ember mark."""
        self._current = current
        here = tr("Anda di sini") if current else ""
        self.setAccessibleDescription(here)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk the rail."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            rail = self.parentWidget()
            if isinstance(rail, Rail):
                rail.walk(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground of the current place, ember mark, icon or initials, words."""
        del event
        chosen = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, high = self.width(), self.height()
        if self._current or self.underMouse():
            framed = chosen.contrast and self._current
            painter.setPen(QPen(chosen.colour("ember"), 2) if framed else Qt.PenStyle.NoPen)
            painter.setBrush(chosen.colour("rail_current"))
            painter.drawRoundedRect(QRectF(6, 2, wide - 12, high - 4), 8, 8)
        if self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(chosen.colour("ember"))
            painter.drawRoundedRect(QRectF(0, 12, 4, high - 24), 2, 2)
        ink = "rail_strong" if self._current else "rail_on"
        top = (high - _px(44)) / 2
        if self._initials:
            side = _px(26)
            paint_avatar(
                painter,
                QRectF((wide - side) / 2, top - 1, side, side),
                self._initials,
                "rail_current",
                "rail_strong",
            )
        else:
            side = _px(24)
            paint_icon(
                painter, self.place.icon, QRectF((wide - side) / 2, top, side, side), chosen.colour(ink)
            )
        font = chosen.sized(12, 600 if self._current else 400)
        font.setPixelSize(_px(12))
        painter.setFont(font)
        painter.setPen(chosen.colour(ink))
        words = QFontMetricsF(font).elidedText(self.place.words, Qt.TextElideMode.ElideRight, wide - 4)
        painter.drawText(QRectF(0, top + _px(26), wide, _px(18)), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()


class Rail(QWidget):
    """The rail of one signed-in person."""

    def __init__(
        self,
        places: Sequence[RailPlace],
        initials: str,
        go: Callable[[str], None],
        help_: Callable[[], None],
        menu: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAccessibleName(tr("Ruang"))
        self.setFixedWidth(_px(WIDTH))
        self._rooms = [RailItem(place) for place in places]
        for item in self._rooms:
            name = item.place.name
            item.chosen.connect(lambda name=name: go(name))
        self._help = RailItem(RailPlace("help", tr("Bantuan"), "help"))
        self._help.setToolTip("F1")
        self._help.chosen.connect(help_)
        self.menu_item = RailItem(RailPlace("menu", tr("Menu saya"), "user"), initials)
        self.menu_item.chosen.connect(menu)
        for item in (*self._rooms, self._help, self.menu_item):
            item.setParent(self)

    def items(self) -> tuple[RailItem, ...]:
        """All items from top to bottom."""
        return (*self._rooms, self._help, self.menu_item)

    def show_current(self, name: str) -> None:
        """Mark the room with this name; one that is not on the rail (Setelan) marks *Menu saya*."""
        known = any(item.place.name == name for item in self._rooms)
        for item in self._rooms:
            item.mark(current=item.place.name == name)
        self.menu_item.mark(current=not known and bool(name))

    def walk(self, item: RailItem, step: int) -> None:
        """Move the focus up or down."""
        items = self.items()
        at = (items.index(item) + step) % len(items)
        items[at].setFocus(Qt.FocusReason.TabFocusReason)

    def focus_current(self) -> None:
        """Focus the place where the person is."""
        chosen = next((item for item in self.items() if item.current), self.items()[0])
        chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the items out; low windows get lower items."""
        super().resizeEvent(event)
        low = self.height() < _px(_LOW)
        high = _px(50 if low else 60)
        top = _px(50 if low else 70)
        for item in self._rooms:
            item.setGeometry(QRect(0, top, self.width(), high))
            top += high
        under = self.height() - _px(6) - 2 * high
        self._help.setGeometry(QRect(0, max(top, under), self.width(), high))
        self.menu_item.setGeometry(QRect(0, max(top + high, under + high), self.width(), high))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rail's ground and the torch."""
        del event
        chosen = look()
        painter = QPainter(self)
        painter.fillRect(self.rect(), chosen.colour("rail"))
        if chosen.theme.value != "light":
            painter.fillRect(QRect(self.width() - 1, 0, 1, self.height()), chosen.colour("line"))
        low = self.height() < _px(_LOW)
        high = _px(30 if low else 36)
        paint_logo(painter, QRectF(0, _px(12 if low else 18), self.width(), high))
        painter.end()
