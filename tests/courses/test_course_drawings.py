"""The drawings in the courses are what the scripts beside them draw, and Qt paints each of them."""

import re

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from resources.courses.media import film_counter, film_index, speech
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


@pytest.mark.parametrize(
    ("film", "captions", "transcript"),
    [
        (film_counter, "m3/alur-loket.vtt", "m3/05-transkrip-alur-loket.md"),
        (film_index, "m4/menghitung-ikm.vtt", "m4/05-transkrip-menghitung-ikm.md"),
    ],
    ids=["counter", "index"],
)
def test_film_captions_and_transcript_say_the_same(film, captions, transcript):
    shown = [
        line for line in (SERVICE / captions).read_text("utf-8").split("\n") if line and "-->" not in line
    ]
    assert shown == ["WEBVTT", *(scene.caption for scene in film.SCENES)]
    page = (SERVICE / transcript).read_text("utf-8")
    for place, scene in enumerate(film.SCENES, start=1):
        row = re.search(rf"^\| {place} \| (.+) \|$", page, re.MULTILINE)[1]
        assert len(row.split()) >= len(scene.caption.split())
        assert row.split()[:2] == scene.caption.split()[:2]


def test_the_voice_from_the_counter_can_be_read():
    page = (SERVICE / "m1/07-transkrip-suara.md").read_text("utf-8")
    written = " ".join(page.replace("\n>\n", " ").replace("\n> ", " ").split())
    assert [sentence for sentence in speech.LOKET if sentence not in written] == []
