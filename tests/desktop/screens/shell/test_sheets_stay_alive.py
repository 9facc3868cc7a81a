"""A sheet that nobody holds answers its buttons as long as it is open, and is let go once it is closed."""

import ast
import gc
import weakref
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

import desktop.screens
from desktop.player.notes import Note
from desktop.screens import note_sheet
from desktop.screens.note_sheet import NoteSheet
from desktop.screens.sheet import Sheet


class Forgetful(Sheet):
    """The planted fault: the sheet as it was, which held nobody."""

    def __init__(self, *words, owner=None, **more):
        super().__init__(*words, **more)


def opens(seat, kept):
    """Open the sheet of a note and keep nothing of it but a weak eye."""
    held = NoteSheet(seat.window, Note("kursus/m1/bacaan", 1, 0, 4, "Loket"), kept.append, kept.append)
    eye = weakref.ref(held)
    del held
    gc.collect()
    return eye


def test_what_is_typed_is_kept_by_a_sheet_that_nobody_holds(seat):
    kept = []
    eye = opens(seat, kept)
    seat.find("note_text").setPlainText("Tanyakan ke Bu Yohana")
    seat.click("note_save")
    assert [note.text for note in kept] == ["Tanyakan ke Bu Yohana"]
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert eye() is None, "closed, it is let go"


def test_planted_fault_a_sheet_that_holds_nobody_loses_what_was_typed(seat, monkeypatch):
    monkeypatch.setattr(note_sheet, "Sheet", Forgetful)
    kept = []
    opens(seat, kept)
    seat.find("note_text").setPlainText("Tanyakan ke Bu Yohana")
    seat.click("note_save")
    assert kept == []


def unowned(source):
    """Name the plain classes that open a sheet without saying that it is theirs."""
    return [
        one.name
        for one in ast.walk(ast.parse(source))
        if isinstance(one, ast.ClassDef) and not one.bases
        for call in ast.walk(one)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Sheet"
        if "owner" not in {word.arg for word in call.keywords}
    ]


def test_every_sheet_says_whose_it_is():
    screens = Path(desktop.screens.__file__).parent.glob("*.py")
    found = {path.stem: unowned(path.read_text(encoding="utf-8")) for path in screens}
    assert {name: names for name, names in found.items() if names} == {}


def test_planted_fault_a_sheet_of_nobody_is_seen():
    assert unowned("class One:\n    def __init__(self):\n        self.sheet = Sheet(1, name='x')\n") == [
        "One"
    ]
