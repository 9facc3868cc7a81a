"""One token file: every pair of colours can be read, every icon is the drawing its file says."""

import itertools

import pytest
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QImage, QPainter

from desktop.screens import style
from desktop.screens.icons import paint_icon
from desktop.screens.style import RESOURCES, Look, Theme, style_sheet, tokens

TEXT_PAIRS = [
    *itertools.product(("text", "muted"), ("bg", "surface", "sunken")),
    ("on_primary", "primary"),
    ("on_primary", "primary_hover"),
    ("on_selection", "selection"),
    ("primary", "surface"),
    ("primary", "bg"),
    ("primary", "primary_soft"),
    ("rail_on", "rail"),
    ("rail_strong", "rail_current"),
    *((kind, f"{kind}_soft") for kind in ("ok", "warn", "bad", "info")),
    *((kind, "surface") for kind in ("ok", "warn", "bad", "info")),
]
EDGES = [("edge", "surface"), ("edge", "bg"), ("focus", "surface"), ("focus", "bg"), ("ember", "rail")]


def luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", list(Theme))
def test_every_text_can_be_read_on_its_ground(theme):
    look = Look(tokens(), theme, 1)
    weak = {pair: contrast(*map(look.colour, pair)) for pair in TEXT_PAIRS}
    assert min(weak.values()) >= 4.5, {pair: ratio for pair, ratio in weak.items() if ratio < 4.5}


@pytest.mark.parametrize("theme", list(Theme))
def test_every_control_can_be_seen(theme):
    look = Look(tokens(), theme, 1)
    for pair in EDGES:
        assert contrast(*map(look.colour, pair)) >= 3, pair


def test_a_pale_token_would_be_noticed():
    assert contrast(QColor("#9AA5A0"), QColor("#FFFFFF")) < 4.5


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("scale", [0.9, 1.0, 2.0])
def test_the_style_sheet_leaves_no_token_and_no_unit_of_ours_behind(theme, scale):
    made = style_sheet(Look(tokens(), theme, scale))
    rules = made.split("*/", 1)[1]
    assert "$" not in rules
    assert "sp;" not in rules
    assert "sp " not in rules


def test_text_scale_stays_between_its_ends():
    assert Look(tokens(), Theme.LIGHT, 9).scale == 2.0
    assert Look(tokens(), Theme.LIGHT, 0.1).scale == 0.9


def test_the_bundled_faces_are_regular_and_semibold(qapp):
    style.load_fonts()
    assert {"Regular", "SemiBold"} <= set(QFontDatabase.styles("Noto Sans"))
    font = QFont("Noto Sans")
    font.setWeight(QFont.Weight.DemiBold)
    assert QFontInfo(font).weight() == QFont.Weight.DemiBold


def drawn(paint) -> QImage:
    image = QImage(96, 96, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return image


@pytest.mark.parametrize("file", sorted((RESOURCES / "icons").glob("*.svg")), ids=lambda file: file.stem)
def test_an_icon_is_drawn_as_an_svg_engine_draws_its_file(qapp, file):
    from PySide6.QtSvg import QSvgRenderer

    text = file.read_text("utf-8").replace("currentColor", "#000000")
    engine = QSvgRenderer(QByteArray(text.encode()))
    box = QRectF(0, 0, 96, 96)
    theirs = drawn(lambda painter: engine.render(painter, box))
    ours = drawn(lambda painter: paint_icon(painter, file.stem, box, QColor("#000000"), 1.75))
    apart = sum(
        abs(theirs.pixelColor(x, y).red() - ours.pixelColor(x, y).red())
        for x in range(0, 96, 2)
        for y in range(0, 96, 2)
    )
    assert apart / (48 * 48) < 3, f"{file.stem} differs"
