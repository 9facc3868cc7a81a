"""Fifty fresh PCs in an afternoon: made ready by one command each, silently, from files alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.app import setup
from desktop.app.setup import Ended, run
from desktop.library.index import DeviceIndex
from desktop.store.device import Store
from tests.builders.office import new_office
from tests.builders.packs import Authority, make_pack

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def files(tmp_path):
    office, authority = new_office(), Authority()
    office.raw = office.issue(1, root=authority.root(), trust=authority.trust_list())[0]
    file = tmp_path / "distrik.suluh-kantor"
    file.write_bytes(office.raw)
    return office, file, make_pack(tmp_path, authority)


def result(capsys):
    lines = capsys.readouterr().out.splitlines()
    return lines, json.loads(lines[-1])


def test_a_fresh_pc_is_ready_with_its_office_its_pack_and_its_name(files, tmp_path, capsys):
    _, file, pack = files
    data = tmp_path / "pc"
    words = [
        "--office",
        str(file),
        "--pack",
        str(pack),
        "--pc-name",
        "PC Loket 7",
        "--data",
        str(data),
        "--quiet",
    ]
    assert run(words) == Ended.READY
    lines, said = result(capsys)
    assert len(lines) == 1
    assert (said["setup"], said["office"], said["pc"], said["packs"], said["refused"]) == (
        "ready",
        "Distrik Abenaho",
        "PC Loket 7",
        1,
        [],
    )
    store = Store.open(data)
    try:
        assert store.office().header.name == "Distrik Abenaho"
        assert (store.pc().name, store.setting("ready")) == ("PC Loket 7", "1")
        assert store.setting("place") == "Distrik Abenaho, WIT"
        assert [row.active for row in DeviceIndex(store).packs()] == [True]
    finally:
        store.close()


def test_run_again_with_a_newer_office_file_it_keeps_the_name_and_takes_the_file(files, tmp_path, capsys):
    office, file, pack = files
    words = ["--office", str(file), "--data", str(tmp_path / "pc"), "--quiet"]
    assert run([*words, "--pc-name", "PC Loket 7"]) == 0
    file.write_bytes(office.issue(2)[0])
    assert run([*words, "--pack", str(pack)]) == 0
    assert result(capsys)[1]["version"] == 2
    store = Store.open(tmp_path / "pc")
    try:
        assert store.pc().name == "PC Loket 7"
    finally:
        store.close()
    file.write_bytes(office.issue(1)[0])
    assert run(words) == Ended.OFFICE, "an older file is no way back"


def test_an_office_that_is_not_the_expected_one_leaves_the_pc_as_it_was(files, tmp_path, capsys, monkeypatch):
    _, file, _ = files
    words = ["--office", str(file), "--data", str(tmp_path / "pc"), "--fingerprint", "0" * 20]
    assert run(words) == Ended.FINGERPRINT
    shown = result(capsys)[1]["fingerprint"]
    store = Store.open(tmp_path / "pc")
    try:
        assert store.office() is None
    finally:
        store.close()
    assert run([*words[:-1], shown]) == Ended.READY


def test_what_is_no_office_file_or_no_pack_is_told_by_the_exit_code(files, tmp_path, capsys):
    _, file, _ = files
    broken = tmp_path / "rusak.suluh-paket"
    broken.write_bytes(b"PK\x03\x04" + bytes(50))
    data = ["--data", str(tmp_path / "pc")]
    assert run(["--office", str(broken), *data]) == Ended.OFFICE
    assert run(["--office", str(tmp_path / "tidak-ada"), *data]) == Ended.OFFICE
    assert run(["--office", str(file), "--pack", str(broken), *data]) == Ended.PACK
    lines, said = result(capsys)
    assert said["refused"] == ["rusak.suluh-paket"]
    assert any(line.startswith("rusak.suluh-paket: ") for line in lines)
    (tmp_path / "berkas").write_bytes(b"")
    assert run(["--office", str(file), "--data", str(tmp_path / "berkas")]) == Ended.FOLDER


def test_the_command_needs_no_window_and_no_network(files, tmp_path):
    """As a script does it: a process of its own, in which Qt and any socket would end it."""
    _, file, pack = files
    guard = (
        "import sys, socket\n"
        "sys.modules['PySide6'] = None\n"
        "def no(*_a, **_k): raise SystemExit(99)\n"
        "socket.socket.connect = no\n"
        "from desktop.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    words = ["setup", "--office", str(file), "--pack", str(pack), "--data", str(tmp_path / "pc"), "--quiet"]
    done = subprocess.run(
        [sys.executable, "-c", guard, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, json.loads(done.stdout)["setup"]) == (0, "ready"), done.stderr


def test_planted_fault_a_setup_that_does_not_compare_is_seen(files, tmp_path, monkeypatch):
    _, file, _ = files
    words = ["--office", str(file), "--data", str(tmp_path / "pc"), "--fingerprint", "1" * 20]
    assert run(words) == Ended.FINGERPRINT
    monkeypatch.setattr(setup, "_differ", lambda _wanted, _shown: False)
    assert run(words) == Ended.READY


def test_a_windows_that_cannot_run_it_is_told_before_anything_is_written(
    files, tmp_path, capsys, monkeypatch
):
    """Windows 8.1 among fifty: a sentence and a code of its own, and no folder made."""
    _, file, _ = files
    data = tmp_path / "lama"
    monkeypatch.setattr(setup, "_build", lambda: 9600)
    assert run(["--office", str(file), "--data", str(data), "--quiet"]) == Ended.SYSTEM
    lines, said = result(capsys)
    assert (len(lines), said["setup"], said["build"]) == (1, "system", 9600)
    assert "terlalu lama" in said["problem"]
    assert "1809" in said["advice"]
    assert not data.exists()
    monkeypatch.setattr(setup, "_build", lambda: setup.OLDEST)
    assert run(["--office", str(file), "--data", str(data), "--quiet"]) == Ended.READY


def test_run_again_it_changes_nothing_and_says_the_same(files, tmp_path, capsys):
    _, file, pack = files
    words = [
        "--office",
        str(file),
        "--pack",
        str(pack),
        "--pc-name",
        "PC 7",
        "--data",
        str(tmp_path / "pc"),
        "--quiet",
    ]
    told = []
    for _ in range(3):
        assert run(words) == Ended.READY
        told.append((result(capsys)[1], kept(tmp_path / "pc")))
    assert told[0] == told[1] == told[2]


def kept(data):
    """What a PC is: its number and name, its office file, its packs."""
    store = Store.open(data)
    try:
        packs = DeviceIndex(store).packs()
        return store.pc(), store.office().raw, packs, store.tiles(), store.setting("place")
    finally:
        store.close()


def test_what_fifty_pcs_log_names_nobody(files, tmp_path, capsys):
    """The lines are gathered on a stick: no name and no NIP of the roster, nor of the coordinator, is in them."""
    office, file, pack = files
    run(["--office", str(file), "--pack", str(pack), "--data", str(tmp_path / "pc")])
    run(["--office", str(file), "--fingerprint", "1", "--data", str(tmp_path / "pc")])
    run(["--office", str(pack), "--data", str(tmp_path / "pc")])
    said = capsys.readouterr()
    for person in office.people:
        for word in (*person.name.split(), person.nips[0].nip):
            assert word not in said.out + said.err
