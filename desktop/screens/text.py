"""Text on the glass: labels by role, so that no screen names a font or a colour."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.screens.style import look

READING_WIDTH = 560  # 68 characters at 16 px


def label(text: str, role: str = "body", *, wrap: bool = False, name: str = "") -> QLabel:
    """A plain-text label in one of the roles of the style sheet (`display`, `muted`, `ok_caption`…)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("t", role)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    if name:
        made.setObjectName(name)
    return made


def set_role(made: QLabel, role: str) -> None:
    """Change a label's role after it was built."""
    if made.property("t") != role:
        made.setProperty("t", role)
        made.style().unpolish(made)
        made.style().polish(made)


def tip(words: str) -> str:
    """Words as a tool tip that shows them as they are.

    Qt takes a tool tip for HTML when it looks like it, and fetches its pictures, from a share of the network
    too; the name of a computer, say, was typed by anybody.
    """
    if "<" not in words:
        return words
    return f'<span style="white-space: pre-wrap">{escape(words)}</span>'


class Elided(QWidget):
    """One line that ends in an ellipsis instead of pushing its neighbours; the whole text is its tool tip."""

    def __init__(self, text: str, role: str = "body", colour: str = "text", least: int = 40) -> None:
        super().__init__()
        self._text, self._colour = text, colour
        self._font = look().font(role)
        self.setAccessibleName(text)
        metrics = QFontMetricsF(self._font)
        self.setFixedHeight(round(metrics.height()) + 2)
        self.setMinimumWidth(min(least, round(metrics.horizontalAdvance(text)) + 2))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The whole text, however much of it shows."""
        return self._text

    def wanted(self) -> int:
        """The width at which nothing is hidden, px."""
        return round(QFontMetricsF(self._font).horizontalAdvance(self._text)) + 2

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self._remember()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as a tool tip only where some of it is hidden."""
        super().resizeEvent(event)
        self._remember()

    def _remember(self) -> None:
        hidden = QFontMetricsF(self._font).horizontalAdvance(self._text) > self.width()
        self.setToolTip(tip(self._text) if hidden else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, cut at the width there is."""
        del event
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(look().colour(self._colour))
        shown = QFontMetricsF(self._font).elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()
