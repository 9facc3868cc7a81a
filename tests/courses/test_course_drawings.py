"""The drawings in the courses are what the scripts beside them draw, and Qt paints each of them."""

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from resources.courses.media.drawing import Sheet
from resources.courses.media.figures import figures
from tests.courses.faults import SECURITY, SERVICE, drawings

DRAWN = figures()


@pytest.fixture(autouse=True)
def _application(qapp):
    """Text is measured and painted with fonts, which need an application."""


def test_each_drawing_has_the_script_that_draws_it():
    assert set(DRAWN) == {*drawings(SERVICE), *drawings(SECURITY)}


@pytest.mark.parametrize("file", sorted(DRAWN), ids=lambda p: p.stem)
def test_a_drawing_is_what_its_script_draws(file):
    assert file.read_text("utf-8") == DRAWN[file]().svg()


@pytest.mark.parametrize("file", sorted(DRAWN), ids=lambda p: p.stem)
def test_qt_paints_a_white_card_with_something_on_it(file):
    renderer = QSvgRenderer(str(file))
    assert renderer.isValid()
    picture = QImage(renderer.defaultSize(), QImage.Format.Format_ARGB32)
    picture.fill(0xFF000000)
    painter = QPainter(picture)
    renderer.render(painter)
    painter.end()
    # A card on a dark theme: white near the corner, and more than one colour in the middle.
    assert picture.pixelColor(8, 8).name() == "#ffffff"
    row = {picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(20, picture.height(), 20)}
    assert len(row) > 3


def test_words_too_wide_for_their_box_are_refused():
    sheet = Sheet("Terlalu lebar", 100)
    with pytest.raises(ValueError, match="needs"):
        sheet.box(10, 10, 60, 40, "Pertanggungjawaban penyelenggara")
