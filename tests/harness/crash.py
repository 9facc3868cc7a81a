"""Power cuts: every disk image that the writes of the real code could have left is opened and examined."""

import os
import random
import shutil
from pathlib import Path

from desktop.store import keyring
from desktop.store.rows import Stretch
from tests.harness.crash_scenes import Installing, Migration, Working
from tests.harness.disk import Disk, can_trace

QUICK, LONG = 20_000, 2_000_000
MODES = ("nothing", "all", "some", "torn", "torn", "torn", "grown", "old names")
SCENES = (Working, Working, Installing, Working, Migration, Installing)
"""What is watched in turn; a planted fault is always looked for in a learner's work or an installation."""


def run(folder, *, rounds, seed, fault=""):
    """Watch the writer until `rounds` different images were examined; gives what was lost or damaged in them."""
    if not can_trace():
        raise SystemExit("this harness needs strace, and a machine that lets it look at a process")
    keyring.new_stretch = lambda: Stretch(os.urandom(16), 8, 1)
    figures = dict.fromkeys(("rounds", "lives", "fine", "lost", "damaged"), 0)
    bench = Path("/dev/shm" if Path("/dev/shm").is_dir() else folder) / f"suluh-crash-{os.getpid()}"
    try:
        while figures["rounds"] < rounds:
            life = folder / str(figures["lives"])
            scene = SCENES[figures["lives"] % len(SCENES)]
            if fault:
                scene = Installing if fault == "no-flush" else Working
            _explore(scene(life, seed + figures["lives"], fault), bench, figures, rounds)
            figures["lives"] += 1
            shutil.rmtree(life)
    finally:
        shutil.rmtree(bench, ignore_errors=True)
    return figures


def _explore(scene, bench, figures, rounds):
    disk, dice = Disk(scene.data), random.Random(scene.seed)
    seen = set()
    steps = scene.watch()
    # A short run looks at a few images of all of a life, not at all images of its beginning.
    share = (rounds - figures["rounds"]) / (len(steps) * len(MODES))
    for step in steps:
        if fault_hides(step, scene.fault):
            continue
        disk.feed(step)
        scene.heard(step)
        for mode in MODES:
            if dice.random() > share:
                continue
            image = disk.image(mode, dice)
            mark = (scene.mark(), hash(tuple(sorted(image.items()))))
            if mark in seen:
                continue
            seen.add(mark)
            shutil.rmtree(bench, ignore_errors=True)
            bench.mkdir()
            for name, data in image.items():
                (bench / name).parent.mkdir(parents=True, exist_ok=True)
                (bench / name).write_bytes(data)
            figures[scene.examine(bench)] += 1
            figures["rounds"] += 1
            if figures["rounds"] >= rounds:
                return


def fault_hides(step, fault):
    """Plant a disk that lies about having synced: the write-ahead log, or the objects of a pack."""
    if fault == "no-flush":
        return step[0] == "everything" or (step[0] == "sync" and step[1].startswith("objects"))
    return fault == "lying-sync" and step[0] == "sync" and step[1].endswith("-wal")
