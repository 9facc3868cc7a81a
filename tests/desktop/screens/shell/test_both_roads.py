"""Kirim & terima of a coordinator: the round first, their own work one click behind it, and the way back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.background.sending import SendingProgress
from desktop.screens.exchange import Exchange
from desktop.screens.exchange_room import ExchangeRoom
from desktop.screens.home import Home
from desktop.screens.rooms import Room
from desktop.screens.round import Round
from tests.fakes import people_at_work as office
from tests.fakes import round_of_the_stick as tour


@pytest.fixture
def desk(seat):
    def build():
        def round_(own):
            return Round(replace(tour.Desk().actions(seat.jobs), own=own))

        def own(back):
            return Exchange(replace(office.exchange(seat.jobs, office.SENDING), back=back))

        return ExchangeRoom(round_, own)

    seat.enter(
        Room("home", "Beranda", "home", lambda: Home(office.home(seat.jobs))),
        Room("exchange", "Kirim & terima", "exchange", build),
    )
    seat.window.go("exchange")
    seat.rest()


def test_the_round_is_first_and_ones_own_work_has_a_way_back(seat, desk):
    assert seat.sees("round_road")
    assert seat.window.help_page() == "putaran"
    seat.find("own_work").setFocus()
    seat.press(Qt.Key.Key_Return)
    assert seat.sees("exchange_road")
    assert not seat.sees("round_road")
    assert seat.window.help_page() == "kirim-terima"
    seat.click("back")
    assert seat.sees("round_road")
    assert seat.focus == "round_go"


def test_whoever_comes_back_finds_the_round(seat, desk):
    seat.click("own_work")
    seat.window.go("home")
    seat.window.go("exchange")
    seat.rest()
    assert seat.sees("round_road")


def test_ones_own_work_hears_how_far_it_is(seat, desk):
    page = seat.window.page()
    page.show_progress(SendingProgress(1, 2, 3))  # before it was ever shown there is nobody to tell
    seat.click("own_work")
    page.show_progress(SendingProgress(600_000, 1_200_000, 70))
    assert seat.find("exchange_about").text() == "600 KB dari 1,2 MB, sekitar 2 menit lagi"
