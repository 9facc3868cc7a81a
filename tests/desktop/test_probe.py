"""A PC without the system libraries gets a line to paste instead of a crash."""

import os
import subprocess
import sys

import pytest

from desktop import probe
from desktop.probe import LIST, Use, advice, lacking, needed, uses

SCREENS = {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"}


def test_the_list_names_a_package_for_every_library_qt_links():
    listed = {each.library: each.package for each in needed(LIST.read_text("utf-8"))}
    assert listed["libEGL.so.1"] == "libegl1"
    assert listed["libpulse.so.0"] == "libpulse0"
    assert listed["libxcb-cursor.so.0"] == "libxcb-cursor0"
    assert listed["libgthread-2.0.so.0"] == listed["libglib-2.0.so.0"] == "libglib2.0-0"


def test_a_whole_pc_lacks_nothing():
    assert lacking({}, there=lambda _library: True) == ()


def test_what_is_missing_is_named_with_one_line_that_brings_it():
    gone = {"libEGL.so.1", "libpulse.so.0"}
    missing = lacking({"QT_QPA_PLATFORM": "offscreen"}, there=lambda library: library not in gone)
    said = advice(missing)
    assert "libEGL.so.1, libpulse.so.0" in said
    assert said.endswith("sudo apt-get install -y --no-install-recommends libegl1 libpulse0")


@pytest.mark.parametrize(
    ("environment", "screen"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ({}, False),
    ],
)
def test_x11_libraries_are_asked_for_only_where_there_is_an_x11_screen(environment, screen):
    assert (Use.SCREEN in uses(environment)) is screen


def test_without_any_screen_a_sentence_comes_instead_of_an_abort():
    assert probe.screenless({})
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        assert not probe.screenless({name: "x"})
    given = {name: value for name, value in os.environ.items() if name not in SCREENS}
    done = subprocess.run(
        [sys.executable, "-c", "from desktop.app.start import run_window; raise SystemExit(run_window())"],
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "Tidak ada layar" in done.stderr


def test_the_loader_is_asked_where_the_usual_places_have_nothing(monkeypatch):
    monkeypatch.setattr(probe, "_PLACES", ())
    assert probe._there("libc.so.6")
    assert not probe._there("libsuluh-nowhere.so.9")
