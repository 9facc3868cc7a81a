"""Reading: pages turn, places are kept to the line, links stay inside, and nothing comes from outside."""

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl

from desktop.errors import Problem
from desktop.screens import style
from desktop.screens.page_dress import in_table
from desktop.screens.page_html import inside, page_html
from desktop.screens.page_text import PageText
from desktop.screens.resume_point import ResumePoint, pack_point, read_point
from tests.fakes.learning import PAGE

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200" viewBox="0 0 400 200">'
    b'<rect width="400" height="200" fill="#FFFFFF"/></svg>'
)
LONG = PAGE + "\n\n".join(f"Paragraf {n}. " + "Maklumat adalah janji tertulis. " * 8 for n in range(30))


@pytest.fixture
def long_room(enter, world):
    world.pages = (LONG, LONG, PAGE)
    room = enter(world)
    room.open("a3")
    return room


def test_space_scrolls_and_turns_the_page_at_its_end(long_room, world):
    text = long_room.find("pageText", PageText)
    presses = 0
    while long_room.text("pagePlace") == "Halaman 1 dari 3":
        long_room.press(Qt.Key.Key_Space)
        presses += 1
        assert presses < 40
    assert presses > 2
    assert long_room.text("pagePlace") == "Halaman 2 dari 3"
    assert text.letter() == 0
    assert world.recorded[0][:3] == ("page", "ppd/m3/a3", 1)


def test_reading_goes_on_at_the_same_page_and_line(enter, world):
    world.pages = (LONG, LONG)
    before = enter(world)
    before.open("a3")
    before.click("next")
    text = before.find("pageText", PageText)
    text.go_to(text.document().find("Paragraf 15.").selectionStart())
    before.screen.hide()
    before.rest()

    after = enter(world)
    after.open("a3")
    assert after.text("pagePlace") == "Halaman 2 dari 2"
    again = after.find("pageText", PageText)
    assert abs(again.cursorRect(again.document().find("Paragraf 15.")).top()) <= 26  # one line of reading


def test_a_place_that_cannot_be_kept_is_told_once(enter, world):
    world.pages = (LONG, LONG)

    def full(activity, draft) -> None:
        raise Problem("Ruang penyimpanan penuh.", "Yang sudah tersimpan tetap aman.")

    world._draft = full
    room = enter(world)
    told = []
    room.screen.trouble.connect(told.append)
    room.open("a1")
    for _ in range(3):
        room.screen.leave()
        room.rest()
    assert len(told) == 1


def test_another_width_keeps_the_line_at_the_top(long_room):
    text = long_room.find("pageText", PageText)
    mark = text.document().find("Paragraf 12.").selectionStart()
    text.go_to(mark)
    for width in (760, 1262):
        long_room.window.resize(width, 700)
        assert abs(text.cursorRect(text.document().find("Paragraf 12.")).top()) <= 26
        assert text.letter() == mark


@pytest.mark.parametrize(("width", "scale"), [(1262, 1.0), (880, 1.0), (1262, 2.0), (700, 1.5)])
def test_no_line_is_cut_at_the_side(room, qapp, width, scale):
    style.apply(qapp, style.Theme.LIGHT, scale)
    room.window.resize(width, 600)
    room.open("a7")
    room.open("a3")
    text = room.find("pageText", PageText)
    room.qtbot.waitUntil(lambda: text.document().textWidth() == text.viewport().width())
    lines = _lines(text)
    assert len(lines) > 8
    assert min(line.left() for line in lines) >= 20
    assert max(line.right() for line in lines) <= text.viewport().width() - 20


def _lines(text: PageText):
    found, block = [], text.document().begin()
    while block.isValid():
        layout = block.layout()
        if not in_table(block) and block.text():
            lines = (layout.lineAt(number).naturalTextRect() for number in range(layout.lineCount()))
            found += [line.translated(layout.position()) for line in lines]
        block = block.next()
    return found


def test_the_last_page_leads_to_the_next_activity_and_completes_this_one(enter, world):
    room = enter(world)
    room.open("a1")
    finished = []
    room.screen.changed.connect(lambda: finished.append(True))
    room.click("next")
    room.click("next")
    assert [one[:3] for one in world.recorded] == [("page", "ppd/m3/a1", 1), ("page", "ppd/m3/a1", 2)]
    assert finished
    assert room.screen.spot.activity == "ppd/m3/a2"


def test_pressing_on_from_a_long_last_page_reads_it_too(enter, world):
    world.pages = (LONG, LONG)
    room = enter(world)
    room.open("a1")
    finished = []
    room.screen.changed.connect(lambda: finished.append(True))
    room.click("next")
    room.click("next")
    assert [one[2] for one in world.recorded if one[0] == "page"] == [1, 2]
    assert finished


def test_a_word_is_picked_with_the_text_cursor_alone(long_room):
    long_room.press(Qt.Key.Key_F7)
    long_room.press(Qt.Key.Key_Right, modifier=Qt.KeyboardModifier.ControlModifier)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    long_room.press(Qt.Key.Key_Right, modifier=both)
    assert long_room.find("pageText", PageText).textCursor().selectedText().strip() == "layanan"


def test_a_page_glanced_at_is_not_read(long_room, world):
    long_room.screen.go_back()
    long_room.rest()
    assert [one for one in world.recorded if one[0] == "page"] == []


def test_a_link_leads_to_another_page_of_the_pack_and_nowhere_else(enter, world):
    world.pages = ("# Satu\n\n[dua](p1.md) [luar](https://contoh.id/) [rumah](../../../etc/passwd)", "# Dua")
    room = enter(world)
    room.open("a3")
    text = room.find("pageText", PageText)
    for away in ("https://contoh.id/", "file:///etc/passwd", "../../../etc/passwd", "//contoh.id/x"):
        text.anchorClicked.emit(QUrl(away))
        assert room.text("pagePlace") == "Halaman 1 dari 2"
    text.anchorClicked.emit(QUrl("p1.md"))
    assert room.text("pagePlace") == "Halaman 2 dari 2"


@pytest.mark.parametrize(
    ("written", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("[a](javascript:alert(1))", "href"),
        ("![a](https://contoh.id/p.png)", "https://contoh.id/p.png"),
        ("[a](https://contoh.id)", "href"),
        ("<style>*{display:none}</style>", "<style"),
        ("![a](data:image/png;base64,AAAA)", "data:"),
    ],
)
def test_what_a_page_may_not_do_is_gone_before_it_is_shown(written, never):
    assert never not in page_html(written)


def test_a_page_that_would_hold_up_the_window_is_cut_and_says_so():
    html = page_html("Maklumat adalah janji.\n\n" * 10_000)
    assert len(html) < 60_000
    assert "Sisanya tidak ditampilkan" in html
    assert "Sisanya" not in page_html(LONG)


def test_a_table_of_thousands_of_cells_is_said_not_shown():
    table = "|" + "a|" * 2000 + "\n|" + "-|" * 2000 + "\n" + ("|" + "b|" * 2000 + "\n") * 5
    html = page_html(f"Sebelum.\n\n{table}\nSesudah.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert html.count("<td>") == 2
    assert "Tabel ini terlalu besar" in html
    assert "Sesudah." in html


def test_an_address_that_cannot_be_followed_is_written_out():
    assert "UU 25/2009</a> (https://peraturan.go.id/uu)" in page_html(
        "[UU 25/2009](https://peraturan.go.id/uu)"
    )


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("alur.svg", "m1/alur.svg"),
        ("../m2/a.md#bagian", "m2/a.md"),
        ("../../x", None),
        ("/etc/passwd", None),
        ("file:///etc/passwd", None),
        ("http://a/b", None),
        ("%2e%2e/%2e%2e/x", None),
        ("a\\..\\..\\b", None),
        ("", None),
    ],
)
def test_a_target_stays_in_the_pack(target, path):
    assert inside(target, "m1/a.md") == path


def test_pictures_come_from_the_pack_alone(qtbot):
    asked = []
    text = PageText()
    qtbot.addWidget(text)
    text.resize(800, 600)
    text.show_page(
        "![a](a.svg)\n\n![b](../../b.svg)\n\n![c](http://contoh.id/c.svg)",
        "m1/p.md",
        asked.append,
    )
    text.show()
    assert set(asked) == {"m1/a.svg"}


def test_a_picture_of_a_page_is_opened_large_with_its_caption(enter, world):
    world.image = SVG
    world.pages = ("# Satu\n\n![Alur](a.svg)\n\n*Gambar 1. Alur loket.*\n\nTeks.",)
    room = enter(world)
    room.open("a3")
    text = room.find("pageText", PageText)
    picture = text.document().find("\ufffc")
    place = text.cursorRect(picture).center() - QPoint(40, 0)
    room.qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert room.find("largePicture").accessibleName() == "Gambar 1. Alur loket."
    room.click("closePicture")
    assert not room.has("largePicture")
    room.press(Qt.Key.Key_G)  # the same by keyboard: the picture in sight
    assert room.has("largePicture")
    room.press(Qt.Key.Key_Escape)
    assert not room.has("largePicture")


def test_a_click_on_words_opens_nothing(room):
    room.open("a3")
    text = room.find("pageText", PageText)
    room.qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 120))
    assert not room.has("largePicture")


def test_a_damaged_draft_is_the_beginning():
    for draft in (b"", b"{", b"\xff\x00", b'{"page": "dua"}', None):
        assert read_point(draft) == ResumePoint()
    assert read_point(pack_point(ResumePoint(page=3, scroll=0.25))) == ResumePoint(page=3, scroll=0.25)
