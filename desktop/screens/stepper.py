"""The stepper: numbered places on one road; what is done has a tick, the current place stands out."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.language import tr
from desktop.screens.arrange import Part, line, mid, row
from desktop.screens.icons import paint_icon
from desktop.screens.style import look, sp
from desktop.screens.text import Elided, label

_TALL = 1.35  # larger letters leave room for one place's words
_GAP, _LEAST = 10, 420


class Stage(Enum):
    """How far something has come."""

    DONE = "reached"
    HERE = "the current place"
    AHEAD = "not yet"


class Dot(QWidget):
    """The round sign of a place: a tick, or its number or icon."""

    def __init__(self, number: int, stage: Stage, icon: str = "") -> None:
        super().__init__()
        self._number, self._stage, self._icon = number, stage, icon
        self.setFixedSize(sp(28), sp(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw with the look in force; in high contrast outlines say what tints say elsewhere."""
        del event
        chosen = look()
        ground, ink = {
            Stage.DONE: ("ok_soft", "ok"),
            Stage.HERE: ("primary", "on_primary"),
            Stage.AHEAD: ("sunken", "muted"),
        }[self._stage]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outlined = chosen.contrast and self._stage is not Stage.HERE
        painter.setPen(QPen(chosen.colour(ink), 1.5) if outlined else Qt.PenStyle.NoPen)
        painter.setBrush(chosen.colour(ground))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawEllipse(box)
        sign = "tick" if self._stage is Stage.DONE else self._icon
        if sign:
            side = sp(16)
            middle = box.center()
            inside = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            paint_icon(painter, sign, inside, chosen.colour(ink))
        else:
            painter.setPen(chosen.colour(ink))
            painter.setFont(chosen.sized(12, 600))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.end()


class _Road(QFrame):
    """The card of a road. Where its words do not fit, only the current place keeps them."""

    def __init__(self, inside: QHBoxLayout, others: Sequence[QWidget]) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("f", "card")
        self._inside, self._others = inside, others
        self.setLayout(inside)

    def minimumSizeHint(self) -> QSize:
        """As narrow as without the words that may go."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), sp(_LEAST)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide or show the words of the other places."""
        super().resizeEvent(event)
        gap = sum(word.sizeHint().width() + sp(_GAP) for word in self._others if word.isHidden())
        narrow = event.size().width() < self._inside.minimumSize().width() + gap
        for word in self._others:
            word.setVisible(not narrow)


def stepper(places: Sequence[tuple[str, Stage]], *, name: str, icons: Sequence[str] = ()) -> QFrame:
    """A card with the places of a road; in large letters or little room only the current one has words."""
    tall = look().scale > _TALL
    here = next((at for at, (_words, stage) in enumerate(places) if stage is Stage.HERE), None)
    parts: list[Part] = []
    others: list[QWidget] = []
    for at, (words, stage) in enumerate(places):
        if at and not tall:
            rule = line()
            rule.setMinimumWidth(sp(16))
            parts.append((rule, 1))
        parts.append(mid(Dot(at + 1, stage, icons[at] if icons else "")))
        if not tall or at == (len(places) - 1 if here is None else here):
            said = Elided(words, "strong") if tall else label(words, "strong" if at == here else "muted")
            parts.append(mid(said, 1 if tall else 0))
            if at != (len(places) - 1 if here is None else here):
                others.append(said)
    made = _Road(row(*parts, gap=_GAP, margins=(24, 16, 24, 16)), others)
    made.setObjectName(name)
    if here is None:
        made.setAccessibleName(places[-1][0])
    else:
        made.setAccessibleName(
            tr("Langkah {n} dari {m}: {tempat}").format(n=here + 1, m=len(places), tempat=places[here][0])
        )
    return made
