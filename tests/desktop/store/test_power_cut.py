"""Power cuts between any two writes: what was told as saved is on every image the disk could have left."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.disk import Disk, can_trace

needs_strace = pytest.mark.skipif(os.name == "nt" or not can_trace(), reason="needs strace")


def harness(*arguments):
    command = [sys.executable, "-m", "tests.harness", "crash", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path.cwd(), check=False)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


@needs_strace
def test_two_hundred_images_hold_all_that_was_told_as_saved():
    code, figures = harness("--rounds", "200", "--seed", str(os.getpid()))
    assert (code, figures["lost"], figures["damaged"], figures["fine"]) == (0, 0, 0, 200)


@needs_strace
def test_planted_fault_a_disk_that_lies_about_syncing_is_found():
    code, figures = harness("--rounds", "200", "--fault", "lying-sync")
    assert code == 1
    assert figures["lost"] + figures["damaged"] > 0


def test_the_disk_forgets_what_was_not_synced_and_keeps_what_was(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    disk = Disk(tmp_path)
    for step in (("write", "a", 0, b"new"), ("create", "b"), ("write", "b", None, b"fresh")):
        disk.feed(step)
    assert disk.image("nothing", None) == {"a": b"old"}
    assert disk.image("all", None) == {"a": b"new", "b": b"fresh"}
    for step in (("sync", "a"), ("sync", "b"), ("sync", "."), ("unlink", "a"), ("rename", "b", "c")):
        disk.feed(step)
    assert disk.image("nothing", None) == {}
    assert disk.image("all", None) == {"c": b"fresh"}
    assert disk.image("old names", None) == {"a": b"new", "b": b"fresh"}
    disk.feed(("everything",))
    assert disk.image("old names", None) == {"c": b"fresh"}
