"""Layouts that give way: side by side where there is room, one under another where there is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QLayoutItem, QSizePolicy, QWidget

from desktop.screens.style import sp

_FREE = 16_777_215  # Qt's word for no greatest width


class Fold(QWidget):
    """Widgets with their stretch, side by side from `fold` px on (at 100 %), below that one under another."""

    def __init__(
        self,
        *parts: tuple[QWidget, int],
        fold: int,
        gap: int = 16,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
    ) -> None:
        super().__init__()
        self._parts, self._fold, self._align = parts, sp(fold), align
        self._box = QHBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(sp(gap))
        for widget, stretch in parts:
            self._box.addWidget(widget, stretch, self._beside(stretch))
        self.setLayout(self._box)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @property
    def folded(self) -> bool:
        """Whether the widgets stand one under another."""
        return self._box.direction() == QBoxLayout.Direction.TopToBottom

    def _beside(self, stretch: int) -> Qt.AlignmentFlag:
        """A part that stretches fills its height where the row has one, else everything is aligned."""
        filled = self._align == Qt.AlignmentFlag.AlignVCenter and stretch
        return Qt.AlignmentFlag(0) if filled else self._align

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest part: that is what folding is for."""
        hint = super().minimumSizeHint()
        widest = max(widget.minimumSizeHint().width() for widget, _stretch in self._parts)
        return QSize(min(hint.width(), widest), hint.height())

    def turned(self, *, folded: bool) -> None:
        """The direction changed; a subclass may give its parts other widths."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        fold = event.size().width() < self._fold
        if fold == self.folded:
            return
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._box.setDirection(down if fold else across)
        for widget, stretch in self._parts:
            whole = stretch or isinstance(self, Beside)
            under = (
                Qt.AlignmentFlag(0) if whole else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
            )
            self._box.setAlignment(widget, under if fold else self._beside(stretch))
        self.turned(folded=fold)
        self.updateGeometry()


class Beside(Fold):
    """Two columns, the right one of a fixed width; one where the window is narrow or the text large."""

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        *,
        right_width: int,
        fold: int = 820,
        gap: int = 16,
        same_height: bool = False,
    ) -> None:
        align = Qt.AlignmentFlag(0) if same_height else Qt.AlignmentFlag.AlignTop
        super().__init__((left, 1), (right, 0), fold=fold, gap=gap, align=align)
        self._right, self._width = right, sp(right_width)
        right.setFixedWidth(self._width)

    def minimumSizeHint(self) -> QSize:
        """The right column's width binds only while it stands at the right."""
        hint = QWidget.minimumSizeHint(self)
        inside = [part.layout() for part, _stretch in self._parts]
        widest = max((layout.minimumSize().width() for layout in inside if layout is not None), default=0)
        return QSize(min(hint.width(), widest), hint.height())

    def turned(self, *, folded: bool) -> None:
        """Let the right part be as wide as the page, or as wide as its column."""
        if folded:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(_FREE)
        else:
            self._right.setFixedWidth(self._width)


class Flow(QLayout):
    """Widgets one after another, going on in the next line like words."""

    def __init__(self, widgets: Sequence[QWidget], *, gap: int = 16, line_gap: int = 4) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap = sp(gap), sp(line_gap)
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's way to add."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """The height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines, px."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """One line."""
        hints = [item.sizeHint() for item in self._items]
        wide = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """The widest of them."""
        hints = [item.minimumSize() for item in self._items]
        return QSize(
            max((hint.width() for hint in hints), default=0),
            max((hint.height() for hint in hints), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:
        """Put them in their places."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def _lay(self, rect: QRect, *, move: bool) -> int:
        x, y, high = rect.x(), rect.y(), 0
        for item in self._items:
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.x() + rect.width():
                x, y, high = rect.x(), y + high + self._line_gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self._gap
            high = max(high, hint.height())
        return y + high - rect.y()
