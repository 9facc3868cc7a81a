"""A centre that does not come up, or does not answer, is told with a sentence and leaves no process behind."""

import socket
import subprocess
import sys

import pytest

from desktop.demo import centre, command
from desktop.demo.centre import Centre, CentreError

SILENT = ("-c", "import time; print('sebentar', flush=True); time.sleep(600)")
DYING = ("-c", "print('diska penuh'); raise SystemExit(2)")


@pytest.fixture
def processes(monkeypatch):
    """Every process that was started for a centre."""
    started = []

    class Seen(centre.subprocess.Popen):
        def __init__(self, *words, **more):
            super().__init__(*words, **more)
            started.append(self)

    monkeypatch.setattr(centre.subprocess, "Popen", Seen)
    yield started
    for one in started:
        one.kill()


def test_one_that_never_gets_ready_is_ended_and_told(monkeypatch, tmp_path, processes):
    monkeypatch.setattr(centre, "_SERVER", SILENT)
    with pytest.raises(CentreError, match="Server pusat contoh tidak siap dalam 1 detik"):
        Centre(tmp_path, patience=1.0).start()
    assert [one.poll() is not None for one in processes] == [True]


def test_one_that_ends_at_once_is_told_in_its_own_words(monkeypatch, tmp_path, processes):
    monkeypatch.setattr(centre, "_SERVER", DYING)
    with pytest.raises(CentreError) as told:
        Centre(tmp_path).start()
    assert str(told.value) == "diska penuh\n"
    assert [one.poll() is not None for one in processes] == [True]


def test_a_command_that_never_answers_is_ended_and_told(monkeypatch, tmp_path, processes):
    monkeypatch.setattr(centre, "_SERVER", SILENT)
    with pytest.raises(CentreError, match="tidak menjawab dalam 0,5 detik"):
        Centre(tmp_path, patience=0.5).ask("report")
    assert [one.poll() is not None for one in processes] == [True]


def test_the_demo_ends_with_the_sentence_and_not_with_a_trace(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(centre, "_SERVER", DYING)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert command.run_demo(headless=True, out=tmp_path / "demo") == 1
    assert capsys.readouterr().out == "diska penuh\n"


def test_one_that_is_ready_in_time_goes_on_after_that_time(tmp_path):
    with Centre(tmp_path / "pusat") as running:
        assert running.port
        assert "offices" in running.report()


def test_a_centre_goes_with_the_program_that_started_it_also_when_that_was_killed(tmp_path):
    """Both write to one pipe, which ends when the last of them is gone."""
    words = "import sys; from desktop.demo.centre import Centre; from pathlib import Path\n"
    words += (
        "one = Centre(Path(sys.argv[1]), '--with-parent'); one.start(); print(one.url, flush=True); input()"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", words, str(tmp_path / "pusat")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    url = starter.stdout.readline().strip()
    port = int(url.rpartition(":")[2])
    socket.create_connection(("127.0.0.1", port)).close()
    starter.kill()
    starter.communicate(timeout=60)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
