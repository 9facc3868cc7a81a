"""Data saya in Setelan: what is kept is told, a copy goes where one says, and deletion wants its word typed."""

from dataclasses import replace

from PySide6.QtCore import Qt

from desktop.errors import Problem
from desktop.screens.own_data import OwnDataActions, OwnDataView
from desktop.screens.rooms import Room
from desktop.screens.settings import Settings
from sync.folds.corrections import Topic
from tests.fakes import people_at_work as office

LINES = ("Di komputer ini: 41 catatan Anda, terkunci dengan PIN, sampai profil Anda dihapus.",)
WAITS = "Anda meminta data dihapus pada 24 November 2026. Menunggu keputusan pusat."


class Desk:
    """The person's data, as the room would hold them."""

    def __init__(self):
        self.asked, self.saved, self.corrected = [], [], []
        self.view = OwnDataView(LINES)

    def ask(self, reason):
        self.asked.append(reason)
        self.view = OwnDataView(LINES, WAITS, waiting=True)

    def correct(self, topic, wrong, right):
        self.corrected.append((topic, wrong, right))
        self.view = OwnDataView(LINES, corrections=((f"{right}. Menunggu jawaban koordinator.", "info"),))

    def withdraw(self):
        self.view = OwnDataView(LINES)


def shown(seat, desk, **more):
    actions = OwnDataActions(
        load=lambda: desk.view,
        choose=lambda _parent: "/tujuan/data-saya.zip",
        save=desk.saved.append,
        ask=desk.ask,
        withdraw=desk.withdraw,
        correct=desk.correct,
        say=lambda _words: None,
        jobs=seat.jobs,
    )
    settings = replace(office.settings(seat.jobs), own_data=replace(actions, **more))
    seat.enter(Room("home", "Setelan", "gear", lambda: Settings(settings)))
    seat.rest()


def press(seat, name):
    seat.find(name).click()
    seat.rest()
    seat.rest()


def test_deletion_is_asked_only_with_its_word_and_can_be_taken_back(seat):
    desk = Desk()
    shown(seat, desk)
    press(seat, "own_data_ask")
    seat.find("deletion_reason").setText("Pensiun")
    seat.find("deletion_word").setText("ya")
    press(seat, "deletion_go")
    assert desk.asked == []
    assert "HAPUS" in seat.find("deletion_word_advice").text()
    seat.find("deletion_word").setFocus()
    seat.find("deletion_word").clear()
    seat.press("hapus", Qt.Key.Key_Return)
    seat.rest()
    assert desk.asked == ["Pensiun"]
    assert seat.sees("own_data_request")
    assert not seat.sees("own_data_ask")
    press(seat, "own_data_withdraw")
    assert not seat.sees("own_data_request")
    assert seat.sees("own_data_ask")


def test_a_copy_goes_where_the_person_says_and_a_full_stick_is_told(seat):
    desk = Desk()
    shown(seat, desk)
    press(seat, "own_data_copy")
    assert desk.saved == ["/tujuan/data-saya.zip"]

    def full(_path):
        raise Problem("Berkas tidak dapat disimpan di sana.")

    shown(seat, desk, save=full)
    press(seat, "own_data_copy")
    assert seat.sees("own_data_problem")


def test_a_correction_says_what_is_wrong_and_a_date_that_is_none_is_told_at_its_field(seat):
    desk = Desk()
    shown(seat, desk)
    press(seat, "own_data_correct")
    seat.find("correction_topic").choose("birth")
    seat.find("correction_right").setText("bulan Agustus")
    press(seat, "correction_go")
    assert desk.corrected == []
    assert "26-09-1986" in seat.find("correction_right_advice").text()
    seat.find("correction_wrong").setText("8 Juli 1993")
    seat.find("correction_right").setFocus()
    seat.find("correction_right").clear()
    seat.press("27-08-1993", Qt.Key.Key_Return)
    seat.rest()
    seat.rest()
    assert desk.corrected == [(Topic.BIRTH, "8 Juli 1993", "27-08-1993")]
    assert seat.sees("own_data_correction_0")
