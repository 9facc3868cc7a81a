"""Rows and columns: one line of code for one line of a screen."""

from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.screens.style import sp

Margins: TypeAlias = tuple[int, int, int, int]
Part: TypeAlias = (
    "QWidget | QLayout | int | tuple[QWidget | QLayout, int] | tuple[QWidget, int, Qt.AlignmentFlag] | None"
)
MIDDLE = Qt.AlignmentFlag.AlignVCenter
TOP = Qt.AlignmentFlag.AlignTop
LEFT = Qt.AlignmentFlag.AlignLeft
NONE: Margins = (0, 0, 0, 0)


def _fill(box: QBoxLayout, parts: tuple[Part, ...], gap: int, margins: Margins) -> None:
    box.setSpacing(0)
    box.setContentsMargins(*(sp(side) for side in margins))
    first = True
    for part in parts:
        if part is None:
            box.addStretch(1)
            continue
        if isinstance(part, int):
            box.addSpacing(sp(part))
            first = True
            continue
        if gap and not first:
            box.addSpacing(sp(gap))
        first = False
        whole = part if isinstance(part, tuple) else (part, 0)
        item = whole[0]
        if isinstance(item, QLayout):
            box.addLayout(item, whole[1])
        elif len(whole) == 3:
            box.addWidget(item, whole[1], whole[2])
        else:
            box.addWidget(item, whole[1])


def row(*parts: Part, gap: int = 8, margins: Margins = NONE) -> QHBoxLayout:
    """Left to right: a widget or layout, `(item, stretch[, alignment])`, px, or None to part them."""
    box = QHBoxLayout()
    _fill(box, parts, gap, margins)
    return box


def column(*parts: Part, gap: int = 8, margins: Margins = NONE) -> QVBoxLayout:
    """Top to bottom, with the same parts as `row`. A number replaces the gap at its place."""
    box = QVBoxLayout()
    _fill(box, parts, gap, margins)
    return box


def mid(widget: QWidget, stretch: int = 0) -> tuple[QWidget, int, Qt.AlignmentFlag]:
    """A widget centred on its row."""
    return (widget, stretch, MIDDLE)


def holder(layout: QLayout, frame: str = "", name: str = "") -> QFrame:
    """A frame around a layout; `frame` is a role of the style sheet (`card`, `flat`, `ok`, `bar`…)."""
    made = QFrame()
    made.setFrameShape(QFrame.Shape.NoFrame)
    if frame:
        made.setProperty("f", frame)
    if name:
        made.setObjectName(name)
    made.setLayout(layout)
    return made


def line(*, upright: bool = False) -> QFrame:
    """A hair line across the card (or down, `upright`)."""
    made = QFrame()
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setProperty("f", "vline" if upright else "line")
    return made
