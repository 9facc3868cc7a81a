"""Key caps: the keys that work here, drawn as keys, for a foot line and before each option."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from desktop.screens.arrange import Part, holder, mid, row
from desktop.screens.style import look, sp
from desktop.screens.text import label


def paint_cap(painter: QPainter, box: QRectF, words: str, *, on: bool = False) -> None:
    """Draw one key; `on` is the key of what is chosen."""
    chosen = look()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(chosen.colour("primary" if on else "edge"), 1))
    painter.setBrush(chosen.colour("primary" if on else "surface"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.setFont(chosen.sized(12, 600))
    painter.setPen(chosen.colour("on_primary" if on else "muted"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


class KeyCap(QWidget):
    """One key as a small widget; `wide` gives it a fixed width before options."""

    def __init__(self, words: str, *, wide: int = 0) -> None:
        super().__init__()
        self._words = words
        self._on = False
        advance = QFontMetricsF(look().sized(12, 600)).horizontalAdvance(words)
        self.setFixedSize(QSize(sp(wide) if wide else round(advance) + sp(14), sp(24)))

    def set_words(self, words: str) -> None:
        """Show another key in the same room."""
        self._words = words
        self.update()

    def set_on(self, *, on: bool) -> None:
        """Fill it, because what it stands for is chosen."""
        self._on = on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw with the look in force."""
        del event
        painter = QPainter(self)
        paint_cap(painter, QRectF(self.rect()), self._words, on=self._on)
        painter.end()


class KeyRoom(QFrame):
    """The place of a key line in a foot: it never pushes the buttons, and hides where its keys do not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("keyRoom")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLayout(row(gap=0))
        self.setMinimumWidth(1)  # else its keys would set the least width of the window
        self._line: QFrame | None = None
        self._room = 0

    def show_keys(self, line: QFrame) -> None:
        """Show another line of keys."""
        layout = self.layout()
        if self._line is not None:
            self._line.hide()
            self._line.deleteLater()
        self._line = line
        if layout is not None:
            layout.addWidget(line)
        self.fit(self._room)

    def fit(self, room: int) -> None:
        """Say how many px there are for the keys."""
        self._room = room
        self.setVisible(self._line is not None and self._line.sizeHint().width() <= room)


def key_line(*hints: tuple[tuple[str, ...], str]) -> QFrame:
    """Keys and what they do, in one line: `(("1", "2"), "pilih")`."""
    parts: list[Part] = []
    for number, (keys, words) in enumerate(hints):
        if number:
            parts.append(14)
        parts += [mid(KeyCap(key)) for key in keys]
        parts.append(mid(label(words, "caption")))
    made = holder(row(*parts, gap=6), name="keys")
    made.setAccessibleName(", ".join(f"{' '.join(keys)}: {words}" for keys, words in hints))
    return made
