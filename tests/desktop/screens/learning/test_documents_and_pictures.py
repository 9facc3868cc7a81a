"""A PDF opens at the sheet where it was left; a picture is drawn in the colours of the theme."""

import gzip

import pytest
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter

from desktop.screens import style
from desktop.screens.page_picture import draw, follow_theme, photograph
from desktop.screens.resume_point import read_point

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200" viewBox="0 0 400 200">'
    b'<rect width="400" height="200" fill="#FFFFFF" stroke="#DDE1DB"/>'
    b'<rect x="20" y="20" width="100" height="60" fill="#0B5C56"/>'
    b'<text x="40" y="50" fill="#FFFFFF">Loket</text></svg>'
)


@pytest.fixture
def pdf(tmp_path, qapp):
    path = tmp_path / "bahan.pdf"
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    for number in range(6):
        if number:
            writer.newPage()
        painter.drawText(400, 800, f"Lembar {number + 1}")
    painter.end()
    return path


def test_a_document_opens_at_the_sheet_where_it_was_left(enter, world, pdf):
    world.pdf = pdf
    before = enter(world)
    before.open("a5")
    assert before.text("pagePlace") == "Halaman 1 dari 6"
    before.click("next")
    before.click("next")
    assert before.text("pagePlace") == "Halaman 3 dari 6"
    before.window.hide()
    before.rest()
    assert read_point(world.drafts["ppd/m3/a5"]).page == 3

    after = enter(world)
    after.open("a5")
    assert after.text("pagePlace") == "Halaman 3 dari 6"


def test_each_sheet_seen_is_recorded_once(room, world, pdf):
    world.pdf = pdf
    room.open("a5")
    for _ in range(5):
        room.click("next")
    room.screen.go_back()
    room.rest()
    assert [one[2] for one in world.recorded if one[0] == "page"] == [1, 2, 3, 4, 5, 6]


def test_space_scrolls_a_document_to_its_end_and_on(room, world, pdf):
    world.pdf = pdf
    room.open("a5")
    presses = 0
    while room.screen.spot.activity == "ppd/m3/a5":
        room.press(Qt.Key.Key_Space)
        presses += 1
        assert presses < 80
    assert room.screen.spot.activity == "ppd/m3/a6"
    assert presses > 4


def test_zoom_is_kept(room, world, pdf):
    world.pdf = pdf
    room.open("a5")
    room.click("zoomIn")
    assert room.text("zoom") == "125%"
    room.screen.go_back()
    room.rest()
    assert read_point(world.drafts["ppd/m3/a5"]).zoom == 1.25


def test_a_damaged_document_says_what_to_do(room, world, tmp_path):
    world.pdf = tmp_path / "rusak.pdf"
    world.pdf.write_bytes(b"%PDF-1.7 rusak")
    room.open("a5")
    assert "tidak dapat dibuka" in room.text("pdfProblem")


def test_a_drawing_takes_the_colours_of_the_theme(qapp):
    style.apply(qapp, style.Theme.DARK)
    themed = follow_theme(SVG)
    image = draw(themed, 400, 1.0)
    dark = style.look()
    assert image.pixelColor(300, 150) == dark.colour("surface")
    assert image.pixelColor(100, 70) == dark.colour("primary")
    assert dark.colour("on_primary").name().encode() in themed  # letters on deep ground stay readable


def test_a_drawing_in_other_colours_stands_on_paper(qapp):
    style.apply(qapp, style.Theme.DARK)
    assert follow_theme(SVG.replace(b"#0B5C56", b"#123456")) is None


def test_a_drawing_reads_no_file_of_this_pc_in_whatever_form_it_comes(qapp, tmp_path):
    secret = QImage(9, 9, QImage.Format.Format_RGB32)
    secret.fill(QColor("#FF0000"))
    assert secret.save(str(tmp_path / "a.png"))
    svg = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
    svg += f'<image width="9" height="9" xlink:href="{tmp_path / "a.png"}"/></svg>'
    for data in (svg.encode(), svg.encode("utf-16"), gzip.compress(svg.encode())):
        assert (draw(data, 9, 1.0), photograph(data, 9, 1.0)) == (None, None)


def test_a_drawing_is_sharp_on_a_fine_screen():
    image = draw(SVG, 400, 2.0)
    assert (image.width(), image.deviceIndependentSize().width()) == (800, 400)


def test_a_drawing_that_asks_for_too_much_gets_no_more_than_its_room():
    huge = SVG.replace(b'viewBox="0 0 400 200"', b'viewBox="0 0 4 40000000"')
    image = draw(huge, 400, 1.0)
    assert image.height() <= 4096


def test_a_photograph_is_shrunk_but_never_enlarged(tmp_path):
    made = QImage(1000, 500, QImage.Format.Format_RGB32)
    made.fill(QColor("#884422"))
    made.save(str(tmp_path / "a.png"))
    data = (tmp_path / "a.png").read_bytes()
    assert photograph(data, 500, 1.0).deviceIndependentSize().width() == 500
    assert photograph(data, 500, 2.0).deviceIndependentSize().width() == 500
    assert photograph(data, 2000, 1.0).deviceIndependentSize().width() == 1000


def test_a_picture_is_shown_with_its_sentence_and_recorded(room, world):
    world.image = SVG
    world.pages = ("satu",)
    room.open("a6")
    assert room.find("picture").accessibleName() == "Jalur aduan dari loket sampai Ombudsman."
    room.click("next")
    assert world.recorded[0][:3] == ("page", "ppd/m3/a6", 1)


@pytest.mark.parametrize("data", [b"", b"bukan gambar", b"<svg", b"\x89PNG\r\n\x1a\n"])
def test_a_broken_picture_is_said_and_nothing_falls(room, world, data):
    world.image = data
    room.open("a6")
    assert not room.find("picture").grab().isNull()
