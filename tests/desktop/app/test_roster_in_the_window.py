"""A new roster through the real window: previewed, cancelled without a trace, proposed, and answered by the centre."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.app.application import Application
from desktop.demo.pilot import Pilot
from desktop.people.profiles import sign_in
from desktop.screens.button import Button
from desktop.screens.office import ACCOUNTS
from desktop.screens.roster_card import RosterCard
from sync.roster.proposal import PROPOSED
from tests.builders.office import DINA, MARKUS, YOHANA, new_office
from tests.builders.roster import workbook
from tests.builders.round import PIN, Desk

UNIT = "Distrik Abenaho"
RINA = "199003032015032002"
ROWS = [
    (1, "Markus Itlay", MARKUS, UNIT, ""),
    (2, "Yohana Wenda", YOHANA, "Puskesmas Urfas", ""),
    (3, "Rina Wonda", RINA, UNIT, ""),
]


@pytest.fixture
def seat(qtbot, tmp_path):
    pc = Desk(tmp_path / "meja", new_office(), "PC Sekretariat")
    markus = pc.sit(MARKUS).profile
    pc.off()
    qt = QApplication.instance()
    app = Application(qt, pc.store.folders, tuple)
    app.open()
    pilot = Pilot(qt, app.window)
    pilot.until(lambda: app.window.page() or pilot.names(), "the first screen")
    app.enter(sign_in(app.store, markus, PIN))
    pilot.settle(app.jobs.idle)
    app.session.desk.open_tab(ACCOUNTS)
    pilot.settle(app.jobs.idle)
    yield app, pilot
    app.window.close()
    app.window.deleteLater()


def words(widget):
    return " | ".join(one.text() for one in widget.findChildren(QLabel))


def takes(app, pilot, file):
    app.window.findChild(RosterCard).take(file)
    pilot.settle(app.jobs.idle)
    return pilot.wait("roster_sheet")


def test_a_roster_is_looked_at_cancelled_and_then_proposed(seat, tmp_path):
    app, pilot = seat
    file = workbook(tmp_path / "simpeg.xlsx", ROWS)
    said = words(takes(app, pilot, file))
    for word in (
        "Orang baru",
        "Rina Wonda",
        "Pindah unit",
        "Yohana Wenda",
        "Keluar dari daftar",
        "Dina Kambuaya",
    ):
        assert word in said
    pilot.click("roster_cancel")
    pilot.settle(app.jobs.idle)
    assert app.session.profile.facts(kinds=(PROPOSED,)) == ()

    takes(app, pilot, file)
    pilot.click("roster_save")
    pilot.settle(app.jobs.idle)
    assert len(app.session.profile.facts(kinds=(PROPOSED,))) == 1
    card = app.window.findChild(RosterCard)
    pilot.until(
        lambda: any("Menunggu pusat." in one.accessibleName() for one in card.findChildren(QWidget)),
        "the state of it",
    )
    assert DINA not in words(app.window)


def test_a_faulty_roster_cannot_be_saved(seat, tmp_path):
    app, pilot = seat
    file = workbook(tmp_path / "salah.xlsx", [*ROWS, (4, "Ganda", MARKUS, UNIT, "")])
    sheet = takes(app, pilot, file)
    assert "NIP sama dengan baris 2." in words(sheet)
    assert not sheet.findChild(Button, "roster_save").isEnabled()


def test_a_file_that_is_no_roster_is_told_in_the_card(seat, tmp_path):
    app, pilot = seat
    file = tmp_path / "lama.xls"
    file.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    app.window.findChild(RosterCard).take(file)
    pilot.settle(app.jobs.idle)
    assert "Excel lama" in words(app.window.findChild(RosterCard))
