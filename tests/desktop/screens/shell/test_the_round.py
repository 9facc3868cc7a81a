"""A coordinator's round: the next place, the PCs by their names, and one button that is where the focus is."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.screens.rooms import Room
from desktop.screens.round import Round
from desktop.screens.round_cards import names
from desktop.screens.round_views import CentreDone, RoundPc
from desktop.screens.text import Elided
from tests.fakes import round_of_the_stick as tour


@pytest.fixture
def at_desk(seat):
    made = []

    def sit(view) -> tour.Desk:
        desk = tour.Desk(view)
        made.append(desk)
        seat.enter(
            Room("exchange", "Kirim & terima", "exchange", lambda: Round(desk.actions(seat.jobs))),
            Room("home", "Beranda", "home", lambda: Round(desk.actions(seat.jobs))),
        )
        return desk

    yield sit
    for desk in made:
        desk.go.set()


@pytest.fixture(autouse=True)
def _starts_there(seat, monkeypatch):
    enter = seat.window.enter
    monkeypatch.setattr(seat.window, "enter", lambda who, plan: enter(who, plan, "exchange"))


def words(seat) -> str:
    page = seat.window.page()
    return "\n".join(made.text() for kind in (QLabel, Elided) for made in page.findChildren(kind))


def run(seat, desk) -> None:
    """Press the button of the step, which has the focus, and wait until it is under way."""
    assert seat.focus == "round_go"
    seat.qtbot.keyClick(seat.find("round_go"), Qt.Key.Key_Space)
    seat.qtbot.waitUntil(lambda: seat.sees("round_working") and seat.find("round_words").text().strip() != "")


@pytest.mark.parametrize(
    ("name", "road", "title"),
    [
        ("kosong", "Langkah 1 dari 4: Keliling komputer", "Mulai dari komputer ini."),
        (
            "keliling",
            "Langkah 1 dari 4: Keliling komputer (5/6)",
            "Kunjungi 1 komputer lagi: PC Loket 2",
        ),
        ("gabung", "Langkah 2 dari 4: Gabungkan", "Ada hasil dari 6 komputer."),
        ("pusat", "Langkah 3 dari 4: Ke pusat", "Kirim hasil kantor ke pusat"),
        ("jawaban", "Langkah 3 dari 4: Ke pusat", "Jawaban pusat ada di flashdisk."),
        (
            "antar",
            "Langkah 4 dari 4: Keliling lagi",
            "Pusat sudah menerima semuanya. 37 kiriman siap diantarkan.",
        ),
        (
            "sertifikat",
            "Langkah 4 dari 4: Keliling lagi",
            "Pusat sudah menerima semuanya. 37 sertifikat siap diantarkan.",
        ),
        ("selesai", "Keliling lagi", "Putaran ini selesai."),
        ("jaringan", "Langkah 1 dari 4: Keliling komputer (6/6)", "Data semua komputer sudah baru."),
        ("hub", "Langkah 2 dari 4: Gabungkan", "Ada hasil dari 3 komputer."),
    ],
)
def test_each_place_says_what_to_do_next(seat, at_desk, name, road, title):
    at_desk(tour.ROUNDS[name])
    assert seat.find("round_road").accessibleName() == road
    assert seat.find("round_title").text() == title
    assert seat.focus == "round_go"


@pytest.mark.parametrize(("width", "said"), [(800, 1), (1366, 4)])
def test_the_smallest_window_cuts_nothing_at_its_edge(seat, at_desk, width, said):
    seat.window.resize(width, 600)
    at_desk(tour.ROUNDS["antar"])
    seat.rest()
    page = seat.find("round_road").parentWidget()
    assert page.width() <= page.parentWidget().width()
    shown = [made for made in seat.find("round_road").findChildren(QLabel) if made.isVisible()]
    assert len(shown) == said


def test_pcs_are_told_by_name_with_their_visit_and_what_waits_there(seat, at_desk):
    pcs = (
        RoundPc("PC Loket 2", None, fresh=False),
        RoundPc("PC Arsip", tour.BEFORE, fresh=False, letters=1),
        RoundPc("PC Loket 1", tour.DAY, fresh=True, letters=2, delivered=True, here=True),
    )
    at_desk(replace(tour.ROUND, pcs=pcs))
    heard = [seat.find(f"round_pc_{number}").accessibleName() for number in range(3)]
    assert heard == [
        "PC Loket 2, belum dikunjungi dalam putaran ini, belum dikunjungi, –",
        "PC Arsip, belum dikunjungi dalam putaran ini, 20 Okt 2026, 1 kiriman",
        "PC Loket 1 (komputer ini), dikunjungi dalam putaran ini, 21 Nov 2026, sudah diantarkan",
    ]


def test_a_pc_that_sent_by_itself_is_not_one_to_be_visited(seat, at_desk):
    at_desk(tour.ROUNDS["jaringan"])
    assert seat.find("round_pc_0").accessibleName() == "PC Loket 2, mengirim sendiri 21 Nov, –"


def test_what_came_over_the_offices_network_is_merged_without_a_stick(seat, at_desk):
    desk = at_desk(tour.ROUNDS["hub"])
    desk.go.set()
    seat.press(Qt.Key.Key_Space)
    assert "merge" in desk.asked


def test_merging_says_how_far_it_is_and_then_what_came(seat, at_desk):
    desk = at_desk(tour.ROUNDS["gabung"])
    run(seat, desk)
    assert seat.find("round_title").text() == "Menggabungkan hasil dari 6 komputer"
    assert seat.find("round_words").text() == "PC Arsip, komputer 4 dari 6, sekitar 20 detik lagi"
    assert seat.find("round_under").text() == "96 data baru, 40 sudah ada"
    assert seat.focus == "round_stop"
    desk.view = tour.ROUNDS["pusat"]
    desk.go.set()
    seat.rest()
    assert ("said", "128 data baru, 40 sudah ada, 1 perlu diperiksa.") in desk.asked
    assert "128 data baru, 40 sudah ada, 1 perlu diperiksa" in seat.find("round_merged").accessibleName()
    assert seat.focus == "round_go"


def test_every_finding_has_its_sentence_and_the_list_goes_when_somebody_has_looked(seat, at_desk):
    desk = at_desk(tour.ROUNDS["periksa"])
    told = seat.find("round_doubts").accessibleName()
    for words in (
        "2 hal perlu diperiksa",
        "2 catatan dari PC Loket 3 bernomor sama dengan isi berbeda. Keduanya disimpan.",
        "1 berkas di flashdisk rusak. Kunjungi lagi komputernya",
    ):
        assert words in told
    assert "belum dikenali" not in told
    assert "1 orang di PC Arsip belum dikenali" in seat.find("round_newcomers").accessibleName()
    seat.click("round_checked")
    seat.rest()
    assert "checked" in desk.asked
    assert not seat.sees("round_doubts")
    assert not seat.sees("round_newcomers")


def test_who_came_for_the_first_time_is_no_alarm_and_what_to_do_is_said_once(seat, at_desk):
    at_desk(tour.ROUNDS["baru"])
    assert not seat.sees("round_doubts")
    merged = seat.find("round_merged").accessibleName()
    assert "0 perlu diperiksa. 3 orang baru menunggu dikenali" in merged
    told = seat.find("round_newcomers").accessibleName()
    assert "2 orang di PC Loket 1 belum dikenali.\n1 orang di PC Arsip belum dikenali." in told
    assert told.count("dikenali saat hasilnya sampai di pusat") == 1
    seat.click("round_checked")
    seat.rest()
    assert not seat.sees("round_newcomers")


def test_batal_stops_merging_and_says_so_at_once(seat, at_desk):
    desk = at_desk(tour.ROUNDS["gabung"])
    run(seat, desk)
    seat.qtbot.keyClick(seat.find("round_stop"), Qt.Key.Key_Space)
    assert seat.find("round_words").text() == "Membatalkan"
    desk.go.set()
    seat.rest()
    assert "stopped" in desk.asked


def test_a_stick_pulled_out_while_merging_is_told_and_tried_again(seat, at_desk):
    desk = at_desk(tour.ROUNDS["gabung"])
    desk.fault = tour.PULLED
    run(seat, desk)
    desk.go.set()
    seat.rest()
    assert "Flashdisk tercabut sebelum selesai" in seat.find("round_problem").accessibleName()
    assert not seat.sees("round_go"), "one button a place: Coba lagi does the same"
    assert seat.focus == "round_problem_retry"
    desk.fault = None
    seat.click("round_problem_retry")
    assert "merge" in desk.asked
    assert not seat.sees("round_problem")


def test_without_the_stick_nothing_can_be_merged(seat, at_desk):
    at_desk(tour.ROUNDS["gabung-tanpa"])
    assert not seat.find("round_go").isEnabled()
    assert seat.find("round_about").text() == "Pasang flashdisk koordinator di komputer ini."


def test_going_to_the_centre_tells_bytes_and_minutes_before_and_while_it_goes(seat, at_desk):
    desk = at_desk(tour.ROUNDS["pusat"])
    desk.steps = (tour.SENDING,)
    assert seat.find("round_about").text().startswith("1,2 MB, sekitar 3 menit")
    run(seat, desk)
    assert seat.find("round_words").text() == "480 KB dari 1,2 MB, sekitar 2 menit"
    desk.go.set()
    seat.rest()
    assert ("said", "Pusat sudah menerima semuanya.") in desk.asked


def test_what_the_centre_did_not_take_is_never_called_done(seat, at_desk):
    desk = at_desk(tour.ROUNDS["pusat"])
    desk.answer = CentreDone(0, left=3)
    run(seat, desk)
    desk.go.set()
    seat.rest()
    assert "Pusat belum menerima 3 bagian" in seat.find("round_problem").accessibleName()
    assert ("said", "Pusat sudah menerima semuanya.") not in desk.asked


def test_a_borrowed_pc_is_explained_in_three_lines_with_its_address(seat, at_desk):
    desk = at_desk(tour.ROUNDS["pusat"])
    said = seat.find("round_borrowed").accessibleName()
    assert said.count("KIRIM-KE-PUSAT") == 2
    assert tour.PAGE in said
    assert "Simpan JAWABAN-PUSAT ke flashdisk yang sama" in said
    seat.click("copy_page")
    assert ("copied", tour.PAGE) in desk.asked


def test_an_answer_on_the_stick_is_taken_in_by_one_button(seat, at_desk):
    desk = at_desk(tour.ROUNDS["jawaban"])
    desk.go.set()
    seat.press(Qt.Key.Key_Space)
    assert "answer" in desk.asked


def test_a_lost_stick_is_reported_in_one_form(seat, at_desk):
    desk = at_desk(tour.ROUNDS["keliling"])
    seat.find("report_lost").setFocus()
    seat.press(Qt.Key.Key_Space)
    assert seat.focus == "loss_note"
    seat.press("pasar", Qt.Key.Key_Return)
    assert ("lost", "pasar") in desk.asked
    assert not seat.sees("loss_sheet")


def test_the_form_names_whose_work_may_be_on_the_stick(seat, at_desk):
    at_desk(tour.ROUNDS["keliling"])
    seat.click("report_lost")
    named = seat.find("loss_people").text()
    assert all(name in named for name in tour.ABOARD.people)
    assert "1 orang yang belum dikenali" in named


def test_a_loss_is_shown_until_the_centre_knows_and_its_three_days_are_over(seat, at_desk):
    at_desk(tour.ROUNDS["hilang"])
    told = " ".join(one.text() for one in seat.window.findChildren(QLabel))
    assert "Laporan belum sampai di pusat. Kirim sebelum 26 Nov 2026, 14.20." in told
    assert "Pusat sudah menerima laporan ini." in told


def test_a_form_that_was_closed_reports_nothing(seat, at_desk):
    desk = at_desk(tour.ROUNDS["keliling"])
    seat.click("report_lost")
    seat.press(Qt.Key.Key_Escape)
    assert [one for one in desk.asked if one[0] == "lost"] == []


def test_part_of_the_office_can_be_merged_before_the_rest_was_visited(seat, at_desk):
    desk = at_desk(tour.ROUNDS["keliling-12"])
    desk.go.set()
    seat.click("round_merge_now")
    assert "merge" in desk.asked


def test_tukar_data_and_ones_own_work_are_one_button_away(seat, at_desk):
    desk = at_desk(tour.ROUNDS["keliling"])
    seat.press(Qt.Key.Key_Space)
    seat.click("own_work")
    assert desk.asked == ["visit", "own"]


def test_a_change_of_the_stick_does_not_take_away_the_card_of_work_under_way(seat, at_desk):
    desk = at_desk(tour.ROUNDS["gabung"])
    run(seat, desk)
    desk.view = tour.ROUNDS["gabung-tanpa"]
    seat.window.page().refresh()
    assert seat.sees("round_working")
    desk.go.set()
    seat.rest()
    assert not seat.sees("round_working")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("PC A",), "PC A"),
        (("PC A", "PC B"), "PC A, PC B"),
        (tuple(f"PC Loket {n}" for n in range(9)), "PC Loket 0, PC Loket 1, PC Loket 2 dan 6 lagi"),
        (("PC " + "x" * 60, "PC B"), "PC " + "x" * 60 + " dan 1 lagi"),
    ],
)
def test_many_names_are_told_as_a_few_and_a_number(given, said):
    assert names(given) == said
