"""The left panel of first run, sign-in and lock: the torch and its rings of light."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRadialGradient, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.language import tr
from desktop.screens.arrange import Part, column, mid, row
from desktop.screens.icons import Icon
from desktop.screens.logo import Logo
from desktop.screens.style import look, sp
from desktop.screens.text import Elided, label

_RINGS, _FIRST, _STEP = 13, 70, 48
NARROW = 1000  # under this window width the panel gives room to the form


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
        """Take less of a narrow window."""
        room = window_width - sp(640)
        self.setFixedWidth(
            max(sp(240), min(sp(self._wide), room, sp(260) if window_width < NARROW else 9999))
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, glow and rings."""
        del event
        chosen = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.fillRect(box, chosen.colour("rail"))
        if not chosen.contrast:
            middle = QPointF(box.width() / 2, box.height() * 1.02)
            glow = QRadialGradient(middle, 560)
            glow.setColorAt(0, chosen.colour("brand_glow"))
            glow.setColorAt(0.55, chosen.colour("brand_mid"))
            glow.setColorAt(1, chosen.colour("rail"))
            painter.fillRect(box, glow)
            for ring in range(_RINGS):
                ink = QColor(chosen.colour("ember"))
                ink.setAlphaF(max(0.03, 0.30 - ring * 0.024))
                painter.setPen(QPen(ink, 1.25))
                radius = _FIRST + ring * _STEP
                painter.drawEllipse(middle, radius, radius)
        else:
            painter.fillRect(QRectF(box.width() - 2, 0, 2, box.height()), chosen.colour("line"))
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
