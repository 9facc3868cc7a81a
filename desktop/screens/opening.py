"""The opening picture: the torch and its rings, painted before the first database is opened."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QRadialGradient

from desktop.screens.logo import paint_logo
from desktop.screens.style import look, sp

_RINGS, _FIRST, _STEP = 13, 70, 48


def paint_rings(painter: QPainter, box: QRectF) -> None:
    """The brand's ground: a glow at the foot and rings of light around it; high contrast has neither."""
    chosen = look()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(box)
    painter.fillRect(box, chosen.colour("rail"))
    if not chosen.contrast:
        middle = QPointF(box.center().x(), box.y() + box.height() * 1.02)
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
    painter.restore()


def paint_opening(painter: QPainter, box: QRectF) -> None:
    """The whole window while nothing is known yet: the ground is dark in every theme, so nothing flashes."""
    paint_rings(painter, box)
    high = sp(96)
    paint_logo(painter, QRectF(box.x(), box.center().y() - high, box.width(), high))
