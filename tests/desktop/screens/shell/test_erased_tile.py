"""Whoever was erased finds, where their tile was, what happened and what stays; nobody is asked for a PIN."""

from dataclasses import replace

from desktop.screens.sign_in import SignIn
from desktop.screens.tile import TileView
from tests.fakes import people_at_work as office

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
