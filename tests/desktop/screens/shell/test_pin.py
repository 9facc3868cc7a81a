"""The PIN at the door: right, wrong, five times wrong, forgotten."""

from dataclasses import replace

from PySide6.QtCore import Qt

from desktop.errors import Problem
from desktop.screens.sign_in import SignIn
from tests.fakes import people_at_work as office

ENTER = Qt.Key.Key_Return


def open_door(seat, **changed):
    entered = []
    actions = replace(office.sign_in(seat.jobs, entered.append), **changed)
    seat.window.show_alone(lambda: SignIn(actions))
    seat.rest()
    return entered


def test_the_last_person_types_only_the_pin(seat):
    entered = open_door(seat)
    assert seat.focus == "pin"
    seat.press(office.PIN, ENTER)
    assert entered == ["session"]


def test_arrows_and_enter_choose_somebody_else(seat):
    tried = []
    open_door(seat, unlock=lambda profile, pin: tried.append((profile, pin)))
    seat.find("tile_RM").setFocus()
    seat.press(Qt.Key.Key_Right, ENTER)
    assert seat.focus == "pin"
    seat.press("556677", ENTER)
    assert tried == [(b"y" * 16, "556677")]


def test_a_wrong_pin_says_how_many_tries_are_left_and_forgets_what_was_typed(seat):
    entered = open_door(seat)
    seat.press("111222", ENTER)
    assert seat.find("pin_words").text() == "PIN tidak cocok. Tersisa 4 percobaan."
    assert seat.find("pin").text() == ""
    assert seat.focus == "pin"
    assert entered == []


def test_a_short_pin_is_not_even_tried(seat):
    tried = []
    open_door(seat, unlock=lambda profile, pin: tried.append(pin))
    seat.press("1234", ENTER)
    assert seat.find("pin_words").text() == "PIN paling sedikit 6 angka."
    assert tried == []


def test_after_five_wrong_pins_the_door_waits_and_says_how_long(seat):
    def shut(_profile, _pin):
        raise Problem("Terlalu banyak percobaan. Tunggu 5 menit.", wait=300)

    open_door(seat, unlock=shut)
    seat.press("111222", ENTER)
    assert seat.find("pin_words").text() == "Terlalu banyak percobaan. Tunggu 5 menit."
    assert not seat.find("pin").isEnabled()
    assert not seat.find("sign_in").isEnabled()
    card = seat.find("pin_card")
    for _ in range(260):
        card.count_down()
    assert seat.find("pin_words").text() == "Terlalu banyak percobaan. Tunggu 40 detik."
    for _ in range(40):
        card.count_down()
    assert seat.find("pin").isEnabled()
    assert seat.focus == "pin"


def test_the_window_stays_alive_while_a_pin_is_tried(seat, qtbot):
    """Argon2 takes its time off the GUI thread: the button tells, and a second Enter is not a second try."""
    tried = []
    open_door(seat, unlock=lambda _profile, pin: tried.append(pin) or "session")
    seat.press("556677")
    card = seat.find("pin_card")
    card.submit()
    assert not seat.find("sign_in").isEnabled()
    card.submit()
    seat.rest()
    assert tried == ["556677"]


def test_a_forgotten_pin_starts_again_with_the_coordinators_code(seat):
    reset = []
    entered = open_door(
        seat,
        reset=office.ResetActions(
            lambda profile, code, pin: reset.append((profile, code, pin)) or "again", office.pin_fault
        ),
    )
    seat.click("forgot_pin")
    assert seat.focus == "reset_code"
    seat.press("7KQ2-M4PX-99", ENTER)
    assert seat.find("new_pin_advice").text() == "PIN harus 6 sampai 12 angka."
    seat.press("739155", ENTER)
    assert seat.find("new_pin_again_advice").text() == "Kedua PIN tidak sama."
    seat.press("739155", ENTER)
    assert reset == [(b"r" * 16, "7KQ2-M4PX-99", "739155")]
    assert entered == ["again"]


def test_a_wrong_code_is_told_at_the_code(seat):
    def refuse(*_given):
        raise Problem("Kode atur ulang PIN tidak cocok.", "Tersisa 3 percobaan.")

    open_door(seat, reset=office.ResetActions(refuse, office.pin_fault))
    seat.click("forgot_pin")
    seat.press("AAAA", ENTER, "739155", Qt.Key.Key_Tab, "739155", ENTER)
    assert seat.find("reset_code_advice").text() == "Kode atur ulang PIN tidak cocok. Tersisa 3 percobaan."
