"""Where a person's work is: three places, each piece with its day and receipt, and what the road costs."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from desktop.background.sending import SendingProgress
from desktop.screens.custody import PieceView, place_words, receipt_words
from desktop.screens.exchange import Exchange
from desktop.screens.meter import MeterView
from desktop.screens.rooms import Room
from desktop.screens.status_line import PLACE_ICONS, Place, StatusView, status_words
from tests.fakes import people_at_work as office

DAY = date(2026, 11, 21)


@pytest.fixture
def show(seat):
    def shown(view=office.EXCHANGE, **more):
        actions = replace(office.exchange(seat.jobs, view), **more)
        seat.enter(Room("home", "Kirim & terima", "exchange", lambda: Exchange(actions)))
        return seat.window.page()

    return shown


@pytest.mark.parametrize(
    ("view", "place", "title"),
    [
        (office.EXCHANGE, "Langkah 1 dari 3: Di komputer ini", "3 catatan belum dikirim"),
        (
            office.HELD,
            "Langkah 2 dari 3: Sudah di koordinator sejak 21 November 2026",
            "Sudah di koordinator sejak 21 November 2026",
        ),
        (office.SENDING, "Langkah 2 dari 3: Dalam perjalanan", "Sedang mengirim dan mengambil"),
        (replace(office.EXCHANGE, unsent=0), "Diterima pusat", "Semua sudah diterima pusat"),
    ],
)
def test_the_newest_work_is_at_one_of_three_places(show, seat, view, place, title):
    show(view)
    assert seat.find("exchange_road").accessibleName() == place
    assert seat.find("exchange_title").text() == title


def test_work_done_after_the_coordinator_came_is_on_this_pc_again(show, seat):
    show(replace(office.HELD, unsent=5))
    assert seat.find("exchange_title").text() == "2 catatan belum dikirim"


def test_every_piece_of_work_says_where_it_is_since_when_and_its_receipt(show, seat):
    show()
    heard = [seat.find(f"piece_{at}").accessibleName() for at in (0, 2, 4)]
    assert heard == [
        "Kuis: Etika Pelayanan. Selesai 24 November 2026. Tersimpan di komputer ini. belum ada tanda terima",
        (
            "Menulis Naskah Dinas. Selesai 20 November 2026. Di koordinator sejak 21 Nov 2026. "
            "Tanda terima K7Q2-9XRT"
        ),
        "Dasar Arsip Dinamis. Selesai 5 Oktober 2026. Diterima pusat 9 Okt 2026. Tanda terima B8NC-6YFA",
    ]


def test_older_pieces_are_one_button_away(show, seat):
    show()
    assert not seat.sees("piece_5")
    seat.find("all_pieces").setFocus()
    seat.press(Qt.Key.Key_Space)
    assert seat.sees("piece_5")
    assert seat.focus == "all_pieces"
    seat.press(Qt.Key.Key_Space)
    assert not seat.sees("piece_5")


def test_nothing_is_said_to_be_elsewhere_without_a_day():
    assert place_words(Place.COORDINATOR, None) == "Tersimpan di komputer ini"
    assert place_words(Place.CENTRE, None) == "Tersimpan di komputer ini"
    assert receipt_words("") == "belum ada tanda terima"


def test_sending_tells_bytes_and_minutes_while_it_goes(show, seat):
    screen = show(office.SENDING)
    assert seat.find("exchange_about").text() == "480 KB dari 1,2 MB, sekitar 3 menit lagi"
    bar = seat.find("exchange_bar")
    screen.show_progress(SendingProgress(1_000_000, 1_240_000, 20))
    assert seat.find("exchange_about").text() == "1 MB dari 1,2 MB, sekitar 1 menit lagi"
    assert seat.find("exchange_bar") is bar, "the page was built anew"
    screen.show_progress(SendingProgress(1_300_000, None, None))
    assert seat.find("exchange_about").text() == "1,3 MB sudah lewat. Masih ada yang diambil."
    assert not seat.sees("exchange_bar")


def test_progress_that_comes_after_the_end_changes_nothing(show, seat):
    screen = show()
    before = seat.find("exchange_about").text()
    screen.show_progress(SendingProgress(1, 2, 3))
    assert seat.find("exchange_about").text() == before


@pytest.mark.parametrize(
    ("meter", "said"),
    [
        (MeterView(12_400, 1_240_000), "Pemakaian data. Hari ini 12 KB, bulan ini 1,2 MB"),
        (
            MeterView(12_400, 1_240_000, 50_000_000),
            "Pemakaian data. Hari ini 12 KB, bulan ini 1,2 MB dari 50 MB",
        ),
    ],
)
def test_the_meter_tells_today_this_month_and_the_limit(show, seat, meter, said):
    show(replace(office.EXCHANGE, meter=meter))
    assert seat.find("meter").accessibleName() == said
    assert seat.sees("meter_bar") is bool(meter.limit)


def test_a_reached_limit_is_told_calmly_and_sending_by_hand_still_goes(show, seat):
    show(office.LIMITED)
    assert "Batas data bulan ini tercapai" in seat.find("exchange_limit").accessibleName()
    assert seat.find("send_now").isEnabled()


def test_the_stick_is_a_road_too(show, seat):
    asked = []
    show(visit=lambda: asked.append("visit"))
    seat.click("exchange_stick")
    assert asked == ["visit"]


def test_a_coordinator_goes_back_to_the_round(show, seat):
    asked = []
    show(back=lambda: asked.append("back"))
    seat.click("back")
    assert asked == ["back"]


def test_the_three_states_of_the_line_have_three_icons_and_three_sentences():
    views = (
        StatusView(Place.PC, 3),
        StatusView(Place.COORDINATOR, 3, DAY),
        StatusView(Place.CENTRE, 0, DAY),
    )
    assert [status_words(view) for view in views] == [
        "Tersimpan di komputer ini, belum dikirim (3)",
        "Sudah di koordinator sejak 21 November 2026",
        "Semua sudah diterima pusat, 21 November 2026",
    ]
    assert len({PLACE_ICONS[view.place] for view in views}) == 3


def test_pieces_are_told_by_value_and_never_by_a_name_of_a_person():
    assert set(PieceView.__slots__) == {"title", "done", "place", "since", "receipt", "icon"}
