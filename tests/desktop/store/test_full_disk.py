"""A full disk: answers are still saved from the reserve, packs are refused, and nothing saved is lost."""

import contextlib
import os
import subprocess

import pytest

from desktop.paths import Folders
from desktop.store import ballast, copies
from desktop.store.ballast import Ballast
from desktop.store.device import Store
from desktop.store.doors import Newcomer, create_profile, unlock
from desktop.store.faults import Reason, StoreFault
from sync.officefile import read_office
from tests.builders.office import YOHANA

PIN = "135790"


@pytest.fixture
def small(tmp_path):
    """A disk of 80 MB of its own; needs root, as CI has."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    mount = ["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place):
    with (place / "other program").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"\0" * 65536)


def answer(profile, number):
    return profile.record(
        "quiz.answered", activity="a/b/c", attempt=1, question=number, answer="2", seconds=2
    )


def test_answers_are_saved_from_the_reserve_and_again_after_a_restart(small, tmp_path, clock, office):
    folders = Folders(small / "data", tmp_path / "kunci", shared=True)
    store = Store.open(folders, clock)
    store.put_office(read_office(office.raw))
    store.prepare()
    profile = create_profile(store, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
    fill(small)
    assert store.ballast.held
    saved = [answer(profile, number) for number in range(300)]
    assert not store.ballast.held  # from now on packs are refused
    profile.close()
    store.close()
    again = Store.open(folders, clock)
    again.prepare()
    assert not again.ballast.held
    profile = unlock(again, profile.profile, PIN)
    assert {fact.statement for fact in profile.facts()} == set(saved)
    assert profile.repair() == 0
    profile.close()
    again.close()


def test_opening_on_a_disk_without_a_free_byte_takes_the_reserve(small, tmp_path, clock, office):
    folders = Folders(small / "data", tmp_path / "kunci", shared=True)
    store = Store.open(folders, clock)
    store.prepare()
    profile = create_profile(store, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
    saved = answer(profile, 1)
    profile.close()
    store.close()
    fill(small)
    again = Store.open(folders, clock)
    profile = unlock(again, profile.profile, PIN)
    assert [fact.statement for fact in profile.facts()] == [saved]
    answer(profile, 2)
    profile.close()
    again.close()


def test_planted_fault_without_a_reserve_a_full_disk_saves_nothing(small, tmp_path, clock, office):
    store = Store.open(Folders(small / "data", tmp_path / "kunci", shared=True), clock)
    profile = create_profile(store, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
    first = answer(profile, 0)
    fill(small)
    saved = [first]
    with pytest.raises(StoreFault) as caught:
        saved += [answer(profile, number) for number in range(1, 500)]
    assert caught.value.reason is Reason.FULL
    assert "Ruang penyimpanan penuh" in caught.value.title
    (small / "other program").unlink()
    made = answer(profile, 501)  # the same profile goes on once there is room, in a log without a gap
    facts = [fact.statement for fact in profile.facts()]
    assert first in facts
    assert made in facts
    profile.close()
    store.close()


def test_the_reserve_is_not_taken_where_it_would_itself_fill_the_disk(tmp_path, monkeypatch):
    reserve = Ballast(tmp_path)
    monkeypatch.setattr(ballast, "ROOM", 1 << 60)
    assert not reserve.take()
    assert not reserve.release()


def test_a_reserve_that_was_cut_short_counts_as_none(tmp_path):
    reserve = Ballast(tmp_path)
    assert reserve.take()
    assert (tmp_path / "cadangan.bin").stat().st_blocks * 512 >= ballast.SIZE
    os.truncate(tmp_path / "cadangan.bin", 4096)
    assert not reserve.held
    assert reserve.release()
    assert not (tmp_path / "cadangan.bin").exists()


def test_a_disk_that_fills_up_during_a_backup_keeps_the_old_one_and_all_work(
    small, tmp_path, clock, office, monkeypatch
):
    store = Store.open(Folders(small / "data", tmp_path / "kunci", shared=True), clock)
    store.put_office(read_office(office.raw))
    profile = create_profile(store, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
    saved = [answer(profile, number) for number in range(100)]
    file, key = store.profile(profile.profile).file, profile.keys.database
    first = store.care.copy(file, key)
    fill(small)
    clock.wait(86_400)
    assert not store.care.is_due(file)
    assert store.care.copy(file, key) is None
    monkeypatch.setattr(copies, "has_room", lambda _path: True)  # it looked as if there was room
    assert store.care.copy(file, key) is None
    assert store.care.copies(file) == (first,)
    assert [path.name for path in (small / "data" / "cadangan").iterdir()] == [first.path.name]
    assert not store.care.is_damaged(file)
    assert {fact.statement for fact in profile.facts()} == set(saved)
    profile.close()
    store.close()
