"""Pictures of a pack, sharp at any DPI, with drawings in the colours of the theme."""

from __future__ import annotations

import re

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtSvg import QSvgRenderer

from desktop.language import tr
from desktop.screens.style import Look, Theme, look, tokens
from sync.packs.drawing import is_plain_drawing

_HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_ELEMENT = re.compile(r"<(\w+)[^>]*>")
_ON = "@on@"  # white letters stand on deep ground, white boxes are the paper
_DRAWN_WITH = {
    "text", "muted", "edge", "line", "sunken", "surface", "bg", "primary", "primary_soft", "ok", "ok_soft",
    "warn", "warn_soft", "bad", "bad_soft", "info", "info_soft",
}  # fmt: skip
# Qt would take anything it has a reader for, and a packed drawing with it.
_PHOTOGRAPHS = {
    "PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "JPEG": re.compile(rb"\xff\xd8\xff"),
    "WEBP": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_LIMIT = 4096  # pixels a side: a small file may ask for a picture of any size


def is_drawing(data: bytes) -> bool:
    """Whether the bytes are an SVG drawing."""
    return b"<svg" in data[:1024]


def follow_theme(svg: bytes) -> bytes | None:
    """The drawing with each colour of the light palette replaced by the same token of the look in force.

    None where it uses any other colour: such a drawing was made for white paper and has to stand on it.
    """
    light = Look(tokens(), Theme.LIGHT, 1.0).hex
    meaning = {
        value.lower(): token for token, value in reversed(tuple(light.items())) if token in _DRAWN_WITH
    }
    strange = False

    def swap(match: re.Match[str]) -> str:
        nonlocal strange
        value = _long(match.group())
        token = meaning.get(value)
        if token is None:
            strange = True
            return value
        return look().colour(token).name()

    def element(match: re.Match[str]) -> str:
        words = _HEX.sub(
            swap, match.group().replace("#FFFFFF", _ON) if match.group(1) == "text" else match.group()
        )
        return words.replace(_ON, look().colour("on_primary").name())

    swapped = _ELEMENT.sub(element, svg.decode("utf-8", "replace"))
    return None if strange else swapped.encode()


def drawing_size(data: bytes) -> QSize:
    """The size a drawing says it has; empty where it cannot be read."""
    renderer = _renderer(data)
    return renderer.defaultSize() if renderer is not None else QSize()


def draw(data: bytes, width: int, ratio: float, paper: QColor | None = None) -> QImage | None:
    """An SVG drawing `width` logical pixels wide at a device ratio; None where it cannot be read."""
    # the bundled family has a SemiBold; for "bold" Qt would smear the Regular
    renderer = _renderer(data.replace(b'font-weight="bold"', b'font-weight="600"'))
    if renderer is None:
        return None
    box = renderer.viewBoxF()
    if box.isEmpty():
        return None
    height = width * box.height() / box.width()
    image = _blank(width, height, ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = QRectF(0, 0, width, height)
    if paper is not None:
        painter.setBrush(paper)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(whole, 6, 6)
    renderer.render(painter, whole)
    painter.end()
    return image


def photograph(data: bytes, width: int, ratio: float) -> QImage | None:
    """A PNG, JPEG or WebP at most `width` logical pixels wide, never enlarged; None where unreadable."""
    form = next((form for form, mark in _PHOTOGRAPHS.items() if mark.match(data)), None)
    image = QImage()
    if form is None or not image.loadFromData(data, form):
        return None
    wanted = min(round(width * ratio), image.width())
    if wanted < image.width():
        image = image.scaledToWidth(wanted, Qt.TransformationMode.SmoothTransformation)
    image.setDevicePixelRatio(max(ratio if wanted >= round(width * ratio) else 1.0, image.width() / width))
    return image


def missing(width: int, ratio: float) -> QImage:
    """A line that says a picture is not there, where it would have stood."""
    font = look().font("caption")
    height = look().sp(44)
    image = _blank(width, height, ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(look().colour("sunken"))
    painter.setPen(QPen(look().colour("line"), 1))
    box = QRectF(0.5, 0.5, width - 1, height - 1)
    painter.drawRoundedRect(box, 6, 6)
    painter.setFont(font)
    painter.setPen(look().colour("muted"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tr("Gambar ini tidak ada di dalam paket."))
    painter.end()
    return image


def _renderer(data: bytes) -> QSvgRenderer | None:
    """Read a drawing; None where it cannot be read, or would read files and shares itself."""
    if not is_plain_drawing(data):
        return None
    renderer = QSvgRenderer(QByteArray(data))
    return renderer if renderer.isValid() else None


def _blank(width: float, height: float, ratio: float) -> QImage:
    image = QImage(
        min(_LIMIT, max(1, round(width * ratio))),
        min(_LIMIT, max(1, round(height * ratio))),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.fill(Qt.GlobalColor.transparent)
    image.setDevicePixelRatio(ratio)
    return image


def _long(value: str) -> str:
    value = value.lower()
    return value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:])
