"""The left panel of first run, sign-in and lock: the torch and its rings of light."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.language import tr
from desktop.screens.arrange import Part, column, mid, row
from desktop.screens.icons import Icon
from desktop.screens.logo import Logo
from desktop.screens.opening import paint_rings
from desktop.screens.style import look, sp
from desktop.screens.text import Elided, label

FORM = 640  # what the form beside the panel wants, px at 100 %
NARROWEST = 820  # a narrower window has no panel


class Brand(QWidget):
    """The panel; its own words come as parts under the name of the app."""

    def __init__(self, *parts: Part, width: int = 384, logo: int = 66) -> None:
        super().__init__()
        self.setObjectName("brand")
        self._wide = width
        side = 48 if width > 340 else 32
        slogan = label(tr("Belajar di kantor mana pun, dengan atau tanpa internet."), "rail_title", wrap=True)
        words: list[Part] = [
            (Logo(logo), 0, Qt.AlignmentFlag.AlignLeft),
            20,
            label("Suluh", "rail_hero"),
            4,
            slogan,
        ]
        self.setLayout(column(*words, *parts, gap=0, margins=(side, 56, side, 32)))
        self.fit(START_WIDTH)

    def fit(self, window_width: int) -> None:
        """Take less of a narrow window, and nothing where the text is large: the form needs the room."""
        if self.parentWidget() is not None:  # without a parent it would open a window of its own
            self.setVisible(window_width >= sp(NARROWEST))
        self.setFixedWidth(max(sp(220), min(sp(self._wide), window_width - sp(FORM))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, glow and rings."""
        del event
        painter = QPainter(self)
        paint_rings(painter, QRectF(self.rect()))
        if look().contrast:
            painter.fillRect(QRectF(self.width() - 2, 0, 2, self.height()), look().colour("line"))
        painter.end()


START_WIDTH = 1366


def place_lines(pc: str, office: str) -> tuple[Part, ...]:
    """Which PC and which office this is, for the foot of the panel."""
    made: list[Part] = []
    if pc:
        made += [
            row(mid(Icon("computer", "rail_on", 20)), mid(Elided(pc, "strong", "rail_strong"), 1), gap=8)
        ]
    if office:
        made += [6, row(mid(Icon("office", "rail_on", 20)), mid(Elided(office, "body", "rail_on"), 1), gap=8)]
    return tuple(made)


class Alone(QWidget):
    """A screen with the brand panel at its left: panel and form, sized together."""

    def __init__(self, brand: Brand, form: QWidget) -> None:
        super().__init__()
        self._brand = brand
        self.setLayout(row(brand, (form, 1), gap=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the panel give way on narrow windows and at large text."""
        super().resizeEvent(event)
        self._brand.fit(event.size().width())
