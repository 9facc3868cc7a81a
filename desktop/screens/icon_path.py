"""An icon file becomes painter paths: the few SVG words our own icons use, without an SVG engine at start."""

import re
from math import acos, cos, degrees, hypot, radians, sin, sqrt
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

_ELEMENT = re.compile(r"<(path|rect|circle)\s([^>]*?)/?>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")


class Stroke(NamedTuple):
    """One path of an icon on its 24 x 24 field; `width` 0 means the icon's usual stroke."""

    path: QPainterPath
    filled: bool
    width: float


def parse(svg: str) -> tuple[Stroke, ...]:
    """Read `<path>`, `<rect>` and `<circle>` of one of our icon files."""
    strokes = []
    for name, rest in _ELEMENT.findall(svg):
        given = dict(_ATTRIBUTE.findall(rest))
        path = QPainterPath()
        if name == "path":
            _draw(path, given["d"])
        elif name == "rect":
            radius = float(given.get("rx", 0))
            box = QRectF(*(float(given[key]) for key in ("x", "y", "width", "height")))
            path.addRoundedRect(box, radius, radius)
        else:
            radius = float(given["r"])
            path.addEllipse(QPointF(float(given["cx"]), float(given["cy"])), radius, radius)
        strokes.append(Stroke(path, given.get("fill") == "currentColor", float(given.get("stroke-width", 0))))
    return tuple(strokes)


class _Pen:
    """Walks along the letters and numbers of a `d` attribute."""

    def __init__(self, path: QPainterPath, data: str) -> None:
        self.path = path
        self.words = _TOKEN.findall(data)
        self.at = 0
        self.x = self.y = 0.0
        self.handle = (0.0, 0.0)

    def numbers(self, count: int) -> list[float]:
        """The next `count` numbers."""
        taken = [float(word) for word in self.words[self.at : self.at + count]]
        self.at += count
        return taken

    def more(self) -> bool:
        """Whether a number follows (the letter before it is then repeated)."""
        return self.at < len(self.words) and not self.words[self.at].isalpha()

    def point(self, x: float, y: float, *, relative: bool) -> tuple[float, float]:
        """Absolute place of a pair of numbers."""
        return (self.x + x, self.y + y) if relative else (x, y)

    def go(self, x: float, y: float) -> None:
        """Remember where the pen stands."""
        self.x, self.y = x, y

    def step(self, letter: str) -> None:
        """Draw one command with its numbers."""
        small = letter.islower()
        kind = letter.upper()
        if kind == "Z":
            self.path.closeSubpath()
            end = self.path.currentPosition()
            self.go(end.x(), end.y())
        elif kind in "ML":
            self.go(*self.point(*self.numbers(2), relative=small))
            (self.path.moveTo if kind == "M" else self.path.lineTo)(self.x, self.y)
        elif kind == "H":
            self.go(self.numbers(1)[0] + (self.x if small else 0), self.y)
            self.path.lineTo(self.x, self.y)
        elif kind == "V":
            self.go(self.x, self.numbers(1)[0] + (self.y if small else 0))
            self.path.lineTo(self.x, self.y)
        elif kind in "CS":
            self._curve(small=small, smooth=kind == "S")
        elif kind == "A":
            rx, ry, _turn, large, sweep, x, y = self._arc_numbers()
            end_x, end_y = self.point(x, y, relative=small)
            _arc(self.path, self.x, self.y, (rx, ry), large=large, sweep=sweep, end=(end_x, end_y))
            self.go(end_x, end_y)
        else:
            raise ValueError(f"an icon uses the unknown path command {letter}")
        if kind not in "CS":
            self.handle = (self.x, self.y)

    def _curve(self, *, small: bool, smooth: bool) -> None:
        if smooth:
            first = (2 * self.x - self.handle[0], 2 * self.y - self.handle[1])
        else:
            first = self.point(*self.numbers(2), relative=small)
        second = self.point(*self.numbers(2), relative=small)
        end = self.point(*self.numbers(2), relative=small)
        self.path.cubicTo(*first, *second, *end)
        self.go(*end)
        self.handle = second

    def _arc_numbers(self) -> tuple[float, float, float, bool, bool, float, float]:
        rx, ry, turn, large, sweep, x, y = self.numbers(7)
        return rx, ry, turn, bool(large), bool(sweep), x, y


def _draw(path: QPainterPath, data: str) -> None:
    pen = _Pen(path, data)
    while pen.at < len(pen.words):
        letter = pen.words[pen.at]
        pen.at += 1
        pen.step(letter)
        while letter not in "zZ" and pen.more():
            # More pairs after a move are lines (SVG 1.1, 8.3.2).
            letter = {"M": "L", "m": "l"}.get(letter, letter)
            pen.step(letter)


def _arc(
    path: QPainterPath,
    x1: float,
    y1: float,
    radii: tuple[float, float],
    *,
    large: bool,
    sweep: bool,
    end: tuple[float, float],
) -> None:
    """Endpoint form of an unturned elliptical arc to Qt's centre form (SVG 1.1, F.6.5)."""
    x2, y2 = end
    rx, ry = radii
    half_x, half_y = (x1 - x2) / 2, (y1 - y2) / 2
    grow = (half_x / rx) ** 2 + (half_y / ry) ** 2
    if grow > 1:
        rx, ry = rx * sqrt(grow), ry * sqrt(grow)
    below = (rx * half_y) ** 2 + (ry * half_x) ** 2
    factor = sqrt(max(0.0, (rx * ry) ** 2 - below) / below) if below else 0.0
    if large == sweep:
        factor = -factor
    mid_x, mid_y = factor * rx * half_y / ry, -factor * ry * half_x / rx
    centre_x, centre_y = mid_x + (x1 + x2) / 2, mid_y + (y1 + y2) / 2
    ux, uy = (half_x - mid_x) / rx, (half_y - mid_y) / ry
    vx, vy = (-half_x - mid_x) / rx, (-half_y - mid_y) / ry
    start = _angle(1, 0, ux, uy)
    turn = _angle(ux, uy, vx, vy)
    if not sweep and turn > 0:
        turn -= 360
    elif sweep and turn < 0:
        turn += 360
    box = QRectF(centre_x - rx, centre_y - ry, 2 * rx, 2 * ry)
    at_start = (centre_x + rx * cos(radians(start)), centre_y + ry * sin(radians(start)))
    path.lineTo(*at_start)
    path.arcTo(box, -start, -turn)


def _angle(ux: float, uy: float, vx: float, vy: float) -> float:
    length = hypot(ux, uy) * hypot(vx, vy)
    found = degrees(acos(max(-1.0, min(1.0, (ux * vx + uy * vy) / length))))
    return -found if ux * vy - uy * vx < 0 else found
