"""Catat pelatihan lain: typed from the certificate by keyboard alone, its worth said at once, slips told beside."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.errors import Problem
from desktop.screens.choice import Check
from desktop.screens.evidence import Evidence
from desktop.screens.rooms import Room
from desktop.screens.training_sheet import TrainingDraft, TrainingSheet, TrainingWish, hundredths
from tests.fakes import outside
from tests.fakes import people_at_work as office


@pytest.fixture
def room(seat):
    seat.enter(Room("home", "Bukti & JP", "award", lambda: Evidence(office.evidence(seat.jobs))))
    return seat


def opened(room, draft=outside.NEW, **more):
    TrainingSheet(room.window, outside.trainings(room.jobs, **more), draft)
    room.rest()


def fill(room, **typed):
    for name, text in typed.items():
        room.find(f"training_{name}").setText(text)


def test_a_seminar_is_typed_and_saved_with_its_scan(room):
    saved, said = [], []
    opened(
        room,
        save=saved.append,
        saved=lambda: said.append("disimpan"),
        choose=lambda _parent: "/f/sertifikat.pdf",
    )
    assert room.focus == "training_form"
    room.find("training_form").choose("seminar")
    fill(room, title="Seminar", organiser="BKPSDM", day="20-11-2026")
    room.find("training_amount").setText("2")
    room.find("training_amount").textEdited.emit("2")
    assert room.find("training_worth").text() == "8 JP, setelah diakui"
    room.find("training_abroad").setChecked(True)
    assert room.find("training_worth").text() == "12 JP, setelah diakui"
    room.click("training_choose")
    assert room.find("training_file").text() == "sertifikat.pdf"
    room.click("training_save")
    day = date(2026, 11, 20)
    assert saved == [TrainingWish("", "seminar", "Seminar", "BKPSDM", day, 200, True, "/f/sertifikat.pdf")]
    assert said == ["disimpan"]
    assert room.window.findChild(TrainingSheet, "training_sheet") is None


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("title", " ", "Isi seperti pada sertifikat."),
        ("day", "kemarin", "Ketik tanggalnya, misalnya 20-11-2026."),
        ("amount", "dua", "Ketik angka."),
    ],
)
def test_a_slip_is_told_under_its_field_and_nothing_is_saved(room, name, text, told):
    saved = []
    opened(room, outside.TRAININGS["seminar"], save=saved.append)
    fill(room, **{name: text})
    room.click("training_save")
    assert room.find(f"training_{name}_advice").text() == told
    assert room.focus == f"training_{name}"
    assert saved == []


def test_a_form_that_is_not_confirmed_says_so_and_one_that_asks_nothing_asks_nothing(room):
    opened(room)
    room.find("training_form").choose("magang")
    room.rest()
    assert "belum dipastikan" in room.find("training_worth").text()
    assert room.window.findChild(Check, "training_abroad").isHidden()
    assert room.window.findChild(type(room.find("training_title")), "training_amount") is None


def test_what_the_desk_or_the_disk_refuses_is_said_and_what_was_typed_stays(room):
    def refuses(_wish):
        raise Problem("Harinya belum tiba.", "Catat pelatihan sesudah selesai.")

    opened(room, outside.TRAININGS["seminar"], save=refuses)
    room.click("training_save")
    assert "belum tiba" in room.find("training_problem").accessibleName()
    assert room.find("training_organiser").text() == "BKPSDM"
    assert room.find("training_save").isEnabled()


def test_what_may_still_be_changed_has_its_button_and_a_reason_is_read_out(room):
    assert (
        room.find("change_seminar").accessibleName() == "Ubah… Seminar Pelayanan Publik di Daerah Tertinggal"
    )
    room.find("change_seminar").setFocus()
    room.press(Qt.Key.Key_Space)
    assert room.find("training_organiser").text() == "BKPSDM"
    assert room.find("training_file").text() == "Pindaian yang dulu tetap dipakai."
    assert "Ditolak: Sertifikatnya tidak terbaca" in " ".join(
        one.accessibleName() for one in room.find("jp_entries").children() if hasattr(one, "accessibleName")
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3", 300),
        ("2,5", 250),
        (" 2.25 ", 225),
        ("0", None),
        ("-1", None),
        ("2,125", None),
        ("nan", None),
        ("", None),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, read):
    assert hundredths(typed) == read


def test_a_new_one_begins_empty(room):
    room.click("add_training")
    assert room.find("training_title").text() == TrainingDraft().title
