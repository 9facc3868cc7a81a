"""A practitioner of a start-up speaks in an office: signs up there without NIP and network, and sees nobody's scores."""

import re
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication

import desktop.office.gather
from desktop.app.application import Application
from desktop.app.ending_news import endings_near
from desktop.demo.people import COORDINATOR, LEARNERS, PIN, Invented, write_roster
from desktop.demo.pilot import Pilot
from desktop.office.desk import Desk
from desktop.office.endings import endings
from desktop.people.guests import GuestSignUp, sign_up_guest
from desktop.store.facts import Scope
from sync.server.centre import open_house
from sync.server.office_new import OfficeWish, new_office
from tests.builders.centre import CHEAP
from tests.builders.road import Handed, Pc, desk_row, read_all, read_codes, sent, take_quiz
from tests.fakes.clock import HandClock

MARIA = LEARNERS[5]
SARI = "Sari Lestari"
NIP = re.compile(rb"(?<!\d)(19|20)\d{6}(19|20)\d{4}[12]\d{3}(?!\d)")


@pytest.fixture
def office(town, tmp_path):
    """An office that expects a guest until the end of next March; found by its operator as ever."""
    roster, out = tmp_path / "pegawai.csv", tmp_path / "kantor"
    write_roster(roster, (COORDINATOR, MARIA, Invented(SARI, "", "Narasumber", "praktisi")))
    rows = roster.read_text("utf-8-sig").splitlines()
    text = "\n".join([f"{rows[0]};Peran sampai", *(f"{row};" for row in rows[1:3]), f"{rows[3]};31-03-2099"])
    keys, database, _ = open_house(town.home)
    with database:
        wish = OfficeWish(f"Kantor Tamu {tmp_path.name}", "Asia/Jayapura", (town.url,), cost=CHEAP)
        made = new_office(database, keys, text.encode(), wish, out)
    return Handed(made.file, read_codes(made.codes), wish.name)


def test_a_guest_signs_up_by_code_in_the_window_and_is_shown_nobodys_nip_or_score(
    town, office, tmp_path, cheap_pins, qtbot, monkeypatch
):
    pack = town.pack()
    loket = Pc(tmp_path / "loket", "PC Loket", office)
    loket.install(pack)
    maria = loket.sit(MARIA)
    read_all(loket.learning(maria))
    take_quiz(loket.learning(maria), wrong=1)
    sent(maria, town.url)

    aula = Pc(tmp_path / "aula", "PC Aula", office)
    aula.store.put_setting("ready", "1")
    folders = aula.store.folders
    aula.off()
    qt = QApplication.instance()
    app = Application(qt, folders, tuple)
    app.open()
    pilot = Pilot(qt, app.window)
    try:
        pilot.click("tile_other")
        pilot.click("without_nip")
        pilot.settle(app.jobs.idle)
        assert "nip" not in [name for name in pilot.names() if pilot.see(name)]
        pilot.write("guest_code", office.codes[SARI].lower())
        pilot.settle(app.jobs.idle)
        said = pilot.wait("guest_code_advice").text()
        assert said == f"Terdaftar: {SARI}, tamu sampai 31 Maret 2099"
        pilot.write("guest_pin_new", PIN)
        pilot.write("guest_pin_again", PIN)
        pilot.click("guest_sign_up")
        pilot.until(lambda: app.session, "the guest's rooms")
        pilot.settle(app.jobs.idle)
        sari = app.session.profile
        assert (sari.nip, sari.role, app.session.desk) == ("", "guest", None)
        shown = {name for name in pilot.names() if pilot.see(name)}
        assert not shown & {"rail_office", "rail_grading", "rail_jury", "rail_studio"}
        sari.record("page.read", activity="a/b/c", page=1, seconds=9, version="1")
        sent(sari, town.url)
        sent(sari, town.url)
        assert sari.unsent() == 0
        everything = b"".join(repr(fact).encode() for fact in sari.facts(Scope.OFFICE))
        assert maria.profile.hex().encode() not in everything
        assert not [fact for fact in sari.facts(Scope.OFFICE) if fact.header.profile == maria.profile]
        assert not NIP.search(everything)
        kinds = {fact.statement.kind for fact in sari.facts(Scope.OFFICE)}
        assert not kinds & {"quiz.answered", "quiz.finished", "assignment.graded", "course.completed"}
    finally:
        app.window.close()
        app.window.deleteLater()

    yohana = Pc(tmp_path / "meja", "PC Sekretariat", office).sit(COORDINATOR)
    sent(yohana, town.url)
    sent(yohana, town.url)
    assert desk_row(yohana, MARIA).jp == 0 or desk_row(yohana, MARIA).modules_done
    names = {one.row.name for one in Desk(yohana).renew().rows}
    assert names == {one["name"] for one in town.report(office)}, "desk and centre count the same people"
    assert MARIA.name in names
    assert SARI not in names, "a guest owes no hours, so no line of hours says 0 of them"
    monkeypatch.setattr(desktop.office.gather, "staff", list)
    assert SARI in {one.row.name for one in Desk(yohana).renew().rows}, "the planted fault is seen"


def test_before_a_stay_ends_the_desk_and_the_guest_are_told_until_the_last_day(office, tmp_path, cheap_pins):
    clock = HandClock(int(datetime(2099, 3, 16, 3, tzinfo=UTC).timestamp()))
    aula = Pc(tmp_path / "aula", "PC Aula", office, clock)
    sari, yohana = sign_up_guest(aula.store, GuestSignUp(office.codes[SARI], PIN, "")), aula.sit(COORDINATOR)
    assert (endings(yohana), list(endings_near(sari))) == ((), []), "fifteen days before nobody is bothered"
    clock.wait(86_400)
    (near,), (told,) = endings(yohana), list(endings_near(sari))
    assert (near.name, near.said) == (SARI, "Masa tamu sampai 31 Maret 2099, 14 hari lagi.")
    assert (told.title, told.pill) == ("Masa tamu Anda berakhir 31 Maret 2099", "14 hari lagi")
    clock.wait(14 * 86_400)
    (near,), (told,) = endings(yohana), list(endings_near(sari))
    assert near.said == "Masa tamu sampai 31 Maret 2099, hari ini yang terakhir."
    assert told.pill == "hari ini"
    clock.wait(86_400)
    assert (endings(yohana), list(endings_near(sari))) == ((), [])
