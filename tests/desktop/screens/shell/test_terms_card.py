"""What comes to its end is told in Setelan with its day or its reason, and at the desk by computer."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from desktop.errors import Problem
from desktop.screens.cohort_computers import Computers, ComputersActions
from desktop.screens.rooms import Room
from desktop.screens.settings import Settings
from desktop.screens.settings_terms import SHOWN, TermsActions, TermsView
from tests.fakes import people_at_work as office
from tests.fakes import round_of_the_stick

ABOUT = "Diberitahukan 30 hari sebelumnya. Yang belum diterima pusat tidak pernah dihapus."


def told(seat, load):
    settings = replace(office.settings(seat.jobs), terms=TermsActions(load, seat.jobs))
    seat.enter(Room("home", "Setelan", "gear", lambda: Settings(settings)))
    seat.rest()
    return [one.text() for one in seat.find("terms_card").findChildren(QLabel)]


def test_each_thing_has_its_day_or_its_reason(seat):
    rows = (
        ("Profil WS, lama tidak dipakai", "Dihapus paling cepat 15 Januari 2027"),
        ("Profil HB, lama tidak dipakai", "Disimpan: hasilnya belum semua diterima pusat"),
    )
    said = told(seat, lambda: TermsView(ABOUT, rows))
    assert [words for words in said if words in {one for each in rows for one in each}] == [
        *rows[0],
        *rows[1],
    ]
    assert ABOUT in said


def test_an_empty_list_says_so_and_a_long_one_is_counted(seat):
    assert "Tidak ada." in told(seat, lambda: TermsView(ABOUT))
    rows = tuple((f"Cadangan lama {n}", "Dihapus paling cepat 15 Januari 2027") for n in range(SHOWN + 3))
    said = told(seat, lambda: TermsView(ABOUT, rows))
    assert "3 lagi sesudahnya." in said
    assert f"Cadangan lama {SHOWN}" not in said


def test_a_list_that_cannot_be_read_says_why(seat):
    def fails():
        raise Problem("Data di komputer ini rusak.", "Buka Cek kesehatan.")

    told(seat, fails)
    assert seat.sees("terms_problem")


def test_the_desk_reads_at_which_computer_and_nothing_where_nothing_ends(seat):
    held = round_of_the_stick.computers(seat.jobs).load()
    line = "Di PC Arsip: 2 profil yang lama tidak dipakai akan dihapus, paling cepat 15 Januari 2027"
    for endings in ((), (line,)):
        actions = ComputersActions(lambda ends=endings: replace(held, endings=ends), seat.jobs)
        seat.enter(Room("home", "Kantor", "office", lambda made=actions: Computers(made)))
        assert seat.sees("computers_endings") is bool(endings)
    words = [one.text() for one in seat.find("computers_endings").findChildren(QLabel)]
    assert f"{line}." in words
