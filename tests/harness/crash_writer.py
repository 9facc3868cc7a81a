"""The process that a crash harness watches: a learner at work, an app that migrates, a pack installed."""

import os
import random
import sys
from pathlib import Path

from desktop.library import flush
from desktop.library.belief import Belief
from desktop.library.index import DeviceIndex
from desktop.library.install import Installer
from desktop.paths import Folders
from desktop.store import database, keyring, record
from desktop.store.device import Store
from desktop.store.doors import unlock
from desktop.store.migrate import ready
from desktop.store.rows import Stretch
from desktop.store.schema import Schema
from sync.bundle import SyncReply
from sync.journal.acks import Ack
from tests.harness.kill import PIN

KEY = b"\x31" * 32


def work(folder, seed, fault):
    """Sign in, record, hear an ack now and then, sign out; each thing that is saved is told to the file `told`."""
    keyring.new_stretch = lambda: Stretch(os.urandom(16), 8, 1)
    settings = dict(database.SETTINGS) | {"wal_autocheckpoint": 12}
    if fault == "normal":
        settings["synchronous"] = 1
    database.SETTINGS = settings
    if fault == "outbox-first":
        _outbox_first()
    dice = random.Random(seed)
    store = Store.open(Folders(folder, folder.parent / "kunci", shared=True))
    told = os.open(folder / "told", os.O_WRONLY | os.O_CREAT)
    profile = unlock(store, store.tiles()[0].profile, PIN)
    for number in range(24):
        answer = {"activity": "a/b/c", "attempt": 1, "question": number, "seconds": 1}
        words = [("quiz.answered", {**answer, "answer": "x" * dice.randint(0, 400)})]
        made = profile.record_all(words * dice.choice((1, 1, 1, 5, 70)))
        os.pwrite(told, b"".join(one.log.to_bytes(8, "big") + one.seq.to_bytes(8, "big") for one in made), 0)
        profile.put_draft("place", bytes([number]))
        if dice.random() < 0.2:
            acks = tuple(Ack(log, dice.randint(1, last)) for log, last in store.outbox.offered().items())
            profile.accept(SyncReply(time=1, request=b"\0" * 8, acks=acks))
    profile.close()
    store.close()


def install(folder, pack, many):
    """Install a pack as the app does; that it is on the shelf is told to the file `told`."""
    flush._MANY = many
    store = Store.open(Folders(folder, folder.parent / "kunci", shared=True))
    installer = Installer(DeviceIndex(store), Belief(store), store.folders.objects, store.now)
    told = os.open(folder / "told", os.O_WRONLY | os.O_CREAT)
    if installer.install(installer.inspect(pack)):
        os.pwrite(told, b"installed", 0)
    store.close()


def _outbox_first():
    commit = record.Recorder._commit

    def wrong(self, items):
        if self._writer is None:
            return commit(self, items)
        writer, held = self._writer, list(self._unsealed)
        ahead = [writer.next(kind, fields) for kind, fields in items]
        self._unsealed += ahead
        self._send_on()
        self._unsealed = held
        del writer._chain[-len(ahead) :]
        writer.seq -= len(ahead)
        return commit(self, items)

    record.Recorder._commit = wrong


def main():
    """Do what the arguments name."""
    what, folder, *rest = sys.argv[1:]
    if what == "work":
        work(Path(folder), int(rest[0]), rest[1])
    elif what == "install":
        install(Path(folder), Path(rest[0]), int(rest[1]))
    else:
        scripts = Path(rest[0])
        ready(Path(folder) / "a.db", KEY, Schema((), ("r1", "r2"), scripts))


if __name__ == "__main__":
    main()
