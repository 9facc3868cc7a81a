"""Choices: combo and number boxes, check boxes and radio buttons, every part painted from the tokens."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QListView, QRadioButton, QSpinBox

from desktop.screens.icons import paint_icon
from desktop.screens.style import look, sp


class Combo(QComboBox):
    """A choice of a few; `items` are (value, words). The wheel scrolls the page, never the value."""

    def __init__(self, items: Sequence[tuple[str, str]], *, name: str, words: str, width: int = 0) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setView(QListView())
        for value, shown in items:
            self.addItem(shown, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if width:
            self.setFixedWidth(sp(width))

    def value(self) -> str:
        """The chosen value."""
        return str(self.currentData())

    def choose(self, value: str) -> None:
        """Choose by value; one that is not offered changes nothing."""
        at = self.findData(value)
        if at >= 0:
            self.setCurrentIndex(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style draws box and words, we draw the arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = sp(16)
        box = QRectF(self.width() - 17 - side / 2, (self.height() - side) / 2, side, side)
        paint_icon(painter, "down", box, look().colour("muted"), 2.1)
        painter.end()


class NumberBox(QSpinBox):
    """A whole number from 0 to `most`, typed or stepped. The wheel scrolls the page, never the number."""

    def __init__(self, most: int, value: int, *, name: str, words: str, width: int = 0) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setRange(0, most)
        self.setValue(value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(sp(10), 0, 0, 0)
        if width:
            self.setFixedWidth(sp(width))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: a mark changes only where somebody means it."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style draws box and digits, we draw the two arrows; one that leads nowhere is faint."""
        super().paintEvent(event)
        painter, side, can = QPainter(self), sp(14), self.stepEnabled()
        ways = QAbstractSpinBox.StepEnabledFlag
        left, half = self.width() - 17 - side / 2, self.height() / 2
        for icon, way, top in (("up", ways.StepUpEnabled, half - side), ("down", ways.StepDownEnabled, half)):
            colour = look().colour("muted" if way in can and self.isEnabled() else "line")
            paint_icon(painter, icon, QRectF(left, top, side, side), colour, 2.1)
        painter.end()


def _ground(painter: QPainter, box: QRectF, *, on: bool, enabled: bool, radius: float) -> None:
    chosen = look()
    pen = QPen(chosen.colour("primary" if on and enabled else "edge" if enabled else "line"), 1)
    if not enabled and chosen.contrast:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(chosen.colour("surface" if enabled else "sunken"))
    painter.drawRoundedRect(box, radius, radius)


class Check(QCheckBox):
    """A check box of 18 px with its own tick."""

    def __init__(self, words: str, *, name: str, on: bool = False) -> None:
        super().__init__(words.replace("&", "&&"))
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setChecked(on)

    def sizeHint(self) -> QSize:
        """Room for indicator, gap and words, 36 px high."""
        words = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        return QSize(words + sp(18) + sp(10) + 8, sp(36))

    def hitButton(self, pos: object) -> bool:
        """Words and box are one target."""
        return self.rect().contains(pos)  # type: ignore[call-overload,no-any-return]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, tick, words."""
        del event
        chosen = look()
        side = sp(18)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2.5, (self.height() - side) / 2 + 0.5, side - 1, side - 1)
        state = self.checkState()
        _ground(painter, box, on=state != Qt.CheckState.Unchecked, enabled=self.isEnabled(), radius=4)
        if state != Qt.CheckState.Unchecked:
            painter.setBrush(chosen.colour("primary" if self.isEnabled() else "edge"))
            painter.drawRoundedRect(box, 4, 4)
            inside = box.adjusted(2, 2, -2, -2)
            if state == Qt.CheckState.Checked:
                paint_icon(painter, "tick", inside, chosen.colour("on_primary"), 3.2)
            else:
                painter.setPen(QPen(chosen.colour("on_primary"), 2.2))
                middle = inside.center().y()
                painter.drawLine(QPointF(inside.left() + 1, middle), QPointF(inside.right() - 1, middle))
        _words(painter, self, side)
        painter.end()


class Radio(QRadioButton):
    """A radio button of 18 px with its own dot."""

    def __init__(self, words: str, *, name: str, on: bool = False) -> None:
        super().__init__(words.replace("&", "&&"))
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setChecked(on)

    def sizeHint(self) -> QSize:
        """Room for indicator, gap and words, 36 px high."""
        words = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        return QSize(words + sp(18) + sp(10) + 8, sp(36))

    def hitButton(self, pos: object) -> bool:
        """Words and ring are one target."""
        return self.rect().contains(pos)  # type: ignore[call-overload,no-any-return]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring, dot, words."""
        del event
        side = sp(18)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2.5, (self.height() - side) / 2 + 0.5, side - 1, side - 1)
        paint_radio(painter, box, on=self.isChecked(), enabled=self.isEnabled())
        _words(painter, self, side)
        painter.end()


def paint_radio(painter: QPainter, box: QRectF, *, on: bool, enabled: bool = True) -> None:
    """The ring of a radio button, with its dot when chosen."""
    _ground(painter, box, on=on, enabled=enabled, radius=box.width() / 2)
    if on:
        inside = box.adjusted(
            box.width() * 0.27, box.width() * 0.27, -box.width() * 0.27, -box.width() * 0.27
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("primary" if enabled else "edge"))
        painter.drawEllipse(inside)


def _words(painter: QPainter, button: QCheckBox | QRadioButton, side: int) -> None:
    painter.setPen(look().colour("text" if button.isEnabled() else "muted"))
    painter.setFont(button.font())
    where = button.rect().adjusted(side + sp(10) + 2, 0, 0, 0)
    painter.drawText(
        where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, button.text().replace("&&", "&")
    )
