"""Beranda, Bukti & JP, Kirim & terima and Setelan: what they say, and what a click on them asks for."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.errors import Problem
from desktop.screens.coordinator_home import CoordinatorHome
from desktop.screens.evidence import Evidence
from desktop.screens.exchange import Exchange
from desktop.screens.home import Home
from desktop.screens.jp_card import JpView, rest_words
from desktop.screens.rooms import Room
from desktop.screens.settings import Settings
from desktop.screens.text import Elided
from tests.fakes import people_at_work as office


@pytest.fixture
def show(seat):
    def shown(build):
        seat.enter(Room("home", "Beranda", "home", build))
        return seat.window.page()

    return shown


def words(screen) -> str:
    said = [made.text() for made in screen.findChildren(QLabel) if made.isVisible()]
    said += [made.text() for made in screen.findChildren(Elided) if made.isVisible()]
    return "\n".join(said)


def test_jp_are_split_in_recognised_waiting_and_rejected(show, seat):
    screen = show(lambda: Home(office.home(seat.jobs)))
    said = words(screen)
    assert seat.find("jp_counted").text() == "12"
    assert seat.find("jp_target").text() == "dari 20 JP"
    for part in ("8 diakui", "4 menunggu", "0 ditolak", "Perlu 8 JP lagi sampai 31 Desember 2026"):
        assert part in said
    assert seat.find("jp_card").accessibleName() == "12 dari 20 JP. 8 diakui, 4 menunggu, 0 ditolak"


def test_a_reached_target_is_said_and_nothing_more_is_asked():
    assert rest_words(JpView(2026, 1800, 400, 0, 2000)) == "Target tahun 2026 tercapai"


def test_rejected_jp_are_told_and_never_counted():
    assert JpView(2026, 800, 400, 300, 2000).counted == 1200


def test_an_empty_pc_says_what_to_do(show, seat):
    asked = []
    actions = replace(office.home(seat.jobs, office.EMPTY_HOME), install=lambda: asked.append("install"))
    screen = show(lambda: Home(actions))
    assert "Belum ada modul" in words(screen)
    assert "Pasang dari flashdisk atau minta koordinator." in words(screen)
    seat.press(Qt.Key.Key_Space)
    assert asked == ["install"]


def test_what_is_due_opens_by_enter(show, seat):
    asked = []
    screen = show(lambda: Home(replace(office.home(seat.jobs), open_entry=asked.append)))
    seat.find("due_0").setFocus()
    seat.press(Qt.Key.Key_Return)
    assert asked == ["q"]
    assert "Kuis: Etika Pelayanan" in words(screen)


def test_a_home_that_cannot_load_says_so_and_tries_again(show, seat):
    tries = []

    def load():
        tries.append(True)
        if len(tries) == 1:
            raise Problem("Data di komputer ini belum dapat dibuka.", "Jangan hapus apa pun.")
        return office.HOME

    screen = show(lambda: Home(replace(office.home(seat.jobs), load=load)))
    assert "Data di komputer ini belum dapat dibuka." in words(screen)
    seat.click("home_problem_retry")
    assert seat.find("jp_counted").text() == "12"


def test_no_data_is_never_zero_on_the_coordinators_home(show, seat):
    screen = show(lambda: CoordinatorHome(office.coordinator(seat.jobs)))
    without = screen.findChild(object, "follow_3")
    assert without.accessibleName() == "Maria Goreti Kalakmabin-Uropmabin, Belum ada data, –"
    started = screen.findChild(object, "follow_0")
    assert started.accessibleName() == "Agustinus Wambrauw, Belum mulai, 0 JP"
    assert "Kantor Distrik Waropko, data dari 5 dari 6 komputer" in words(screen)
    assert seat.find("count_no_data").accessibleName() == "2 belum ada data, menunggu PC Loket 2"


def test_the_three_numbers_open_their_people(show, seat):
    asked = []
    show(lambda: CoordinatorHome(replace(office.coordinator(seat.jobs), open_people=asked.append)))
    seat.click("count_behind")
    seat.click("follow_1")
    assert asked == ["behind", "d"]


def test_the_years_jp_name_each_course_with_its_state(show, seat):
    screen = show(lambda: Evidence(office.evidence(seat.jobs)))
    names = [row.accessibleName() for row in screen.findChildren(object) if hasattr(row, "accessibleName")]
    assert (
        "Menulis Naskah Dinas, 4 JP, Menunggu. Selesai 22 November 2026. Nilai 88. "
        "Di koordinator sejak 23 Nov 2026. Tanda terima K7Q2-9XRT" in names
    )
    assert (
        "Dasar Arsip Dinamis, 6 JP, Diakui. Selesai 5 Oktober 2026. Nilai 92,5. Sertifikat 00037/SLH/BPSDM-PAPUA/2026. "
        "Diterima pusat 9 Okt 2026. Tanda terima B8NC-6YFA" in names
    )
    assert "Keamanan Informasi Kantor, 2 JP, Diakui. Selesai 14 September 2026" in names


def test_another_year_is_asked_for(show, seat):
    asked = []

    def load(year):
        asked.append(year)
        return office.EVIDENCE

    show(lambda: Evidence(replace(office.evidence(seat.jobs), load=load)))
    years = seat.find("year")
    years.setFocus()
    seat.press(Qt.Key.Key_Down)
    assert asked == [0, 2025]


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "3 catatan belum dikirim"),
        ({"unsent": 0}, "Semua sudah diterima pusat"),
        ({"sending": True}, "Sedang mengirim dan mengambil"),
        ({"unsent": 0, "received_since": None}, "Belum ada yang perlu dikirim"),
    ],
)
def test_the_road_says_where_the_work_is(show, seat, changes, title):
    show(lambda: Exchange(office.exchange(seat.jobs, replace(office.EXCHANGE, **changes))))
    assert seat.find("exchange_title").text() == title


def test_sending_is_one_button_and_needs_an_address(show, seat):
    asked = []
    view = office.EXCHANGE
    show(lambda: Exchange(replace(office.exchange(seat.jobs, view), send=lambda: asked.append("send"))))
    seat.click("send_now")
    assert asked == ["send"]
    show(lambda: Exchange(office.exchange(seat.jobs, replace(view, server=""))))
    assert not seat.find("send_now").isEnabled()


def test_a_fault_of_the_network_is_told_with_the_work_safe(show, seat):
    problem = Problem(
        "Jaringan ini belum meneruskan kiriman ke server pusat.", "Pekerjaan Anda tetap tersimpan."
    )
    show(lambda: Exchange(office.exchange(seat.jobs, replace(office.EXCHANGE, problem=problem))))
    assert "belum meneruskan" in seat.find("exchange_problem").accessibleName()


def test_a_server_address_is_checked_before_it_is_believed(show, seat):
    kept = []
    show(lambda: Settings(replace(office.settings(seat.jobs), set_server=kept.append)))
    field = seat.find("server")
    field.setText("https://lain.example")
    seat.click("check_server")
    assert "bukan pusat kantor ini" in seat.find("server_other").accessibleName()
    field.setText("https://pusat.example")
    seat.click("check_server")
    assert "Ini pusat kantor Anda." in seat.find("server_ok").accessibleName()
    seat.click("save_server")
    assert kept == ["https://pusat.example"]


def test_an_office_file_is_shown_before_it_is_taken(show, seat):
    taken = []
    actions = office.settings(seat.jobs)
    show(lambda: Settings(replace(actions, office=replace(actions.office, adopt=taken.append))))
    seat.find("put_office").click()
    seat.rest()
    assert taken == []
    assert "Yosina Kambu" in seat.find("office_offer").accessibleName()
    seat.find("adopt_office").click()
    seat.rest()
    assert taken == [office.OFFICE]


def test_idle_time_theme_and_size_are_asked_of_the_application(show, seat):
    asked = []
    look = replace(
        office.calm_look(),
        set_theme=lambda theme: asked.append(theme.value),
        set_scale=asked.append,
    )
    show(lambda: Settings(replace(office.settings(seat.jobs, look), set_idle=asked.append)))
    seat.click("theme_dark")
    seat.find("settings_scale").setFocus()
    seat.press(Qt.Key.Key_Down)
    seat.find("settings_idle").setFocus()
    seat.press(Qt.Key.Key_Down)
    assert asked == ["dark", 1.15, 10]
