"""Several workers on one PostgreSQL: every place is given once, and one that is killed takes nothing with it."""

import contextlib
import threading

import psutil
import pytest
from sqlalchemy import func, select

from sync.server.commands import main
from sync.server.database import open_database
from sync.server.home import Home
from sync.server.places import office_feed
from sync.server.tables import log, office, place, segment
from tests.builders.centre import ROSTER, CentreProcess, Line, Pc, make_office
from tests.builders.postgres import kill, new_server, postgres_database

WORKERS = ("--workers", "2")
NIPS = [line.split(";")[0].replace(" ", "") for line in ROSTER.splitlines()[1:]]

# What takes the locks out of order, as a change that knows nothing of other workers would.
NO_LOCKS = """
from sync.server import locked_places
locked_places._LOCK = locked_places._READ
"""
# Nobody reads what it says while its database is away, and a full pipe would stop it.
QUIET = """
import logging
logging.disable(logging.CRITICAL)
"""


@pytest.fixture
def home(tmp_path):
    with postgres_database() as address:
        yield Home(tmp_path / "pusat", address)


@pytest.fixture
def crowd(home, tmp_path):
    """Everybody of three offices, each with a PC."""
    found = [make_office(home, tmp_path / f"{n}", name=f"Kantor {n}") for n in range(3)]
    return [Pc.of(one, nip) for one in found for nip in NIPS]


def studies(port, pc, times, lost):
    """Send one new log after another, on a new connection each time, as often as it is answered."""
    for _ in range(times):
        if pc.acked == len(pc.statements):
            pc.start()
            pc.reads(3)
        try:
            with Line(port) as line:
                pc.syncs(line)
        except (OSError, EOFError, AssertionError):
            lost.append(pc)


def all_study(port, crowd, times):
    lost = []
    threads = [threading.Thread(target=studies, args=(port, pc, times, lost)) for pc in crowd]
    for thread in threads:
        thread.start()
    return threads, lost


def feeds(home):
    """What each office's feed holds: its places in order, and the end that is noted."""
    with open_database(home) as database, database.reading() as connection:
        found = {}
        for key in connection.execute(select(office.c.id)).scalars().all():
            query = select(segment.c.office_lsn).where(segment.c.office == key).order_by(segment.c.office_lsn)
            top = select(place.c.top).where(place.c.feed == office_feed(key))
            found[key] = connection.execute(query).scalars().all(), connection.execute(top).scalar_one()
        people = select(segment.c.person, func.count(), func.count(segment.c.person_lsn.distinct()))
        doubled = [row for row in connection.execute(people.group_by(segment.c.person)) if row[1] != row[2]]
        return found, [row for row in doubled if row[0] is not None]


def at_work(parent):
    """The workers that take connections."""
    found = []
    for one in parent.children():
        with contextlib.suppress(psutil.Error):
            if any(line.status == psutil.CONN_LISTEN for line in one.net_connections()):
                found.append(one)
    return found


def held(home):
    with open_database(home) as database, database.reading() as connection:
        return {row.log: row.last for row in connection.execute(select(log))}


def test_workers_that_write_for_the_same_offices_give_every_place_once(home, crowd):
    with CentreProcess(home, words=WORKERS) as centre:
        threads, lost = all_study(centre.port, crowd, 6)
        for thread in threads:
            thread.join()
        assert len(psutil.Process(centre.process.pid).children()) == 2
        assert "ERROR" not in centre.stop().err
    assert lost == []
    places, doubled = feeds(home)
    assert doubled == []
    for given, top in places.values():
        assert given == list(range(1, top + 1))
        assert top >= 6 * len(NIPS)


def test_a_worker_that_is_killed_is_replaced_and_nothing_acknowledged_is_lost(home, crowd):
    with CentreProcess(home, words=WORKERS) as centre:
        parent = psutil.Process(centre.process.pid)
        for _ in range(2):
            threads, _ = all_study(centre.port, crowd, 4)
            at_work(parent)[0].kill()
            for thread in threads:
                thread.join()
            promised = {pc.log: pc.acked for pc in crowd if pc.acked}
            kept = held(home)
            assert {number: last for number, last in promised.items() if kept.get(number, 0) < last} == {}
            while len(at_work(parent)) < 2:
                psutil.wait_procs(parent.children(), timeout=0.1)
        for pc in crowd:
            with Line(centre.port) as line:
                pc.syncs(line)
            assert pc.acked == len(pc.statements)
    for given, top in feeds(home)[0].values():
        assert given == list(range(1, top + 1))


def test_postgresql_itself_is_killed_and_nothing_acknowledged_is_lost(tmp_path):
    """What the centre answered is there once the server has recovered, and the same centre goes on."""
    one = new_server()
    home = Home(tmp_path / "pusat", one.get_uri())
    made = make_office(home, tmp_path / "kantor")
    crowd = [Pc.of(made, nip) for nip in NIPS]
    with CentreProcess(home, QUIET) as centre:
        for _ in range(3):
            threads, _ = all_study(centre.port, crowd, 8)
            kill(one)
            for thread in threads:
                thread.join()
            one.ensure_postgres_running()
            kept = held(home)
            assert {pc.log: pc.acked for pc in crowd if kept.get(pc.log, 0) < pc.acked} == {}
        for pc in crowd:
            with Line(centre.port) as line:
                pc.syncs(line)
            assert pc.acked == len(pc.statements)
    for given, top in feeds(home)[0].values():
        assert given == list(range(1, top + 1))
    one.cleanup()


def test_two_centres_on_one_database_without_locks_are_found_out(home, crowd):
    """The planted fault: who does not wait for the first gives the same place twice."""
    with CentreProcess(home, NO_LOCKS) as one, CentreProcess(home, NO_LOCKS) as other:
        teams = [all_study(centre.port, crowd[place::2], 12) for place, centre in enumerate((one, other))]
        for threads, _ in teams:
            for thread in threads:
                thread.join()
    assert any(given != list(range(1, top + 1)) for given, top in feeds(home)[0].values())


def test_a_file_has_one_worker(tmp_path, capsys):
    assert main(["run", *WORKERS, "--port", "0", "--data", str(tmp_path / "pusat")]) == 2
    assert "PostgreSQL" in capsys.readouterr().err
