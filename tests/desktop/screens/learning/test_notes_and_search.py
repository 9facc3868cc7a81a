"""Notes beside what is read, and Ctrl+K: by keyboard alone, to the very spot."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from desktop.library.search import Hit
from desktop.player.notes import Form, Note
from desktop.screens.desk_views import DeskActions, NotePlace
from desktop.screens.page_text import PageText
from tests.fakes.learning import PAGE, LearningWorld

LONG = "\n\n".join(f"Paragraf {n}. " + "Maklumat adalah janji tertulis. " * 8 for n in range(30))
LAST = LONG + "\n\nKata kunci: pelita di ujung."


class Desk:
    """Notes in memory, and a search that knows one page."""

    def __init__(self):
        self.kept = {}

    def actions(self):
        return DeskActions(lambda: tuple(self.kept.values()), self.put, self.remove, self.find, self.place)

    def put(self, note):
        name = note.id or f"n{len(self.kept)}"
        self.kept[name] = replace(note, id=name)

    def remove(self, note):
        del self.kept[note.id]

    def find(self, asked):
        if "pelita" not in asked:
            return ()
        return (Hit("ppd/m3/a3", 2, "Pelayanan", "Standar", "Maklumat", "kunci: ", "pelita", " di ujung"),)

    def place(self, activity):
        return NotePlace("Pelayanan, Standar", "Maklumat") if activity == "ppd/m3/a3" else None


class World(LearningWorld):
    def __init__(self):
        super().__init__(pages=(PAGE, LAST))
        self.desk = Desk()

    def actions(self):
        return replace(super().actions(), desk=self.desk.actions())


@pytest.fixture
def world():
    return World()


def selected(room, words):
    text = room.find("pageText", PageText)
    found = text.document().find(words)
    text.setTextCursor(found)
    text.setFocus()
    return text


def test_words_are_marked_and_noted_by_keys_and_drawn_where_they_stand(room, world):
    room.open("a3")
    text = selected(room, "janji tertulis")
    room.press(Qt.Key.Key_T)
    (mark,) = world.desk.kept.values()
    assert (mark.form, mark.quote, mark.page) == (Form.HIGHLIGHT, "janji tertulis", 1)
    assert [one.cursor.selectedText() for one in text.extraSelections()] == ["janji tertulis"]
    # A note at the same words is written onto the mark, not beside it.
    room.press(Qt.Key.Key_C)
    assert room.text("note_quote") == "“janji tertulis”"
    room.press("tanya Bu Kepala")
    room.click("note_save")
    (note,) = world.desk.kept.values()
    assert (note.form, note.text) == (Form.NOTE, "tanya Bu Kepala")
    assert room.has("pageText")
    room.press(Qt.Key.Key_C)
    room.click("note_remove")
    assert world.desk.kept == {}
    assert text.extraSelections() == []


def test_a_page_is_kept_by_b_and_let_go_by_b(room, world):
    room.open("a3")
    room.press(Qt.Key.Key_B)
    (kept,) = world.desk.kept.values()
    assert (kept.form, kept.page) == (Form.BOOKMARK, 1)
    room.press(Qt.Key.Key_B)
    assert world.desk.kept == {}


def test_marks_belong_to_their_page_and_move_with_their_words(room, world):
    world.desk.put(Note("ppd/m3/a3", 2, 5, 11, "pelita di ujung", form=Form.HIGHLIGHT))
    world.desk.put(Note("ppd/m3/a3", 2, 5, 11, "tidak ada lagi", form=Form.HIGHLIGHT))
    room.open("a3")
    text = room.find("pageText", PageText)
    assert text.extraSelections() == []
    room.click("next")
    assert [one.cursor.selectedText() for one in text.extraSelections()] == ["pelita di ujung"]


def test_ctrl_k_leads_from_words_to_the_line_that_has_them(room):
    room.open("a3")
    room.press(Qt.Key.Key_K, modifier=Qt.KeyboardModifier.ControlModifier)
    assert room.has("find_sheet")
    room.press("pelita", Qt.Key.Key_Return)
    room.press(Qt.Key.Key_Space)
    assert not room.has("find_sheet")
    assert room.text("pagePlace") == "Halaman 2 dari 2"
    text = room.find("pageText", PageText)
    assert text.textCursor().selectedText() == "pelita"
    assert text.viewport().rect().contains(text.cursorRect(text.textCursor()).center())


def test_the_list_of_notes_tells_another_version_and_what_is_not_installed(room, world):
    world.desk.put(Note("ppd/m3/a3", 2, quote="pelita", text="ingat", others=("ingat besok",)))
    world.desk.put(Note("hilang/m/a", 1, text="dari paket lama"))
    world.desk.put(Note("ppd/m3/a3", 1, closed=True))
    room.click("lookUp")
    lines = [room.find(f"note_{n}").accessibleName() for n in range(3)]
    assert "ada versi lain" in lines[0]
    assert "tidak terpasang" in lines[1]
    assert not room.find("note_1").isEnabled()
    assert "belum dapat dibuka di sini" in lines[2]
    room.press("besok")
    room.qtbot.waitUntil(lambda: room.has("note_0") and not room.has("note_1"))
    room.click("note_0")
    assert room.text("pagePlace") == "Halaman 2 dari 2"
    text = room.find("pageText", PageText)
    text.moveCursor(QTextCursor.MoveOperation.StartOfWord)
    room.press(Qt.Key.Key_C)
    assert room.text("note_other_0") == "ingat besok"


def test_nothing_found_is_said(room):
    room.press(Qt.Key.Key_K, modifier=Qt.KeyboardModifier.ControlModifier)
    assert "Belum ada catatan" in room.text("find_said")
    room.press("zzz", Qt.Key.Key_Return)
    assert "Tidak ada yang cocok" in room.text("find_said")


def test_a_quiz_under_way_is_not_left_for_a_search(room):
    room.open("a7")
    room.press(Qt.Key.Key_Space)  # the focus is on *Mulai kuis*
    assert room.has("questionText")
    room.press(Qt.Key.Key_K, modifier=Qt.KeyboardModifier.ControlModifier)
    assert not room.has("find_sheet")
