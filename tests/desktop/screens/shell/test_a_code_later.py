"""A code typed after signing up: it comes from Setelan, with the PIN, and says what is wrong."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.screens.rooms import Room
from desktop.screens.settings import Settings
from tests.fakes import people_at_work as office


@pytest.fixture
def settings(seat):
    def shown(use_code=None, **more):
        actions = office.settings(seat.jobs, **more)
        if use_code is not None:
            actions = replace(actions, office=replace(actions.office, use_code=use_code))
        seat.enter(Room("home", "Setelan", "gear", lambda: Settings(actions)))
        return seat

    return shown


def test_code_and_pin_go_by_keys_alone(settings):
    typed = []
    seat = settings(lambda code, pin, _refused: typed.append((code, pin)))
    seat.find("use_code").setFocus()
    seat.press(Qt.Key.Key_Space)
    assert seat.focus == "office_code"
    seat.press("K7QM 2XPA", Qt.Key.Key_Return, "135790", Qt.Key.Key_Return)
    assert typed == [("K7QM 2XPA", "135790")]
    assert not seat.find("office_code_go").isEnabled(), "asked once"


def test_a_code_of_somebody_else_is_told_and_may_be_typed_again(settings):
    seat = settings()
    seat.click("use_code")
    seat.press("K7QM2XPA", Qt.Key.Key_Return, "135790", Qt.Key.Key_Return)
    assert office.NO_SUCH_CODE.title in seat.find("office_code_problem").accessibleName()
    assert seat.focus == "office_code"
    assert seat.find("office_code").text() == "K7QM2XPA"
    assert seat.find("office_code_pin").text() == "", "a PIN does not stay on the glass"
    assert seat.find("office_code_go").isEnabled()


def test_nothing_is_tried_without_a_code_or_a_pin(settings):
    tried = []
    seat = settings(lambda *typed: tried.append(typed))
    seat.click("use_code")
    seat.click("office_code_go")
    assert (seat.focus, seat.find("office_code_advice").text()) == ("office_code", "Ketik kodenya.")
    seat.press("K7QM2XPA")
    seat.click("office_code_go")
    assert (seat.focus, seat.find("office_code_pin_advice").text()) == ("office_code_pin", "Ketik PIN Anda.")
    assert tried == []


def test_a_pc_without_an_office_asks_for_no_code(settings):
    seat = settings(view=replace(office.SETTINGS, office=None))
    assert not seat.sees("use_code")
