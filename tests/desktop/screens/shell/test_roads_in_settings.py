"""Setelan of the roads: a month's data has a limit that somebody sets, and one PC may be the office's hub."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.errors import Problem
from desktop.screens.rooms import Room
from desktop.screens.settings import Settings
from desktop.screens.settings_roads import HubView
from tests.fakes import people_at_work as office

WALL = Problem(
    "Windows menolak sambungan antarkomputer. Gunakan flashdisk.",
    "Data Anda aman. Petugas TI dapat mengizinkan Suluh di firewall.",
)


@pytest.fixture
def show(seat):
    def shown(hub=office.HUB, **more):
        roads = office.roads(seat.jobs, hub)
        limit = {"set_limit": more.pop("set_limit")} if "set_limit" in more else {}
        roads = replace(roads, hub=replace(roads.hub, **more), **limit)
        actions = replace(office.settings(seat.jobs), roads=roads)
        seat.enter(Room("home", "Setelan", "gear", lambda: Settings(actions)))

    return shown


def test_the_limit_that_holds_is_shown_and_another_is_one_key_away(show, seat):
    kept = []
    show(set_limit=kept.append)
    combo = seat.find("settings_limit")
    assert combo.value() == "50"
    combo.setFocus()
    seat.press(Qt.Key.Key_Down, Qt.Key.Key_Home)
    assert kept == [100, 0]
    assert combo.currentText() == "Tanpa batas"


def test_a_limit_that_nobody_offers_is_shown_all_the_same(seat):
    view = replace(office.SETTINGS, data_limit=73)
    seat.enter(Room("home", "Setelan", "gear", lambda: Settings(office.settings(seat.jobs, view=view))))
    assert seat.find("settings_limit").currentText() == "73 MB"


def test_a_learner_may_type_the_hub_and_not_be_it(show, seat):
    kept = []
    show(HubView(found="192.168.1.10:8751"), set_hub=kept.append)
    assert not seat.sees("serve_hub")
    assert seat.find("hub_advice").text() == "Ditemukan sendiri: 192.168.1.10:8751"
    seat.find("hub").setFocus()
    seat.press("10.0.0.7:8751", Qt.Key.Key_Return)
    assert kept == ["10.0.0.7:8751"]


def test_without_an_office_there_is_no_hub_and_still_a_limit(seat):
    roads = replace(office.roads(seat.jobs), hub=None)
    actions = replace(office.settings(seat.jobs), roads=roads)
    seat.enter(Room("home", "Setelan", "gear", lambda: Settings(actions)))
    assert not seat.sees("hub_card")
    assert seat.sees("settings_limit")


def test_a_coordinator_switches_the_hub_on_and_is_told_its_address(show, seat):
    show()
    seat.find("serve_hub").setFocus()
    seat.press(Qt.Key.Key_Space)
    assert "Hub kantor menyala di 192.168.1.14:8751" in seat.find("hub_on").accessibleName()
    assert not seat.sees("hub")
    assert seat.focus == "serve_hub"
    seat.press(Qt.Key.Key_Space)
    assert not seat.sees("hub_on")
    assert seat.sees("hub")


def test_a_hub_that_is_still_starting_has_no_address_yet(show, seat):
    show(replace(office.HUB, serving=True, starting=True))
    assert seat.sees("hub_waiting")
    assert not seat.sees("hub_on")


def test_a_firewall_is_told_in_one_sentence_and_the_switch_goes_back(show, seat):
    made = office.HubOfOffice(office.HUB, seat.jobs)

    def serve(_on):
        made.changed.emit(replace(office.HUB, problem=WALL))

    show(serve=serve, changed=made.changed)
    seat.find("serve_hub").setFocus()
    seat.press(Qt.Key.Key_Space)
    assert WALL.title.rstrip(".") in seat.find("hub_problem").accessibleName()
    assert not seat.find("serve_hub").isChecked()
    assert seat.focus == "serve_hub"
