"""Mode latihan: a banner that no screen hides, a way in from Kantor, and a program that shares nothing."""

import sys
import threading
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop import cli
from desktop.app import desk_room
from desktop.app.desk_room import DeskRoom
from desktop.demo import command, practice, practice_wait
from desktop.screens import style
from desktop.screens.practice_banner import Places
from desktop.screens.style import Theme
from desktop.screens.window import Window, WindowActions


def nothing(*_):
    return ""


@pytest.mark.parametrize("theme", Theme)
def test_the_banner_stays_on_top_of_whatever_is_shown_and_as_wide_as_the_window(qtbot, theme):
    style.apply(QApplication.instance(), theme)
    window = Window(WindowActions(nothing, nothing, nothing, lambda: False, nothing))
    qtbot.addWidget(window)
    window.practise("482913", Places("PC Arsip", ("PC Loket",), nothing))
    window.say_practice("Langkah 2 dari 12: Pergi ke PC Loket")
    screens = [window.show_alone(lambda words=words: QLabel(words)) for words in ("pertama", "kedua")]
    window.show()
    window.resize(1100, 700)
    QApplication.processEvents()
    banner = window.findChild(QWidget, "practice_banner")
    assert banner.isVisible()
    said = {one.objectName(): one.text() for one in banner.findChildren(QLabel)}
    assert said["practice_said"] == "LATIHAN: bukan data sungguhan. PIN semua orang: 482913. Anda di PC Arsip"
    assert said["practice_next"] == "Langkah 2 dari 12: Pergi ke PC Loket"
    assert banner.findChild(QWidget, "practice_walk").text() == "Pergi ke…"
    assert banner.width() == window.width() == 1100
    assert screens[-1].mapTo(window, screens[-1].rect().topLeft()).y() >= banner.height()
    for high in (2, banner.height() - 2):
        assert banner.isAncestorOf(window.childAt(30, high))


def test_a_long_step_in_a_narrow_window_is_cut_and_can_be_read_whole(qtbot):
    window = Window(WindowActions(nothing, nothing, nothing, lambda: False, nothing))
    qtbot.addWidget(window)
    window.practise("482913", Places("PC Arsip", ("PC Loket",), nothing))
    words = "Langkah 2 dari 12: " + "pergi ke PC Loket, " * 12
    window.say_practice(words)
    window.show()
    window.resize(800, 520)
    QApplication.processEvents()
    step, said, walk = (window.findChild(QWidget, f"practice_{name}") for name in ("next", "said", "walk"))
    assert step.text().endswith("…")
    assert step.toolTip() == step.accessibleName() == words
    assert said.geometry().right() <= walk.geometry().left()
    assert "482913" in said.text()


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


def test_the_wait_says_what_is_done_and_how_far_it_is_and_batal_ends_it_at_the_next_step(qtbot):
    """Nothing is left running, and nothing that was made is opened."""
    steps, seen = [], {}

    def make(tell):
        for number in range(100):
            steps.append(number)
            tell(f"langkah {number}")
            if number == 2:
                QTimer.singleShot(0, QApplication.instance(), press)
                assert pressed.wait(20)
        return "an office"

    def press():
        (ready,) = [one for one in QApplication.topLevelWidgets() if one.objectName() == "getting_ready"]
        seen["far"] = ready.findChild(QLabel, "ready_far").text()
        seen["now"] = ready.findChild(QLabel, "ready_now").text()
        qtbot.mouseClick(ready.findChild(QWidget, "ready_cancel"), Qt.MouseButton.LeftButton)
        pressed.set()

    pressed = threading.Event()
    assert practice_wait.wait_for(make) is None
    assert seen == {"far": f"Langkah 3 dari {practice.STEPS}", "now": "langkah 2"}
    assert steps == [0, 1, 2, 3]


def test_what_goes_wrong_is_told_on_the_glass_and_stays_until_it_was_read(qtbot):
    told = []

    def make(tell):
        tell("Pusat latihan dinyalakan")
        QTimer.singleShot(0, QApplication.instance(), read)
        raise OSError

    def read():
        (ready,) = [one for one in QApplication.topLevelWidgets() if one.objectName() == "getting_ready"]
        now = ready.findChild(QLabel, "ready_now").text()
        if "tidak dapat disiapkan" not in now:
            QTimer.singleShot(5, QApplication.instance(), read)
            return
        told.append(now)
        qtbot.mouseClick(ready.findChild(QWidget, "ready_cancel"), Qt.MouseButton.LeftButton)

    assert practice_wait.wait_for(make) is None
    assert len(told) == 1


def test_as_many_steps_are_told_as_the_wait_counts(monkeypatch):
    told = []
    store = SimpleNamespace(pc=lambda: SimpleNamespace(id=b""))
    pc = SimpleNamespace(
        install=nothing, sit=lambda *_: SimpleNamespace(close=nothing), shelf=None, close=nothing, store=store
    )
    monkeypatch.setattr(practice, "study", nothing)
    monkeypatch.setattr(practice, "know", nothing)
    world = SimpleNamespace(
        found=lambda tell: (tell("pusat"), tell("kantor")),
        coordinator_pc=lambda tell: tell("meja"),
        pc=lambda _name: pc,
        pc_folder=Path,
        packs=(),
        codes=defaultdict(str),
    )
    practice.practice_office(world, told.append)
    assert len(told) == practice.STEPS
