"""Handouts on paper: real PDF, every page numbered, the same from the same."""

import re

import pytest
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtPdf import QPdfDocument

from desktop.paper.markdown_pdf import print_markdown
from desktop.paper.sheet import Paper
from sync.refusal import Refusal

TABLE = "| Nilai | Mutu |\n|---|---|\n| 88,31 | A |\n"


@pytest.fixture
def page(tmp_path):
    (tmp_path / "gambar.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="200" height="100" fill="#0B5C56"/></svg>'
    )
    path = tmp_path / "lembar.md"
    path.write_text("# Lembar\n\n![Kotak](gambar.svg)\n\n" + TABLE + "\nIsi. " * 900, "utf-8")
    return path


def opened(data, qapp):
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    assert document.status() is QPdfDocument.Status.Ready
    return document, buffer, held


def test_a_handout_is_a_pdf_with_numbered_pages(page, qapp):
    document, *_ = opened(print_markdown("Lembar kerja", page), qapp)
    assert document.pageCount() >= 2
    text = document.getAllText(0).text()
    assert "Lembar kerja" in text
    assert f"Halaman 1 dari {document.pageCount()}" in text
    assert "88,31" in text
    size = document.pagePointSize(0)
    assert (round(size.width()), round(size.height())) == (595, 842)


def test_f4_is_what_offices_print_on(page, qapp):
    document, *_ = opened(print_markdown("Lembar", page, Paper.F4), qapp)
    size = document.pagePointSize(0)
    assert (round(size.width()), round(size.height())) == (609, 935)


def test_the_drawing_is_on_the_page(page, qapp):
    document, *_ = opened(print_markdown("Lembar", page), qapp)
    image = document.render(0, document.pagePointSize(0).toSize())
    green = sum(
        image.pixelColor(x, y).name() == "#0b5c56"
        for x in range(0, image.width(), 4)
        for y in range(0, image.height(), 4)
    )
    assert green > 200


def test_nothing_of_the_moment_goes_into_the_file(page, qapp):
    one = print_markdown("Lembar", page)
    assert one == print_markdown("Lembar", page)
    dates = set(re.findall(rb"D:(\d{8})", one)) | set(re.findall(rb'Date="(\d{4})', one))
    assert dates == {b"20200101", b"2020"}


def test_a_picture_outside_the_course_is_refused(tmp_path, qapp):
    path = tmp_path / "x.md"
    path.write_text("![Rahasia](../../etc/rahasia.png)")
    with pytest.raises(Refusal):
        print_markdown("x", path)
