"""kill -9 of the real writer at random points: whatever was acknowledged before must be there after."""

import os
import random
import shutil
import signal
import struct
import time
from datetime import date

from desktop.paths import Folders
from desktop.people.office import adopt_office
from desktop.people.profiles import SignUp, sign_up
from desktop.store import keyring, record
from desktop.store.device import Store
from desktop.store.doors import unlock
from desktop.store.facts import Scope
from desktop.store.rows import Stretch
from sync.bundle import SyncReply
from sync.journal.acks import Ack
from sync.journal.sealing import unseal
from sync.journal.segment import decode_segment
from tests.builders.office import YOHANA, new_office

QUICK, LONG = 200, 20_000
PIN = "135790"
BIRTH = date(1986, 9, 26)
FRESH = 150
"""Rounds after which a new folder is begun, so that checking does not grow with the run."""
_STATEMENT, _DRAFT = 1, 2
_WORD = struct.Struct("<BQQ")


def run(folder, *, rounds, seed, fault=""):
    """Kill the writer `rounds` times; gives what was acknowledged, lost, damaged and half done."""
    keyring.new_stretch = lambda: Stretch(os.urandom(16), 8, 1)  # a PIN's price is not what is tried here
    dice, office = random.Random(seed), new_office()
    figures = dict.fromkeys(("rounds", "acknowledged", "lost", "damaged", "unsealed"), 0)
    pc = None
    for number in range(rounds):
        if number % FRESH == 0:
            if pc is not None:
                shutil.rmtree(pc[0].data)
            pc = _new_pc(folder / str(number), office)
        acknowledged = _one_life(pc, dice, fault)
        for name, count in _examine(pc, office, acknowledged).items():
            figures[name] += count
        figures["rounds"] += 1
    return figures


def _new_pc(folder, office):
    folders = Folders(folder / "data", folder / "kunci", shared=True)
    store = Store.open(folders)
    adopt_office(store, office.raw)
    profile = sign_up(store, SignUp(YOHANA, BIRTH, PIN, "Yo", office.codes[YOHANA]))
    made = (folders, profile.profile)
    profile.close()
    store.close()
    return made


def _one_life(pc, dice, fault):
    """Fork a writer, let it live for a while, kill it; gives what it had acknowledged by then."""
    reader, writer = os.pipe()
    seed, words = dice.random(), dice.randint(0, 25)
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            _write(pc, random.Random(seed), writer, fault)
        finally:
            os._exit(9)
    os.close(writer)
    heard = bytearray()
    while len(heard) < words * _WORD.size:
        part = os.read(reader, _WORD.size)
        if not part:
            break
        heard += part
    time.sleep(dice.random() * 0.012)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while part := os.read(reader, 4096):
        heard += part
    os.close(reader)
    return [_WORD.unpack_from(heard, place) for place in range(0, len(heard) - _WORD.size + 1, _WORD.size)]


def _write(pc, dice, pipe, fault):
    """Live as a learner does: answer, read, note where one is, hear acks; acknowledge each thing once saved."""
    folders, who = pc
    _plant(fault, pipe)
    store = Store.open(folders)
    profile = unlock(store, who, PIN)
    place = int.from_bytes(profile.draft("place") or b"", "big")
    while True:
        choice = dice.random()
        if choice < 0.1:
            place += 1
            profile.put_draft("place", place.to_bytes(8, "big"))
            os.write(pipe, _WORD.pack(_DRAFT, place, 0))
            continue
        if choice < 0.15:
            acks = tuple(Ack(log, dice.randint(1, last)) for log, last in store.outbox.offered().items())
            profile.accept(SyncReply(time=1, request=b"\0" * 8, acks=acks))
            continue
        many = dice.randint(2, 80) if choice < 0.2 else 1
        answer = {"activity": "a/b/c", "attempt": 1, "answer": "x" * dice.randint(0, 300), "seconds": 1}
        made = profile.record_all([("quiz.answered", {**answer, "question": n}) for n in range(many)])
        for one in made:
            os.write(pipe, _WORD.pack(_STATEMENT, one.log, one.seq))


def _plant(fault, pipe):
    """Make the writer wrong on purpose: the harness is only worth what it finds."""
    if fault == "early-ack":
        commit = record.Recorder._commit

        def too_soon(self, items):
            writer = self._writer
            if writer is not None:
                for step in range(len(items)):
                    os.write(pipe, _WORD.pack(_STATEMENT, writer.header.log, writer.seq + 1 + step))
            return commit(self, items)

        record.Recorder._commit = too_soon
    elif fault == "no-outbox":
        record.Recorder._send_on = lambda self: None
        record.Recorder.repair = lambda self: 0


def _examine(pc, office, acknowledged):
    """Open what the dead writer left, as the next start of the app does, and count what is wrong."""
    folders, who = pc
    found = dict.fromkeys(("acknowledged", "lost", "damaged", "unsealed"), 0)
    store = Store.open(folders)
    sealed_before = _sealed(store, office)
    profile = unlock(store, who, PIN)
    for database in (store.device, profile._database):
        if database.query("PRAGMA integrity_check") != [("ok",)] or database.query(
            "PRAGMA foreign_key_check"
        ):
            found["damaged"] += 1
    kept = {tuple(fact.identity) for fact in profile.facts(Scope.OWN)}
    told = {(log, seq) for what, log, seq in acknowledged if what == _STATEMENT}
    places = [log for what, log, _ in acknowledged if what == _DRAFT]
    found["acknowledged"] = len(told) + len(places)
    acked = _acked(store, kept)
    found["lost"] += len(told - kept) + len(told & kept - sealed_before - acked)
    found["lost"] += int(bool(places) and int.from_bytes(profile.draft("place") or b"", "big") < places[-1])
    found["lost"] += len(
        kept - _sealed(store, office) - acked
    )  # after signing in, all that is kept is on its way
    found["damaged"] += len(sealed_before - kept)  # the outbox must never know more than the profile
    found["unsealed"] = len(kept - sealed_before - acked)
    found["damaged"] += _gaps(kept)
    profile.close()
    store.close()
    return found


def _sealed(store, office):
    segments = (decode_segment(unseal(part.sealed, office.letter)) for part in store.outbox.outgoing())
    return {tuple(fact.identity) for segment in segments for fact in segment.facts}


def _acked(store, kept):
    acks = store.outbox.acks()
    return {(log, seq) for log, seq in kept if seq <= acks.get(log, 0)}


def _gaps(kept):
    """Count the logs whose numbers do not run from 1 without a hole."""
    logs = {}
    for log, seq in kept:
        logs.setdefault(log, set()).add(seq)
    return sum(1 for numbers in logs.values() if len(numbers) != max(numbers))
