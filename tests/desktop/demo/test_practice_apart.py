"""Practice and real work never mix: what is opened lies in practice's own folder, and that folder goes with it."""

import shutil
import sys
import tempfile

import pytest
from PySide6.QtCore import QLockFile

from desktop.demo import practice, practice_walk
from desktop.demo.practice import practice_world, sweep
from desktop.demo.practice_walk import NotPracticeError, PracticeWalk

LINK = pytest.param(
    "link", marks=pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder of temporary things of its own."""
    made = tmp_path / "sementara"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


@pytest.fixture
def real(tmp_path):
    """A PC's real data, and a real stick."""
    for name in ("Suluh", "flashdisk"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.mark.parametrize("wrong", ["data", "stick", LINK, "up"])
def test_a_real_folder_or_stick_is_never_opened_in_practice(qapp, tmp_path, real, wrong):
    ground = tmp_path / "latihan"
    own, stick = ground / "pc", ground / "flashdisk"
    for folder in (own, stick):
        folder.mkdir(parents=True)
    if wrong == "data":
        own = real / "Suluh"
    elif wrong == "stick":
        stick = real / "flashdisk"
    elif wrong == "up":
        stick = ground / ".." / "flashdisk"
    else:
        own = ground / "pintas"
        own.symlink_to(real / "Suluh", target_is_directory=True)
    with pytest.raises(NotPracticeError):
        PracticeWalk(qapp, ground, {"PC": own}, stick, "482913")


def test_the_guard_is_what_keeps_them_apart(qapp, tmp_path, real, monkeypatch):
    """The planted fault: without it the real folder would be one of practice's PCs."""
    monkeypatch.setattr(practice_walk, "keep_to", lambda *_: None)
    walk = PracticeWalk(qapp, tmp_path / "latihan", {"PC": real / "Suluh"}, real / "flashdisk", "482913")
    assert walk.rooms == {"PC": real / "Suluh"}


def test_leaving_practice_leaves_no_file_behind(place):
    with practice_world() as world:
        (world.folder / "pc.kunci").mkdir()
        (world.folder / "pc.kunci" / "rahasia").write_bytes(b"x")
        assert world.folder.parent == place
    assert list(place.iterdir()) == []


def test_leaving_by_a_fault_leaves_no_file_behind_either(place):
    with pytest.raises(LookupError), practice_world():
        raise LookupError
    assert list(place.iterdir()) == []


def test_what_a_power_cut_left_goes_at_the_next_start_and_what_is_open_stays(place):
    left = place / f"{practice.PREFIX}lama"
    (left / "pc").mkdir(parents=True)
    others = place / "punya-orang"
    others.mkdir()
    with practice_world() as first, practice_world() as second:
        assert not left.exists()
        assert first.folder.is_dir()
        assert second.folder.is_dir()
    assert list(place.iterdir()) == [others]


def test_sweeping_asks_whether_a_folder_is_open(place, monkeypatch):
    """The planted fault: a sweep that asks nobody takes away the office that somebody is practising in."""
    monkeypatch.setattr(QLockFile, "tryLock", lambda *_: True)
    monkeypatch.setattr(shutil, "rmtree", lambda folder, **_: taken.append(folder))
    taken = []
    with practice_world() as world:
        sweep(place)
        assert taken == [world.folder]
