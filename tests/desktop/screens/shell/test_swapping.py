"""Tukar data with a stick: told before it happens, stopped at any moment, and its end never missed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.screens import style
from desktop.screens.sheet import Sheet
from desktop.screens.sign_in import SignIn
from desktop.screens.stick_notice import StickNotice
from desktop.screens.text import Elided
from desktop.screens.visit import Visit
from desktop.screens.visit_views import VisitDone
from tests.fakes import people_at_work as office
from tests.fakes import round_of_the_stick as tour


@pytest.fixture
def drive():
    made = tour.Drive()
    yield made
    made.go.set()


@pytest.fixture
def locked(seat, drive):
    """A PC where nobody is signed in, and its Tukar data."""
    flow = Visit(seat.window, drive.actions(), seat.jobs)
    seat.window.show_alone(lambda: SignIn(office.sign_in(seat.jobs, exchange=flow.start)))
    seat.rest()
    return flow


def words(seat, name: str) -> str:
    sheet = seat.find(name)
    said = [made.text() for kind in (QLabel, Elided) for made in sheet.findChildren(kind)]
    return "\n".join([sheet.accessibleName(), *said])


def begin(seat, drive) -> None:
    """Open the sheet at the locked PC and start the visit, by the keyboard alone."""
    drive.sticks = (tour.OURS,)
    seat.find("stick_exchange").setFocus()
    seat.press(Qt.Key.Key_Space)
    assert seat.focus == "visit_go"
    seat.window.windowHandle()
    seat.qtbot.keyClick(seat.find("visit_go"), Qt.Key.Key_Space)
    seat.qtbot.waitUntil(lambda: seat.sees("visit_working") and "12" in seat.find("visit_words").text())


def test_a_locked_pc_tells_what_goes_and_what_comes_before_anything_is_copied(seat, drive, locked):
    drive.sticks = (tour.OURS,)
    seat.click("stick_exchange")
    told = words(seat, "visit_offer")
    for part in (
        "Ambil hasil dan antarkan kiriman?",
        "Flashdisk koordinator terpasang: SANDISK BIRU",
        "31 catatan belajar, 1,2 KB",
        "3 kiriman",
        "Modul Keamanan Informasi Kantor",
        "48 MB",
        "Isinya terkunci; hanya koordinator dan pusat yang dapat membukanya.",
    ):
        assert part in told
    assert drive.visited == []


def test_a_stick_that_is_plugged_in_later_is_shown_by_itself(seat, drive, locked):
    seat.click("stick_exchange")
    assert seat.sees("visit_wait")
    drive.sticks = (tour.OURS,)
    locked.look()
    seat.rest()
    assert seat.sees("visit_offer")
    assert not seat.sees("visit_wait")


def test_f1_opens_the_page_of_the_sheet_and_not_of_what_is_behind_it(seat, drive, locked):
    assert seat.window.help_page() == "masuk"
    seat.click("stick_exchange")
    assert seat.window.help_page() == "tukar-data"
    seat.press(Qt.Key.Key_Escape)
    assert seat.window.help_page() == "masuk"


def test_a_new_stick_is_prepared_only_when_somebody_says_so(seat, drive, locked):
    drive.sticks = (tour.NEW,)
    seat.click("stick_exchange")
    asked = "Siapkan flashdisk ini untuk Kantor Distrik Waropko? Berkas lain tidak diubah."
    assert asked in words(seat, "visit_new")
    assert drive.prepared == []
    seat.press(Qt.Key.Key_Space)
    assert drive.prepared == ["KINGSTON"]
    assert seat.sees("visit_offer")


def test_a_visit_says_how_far_it_is_and_where_to_go_next(seat, drive, locked):
    begin(seat, drive)
    assert seat.find("visit_words").text() == "Menyalin hasil, 12 dari 31"
    drive.go.set()
    seat.rest()
    told = words(seat, "visit_done")
    for part in (
        "Selesai dan sudah diperiksa.",
        "Flashdisk aman dicabut.",
        "Berikutnya: PC Loket 2 (2 lagi).",
    ):
        assert part in told
    assert drive.visited == ["SANDISK BIRU"]
    assert drive.ends == 1


@pytest.mark.parametrize(
    ("how_far", "said"),
    [
        (tour.CHECKING, "Memeriksa salinan"),
        (tour.TAKING, "Hasil sudah aman. Mengambil kiriman untuk komputer ini"),
        (
            tour.INSTALLING,
            "Hasil sudah aman. Modul Keamanan Informasi Kantor (48 MB) sedang dipasang, sekitar 40 detik.",
        ),
    ],
)
def test_every_step_has_its_sentence(seat, drive, locked, how_far, said):
    drive.steps = (how_far,)
    drive.sticks = (tour.OURS,)
    locked.exchange(tour.OURS)
    seat.qtbot.waitUntil(lambda: seat.find("visit_words").text() == said)


def test_where_one_pc_is_left_only_its_name_is_said(seat, drive, locked):
    drive.done = VisitDone(4, 0, left=("PC Arsip",))
    begin(seat, drive)
    drive.go.set()
    seat.rest()
    assert seat.find("visit_next").text() == "Berikutnya: PC Arsip."


def test_the_last_pc_of_the_round_leads_back_to_the_desk(seat, drive, locked):
    drive.done = VisitDone(4, 0, left=())
    begin(seat, drive)
    drive.go.set()
    seat.rest()
    assert "Berikutnya: Gabungkan di komputer koordinator." in seat.find("visit_next").text()


def test_a_pc_that_cannot_know_the_round_names_no_next_one(seat, drive, locked):
    drive.done = VisitDone(4, 0)
    begin(seat, drive)
    drive.go.set()
    seat.rest()
    assert not seat.sees("visit_next")


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_batal_stops_it_and_says_when_the_stick_may_go(seat, drive, locked, key):
    begin(seat, drive)
    seat.qtbot.keyClick(seat.find("visit_stop"), key)
    drive.go.set()
    seat.rest()
    assert "Dibatalkan. Flashdisk aman dicabut." in words(seat, "visit_stopped_sheet")
    assert drive.visited == []


def test_a_lock_closes_the_sheet_and_not_the_visit(seat, drive, locked):
    begin(seat, drive)
    for sheet in seat.window.findChildren(Sheet):
        sheet.finish()
    drive.go.set()
    seat.rest()
    assert drive.visited == ["SANDISK BIRU"]
    assert "Flashdisk aman dicabut." in words(seat, "visit_done")


def test_a_stick_pulled_out_goes_on_where_it_is_plugged_in_again(seat, drive, locked):
    drive.fault = tour.PULLED
    begin(seat, drive)
    drive.go.set()
    seat.rest()
    said = seat.find("visit_problem").accessibleName()
    assert "Flashdisk tercabut sebelum selesai. Data di komputer ini aman" in said
    assert "Pasang lagi, lalu pilih Coba lagi." in said
    drive.fault = None
    seat.press(Qt.Key.Key_Space)  # the focus is on *Coba lagi*
    assert drive.visited == ["SANDISK BIRU"]
    assert seat.sees("visit_done")


@pytest.mark.parametrize(
    ("stick", "said"),
    [
        (tour.FOREIGN, "Flashdisk ini milik kantor Distrik Mindiptana. Tidak ada yang disalin"),
        (tour.FULL, "Flashdisk penuh: perlu 40 MB, tersedia 2 MB"),
        (tour.READ_ONLY, "Flashdisk tidak dapat ditulisi. Pakai flashdisk lain"),
    ],
)
def test_a_stick_that_will_not_do_is_told_before_anything_is_written(seat, drive, locked, stick, said):
    drive.sticks = (stick,)
    seat.click("stick_exchange")
    assert said in seat.find("visit_problem").accessibleName()
    assert not seat.sees("visit_go")
    assert drive.visited == []
    assert drive.prepared == []


def test_our_stick_beside_anothers_is_the_one_that_is_asked_about(seat, drive, locked):
    drive.sticks = (tour.FOREIGN, tour.NEW, tour.OURS)
    seat.click("stick_exchange")
    assert "SANDISK BIRU" in words(seat, "visit_offer")


def test_a_stick_is_noticed_without_taking_the_keyboard(seat, drive, locked):
    heard = []
    locked.here.connect(heard.append)
    locked.gone.connect(lambda: heard.append("gone"))
    before = seat.focus
    drive.sticks = (tour.OURS,)
    locked.look()
    seat.rest()
    notice = StickNotice(seat.window, heard[0], locked.start)
    assert seat.focus == before == "pin"
    assert notice.accessibleName() == "Flashdisk koordinator terpasang: SANDISK BIRU"
    seat.click("notice_exchange")
    assert seat.sees("visit_offer")
    drive.sticks = ()
    locked.look()
    seat.rest()
    assert heard == ["SANDISK BIRU", "gone"]


def test_a_closed_window_stops_a_visit_without_a_question(seat, drive, locked):
    begin(seat, drive)
    for job in tuple(seat.jobs._running):
        job.cancel()  # what the window does when it closes
    drive.go.set()
    seat.rest()
    assert drive.visited == []


@pytest.mark.parametrize(("size", "scale"), [((1366, 768), 1.0), ((1093, 614), 1.0), ((1093, 614), 2.0)])
@pytest.mark.parametrize(
    ("stick", "button"),
    [(tour.LONG, "visit_go"), (tour.NEW, "visit_prepare"), (tour.FULL, "visit_leave")],
)
def test_every_sheet_fits_the_window_with_its_buttons(seat, qapp, drive, locked, size, scale, stick, button):
    style.apply(qapp, style.Theme.LIGHT, scale)
    seat.window.resize(*size)
    drive.sticks = (stick,)
    locked.start()
    seat.rest()
    key = seat.find(button)
    assert seat.focus == button
    corner = key.mapTo(seat.window, key.rect().bottomRight())
    assert corner.x() <= size[0]
    assert corner.y() <= size[1]
    assert seat.window.width() == size[0]


def test_everything_on_the_sheets_has_a_name_and_words(seat, drive, locked):
    begin(seat, drive)
    drive.go.set()
    seat.rest()
    for name in ("visit_finish", "visit_done_close"):
        assert seat.find(name).accessibleName().strip()
    assert seat.find("visit_done").accessibleName() == "Selesai dan sudah diperiksa."
