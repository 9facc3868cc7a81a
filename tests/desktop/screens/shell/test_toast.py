"""A toast says that something is done and never lies on a button."""

import pytest
from PySide6.QtWidgets import QFrame, QWidget

from desktop.screens.toast import Toast


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def test_it_makes_way_for_the_buttons_of_a_page_that_comes_while_it_is_up(window, qtbot):
    toast = Toast(window)
    toast.say("Paket sudah terpasang dan diperiksa.")
    alone = toast.geometry()

    foot = QFrame(window)
    foot.setProperty("f", "foot")
    foot.setGeometry(0, 668, 1366, 64)
    foot.show()

    qtbot.waitUntil(lambda: not toast.geometry().intersects(foot.geometry()), timeout=3000)
    foot.hide()
    qtbot.waitUntil(lambda: toast.geometry() == alone, timeout=3000)
