"""A small SVG sheet of boxes, arrows and words, kept to what Qt's SVG Tiny renderer paints."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

FAMILY = "Noto Sans"
INK = "#17211F"
MUTED = "#52605C"
EDGE = "#7A8782"


class Tone(Enum):
    """Ground and edge of a box. Meaning is always in the words too, so the sheet reads in grey."""

    PLAIN = ("#FFFFFF", "#7A8782")
    SOFT = ("#DCEDEA", "#0B5C56")
    DEEP = ("#0B5C56", "#0B5C56")
    WARM = ("#FDF0DA", "#8A4B00")
    BLUE = ("#E2EDF8", "#1F5A96")
    RED = ("#FBE6E3", "#A8261C")
    SUNKEN = ("#ECEEE9", "#7A8782")


@lru_cache(maxsize=1)
def _font_ready() -> bool:
    """Load the bundled Noto Sans so that widths are measured with the face that paints them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QFontDatabase, QGuiApplication  # noqa: PLC0415  # only the author needs Qt

    _keep.append(QGuiApplication.instance() or QGuiApplication([]))
    fonts = Path(__file__).resolve().parents[2] / "fonts"
    loaded = [QFontDatabase.addApplicationFont(str(file)) for file in sorted(fonts.glob("*.ttf"))]
    return bool(loaded) and min(loaded) >= 0


_keep: list[object] = []


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line in SVG units."""
    _font_ready()
    from PySide6.QtGui import QFont, QFontMetricsF  # noqa: PLC0415  # as above

    font = QFont(FAMILY)
    font.setPixelSize(100)
    font.setBold(bold)
    return QFontMetricsF(font).horizontalAdvance(text) * size / 100


@dataclass(slots=True)
class Sheet:
    """One figure: a white card with words and shapes, sizes in SVG units (1 unit = 1 px at 100 %)."""

    title: str
    height: int
    width: int = 680
    parts: list[str] = field(default_factory=list)

    def words(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 14,
        bold: bool = False,
        colour: str = INK,
        anchor: str = "start",
        room: float | None = None,
    ) -> None:
        """Write one line with its baseline at y; ValueError if it is wider than `room`."""
        if room is not None and _font_ready() and text_width(text, size, bold=bold) > room:
            raise ValueError(
                f"{self.title}: '{text}' needs {text_width(text, size, bold=bold):.0f} of {room:.0f}"
            )
        weight = ' font-weight="bold"' if bold else ""
        self.parts.append(
            f'<text x="{x:g}" y="{y:g}" font-family="{FAMILY}" font-size="{size:g}"{weight} '
            f'fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'
        )

    def rect(
        self, x: float, y: float, w: float, h: float, tone: Tone = Tone.PLAIN, *, radius: float = 6
    ) -> None:
        """Draw a rounded rectangle in a tone."""
        ground, edge = tone.value
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{radius:g}" ry="{radius:g}" '
            f'fill="{ground}" stroke="{edge}" stroke-width="1.5"/>'
        )

    def box(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        head: str,
        lines: Iterable[str] = (),
        tone: Tone = Tone.PLAIN,
        *,
        size: float = 14,
        left: bool = False,
    ) -> None:
        """Draw a box with a bold head and small lines under it, together centred in height."""
        self.rect(x, y, w, h, tone)
        rows = tuple(lines)
        small = size - 1.5
        step = small * 1.4
        block = size + len(rows) * step
        base = y + (h - block) / 2 + size * 0.86
        colour = "#FFFFFF" if tone is Tone.DEEP else INK
        place = x + 12 if left else x + w / 2
        anchor = "start" if left else "middle"
        self.words(place, base, head, size=size, bold=True, colour=colour, anchor=anchor, room=w - 12)
        quiet = "#FFFFFF" if tone is Tone.DEEP else MUTED
        for number, row in enumerate(rows, start=1):
            self.words(place, base + number * step, row, size=small, colour=quiet, anchor=anchor, room=w - 12)

    def badge(self, x: float, y: float, text: str, *, radius: float = 13, tone: Tone = Tone.DEEP) -> None:
        """Draw a number in a disc whose centre is at x, y."""
        ground, edge = tone.value
        colour = "#FFFFFF" if tone is Tone.DEEP else INK
        self.parts.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" '
            f'fill="{ground}" stroke="{edge}" stroke-width="1.5"/>'
        )
        self.words(x, y + 4.8, text, size=13, bold=True, colour=colour, anchor="middle")

    def line(
        self, points: Iterable[tuple[float, float]], *, dashed: bool = False, colour: str = EDGE
    ) -> None:
        """Draw a thin broken line through the points."""
        path = " ".join(f"{x:g},{y:g}" for x, y in points)
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.8"{dash}/>'
        )

    def arrow(self, *points: tuple[float, float], dashed: bool = False) -> None:
        """Draw a line whose last point carries a head; the last leg is level or upright."""
        (x1, y1), (x2, y2) = points[-2], points[-1]
        dx, dy = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
        self.line((*points[:-1], (x2 - 6 * dx, y2 - 6 * dy)), dashed=dashed)
        head = (
            (x2, y2),
            (x2 - 9 * dx - 5 * dy, y2 - 9 * dy - 5 * dx),
            (x2 - 9 * dx + 5 * dy, y2 - 9 * dy + 5 * dx),
        )
        path = " ".join(f"{x:g},{y:g}" for x, y in head)
        self.parts.append(f'<polygon points="{path}" fill="{EDGE}"/>')

    def tick(self, x: float, y: float, *, good: bool = True) -> None:
        """Draw a tick or a cross about 14 wide with its left top at x, y."""
        colour = "#1B6B3A" if good else "#A8261C"
        path = f"M{x:g} {y + 7:g} L{x + 5:g} {y + 12:g} L{x + 14:g} {y + 1:g}"
        if not good:
            path = f"M{x + 1:g} {y + 1:g} L{x + 12:g} {y + 12:g} M{x + 12:g} {y + 1:g} L{x + 1:g} {y + 12:g}"
        self.parts.append(
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.6" '
            'stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def svg(self) -> str:
        """Return the whole figure with its title for readers that speak it."""
        w, h = self.width, self.height
        body = "\n".join(self.parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">\n'
            f"<title>{escape(self.title)}</title>\n"
            f'<rect x="0.5" y="0.5" width="{w - 1}" height="{h - 1}" rx="8" ry="8" '
            'fill="#FFFFFF" stroke="#DDE1DB"/>\n'
            f"{body}\n</svg>\n"
        )
