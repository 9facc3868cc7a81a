"""The privacy notice in the window: read before signing up, noted with its version, shown anew when it changes."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop.app import entrance
from desktop.app.application import Application
from desktop.demo.pilot import Pilot
from desktop.people import privacy_notice
from desktop.people.office import adopt_office
from desktop.people.profiles import sign_in
from desktop.store.device import Store
from desktop.store.facts import Scope
from sync.folds.notices import READ
from tests.builders.office import YOHANA
from tests.builders.own_pc import folders, office

__all__ = ["folders", "office"]
PIN = "481526"


class Seat:
    """Somebody before the window of a PC with an office."""

    def __init__(self, folders):
        qt = QApplication.instance()
        self.app = Application(qt, folders, tuple)
        self.app.open()
        self.pilot = Pilot(qt, self.app.window)
        self.pilot.until(lambda: self.pilot.see("sign_in_screen"), "the first screen")
        self.rest()

    def rest(self):
        self.pilot.settle(self.app.jobs.idle)

    def signs_up(self):
        self.pilot.click("tile_other")
        self.pilot.write("nip", YOHANA)
        self.pilot.write("birth", "26-09-1986")
        self.pilot.write("pin_new", PIN)
        self.pilot.write("pin_again", PIN)
        self.rest()
        self.pilot.click("privacy")
        assert "bukan persetujuan Anda" in self.pilot.wait("privacy_text").toPlainText()
        assert self.pilot.see("privacy_read") is None, "reading it here asks for nothing"
        self.pilot.click("privacy_ok")
        self.pilot.click("sign_up")
        self.pilot.until(lambda: self.app.session, "the rooms")
        self.rest()

    def enters(self):
        (tile,) = self.app.store.tiles()
        self.app.enter(sign_in(self.app.store, tile.profile, PIN))
        self.rest()

    def read(self):
        return [
            one.statement.fields["version"]
            for one in self.app.session.profile.facts(Scope.OWN, kinds=(READ,))
        ]

    def own_data(self):
        self.app.session.visit("settings")
        self.rest()
        return " ".join(one.text() for one in self.pilot.wait("own_data_state").findChildren(QLabel))


@pytest.fixture(autouse=True)
def notice_is_read():
    """Here nobody has, until they say so."""


@pytest.fixture
def sit(qtbot, folders, office, cheap_pins):
    store = Store.open(folders)
    adopt_office(store, office.raw)
    store.put_setting("ready", "1")
    store.close()
    seats = []

    def down():
        for before in seats:
            before.app.window.close()
        seats.append(Seat(folders))
        return seats[-1]

    yield down
    for each in seats:
        each.app.window.close()
        each.app.window.deleteLater()


@pytest.fixture
def second_version(tmp_path, monkeypatch):
    """A later program, whose notice says one thing more."""

    def comes():
        folder = tmp_path / "privacy"
        folder.mkdir()
        for file in privacy_notice.FOLDER.iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
        listed = json.loads((folder / "versions.json").read_text("utf-8"))
        number = listed[-1]["version"] + 1
        for lang in ("id", "en"):
            (folder / f"{number}.{lang}.md").write_text(
                "# Pemberitahuan privasi\n\nSATU HAL LAGI.\n", "utf-8"
            )
        listed.append({"version": number, "day": "2027-02-01", "sha256": {}})
        (folder / "versions.json").write_text(json.dumps(listed), "utf-8")
        monkeypatch.setattr(privacy_notice, "FOLDER", folder)
        return number

    return comes


def test_a_newcomer_reads_it_first_and_the_journal_says_which_version(sit, second_version):
    seat = sit()
    seat.signs_up()
    first = privacy_notice.newest_notice().version
    assert seat.read() == [first]
    assert seat.pilot.see("privacy_sheet") is None
    assert f"versi {first}" in seat.own_data()
    seat.pilot.click("own_data_privacy")
    assert "Hak Anda" in seat.pilot.wait("privacy_text").toPlainText()
    seat.pilot.key(Qt.Key.Key_Escape)

    # Next morning the same version says nothing; a newer one is shown, and putting it off notes nothing.
    seat = sit()
    seat.enters()
    assert seat.pilot.see("privacy_sheet") is None
    second = second_version()
    seat = sit()
    seat.enters()
    assert "SATU HAL LAGI" in seat.pilot.wait("privacy_text").toPlainText()
    seat.pilot.click("privacy_later")
    seat.rest()
    assert seat.read() == [first]
    assert seat.pilot.wait("rail_home"), "nobody is kept from learning"

    # It comes again, and what is said to be read is noted once.
    seat = sit()
    seat.enters()
    seat.pilot.click("privacy_read")
    seat.rest()
    assert sorted(seat.read()) == [first, second]
    assert f"versi {second}" in seat.own_data()
    seat = sit()
    seat.enters()
    assert seat.pilot.see("privacy_sheet") is None
    assert sorted(seat.read()) == [first, second]


def test_planted_fault_a_sign_up_that_notes_nothing_is_found(sit, monkeypatch):
    """After a power cut between the two the notice is shown at once; who signs up is asked again."""
    monkeypatch.setattr(entrance, "_begun", lambda profile: profile)
    seat = sit()
    seat.signs_up()
    assert seat.read() == []
    assert seat.pilot.see("privacy_sheet") is not None
