"""The tiles of sign-in: who learns at this PC, by nickname and initials."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.language import tr
from desktop.screens.avatar import paint_avatar
from desktop.screens.card import Target
from desktop.screens.icons import paint_icon
from desktop.screens.style import look, sp

_WIDE, _HIGH, _LOW, _GAP = 160, 148, 68, 16
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class TileView:
    """One profile of this PC. `about` says when it was last used, in words; `gone` that it was erased."""

    profile: bytes
    nickname: str
    initials: str
    about: str = ""
    gone: bool = False


class Tile(Target):
    """One person; an empty profile is *Orang lain*."""

    def __init__(self, view: TileView) -> None:
        super().__init__(f"tile_{view.initials or 'other'}", view.nickname, radius=10)
        self.setAccessibleDescription(view.about)
        self.view = view
        self.on = False
        self.compact = False

    def mark(self, *, on: bool) -> None:
        """Show that this one is chosen."""
        self.on = on
        self.setAccessibleName(f"{self.view.nickname}, {tr('dipilih')}" if on else self.view.nickname)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the tiles."""
        grid = self.parentWidget()
        if event.key() in _STEPS and isinstance(grid, TileGrid):
            grid.walk(self, _STEPS[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down} and isinstance(grid, TileGrid):
            grid.walk(self, grid.columns() * (1 if event.key() == Qt.Key.Key_Down else -1))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card with initials, nickname and when."""
        del event
        chosen = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = chosen.colour("primary" if self.on else "edge" if self.underMouse() else "line")
        painter.setPen(QPen(edge, 2 if self.on else chosen.border))
        painter.setBrush(chosen.colour("primary_soft" if self.on else "surface"))
        painter.drawRoundedRect(box, 10, 10)
        if self.compact:
            self._low(painter)
        else:
            self._high(painter)
        painter.end()

    def _face(self, painter: QPainter, box: QRectF) -> None:
        chosen = look()
        if self.view.profile:
            ground, ink = ("primary", "on_primary") if self.on else ("primary_soft", "primary")
            paint_avatar(painter, box, self.view.initials, ground, ink)
            return
        painter.setPen(QPen(chosen.colour("edge"), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(2, 2, -2, -2))
        side = box.width() * 0.43
        inside = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        paint_icon(painter, "user-plus", inside, chosen.colour("primary"))

    def _high(self, painter: QPainter) -> None:
        wide = self.width()
        side = sp(56)
        self._face(painter, QRectF((wide - side) / 2, sp(20), side, side))
        self._line(painter, QRectF(8, sp(86), wide - 16, sp(22)), self.view.nickname, (15, 600, "text"))
        self._line(painter, QRectF(8, sp(110), wide - 16, sp(18)), self.view.about, (12, 400, "muted"))
        if self.on:
            badge = QRectF(wide - sp(30), sp(10), sp(20), sp(20))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("primary"))
            painter.drawEllipse(badge)
            paint_icon(painter, "tick", badge.adjusted(3, 3, -3, -3), look().colour("on_primary"), 2.6)

    def _low(self, painter: QPainter) -> None:
        side = sp(40)
        self._face(painter, QRectF(sp(12), (self.height() - side) / 2, side, side))
        left = sp(60)
        room = self.width() - left - 8
        middle = Qt.AlignmentFlag.AlignLeft
        self._line(painter, QRectF(left, sp(14), room, sp(20)), self.view.nickname, (14, 600, "text"), middle)
        self._line(painter, QRectF(left, sp(35), room, sp(18)), self.view.about, (12, 400, "muted"), middle)

    def _line(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        type_: tuple[int, int, str],
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
    ) -> None:
        pixels, weight, ink = type_
        font = look().sized(pixels, weight)
        painter.setFont(font)
        painter.setPen(look().colour(ink))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | align, shown)


class TileGrid(QWidget):
    """Tiles in rows; where one row does not hold them, they become low."""

    def __init__(self, views: Sequence[TileView], choose: Callable[[TileView], None]) -> None:
        super().__init__()
        self.setObjectName("tiles")
        other = TileView(b"", tr("Orang lain"), "", tr("masuk dengan NIP"))
        self.tiles = [Tile(view) for view in (*views, other)]
        for tile in self.tiles:
            tile.setParent(self)
            tile.chosen.connect(lambda view=tile.view: choose(view))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def columns(self) -> int:
        """How many tiles stand in one row."""
        return max(1, (self.width() + sp(_GAP)) // (sp(_WIDE) + sp(_GAP)))

    def mark(self, profile: bytes) -> None:
        """Show which one is chosen."""
        for tile in self.tiles:
            tile.mark(on=bool(profile) and tile.view.profile == profile)

    def walk(self, tile: Tile, step: int) -> None:
        """Move the focus."""
        at = self.tiles.index(tile) + step
        if 0 <= at < len(self.tiles):
            self.tiles[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _height(self, width: int) -> int:
        columns = max(1, (width + sp(_GAP)) // (sp(_WIDE) + sp(_GAP)))
        rows = -(-len(self.tiles) // columns)
        high = sp(_HIGH) if rows == 1 else sp(_LOW)
        return rows * high + (rows - 1) * sp(12)

    def hasHeightForWidth(self) -> bool:
        """The height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all rows, px."""
        return self._height(width)

    def sizeHint(self) -> QSize:
        """One row of four."""
        return QSize(4 * sp(_WIDE) + 3 * sp(_GAP), self._height(max(self.width(), 4 * sp(_WIDE + _GAP))))

    def minimumSizeHint(self) -> QSize:
        """At least one tile."""
        return QSize(sp(_WIDE), sp(_LOW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the tiles out."""
        super().resizeEvent(event)
        columns = self.columns()
        low = len(self.tiles) > columns
        high, gap = (sp(_LOW), sp(12)) if low else (sp(_HIGH), sp(_GAP))
        wide = (self.width() - (columns - 1) * sp(_GAP)) // columns if low else sp(_WIDE)
        for number, tile in enumerate(self.tiles):
            down, across = divmod(number, columns)
            tile.compact = low
            tile.setGeometry(QRect(across * (wide + sp(_GAP)), down * (high + gap), wide, high))
        wanted = self._height(event.size().width())
        if self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)
