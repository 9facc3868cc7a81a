"""Every screen of the shell can be named, reached and read: by screen readers, by keyboard, at large text."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from desktop.screens import style
from desktop.screens.card import Target
from desktop.screens.coordinator_home import CoordinatorHome
from desktop.screens.evidence import Evidence
from desktop.screens.exchange import Exchange
from desktop.screens.first_run import FirstRun
from desktop.screens.home import Home
from desktop.screens.rooms import Room
from desktop.screens.round import Round
from desktop.screens.settings import Settings
from desktop.screens.sign_in import SignIn
from tests.fakes import people_at_work as office
from tests.fakes import round_of_the_stick as tour

ACTIONABLE = (QAbstractButton, QComboBox, QLineEdit, Target)
SCREENS: dict[str, Callable] = {
    "first run": lambda jobs: FirstRun(office.first_run(jobs)),
    "sign in": lambda jobs: SignIn(office.sign_in(jobs)),
    "home": lambda jobs: Home(office.home(jobs)),
    "empty home": lambda jobs: Home(office.home(jobs, office.EMPTY_HOME)),
    "long home": lambda jobs: Home(office.home(jobs, office.LONG_HOME)),
    "coordinator": lambda jobs: CoordinatorHome(office.coordinator(jobs)),
    "evidence": lambda jobs: Evidence(office.evidence(jobs)),
    "exchange": lambda jobs: Exchange(office.exchange(jobs)),
    "exchange on its way": lambda jobs: Exchange(office.exchange(jobs, office.SENDING)),
    "round": lambda jobs: Round(tour.Desk().actions(jobs)),
    "round without pcs": lambda jobs: Round(tour.Desk(tour.ROUNDS["kosong"]).actions(jobs)),
    "round of twelve": lambda jobs: Round(tour.Desk(tour.ROUNDS["keliling-12"]).actions(jobs)),
    "round in town": lambda jobs: Round(tour.Desk(tour.ROUNDS["pusat"]).actions(jobs)),
    "settings": lambda jobs: Settings(office.settings(jobs)),
}


@pytest.fixture(params=SCREENS, ids=lambda name: name.replace(" ", "_"))
def shown(request, seat):
    def show():
        build = SCREENS[request.param]
        if request.param in {"first run", "sign in"}:
            screen = seat.window.show_alone(lambda: build(seat.jobs))
        else:
            seat.enter(Room("home", "Beranda", "home", lambda: build(seat.jobs)))
            screen = seat.window.page()
        seat.rest()
        return screen

    return show


def targets(screen: QWidget) -> list[QWidget]:
    return [
        child for child in screen.findChildren(QWidget) if isinstance(child, ACTIONABLE) and child.isVisible()
        and child.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]  # fmt: skip


def test_everything_one_can_act_on_has_a_name_for_tests_and_words_for_ears(shown):
    for child in targets(shown()):
        assert child.objectName(), child
        assert child.accessibleName().strip(), child.objectName()


def test_a_screen_opens_no_window_of_its_own(shown, seat):
    shown()
    assert [made for made in QApplication.topLevelWidgets() if made.isVisible()] == [seat.window]


def test_every_target_is_large_enough_for_a_shaking_hand(shown):
    for child in targets(shown()):
        assert child.height() >= 28, child.objectName()


def test_the_keyboard_alone_reaches_everything(shown, seat):
    screen = shown()
    wanted = {child for child in targets(screen) if child.isEnabled()}
    reached = set()
    for _ in range(len(wanted) + 30):
        seat.press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        reached.add(focused)
    # Radio buttons of one group are one stop; arrows choose among them.
    missed = {child.objectName() for child in wanted - reached if not child.objectName().startswith("theme_")}
    assert not missed


@pytest.mark.parametrize(("size", "scale"), [((1366, 768), 1.5), ((1093, 614), 1.0), ((1093, 614), 2.0)])
def test_nothing_runs_out_of_the_window_sideways(shown, seat, qapp, scale, size):
    style.apply(qapp, style.Theme.LIGHT, scale)
    seat.window.resize(*size)
    screen = shown()
    seat.rest()
    assert seat.window.width() == size[0], "a screen asks for more width than there is"
    for child in targets(screen):
        right = child.mapTo(seat.window, child.rect().topRight()).x()
        assert right <= size[0], child.objectName()


def test_every_screen_has_its_page_of_help_in_both_languages(shown):
    name = shown().help_page()
    for speech in ("id", "en"):
        assert (style.RESOURCES / "help" / speech / f"{name}.md").is_file(), f"{speech}/{name}.md"
