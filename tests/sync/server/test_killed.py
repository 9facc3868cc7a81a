"""Killed without warning in the middle of commits: what was acknowledged is there."""

import random
import threading

import pytest
from sqlalchemy import select

from sync.bundle import SyncReply
from sync.server.database import open_database
from sync.server.held import runs_of
from sync.server.home import Home
from sync.server.tables import log, segment
from tests.builders.centre import BUDI, MARIA, PETRUS, CentreProcess, Line, Pc, make_office

# The same server with its order gone wrong, as a hurried change might leave it.
ACK_BEFORE_COMMIT = """
import asyncio
import time
from sync.server import writer
from sync.server.database import Database
real_write = writer.Writer._write
def write(self, connection, group):
    kept = real_write(self, connection, group)
    for one, taken in zip(group, kept):
        self.loop.call_soon_threadsafe(one.done, taken)
    return kept
real_line_up = writer.Writer.line_up
def line_up(self, waiting):
    self.loop = asyncio.get_running_loop()
    real_line_up(self, waiting)
writer.Writer.line_up = line_up
def committed(self, loop, group, kept, fault):
    self._free(loop)
writer.Writer._write, writer.Writer._committed = write, committed
real_commit = Database.commit
def commit(self, connection):
    time.sleep(0.2)
    real_commit(self, connection)
Database.commit = commit
"""


class CutOffError(Exception):
    """The connection went away before an answer came."""


def ask(port: int, pc: Pc, body: bytes) -> SyncReply:
    try:
        with Line(port) as line:
            return pc.takes(line.send(body), body)
    except (OSError, EOFError) as fault:
        raise CutOffError from fault


def study_until_killed(home: Home, office, rounds: int, prelude: str = "") -> int:
    """Let three people send while the centre is killed again and again; count acknowledged and lost."""
    people = [Pc.of(office, nip) for nip in (BUDI, MARIA, PETRUS)]
    promised: dict[tuple[int, int], int] = {}
    chance = random.Random(7)
    lost = 0
    for _ in range(rounds):
        centre = CentreProcess(home, prelude)
        enough = threading.Semaphore(0)
        threads = [
            threading.Thread(target=_send, args=(centre.port, pc, promised, place, enough))
            for place, pc in enumerate(people)
        ]
        for thread in threads:
            thread.start()
        for _ in range(chance.randint(1, 40)):
            enough.acquire()  # the others' next are under way meanwhile
        centre.kill()
        for thread in threads:
            thread.join()
        lost += _missing(home, promised)
    return lost


def _send(
    port: int, pc: Pc, promised: dict[tuple[int, int], int], place: int, enough: threading.Semaphore
) -> None:
    """Study and send, one new log after another, until the connection is cut."""
    try:
        while True:
            if pc.acked == len(pc.statements):
                pc.start()
                pc.reads(12)
            ask(port, pc, pc.request([pc.segment()]))
            promised[place, pc.log] = pc.acked
            enough.release()
    except CutOffError:
        return


def _missing(home: Home, promised: dict[tuple[int, int], int]) -> int:
    """Count promises the database does not keep; it must open, and be whole."""
    with open_database(home) as database, database.reading() as connection:
        if not home.url:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        held = {row.log: row.last for row in connection.execute(select(log))}
        there = set(connection.execute(select(segment.c.id)).scalars())
        kept = {
            row.log
            for row in connection.execute(select(log))
            if {number for _, _, number in runs_of(row.runs)} <= there
        }
    return sum(held.get(number, 0) < last or number not in kept for (_, number), last in promised.items())


@pytest.fixture
def home(own_home):
    return own_home


@pytest.fixture
def office(home, tmp_path):
    return make_office(home, tmp_path / "kantor")


def test_killed_in_mid_commit_no_acknowledged_segment_is_lost(home, office):
    assert study_until_killed(home, office, rounds=4) == 0


def test_an_ack_before_the_commit_is_found_out(home, office):
    assert study_until_killed(home, office, rounds=2, prelude=ACK_BEFORE_COMMIT) > 0


def test_after_a_kill_the_same_segment_is_taken_and_acknowledged(home, office):
    budi = Pc.of(office, BUDI)
    budi.reads(5)
    centre = CentreProcess(home)
    ask(centre.port, budi, budi.request([budi.segment()]))
    centre.kill()
    again = CentreProcess(home)
    budi.acks.clear()
    ask(again.port, budi, budi.request([budi.segment()]))
    assert budi.acked == 6
    again.stop()
