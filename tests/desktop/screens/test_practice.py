"""Mode latihan: a banner that no screen hides, a way in from Kantor, and a program that shares nothing."""

import sys
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop import cli
from desktop.app import desk_room
from desktop.app.desk_room import DeskRoom
from desktop.demo import command
from desktop.screens import style
from desktop.screens.style import Theme
from desktop.screens.window import Window, WindowActions


def nothing(*_):
    return ""


@pytest.mark.parametrize("theme", Theme)
def test_the_banner_stays_on_top_of_whatever_is_shown_and_as_wide_as_the_window(qtbot, theme):
    style.apply(QApplication.instance(), theme)
    window = Window(WindowActions(nothing, nothing, nothing, lambda: False, nothing))
    qtbot.addWidget(window)
    window.practise("482913")
    screens = [window.show_alone(lambda words=words: QLabel(words)) for words in ("pertama", "kedua")]
    window.show()
    window.resize(1100, 700)
    QApplication.processEvents()
    banner = window.findChild(QWidget, "practice_banner")
    assert banner.isVisible()
    assert banner.text() == "LATIHAN: bukan data sungguhan. PIN semua orang: 482913"
    assert banner.width() == window.width() == 1100
    assert screens[-1].mapTo(window, screens[-1].rect().topLeft()).y() >= banner.height()
    assert window.childAt(550, banner.height() // 2) is banner


def test_a_window_of_real_work_has_no_banner(qtbot):
    window = Window(WindowActions(nothing, nothing, nothing, lambda: False, nothing))
    qtbot.addWidget(window)
    window.show_alone(lambda: QLabel("kerja"))
    window.show()
    assert window.findChild(QWidget, "practice_banner") is None


@pytest.mark.parametrize(("starts", "said"), [(True, "sedang disiapkan"), (False, "tidak dapat dibuka")])
def test_practice_is_a_program_of_its_own_that_is_told_of_no_folder(monkeypatch, starts, said):
    started, told = [], []

    def start(program, words):
        started.append((program, words))
        return starts, 1

    monkeypatch.setattr(desk_room.QProcess, "startDetached", start)
    room = SimpleNamespace(
        _session=SimpleNamespace(app=SimpleNamespace(window=SimpleNamespace(say=told.append)))
    )
    DeskRoom._practise(room)
    assert started == [(sys.executable, ["-m", "desktop", "latihan"])]
    assert said in told[0]


def test_the_word_latihan_opens_practice_and_without_a_screen_says_so(monkeypatch, capsys):
    monkeypatch.setattr(command, "_has_screen", lambda: False)
    assert cli.main(["latihan"]) == 3
    assert capsys.readouterr().out == "Latihan memerlukan layar.\n"
