"""The first morning at a new PC, by keyboard alone."""

from dataclasses import replace

from PySide6.QtCore import Qt

from desktop.errors import Problem
from desktop.screens.first_run import FirstRun
from desktop.screens.new_person import NewPerson
from desktop.screens.sign_in import SignIn
from tests.fakes import people_at_work as office

TAB, ENTER, DOWN = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Down


def test_from_an_unknown_pc_to_the_first_lesson_without_a_mouse(seat):
    adopted, entered = [], []

    def sign_in():
        actions = office.sign_in(seat.jobs, entered.append, tiles=())
        seat.window.show_alone(lambda: SignIn(actions))

    actions = office.first_run(seat.jobs, done=sign_in)
    actions = replace(actions, adopt=lambda found, name: adopted.append((found, name)))
    seat.window.show_alone(lambda: FirstRun(actions))
    seat.rest()
    assert seat.focus == "from_stick"
    assert seat.sees("office_card")

    seat.press(TAB, TAB, TAB)
    assert seat.focus == "pc_name"
    seat.press((Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier), "PC Arsip", ENTER)
    assert adopted == [(office.OFFICE, "PC Arsip")]

    assert seat.focus == "tile_other"
    seat.press(ENTER)
    assert seat.focus == "nip"
    seat.press("19860926 201505 1 001", ENTER)
    assert seat.find("nip_advice").text() == "Terdaftar: Rahel Marani, Sekretariat"
    seat.press("26-09-1986", ENTER)
    assert seat.focus == "enrolment_code"
    seat.press(ENTER)
    assert seat.focus == "nickname"
    assert seat.find("nickname").text() == "Rahel"
    seat.press(ENTER, "482913", ENTER, "482913", ENTER)
    (wish,) = entered
    assert isinstance(wish, NewPerson)
    assert (wish.nip, wish.nickname, wish.pin, wish.code) == ("198609262015051001", "Rahel", "482913", "")


def test_no_stick_and_study_first(seat):
    adopted = []
    actions = office.first_run(seat.jobs, None)
    actions = replace(actions, adopt=lambda found, name: adopted.append((found, name)))
    seat.window.show_alone(lambda: FirstRun(actions))
    seat.rest()
    assert not seat.find("prepare").isEnabled()
    seat.press(DOWN, DOWN)
    assert seat.focus == "from_later"
    seat.click("prepare")
    assert adopted == [(None, "PC Loket 1")]


def test_a_stick_put_in_later_is_found_by_itself(seat):
    seen = [None]
    actions = office.first_run(seat.jobs, None)
    actions = replace(actions, found=lambda: seen[0])
    screen = seat.window.show_alone(lambda: FirstRun(actions))
    seat.rest()
    assert not seat.sees("office_card")
    seen[0] = office.OFFICE
    screen.look_for_stick()
    seat.rest()
    assert seat.sees("office_card")
    assert seat.find("prepare").isEnabled()


def test_a_forged_office_file_is_refused_with_a_sentence_and_nothing_is_taken(seat):
    def forged(_path):
        raise Problem("Asal berkas ini tidak dapat dipastikan, jadi tidak dipakai.", "Hubungi koordinator.")

    actions = office.first_run(seat.jobs, None)
    actions = replace(actions, inspect=forged)
    seat.window.show_alone(lambda: FirstRun(actions))
    seat.click("from_file")
    assert "tidak dapat dipastikan" in seat.find("first_run_problem").accessibleName()
    assert not seat.find("prepare").isEnabled()


def test_a_birth_date_that_is_not_in_the_nip_stops_before_anything_is_made(seat):
    entered = []
    screen = seat.window.show_alone(lambda: SignIn(office.sign_in(seat.jobs, entered.append)))
    screen.show_form()
    seat.press("198609262015051001", ENTER, "26-09-1987")
    assert seat.find("birth_advice").text() == "Tanggal lahir tidak sama dengan 8 angka pertama NIP."
    seat.click("sign_up")
    assert seat.focus == "birth"
    assert entered == []


def test_a_nip_outside_the_roster_may_begin(seat):
    screen = seat.window.show_alone(lambda: SignIn(office.sign_in(seat.jobs)))
    screen.show_form()
    seat.press("198609262015051002")
    said = seat.find("nip_advice").text()
    assert said == "NIP belum ada di daftar kantor ini. Anda dapat mulai; koordinator akan memeriksa."
    assert not seat.sees("enrolment_code")


def test_letters_in_a_nip_are_told_while_typing(seat):
    screen = seat.window.show_alone(lambda: SignIn(office.sign_in(seat.jobs)))
    screen.show_form()
    seat.press("19860926")
    assert seat.find("nip_advice").text() == "8 dari 18 angka"
    seat.press("O")
    assert seat.find("nip_advice").text() == "NIP harus 18 angka. Periksa tanggal lahir pada 8 angka pertama."
