"""The shell: one window, rooms on first visit, and keys that reach everything."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop import language
from desktop.errors import unknown
from desktop.screens import style
from desktop.screens.access_bar import LookActions
from desktop.screens.home import Home
from desktop.screens.rooms import Room
from desktop.screens.settings import Settings
from desktop.screens.status_line import Place, StatusView, status_words
from tests.fakes import people_at_work as office

CTRL = Qt.KeyboardModifier.ControlModifier


def test_before_the_first_screen_the_window_paints_its_torch(sit):
    seat = sit()
    seen = []
    seat.window.after_first_paint(lambda: seen.append(True))
    seat.window.update()
    seat.qtbot.waitUntil(lambda: bool(seen))
    middle = seat.window.grab().toImage().pixelColor(8, 8)
    assert middle == style.look().colour("rail")


def test_a_page_is_built_on_its_first_visit_and_kept(seat):
    built = []

    def page(name):
        built.append(name)
        return QWidget()

    seat.enter(
        Room("home", "Beranda", "home", lambda: page("home")),
        Room("evidence", "Bukti & JP", "award", lambda: page("jp")),
    )
    assert built == ["home"]
    seat.click("rail_evidence")
    seat.click("rail_home")
    seat.click("rail_evidence")
    assert built == ["home", "jp"]
    assert seat.window.current == "evidence"


def test_lanjutkan_is_one_key_away(seat):
    seat.enter()
    assert seat.focus == "resume"
    seat.press(Qt.Key.Key_Space)
    seat.press(Qt.Key.Key_Return)
    assert seat.asked == ["a", "a"]


def test_f6_walks_between_rail_and_page_and_arrows_walk_the_rail(seat):
    seat.enter()
    seat.press(Qt.Key.Key_F6)
    assert seat.focus == "rail_home"
    seat.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert seat.window.current == "evidence"
    assert seat.focus == "resume"
    seat.press(Qt.Key.Key_F6)
    assert seat.focus == "rail_evidence"


def test_the_focus_ring_is_for_keys_and_not_for_the_mouse(seat):
    seat.enter()
    assert not seat.sees("focus_ring")
    seat.press(Qt.Key.Key_F6)
    ring = seat.find("focus_ring")
    item = seat.find("rail_home")
    assert ring.geometry().contains(item.mapTo(seat.window, item.rect().center()))
    from PySide6.QtTest import QTest

    QTest.mouseClick(seat.window.windowHandle(), Qt.MouseButton.LeftButton, pos=seat.window.rect().center())
    assert not seat.sees("focus_ring")


def test_ctrl_l_and_the_button_with_the_initials_hand_the_pc_over(seat):
    seat.enter()
    seat.press((Qt.Key.Key_L, CTRL))
    seat.click("switch_user")
    assert seat.asked == ["switch", "switch"]
    assert seat.find("switch_user").accessibleName() == "Rahel. Ganti pengguna"


def test_handing_over_leaves_nothing_of_the_person_in_the_window(seat):
    seat.enter()
    seat.window.say("Catatan dihapus")
    from desktop.screens.sign_in import SignIn

    seat.window.show_alone(lambda: SignIn(office.sign_in(seat.jobs)))
    seat.rest()
    assert not seat.sees("toast")
    assert not seat.window.findChildren(Home)
    assert seat.window.page() is None


def test_f1_opens_the_page_of_this_screen_and_esc_gives_the_focus_back(seat):
    seat.enter()
    seat.press(Qt.Key.Key_F1)
    sheet = seat.find("help")
    assert sheet.page_name == "beranda"
    assert sheet.isAncestorOf(QApplication.focusWidget())
    for _ in range(8):
        seat.press(Qt.Key.Key_Tab)
        assert sheet.isAncestorOf(QApplication.focusWidget())
    seat.press(Qt.Key.Key_Escape)
    assert not seat.sees("help")
    assert seat.focus == "resume"


def test_the_status_line_says_exactly_where_the_work_is():
    day = date(2026, 11, 21)
    assert status_words(StatusView(Place.PC, 3)) == "Tersimpan di komputer ini, belum dikirim (3)"
    assert (
        status_words(StatusView(Place.COORDINATOR, 0, day)) == "Sudah di koordinator sejak 21 November 2026"
    )
    assert status_words(StatusView(Place.CENTRE, 0, day)) == "Semua sudah diterima pusat, 21 November 2026"
    assert status_words(StatusView(Place.NOTHING)) == "Belum ada yang perlu dikirim"


def test_being_offline_is_said_and_never_red(seat):
    seat.enter()
    seat.window.show_status(StatusView(Place.PC, 3, None, "PC Loket 1"))
    assert seat.find("status_net").text() == "Tanpa internet"
    assert seat.find("status_net").property("t") == "muted"
    assert seat.find("status_pc").text() == "PC Loket 1"


def test_a_bug_is_worded_with_its_code_and_its_details_can_be_copied(seat):
    seat.enter()
    seat.window.problem(unknown("A41F09", "Traceback: where it broke"))
    assert seat.find("problem_sheet").accessibleName() == "Terjadi masalah yang belum dikenali (kode A41F09)."
    seat.click("problem_copy")
    assert QApplication.clipboard().text() == "Traceback: where it broke"
    seat.press(Qt.Key.Key_Escape)
    assert not seat.sees("problem_sheet")


def test_language_changes_at_once_and_the_hand_stays_where_it_was(seat):
    def set_language(wanted):
        language.use(wanted)
        seat.window.rebuild()

    look = LookActions(set_language, lambda _s: None, lambda _t: None, lambda: None)
    made = [
        Room("home", "Beranda", "home", lambda: Home(office.home(seat.jobs))),
        Room(
            "settings", "Setelan", "gear", lambda: Settings(office.settings(seat.jobs, look)), on_rail=False
        ),
    ]
    seat.enter(*made)
    seat.window.go("settings")
    seat.rest()
    box = seat.find("settings_language")
    box.setFocus()
    seat.press(Qt.Key.Key_Down)
    assert language.language() == "en"
    assert seat.find("settings_language").value() == "en"
    assert seat.find("status_words").text() == "Nothing needs to be sent yet"
    assert seat.window.current == "settings"
    seat.qtbot.waitUntil(lambda: seat.focus == "settings_language")
    seat.press(Qt.Key.Key_Up)
    assert seat.find("status_words").text() == "Belum ada yang perlu dikirim"


def test_text_size_and_theme_build_the_window_again_in_place(seat, qapp):
    seat.enter()
    small = seat.find("resume").height()
    style.apply(qapp, style.Theme.CONTRAST, 2.0)
    seat.window.rebuild()
    seat.rest()
    assert seat.find("resume").height() > small * 1.7
    assert seat.focus == "resume"


def test_closing_lets_the_page_keep_what_is_half_done(seat):
    kept = []
    page = QWidget()
    page.leave = lambda: kept.append("page")
    seat.enter(Room("home", "Beranda", "home", lambda: page))
    seat.window.close()
    assert kept == ["page"]
    assert seat.asked == ["closing"]


def test_qts_own_words_are_indonesian_and_turn_english_with_ours(seat):
    from PySide6.QtWidgets import QLineEdit

    seat.enter()
    line = QLineEdit("teks")
    seat.qtbot.addWidget(line)
    offered = [action.text().partition("\t")[0] for action in line.createStandardContextMenu().actions()]
    assert "&Salin" in offered
    assert "&Tempel" in offered
    language.use("en")
    offered = [action.text().partition("\t")[0] for action in line.createStandardContextMenu().actions()]
    assert "&Copy" in offered


def test_a_long_page_without_anything_to_press_scrolls_by_keys(seat):
    from desktop.screens.evidence import Evidence

    many = replace(office.EVIDENCE, entries=office.EVIDENCE.entries * 8)
    seat.enter(Room("home", "Beranda", "home", lambda: Evidence(office.evidence(seat.jobs, many))))
    bar = seat.find("scroll").verticalScrollBar()
    seat.find("switch_user").setFocus()
    assert bar.value() == 0
    seat.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    seat.press(Qt.Key.Key_End)
    assert bar.value() == bar.maximum()


def test_help_scrolls_by_keys_while_its_button_has_the_focus(seat):
    seat.enter()
    seat.window.resize(1093, 614)
    seat.press(Qt.Key.Key_F1)
    bar = seat.find("help_scroll").verticalScrollBar()
    seat.press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
