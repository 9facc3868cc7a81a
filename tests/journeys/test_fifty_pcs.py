"""Fifty PCs in a day from one stick: each silent, each with its own keys, one refused in words, one list of results."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.app import setup
from desktop.app.setup import OLDEST, Ended, run
from desktop.library.index import DeviceIndex
from desktop.store.device import Store
from tests.builders.office import PEOPLE, new_office
from tests.builders.packs import Authority, make_pack

ROOT = Path(__file__).resolve().parents[2]
WINDOWS_7 = 7601
OLD = 31
"""Which of the fifty is the old one."""


@pytest.fixture
def stick(tmp_path):
    """The stick that goes round: an office file, a pack, and later the list."""
    made = tmp_path / "flashdisk"
    made.mkdir()
    office, authority = new_office(), Authority()
    raw = office.issue(1, root=authority.root(), trust=authority.trust_list())[0]
    (made / "distrik.suluh-kantor").write_bytes(raw)
    make_pack(tmp_path, authority).rename(made / "modul.suluh-paket")
    return made


def words(stick, number, data=None):
    """The command as a script has it, the same for each PC but for the name."""
    given = ["--office", str(stick / "distrik.suluh-kantor"), "--pack", str(stick / "modul.suluh-paket")]
    given += ["--pc-name", f"PC Loket {number}", "--log", str(stick / "hasil.txt"), "--quiet"]
    return given if data is None else [*given, "--data", str(data)]


def results(stick):
    return [json.loads(line) for line in (stick / "hasil.txt").read_text("utf-8").splitlines()]


def named(text):
    """Whom of the office a text names, by name or NIP."""
    return [one for nip, name in PEOPLE.items() for one in (nip, name, *name.split()) if one in text]


def test_forty_nine_are_ready_one_is_refused_and_the_list_says_so_and_names_nobody(
    stick, tmp_path, capsys, monkeypatch
):
    ended = {}
    for number in range(1, 51):
        monkeypatch.setattr(setup, "_build", lambda number=number: WINDOWS_7 if number == OLD else OLDEST)
        ended[number] = run(words(stick, number, tmp_path / f"pc-{number}"))
    assert {number for number, code in ended.items() if code != Ended.READY} == {OLD}
    assert ended[OLD] == Ended.SYSTEM

    told = results(stick)
    assert [one["pc"] for one in told] == [f"PC Loket {number}" for number in range(1, 51)]
    assert [one["exit"] for one in told] == list(ended.values())
    assert told == [json.loads(line) for line in capsys.readouterr().out.splitlines()], "as each PC said it"
    refused = told[OLD - 1]
    assert "terlalu lama" in refused["problem"]
    assert "1809" in refused["advice"]
    assert not (tmp_path / f"pc-{OLD}").exists(), "nothing was written there"
    assert not named((stick / "hasil.txt").read_text("utf-8"))

    pcs, secrets = set(), set()
    for number in (1, 2, 25, 50):
        folder = tmp_path / f"pc-{number}"
        store = Store.open(folder)
        try:
            assert store.office().header.name == "Distrik Abenaho"
            assert [row.active for row in DeviceIndex(store).packs()] == [True]
            pcs.add(store.pc().id)
        finally:
            store.close()
        secrets.add((tmp_path / f"pc-{number}.kunci" / "rahasia").read_bytes())
    assert len(pcs) == len(secrets) == 4, "no PC is a copy of another"


def test_planted_fault_a_list_that_names_somebody_is_seen(stick, tmp_path, monkeypatch):
    """The header says who coordinates: whoever put it into the result would be found out."""
    end = setup._end

    def talkative(options, ended, problem, **told):
        return end(options, ended, problem, coordinator="Markus", **told)

    monkeypatch.setattr(setup, "_end", talkative)
    assert run(words(stick, 1, tmp_path / "pc")) == Ended.READY
    assert named((stick / "hasil.txt").read_text("utf-8")) == ["Markus"]


def test_the_refused_pc_takes_it_after_its_update_and_a_stick_that_cannot_be_written_changes_nothing(
    stick, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(setup, "_build", lambda: WINDOWS_7)
    assert run(words(stick, OLD, tmp_path / "pc")) == Ended.SYSTEM
    monkeypatch.setattr(setup, "_build", lambda: OLDEST)
    assert run(words(stick, OLD, tmp_path / "pc")) == Ended.READY
    assert [one["setup"] for one in results(stick)] == ["system", "ready"]

    def full(*_args, **_words):
        raise OSError(28, "penuh")

    capsys.readouterr()
    monkeypatch.setattr(setup, "durable_write", full)
    assert run(words(stick, OLD, tmp_path / "pc")) == Ended.READY, "the PC is ready all the same"
    assert "tidak dapat ditulis" in json.loads(capsys.readouterr().out)["log"]
    assert len(results(stick)) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="there the usual folder is asked of the system")
def test_without_rights_all_that_is_written_lies_in_the_folders_of_the_account(stick, tmp_path):
    """A process of its own, as whoever sits there: program, stick and the rest of the account stay as they were."""
    home = tmp_path / "rumah"
    (home / "dokumen").mkdir(parents=True)
    before = {one.relative_to(tmp_path) for one in tmp_path.rglob("*")}
    left = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "SULUH_"))}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "setup", *words(stick, 7)],
        cwd=ROOT,
        env=left | {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == Ended.READY, done.stderr
    new = {one.relative_to(tmp_path) for one in tmp_path.rglob("*")} - before
    outside = {one for one in new if one.parts[0] != "rumah"}
    assert {str(one) for one in outside} == {"flashdisk/hasil.txt"}
    assert {one.parts[1] for one in new - outside} <= {".local", ".config", "Library"}
    assert not named((stick / "hasil.txt").read_text("utf-8") + done.stderr)
