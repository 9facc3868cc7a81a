"""Power cuts: every disk image that the writes of the real code could have left is opened and examined."""

import contextlib
import os
import random
import shutil
import sys
from pathlib import Path

from sqlcipher3 import dbapi2

from desktop.paths import Folders
from desktop.people.office import adopt_office
from desktop.people.profiles import SignUp, sign_up
from desktop.store import keyring
from desktop.store.database import connect
from desktop.store.device import Store
from desktop.store.faults import StoreFault
from desktop.store.migrate import ready
from desktop.store.rows import Stretch
from desktop.store.schema import Schema
from desktop.store.secret import device_key
from tests.builders.office import YOHANA, new_office
from tests.harness.crash_writer import KEY
from tests.harness.disk import Disk, can_trace, traced
from tests.harness.kill import BIRTH, PIN

QUICK, LONG = 20_000, 2_000_000
MODES = ("nothing", "all", "some", "torn", "torn", "torn", "grown", "old names")
VERSION = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
SCRIPT = """
from alembic import op
revision, down_revision = {revision!r}, {down!r}
def upgrade():
    for words in {words!r}:
        op.execute(words)
"""
STEPS = ("ALTER TABLE work ADD COLUMN m INTEGER", "UPDATE work SET m = n", "CREATE TABLE more (n INTEGER)")


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
            scene = Migration if figures["lives"] % 6 == 5 and not fault else Working
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
                (bench / name).write_bytes(data)
            figures[scene.examine(bench)] += 1
            figures["rounds"] += 1
            if figures["rounds"] >= rounds:
                return


def fault_hides(step, fault):
    """Plant a disk that lies about having synced the write-ahead log."""
    return fault == "lying-sync" and step[0] == "sync" and step[1].endswith("-wal")


class Working:
    """A learner at work; both databases must hold what was told, and the outbox no more than the profile."""

    def __init__(self, life, seed, fault):
        self.seed, self.fault, self.life = seed, fault, life
        self.data = life / "data"
        self.told = set()
        office = new_office()
        store = Store.open(Folders(self.data, life / "kunci", shared=True))
        adopt_office(store, office.raw)
        profile = sign_up(store, SignUp(YOHANA, BIRTH, PIN, "Yo", office.codes[YOHANA]))
        self.keys = (device_key(store.secret, b"database"), profile.keys.database)
        self.files = ("device.db", store.profile(profile.profile).file)
        profile.close()
        store.close()

    def watch(self):
        command = [sys.executable, "-m", "tests.harness.crash_writer", "work", str(self.data), str(self.seed)]
        return traced([*command, self.fault], self.data, self.life / "trace")

    def heard(self, step):
        """Note what the writer told as saved."""
        if step[0] == "write" and step[1] == "told":
            words = step[3]
            for place in range(0, len(words), 16):
                log, seq = words[place : place + 8], words[place + 8 : place + 16]
                self.told.add((int.from_bytes(log, "big"), int.from_bytes(seq, "big")))

    def mark(self):
        return len(self.told)

    def examine(self, bench):
        """Open an image as the next start would; gives "fine", "lost" or "damaged"."""
        try:
            device, profile = (
                connect(bench / name, key) for name, key in zip(self.files, self.keys, strict=True)
            )
            whole = all(
                raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)] for raw in (device, profile)
            )
        except (StoreFault, dbapi2.DatabaseError):
            return "damaged"
        if not whole:
            return "damaged"
        with contextlib.closing(device), contextlib.closing(profile):
            kept = set(profile.execute("SELECT log, seq FROM statement WHERE scope = 0").fetchall())
            spans = device.execute("SELECT log, first, last FROM outbox").fetchall()
            acks = dict(device.execute("SELECT log, seq FROM ack").fetchall())
        held = {(log, seq) for log, first, last in spans for seq in range(first, last + 1)}
        if not held <= kept:
            return "damaged"
        there = held | {(log, seq) for log, seq in kept if seq <= acks.get(log, 0)}
        return "fine" if self.told <= kept & there else "lost"


class Migration:
    """An app that brings a database to a newer revision; it must be whole at one of the two."""

    fault = ""

    def __init__(self, life, seed, fault):
        self.seed, self.life = seed, life
        self.data = life / "data"
        self.data.mkdir(parents=True)
        self.scripts = life / "scripts"
        (self.scripts / "versions").mkdir(parents=True)
        for revision, down, words in (("r1", None, ()), ("r2", "r1", STEPS)):
            text = SCRIPT.format(revision=revision, down=down, words=words)
            (self.scripts / "versions" / f"{revision}.py").write_text(text)
        first = Schema((VERSION, "CREATE TABLE work (n INTEGER)"), ("r1",), self.scripts)
        ready(self.data / "a.db", KEY, first)
        with contextlib.closing(connect(self.data / "a.db", KEY)) as raw:
            raw.executemany("INSERT INTO work VALUES (?)", [(n,) for n in range(300)])

    def watch(self):
        command = [sys.executable, "-m", "tests.harness.crash_writer", "migrate", str(self.data)]
        return traced([*command, str(self.scripts)], self.data, self.life / "trace")

    def heard(self, step):
        """A migration tells nothing while it runs."""

    def mark(self):
        return 0

    def examine(self, bench):
        """Open an image as the next start would."""
        try:
            with contextlib.closing(connect(bench / "a.db", KEY)) as raw:
                if raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                    return "damaged"
                revision = raw.execute("SELECT version_num FROM alembic_version").fetchone()[0]
                columns = len(raw.execute("SELECT * FROM work LIMIT 1").description)
                rows = raw.execute("SELECT count(*), sum(n) FROM work").fetchone()
                more = raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'more'").fetchone()[0]
        except (StoreFault, dbapi2.DatabaseError):
            return "damaged"
        whole = (revision, columns, more) in {("r1", 1, 0), ("r2", 2, 1)}
        return "fine" if whole and rows == (300, 44850) else "lost"
