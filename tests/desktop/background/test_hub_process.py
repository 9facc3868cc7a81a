"""The coordinator's switch for the hub: a real child process that comes, serves, says what is wrong, and goes."""

import os
import signal
import socket

import pytest

from desktop.background.hub_process import (
    CERTIFIED_FOR,
    HubProcess,
    HubState,
    hub_certificate,
    post_at_hub,
    prepare_hub,
)
from sync.client.faults import Failure
from sync.client.hub import HubLink
from sync.journal.keys import SigningKey
from sync.journal.sealing import key_id
from sync.postbag.hub_papers import KEY_FILE
from sync.server.home import Home
from tests.builders.centre import BUDI, YOHANA, Pc, make_office
from tests.builders.post import Machine

NOW = 1_790_000_000


@pytest.fixture
def office(tmp_path):
    return make_office(Home(tmp_path / "pusat"), tmp_path / "kantor")


@pytest.fixture
def folder(office, tmp_path):
    prepare_hub(tmp_path / "hub", office.file, Pc.of(office, YOHANA).signing, NOW)
    return tmp_path / "hub"


@pytest.fixture
def hub(folder):
    made = HubProcess(folder)
    yield made
    made.stop()


def comes(qtbot, hub, state, **how):
    """Start it and wait for a state."""
    hub.start(0, ["http://127.0.0.1:9"], "127.0.0.1", **how)
    qtbot.waitUntil(lambda: hub.report.state is state, timeout=30_000)


def test_the_switch_starts_a_hub_that_takes_post_and_signs_for_it(qtbot, hub, office, folder):
    seen = []
    hub.changed.connect(lambda report: seen.append(report.state))
    comes(qtbot, hub, HubState.RUNNING)
    machine = Machine(office)
    who = machine.seat(BUDI)
    machine.puts(who.segment())
    link = HubLink(hub.report.address, key_id(machine.letter.public))
    (part,) = machine.gives()
    assert not isinstance(link.carry(part), Failure)
    assert [data for _, data in post_at_hub(folder)] == [part], "the desk may merge it"
    hub.stop()
    assert isinstance(link.carry(part), Failure)
    assert seen == [HubState.STARTING, HubState.RUNNING, HubState.OFF]


def test_a_hub_that_falls_over_is_told_and_started_again(qtbot, hub):
    comes(qtbot, hub, HubState.RUNNING)
    os.kill(hub._process.processId(), getattr(signal, "SIGKILL", signal.SIGTERM))
    qtbot.waitUntil(lambda: hub.report.state is HubState.FAILED, timeout=30_000)
    assert hub.report.problem is not None
    comes(qtbot, hub, HubState.RUNNING)


def test_a_door_that_another_program_uses_is_told_in_one_sentence(qtbot, hub):
    with socket.create_server(("127.0.0.1", 0)) as other:
        hub.start(other.getsockname()[1], host="127.0.0.1")
        qtbot.waitUntil(lambda: hub.report.state is HubState.FAILED, timeout=30_000)
    assert "dipakai program lain" in hub.report.problem.title


@pytest.mark.skipif(os.name != "posix", reason="a program of two lines is another thing there")
@pytest.mark.parametrize("says", ["#!/bin/sh\nexit 3\n", None], ids=["listening", "starting"])
def test_a_system_that_forbids_it_sends_to_the_stick(qtbot, hub, tmp_path, monkeypatch, says):
    program = tmp_path / "program"
    if says is not None:
        program.write_text(says)
        program.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(program))
    hub.start(0, host="127.0.0.1")
    qtbot.waitUntil(lambda: hub.report.state is HubState.FAILED, timeout=30_000)
    assert hub.report.problem.title == "Windows menolak sambungan antarkomputer. Gunakan flashdisk."


def test_doing_it_again_keeps_the_key_and_renews_the_word(office, folder):
    key = (folder / KEY_FILE).read_text()
    first = hub_certificate(folder, office.file)
    assert first.until == NOW + CERTIFIED_FOR
    again = prepare_hub(folder, office.file, Pc.of(office, YOHANA).signing, NOW + 5)
    assert (folder / KEY_FILE).read_text() == key
    assert (again.hub, again.until) == (first.hub, first.until + 5)
    assert hub_certificate(folder, office.file) == again


def test_a_word_of_somebody_who_coordinates_nothing_is_none(office, folder):
    prepare_hub(folder, office.file, SigningKey.generate(), NOW)
    assert hub_certificate(folder, office.file) is None


def test_post_that_is_spoiled_or_something_else_is_passed_over(folder):
    (folder / "pos" / "k-0000000000000000.suluh").write_bytes(b"SULUH\x01\x01")
    (folder / "pos" / "surat.txt").write_text("bukan kiriman")
    assert post_at_hub(folder) == ()
    assert post_at_hub(folder / "tidak-ada") == ()
