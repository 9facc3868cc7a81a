"""Whoever was erased finds, where their tile was, what happened and what stays; nobody is asked for a PIN."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from desktop.screens.cohort_computers import Computers, ComputersActions, ErasureRow
from desktop.screens.rooms import Room
from desktop.screens.sign_in import SignIn
from desktop.screens.tile import TileView
from tests.fakes import people_at_work as office
from tests.fakes import round_of_the_stick

GONE = TileView(b"g" * 16, "Data dihapus", "KJ", "24 November 2026", gone=True)


def shown(seat, *tiles, read):
    actions = replace(office.sign_in(seat.jobs), tiles=lambda: tiles, read_gone=read)
    seat.window.show_alone(lambda: SignIn(actions))
    seat.rest()


def test_a_tile_of_somebody_erased_says_so_and_goes_when_it_was_read(seat):
    read = []
    shown(seat, TileView(b"h" * 16, "Helena", "HB"), GONE, read=read.append)
    assert seat.sees("pin_card")
    seat.click("tile_KJ")
    assert not seat.sees("pin_card")
    assert "tidak dapat dipulihkan" in seat.find("gone_words").text()
    seat.click("gone_read")
    assert read == [GONE.profile]
    seat.click("tile_HB")
    assert seat.sees("pin_card")


def test_at_a_pc_where_nobody_else_sits_it_is_what_one_sees_first(seat):
    shown(seat, GONE, read=None)
    assert seat.sees("gone_card")


def test_the_desk_sees_which_computers_are_still_to_let_go_and_nobodys_name(seat):
    held = round_of_the_stick.computers(seat.jobs).load()
    gone = ErasureRow(round_of_the_stick.NOW, 2, 4, ("PC Arsip", "PC Loket 2"))
    actions = ComputersActions(lambda: replace(held, erasures=(gone,)), seat.jobs)
    seat.enter(Room("home", "Kantor", "office", lambda: Computers(actions)))
    said = seat.find("computers_erasure").accessibleName()
    assert "2 dari 4 komputer" in said
    words = " ".join(one.text() for one in seat.find("computers_erasure").findChildren(QLabel))
    assert "PC Arsip, PC Loket 2" in words
