"""What is watched while the power may fail: a learner at work, a migration, an installation."""

import contextlib
import hashlib
import sys

from sqlcipher3 import dbapi2

from desktop.library.belief import Belief
from desktop.library.index import DeviceIndex
from desktop.library.install import Installer
from desktop.paths import Folders
from desktop.people.office import adopt_office
from desktop.people.profiles import SignUp, sign_up
from desktop.store.database import connect
from desktop.store.device import Store
from desktop.store.faults import StoreFault
from desktop.store.migrate import ready
from desktop.store.schema import Schema
from desktop.store.secret import device_key
from tests.builders.office import YOHANA, new_office
from tests.builders.packs import Authority, make_pack
from tests.harness.crash_writer import KEY
from tests.harness.disk import traced
from tests.harness.kill import BIRTH, PIN

VERSION = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
SCRIPT = """
from alembic import op
revision, down_revision = {revision!r}, {down!r}
def upgrade():
    for words in {words!r}:
        op.execute(words)
"""
STEPS = ("ALTER TABLE work ADD COLUMN m INTEGER", "UPDATE work SET m = n", "CREATE TABLE more (n INTEGER)")
WRITER = (sys.executable, "-m", "tests.harness.crash_writer")


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
        command = (*WRITER, "work", str(self.data), str(self.seed), self.fault)
        return traced(command, self.data, self.life / "trace")

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
        command = (*WRITER, "migrate", str(self.data), str(self.scripts))
        return traced(command, self.data, self.life / "trace")

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


class Installing:
    """A newer version of a pack comes: the older one or the newer one is on the shelf, and whole."""

    def __init__(self, life, seed, fault):
        self.seed, self.fault, self.life = seed, fault, life
        self.data, self.told = life / "data", False
        authority = Authority()
        store = Store.open(Folders(self.data, life / "kunci", shared=True))
        self.key = device_key(store.secret, b"database")
        installer = Installer(DeviceIndex(store), Belief(store), store.folders.objects, store.now)
        installer.install(installer.inspect(make_pack(life / "old", authority)))
        store.close()
        self.pack = make_pack(life / "new", authority, version="1.1", page="Halaman yang diubah.")

    def watch(self):
        many = 1 if self.seed % 2 else 16  # by one call for the whole file system, or file by file
        command = (*WRITER, "install", str(self.data), str(self.pack), str(many))
        return traced(command, self.data, self.life / "trace")

    def heard(self, step):
        """Note that the new version was told to be on the shelf."""
        self.told = self.told or step[:2] == ("write", "told")

    def mark(self):
        return int(self.told)

    def examine(self, bench):
        """Open an image as the next start would."""
        try:
            with contextlib.closing(connect(bench / "device.db", self.key)) as raw:
                if raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                    return "damaged"
                active = raw.execute("SELECT version FROM pack WHERE active = 1").fetchall()
                needed = raw.execute(
                    "SELECT o.digest FROM pack_object o JOIN pack p ON p.id = o.pack AND p.version = o.version"
                ).fetchall()
        except (StoreFault, dbapi2.DatabaseError):
            return "damaged"
        for (digest,) in needed:
            path = bench / "objects" / digest[:2] / digest
            if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
                return "damaged"
        newest = self.told and active != [max(active)]
        return "lost" if len(active) != 1 or newest else "fine"
