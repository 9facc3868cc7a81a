"""A file is there whole or not at all, whatever happens in the middle of writing it."""

import os

import pytest

from desktop.store.durable import RealDisk, durable_write, sweep
from desktop.store.faults import Reason, StoreFault
from tests.fakes.disk import FailingDisk


def test_after_writing_a_power_cut_takes_nothing(tmp_path):
    disk = FailingDisk()
    durable_write(tmp_path / "a", b"new", disk=disk)
    assert disk.after_power_cut("a", b"old") == b"new"
    assert disk.steps == ["write", "sync file", "rename", "sync folder"]


@pytest.mark.parametrize(("lie", "left"), [("sync file", b""), ("sync folder", b"old")])
def test_planted_fault_a_missing_sync_loses_the_file(tmp_path, lie, left):
    disk = FailingDisk(lies=(lie,))
    durable_write(tmp_path / "a", b"new", disk=disk)
    assert disk.after_power_cut("a", b"old") == left


def test_a_disk_that_gives_back_other_bytes_is_told(tmp_path):
    class Rotten(RealDisk):
        def read(self, path):
            return b"n\0w"

    with pytest.raises(StoreFault) as caught:
        durable_write(tmp_path / "a", b"new", disk=Rotten())
    assert caught.value.reason is Reason.NOT_DURABLE


@pytest.mark.parametrize("step", ["write", "sync", "rename"])
def test_a_failure_before_the_rename_keeps_the_old_file_and_leaves_nothing(tmp_path, step):
    class Broken(RealDisk):
        pass

    def fail(*args):
        raise OSError(28, "No space left on device")

    setattr(Broken, step, fail)
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(OSError, match="No space"):
        durable_write(tmp_path / "a", b"new", disk=Broken())
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_a_secret_is_for_its_account_only(tmp_path):
    durable_write(tmp_path / "a", b"secret", mode=0o600)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_leftovers_of_a_crash_are_swept_and_nothing_else(tmp_path):
    (tmp_path / ".a.1f2e.tmp").write_bytes(b"half")
    (tmp_path / "a").write_bytes(b"whole")
    assert sweep(tmp_path) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
