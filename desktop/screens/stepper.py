"""The stepper: numbered places on one road; what is done has a tick, the current place stands out."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from desktop.language import tr
from desktop.screens.arrange import Part, holder, line, mid, row
from desktop.screens.icons import paint_icon
from desktop.screens.style import look, sp
from desktop.screens.text import Elided, label

_TALL = 1.35  # larger letters leave room for one place's words


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


def stepper(places: Sequence[tuple[str, Stage]], *, name: str, icons: Sequence[str] = ()) -> QFrame:
    """A card with the places of a road; with large letters only the current one has its words."""
    tall = look().scale > _TALL
    here = next((at for at, (_words, stage) in enumerate(places) if stage is Stage.HERE), None)
    parts: list[Part] = []
    for at, (words, stage) in enumerate(places):
        if at and not tall:
            rule = line()
            rule.setMinimumWidth(sp(16))
            parts.append((rule, 1))
        parts.append(mid(Dot(at + 1, stage, icons[at] if icons else "")))
        if not tall or at == (len(places) - 1 if here is None else here):
            said = Elided(words, "strong") if tall else label(words, "strong" if at == here else "muted")
            parts.append(mid(said, 1 if tall else 0))
    made = holder(row(*parts, gap=10, margins=(24, 16, 24, 16)), "card", name)
    if here is None:
        made.setAccessibleName(places[-1][0])
    else:
        made.setAccessibleName(
            tr("Langkah {n} dari {m}: {tempat}").format(n=here + 1, m=len(places), tempat=places[here][0])
        )
    return made
