"""Cards: a surface with a title, rows that are one target each, and a foot."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop.screens.arrange import Part, column, holder, line, mid, row
from desktop.screens.icons import Icon
from desktop.screens.style import look, sp
from desktop.screens.text import Elided, label


def card(*parts: Part, gap: int = 8, margins: tuple[int, int, int, int] = (20, 16, 20, 16)) -> QFrame:
    """A surface with an edge and its parts in a column."""
    return holder(column(*parts, gap=gap, margins=margins), "card")


class Target(QWidget):
    """A row or card that is one target: click, Enter or Space; hover and focus are painted."""

    chosen = Signal()

    def __init__(self, name: str, words: str, *, radius: float = 0) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", radius or 4)
        self._radius = radius
        self._down = False

    def click(self) -> None:
        """Choose it, as a mouse or a key would."""
        if self.isEnabled():
            self.chosen.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press."""
        self._down = event.button() == Qt.MouseButton.LeftButton
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Release inside chooses."""
        inside = self.rect().contains(event.position().toPoint())
        was, self._down = self._down, False
        self.update()
        if was and inside:
            self.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose; up and down walk to the neighbours."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.click()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hover ground; the focus ring is drawn by the window's overlay."""
        del event
        if not (self.underMouse() and self.isEnabled()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("sunken"))
        box = QRectF(self.rect())
        painter.drawRoundedRect(box, self._radius, self._radius)
        painter.end()


class ListRow(Target):
    """A row of a list card: icon, what, a line about it, a pill, and the chevron that says it opens."""

    def __init__(
        self,
        icon: str,
        title: str,
        about: str,
        on_choose: Callable[[], None] | None,
        *,
        name: str,
        tint: str = "primary",
        right: QWidget | None = None,
        height: int = 64,
    ) -> None:
        super().__init__(name, f"{title}. {about}" if about else title)
        words: list[Part] = [None, Elided(title, "strong")]
        if about:
            words.append(Elided(about, "caption", "muted"))
        parts: list[Part] = [mid(Icon(icon, tint)), (column(*words, None, gap=1), 1)]
        if right is not None:
            parts.append(mid(right))
        if on_choose is not None:
            parts.append(mid(Icon("right", "muted", 20)))
            self.chosen.connect(on_choose)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setCursor(Qt.CursorShape.ArrowCursor)
            self.setEnabled(False)
        self.setLayout(row(*parts, gap=14, margins=(20, 0, 14, 0)))
        self.setFixedHeight(sp(height))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def list_card(
    title: str, rows: Sequence[QWidget], *, right: QWidget | None = None, foot: QWidget | None = None
) -> QFrame:
    """A card with a head, rows parted by hair lines, and perhaps a button at the foot."""
    heading: list[Part] = [mid(label(title, "card")), None]
    if right is not None:
        heading.append(mid(right))
    head = holder(row(*heading, margins=(20, 0, 12, 0)))
    head.setFixedHeight(sp(48))
    parts: list[Part] = [head]
    for entry in rows:
        parts += [line(), entry]
    if foot is not None:
        quiet = foot.property("b") == "quiet"
        inset = 12 if quiet else 20
        under = holder(row(mid(foot), None, margins=(inset, 0, inset, 0)))
        under.setFixedHeight(sp(48 if quiet else 60))
        parts += [line(), under]
    made = card(*parts, gap=0, margins=(0, 0, 0, 0))
    made.setAccessibleName(title)
    return made
