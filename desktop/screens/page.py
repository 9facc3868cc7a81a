"""The page: a header that says where you are, a body that scrolls, and room kept at the margins."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractSlider, QFrame, QScrollArea, QWidget

from desktop.language import tr
from desktop.screens.arrange import Part, column, holder, mid, row
from desktop.screens.button import Button
from desktop.screens.empty import Sign
from desktop.screens.style import look, sp
from desktop.screens.text import Elided, label

MARGIN = 24
_LARGE = 1.35


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


def large() -> bool:
    """Whether letters are so large that what stands side by side goes below each other."""
    return look().scale > _LARGE


def placed(*tools: QWidget) -> tuple[tuple[QWidget, ...], tuple[QWidget, ...]]:
    """Say which of a screen's own buttons go in its head, and which row of them begins its body instead.

    With large letters they would leave no room for the title.
    """
    if not large() or not tools:
        return tools, ()
    return (), (holder(row(*tools, None, gap=8)),)


class Scroll(QScrollArea):
    """A page body that grows with its words and scrolls by keys; never sideways; `gap` px off its bar."""

    def __init__(self, body: QWidget, *, name: str = "scroll", gap: int = 0) -> None:
        super().__init__()
        self.setViewportMargins(0, 0, gap, 0)
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


_MOVES = {
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
}


def scroll_by_key(inside: QWidget, key: int) -> bool:
    """Scroll what can be scrolled inside a screen by a key that nothing wanted; whether there was any."""
    move = next((action for known, action in _MOVES.items() if known == key), None)
    if move is None:
        return False
    for area in inside.findChildren(QScrollArea):
        bar = area.verticalScrollBar()
        if area.isVisible() and bar.maximum() > 0:
            bar.triggerAction(move)
            return True
    return False


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
