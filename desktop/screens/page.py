"""The page: a header that says where you are, a body that scrolls, and room kept at the margins."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.empty import Sign
from desktop.screens.style import sp
from desktop.screens.text import Elided, label

MARGIN = 24


class Head(QFrame):
    """The head of a screen; when it comes on screen, the shell puts *Ganti pengguna* at its right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setFrameShape(QFrame.Shape.NoFrame)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the window dress it."""
        super().showEvent(event)
        dress = getattr(self.window(), "dress", None)
        if callable(dress):
            dress(self)


def header(
    title: str,
    subtitle: str = "",
    *right: QWidget,
    over: str = "",
    back: Callable[[], None] | None = None,
    bar: bool = False,
) -> QFrame:
    """The head of a screen: title, a line under it (or `over` it), a way back, and its buttons.

    The shell adds *Ganti pengguna* at the far right, so a screen does not. `bar` gives it the ground and the
    line of a reading room.
    """
    words: list[Part] = [None]
    if over:
        words.append(Elided(over, "caption", "muted"))
    words.append(Elided(title, "title" if over else "display"))
    if subtitle:
        words.append(Elided(subtitle, "body", "muted"))
    words.append(None)
    parts: list[Part] = []
    if back is not None:
        button = Button(tr("Kembali"), "icon", "left", name="back")
        button.clicked.connect(back)
        parts += [mid(button), 6]
    parts.append((column(*words, gap=2), 1))
    parts += [mid(widget) for widget in right]
    left = MARGIN if back is None else MARGIN - 10
    made = Head()
    if bar:
        made.setProperty("f", "bar")
    made.setLayout(row(*parts, gap=8, margins=(left, 0, MARGIN, 0)))
    made.setFixedHeight(sp(80 if subtitle and not over else 64))
    return made


class Scroll(QScrollArea):
    """A page body that grows with its words and scrolls by keys; never sideways."""

    def __init__(self, body: QWidget, *, name: str = "scroll") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body.setObjectName(body.objectName() or "page")
        self._inside = body
        self.setWidget(body)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Bring what Tab reaches into view."""
        moved = super().focusNextPrevChild(forward)
        focused = self.focusWidget()
        if moved and focused is not None and self._inside.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, 24, 24)
        return moved


def body(
    *parts: Part, gap: int = 16, margins: tuple[int, int, int, int] = (MARGIN, 0, MARGIN, MARGIN)
) -> QWidget:
    """The parts of a page in a column on the page's ground."""
    made = QWidget()
    made.setObjectName("page")
    made.setLayout(column(*parts, gap=gap, margins=margins))
    return made


def page(head: QWidget | None, inside: QWidget, *under: QWidget, name: str) -> QWidget:
    """A whole screen: its head, its scrolling body, and bars fixed under it."""
    made = QWidget()
    made.setObjectName(name)
    parts: list[Part] = [] if head is None else [head]
    parts.append((Scroll(inside), 1))
    parts += list(under)
    made.setLayout(column(*parts, gap=0))
    return made


class Beside(QWidget):
    """Two columns that become one below `fold` px, so that large text and small screens still read."""

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
        super().__init__()
        self._align = Qt.AlignmentFlag(0) if same_height else Qt.AlignmentFlag.AlignTop
        self._left, self._right = left, right
        self._width, self._fold, self._gap = sp(right_width), sp(fold), sp(gap)
        self._box = QHBoxLayout()
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(self._gap)
        self._box.addWidget(left, 1, self._align)
        self._box.addWidget(right, 0, self._align)
        self.setLayout(self._box)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._right.setFixedWidth(self._width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        direction = self._box.direction()
        wanted = direction.TopToBottom if event.size().width() < self._fold else direction.LeftToRight
        if wanted != direction:
            self._box.setDirection(wanted)
            if wanted == direction.TopToBottom:
                self._right.setMinimumWidth(0)
                self._right.setMaximumWidth(16_777_215)
                self._box.setAlignment(self._right, Qt.AlignmentFlag(0))
                self._box.setAlignment(self._left, Qt.AlignmentFlag(0))
            else:
                self._right.setFixedWidth(self._width)
                self._box.setAlignment(self._right, self._align)
                self._box.setAlignment(self._left, self._align)
            self.updateGeometry()


def rows(*widgets: QWidget, gap: int = 8) -> QWidget:
    """Widgets one under another, as one widget."""
    return holder(column(*widgets, gap=gap))


def empty(icon: str, title: str, text: str, *buttons: QWidget, name: str = "empty") -> QWidget:
    """An empty state: a drawn sign, the reason, and one button that leads on."""
    centred = Qt.AlignmentFlag.AlignHCenter
    head = label(title, "title")
    words = label(text, wrap=True)
    words.setAlignment(centred)
    words.setFixedWidth(sp(420))
    words.ensurePolished()
    words.setMinimumHeight(words.heightForWidth(sp(420)))  # a centred label is not asked for it by its layout
    parts: list[Part] = [None, (Sign(icon), 0, centred), 20, (head, 0, centred), 6, (words, 0, centred)]
    for button in buttons:
        parts += [16, (button, 0, centred)]
    made = holder(column(*parts, None, gap=0), "", name)
    made.setAccessibleName(f"{title}. {text}")
    return made


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def chips(choices: Sequence[Button]) -> None:
    """Make chips exclusive: one is always on."""
    for chip in choices:
        chip.setAutoExclusive(True)
