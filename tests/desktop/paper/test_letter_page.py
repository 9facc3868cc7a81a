"""Papers of the office: no row cut in two, heads on every page, both sizes, and names that are only names."""

import random
import re

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from desktop.paper import letter_page, sheet
from desktop.paper.letter_page import Col, Letter, Signer, Table, Text, print_letter
from desktop.paper.sheet import Paper, pages_of, text_size

SEEDS = range(16)
DARK = 200
COLUMNS = (Col("No.", 10, right=True), Col("Nama dan NIP", 60), Col("Keadaan", 30))


def letter(count=90, wide=False, name="Nama", lead=1):
    rows = tuple((str(n), f"{name}-{n}-A\nNIP-{n}-B", "Sedang berjalan") for n in range(count))
    return Letter(
        "BKPSDM Waropen", "Laporan bulanan", ("Keadaan per 26 November 2026",),
        (Text("Ringkasan", ("Satu kalimat.",) * lead), Table("Peserta", COLUMNS, rows, "Kosong.")),
        "26 November 2026", (Signer("Kepala kantor"), Signer("Koordinator", "Markus", "1986")), wide=wide,
    )  # fmt: skip


@pytest.fixture
def read(qtbot):
    def pages(pdf):
        store = QBuffer()
        store.setData(pdf)
        store.open(QIODevice.OpenModeFlag.ReadOnly)
        document = QPdfDocument()
        document.load(store)
        # by letters alone: where a page is far down its document, the reader sets each on a line of its own
        found = ["".join(document.getAllText(n).text().split()) for n in range(document.pageCount())]
        sizes = {
            (round(document.pagePointSize(n).width()), round(document.pagePointSize(n).height()))
            for n in range(document.pageCount())
        }
        document.close()
        return found, sizes

    return pages


def cut(pages, count=90):
    """A row that a page ends in leaves words on both pages."""
    held = {
        n: [page for page in pages if f"Nama-{n}-A" in page or f"NIP-{n}-B" in page] for n in range(count)
    }
    return [n for n, found in held.items() if len(found) != 1]


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("paper", Paper)
def test_no_row_is_cut_by_the_end_of_a_page_and_heads_stand_on_each(read, paper, wide):
    pdf = print_letter(letter(wide=wide), paper)
    pages, sizes = read(pdf)
    assert len(pages) == pages_of(pdf) > 2
    assert cut(pages) == []
    assert all("NamadanNIP" in page for page in pages if "Nama-" in page)
    wanted = tuple(round(side * 72 / 25.4) for side in (paper.value[::-1] if wide else paper.value))
    assert sizes == {wanted}


def test_a_planted_layout_without_breaks_cuts_a_row(read, monkeypatch):
    monkeypatch.setattr(letter_page, "_breaks", lambda *_: {})
    assert any(cut(read(print_letter(letter(lead=lead)))[0]) for lead in range(1, 5))


@pytest.mark.parametrize("lead", range(1, 5))
def test_wherever_the_table_begins_no_row_is_cut(read, lead):
    assert cut(read(print_letter(letter(lead=lead)))[0]) == []


@pytest.mark.parametrize("count", range(24, 34))
def test_the_place_for_signatures_is_never_cut_nor_its_page_lost(read, count):
    pages, _ = read(print_letter(letter(count)))
    (signed,) = [page for page in pages if "Kepalakantor" in page]
    assert signed.count("Pangkat/golongan") == 2
    assert all(page.strip() for page in pages)


def years(seed):
    """A paper of three tables whose rows have one to six lines, as a transcript of all years has."""
    dice = random.Random(seed)
    heads = Col("Nama", 60), Col("Bentuk", 40)

    def year(number):
        rows = (
            (f"Nama-{n}", "\n".join("x" * dice.choice([1, 1, 2, 3, 5, 6])))
            for n in range(dice.randint(5, 20))
        )
        return Table(f"Tahun {number}", heads, tuple(rows), "Kosong.")

    return Letter(
        "K", "T", ("baris",) * dice.randint(0, 3), (year(1), year(2), year(3)), "Biak", (Signer("Kepala"),)
    )


def empty(read, seed):
    """Pages on which nothing stands but the foot."""
    pages, _ = read(print_letter(years(seed)))
    return [page for page in pages if "Nama-" not in page and "Kepala" not in page]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_page_between_tables_stays_empty(read, seed):
    assert empty(read, seed) == []


def test_without_room_for_the_line_behind_a_table_a_page_stays_empty(read, monkeypatch):
    monkeypatch.setattr(letter_page, "_SPARE", 0.0)
    assert any(empty(read, seed) for seed in SEEDS)


def test_a_name_that_looks_like_markup_is_printed_as_it_is(read):
    pages, _ = read(print_letter(letter(2, name="<b>&amp;")))
    assert "<b>&amp;-0-A" in pages[0]


def test_a_table_without_rows_says_so(read):
    pages, _ = read(print_letter(letter(0)))
    assert len(pages) == 1
    assert "Kosong." in pages[0]


def drawn(pdf, scale=2):
    """Give each page with a table as lines of dots, and where the left sides of its tables end."""
    store = QBuffer()
    store.setData(pdf)
    store.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(store)
    for number in range(document.pageCount()):
        size = document.pagePointSize(number).toSize() * scale
        page = QImage(size, QImage.Format.Format_Grayscale8)
        page.fill(255)
        painter = QPainter(page)
        painter.drawImage(0, 0, document.render(number, size))
        painter.end()
        ink = [bytes(page.constScanLine(y))[: page.width()] for y in range(page.height())]
        yield number, ink, side_ends(ink)
    document.close()


def open_tables(pdf):
    """Pages on which the left side of a table ends without a line under its last row."""
    found = []
    for number, ink, ends in drawn(pdf):
        assert ends, "no table on this page"
        found += [number for x, y in ends if not any(ruled(line, x) for line in ink[y - 3 : y + 4])]
    return found


def stray(pdf):
    """Pages on which a line stands below the last row, where nothing but the foot is."""
    return [
        number
        for number, ink, ends in drawn(pdf)
        if ends and any(ruled(line, ends[-1][0]) for line in ink[ends[-1][1] + 4 :])
    ]


def side_ends(ink, least=24):
    """Where the left sides of tables end: the first column of dots with long dark runs, and each run's end."""
    for x in range(len(ink[0]) // 4):
        dark = "".join("#" if line[x] < DARK else " " for line in ink)
        ends = [(x, run.end()) for run in re.finditer(f"#{{{least},}}", dark)]
        if ends:
            return ends
    return []


def ruled(line, x, wide=100):
    return sum(dot < DARK for dot in line[x + 3 : x + 3 + wide]) > 0.9 * wide


@pytest.mark.parametrize("lead", [1, 3])
def test_under_the_last_row_of_each_page_a_line_ends_the_table(qtbot, lead):
    assert open_tables(print_letter(letter(30, lead=lead))) == []


def test_planted_fault_rows_without_a_line_under_them_are_seen(qtbot, monkeypatch):
    monkeypatch.setattr(letter_page, "_UNDER", "")
    assert open_tables(print_letter(letter(30)))


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("paper", Paper)
def test_below_the_last_row_of_a_page_stands_no_line_of_the_next(qtbot, paper, wide):
    assert [
        page for count in (30, 60, 90) for page in stray(print_letter(letter(count, wide=wide), paper))
    ] == []


def test_planted_fault_a_page_that_ends_between_two_dots_shows_the_next(qtbot, monkeypatch):
    def between(paper, *, landscape=False):
        size = text_size(paper, landscape=landscape)
        return QSizeF(size.width(), size.height() + 0.46)

    monkeypatch.setattr(sheet, "text_size", between)
    monkeypatch.setattr(letter_page, "text_size", between)
    assert stray(print_letter(letter(wide=True)))
