"""When something goes wrong at the centre: a full disk, one offer nobody can keep, a door stormed by strangers."""

import contextlib
import http.client
import socket
import ssl
import threading

import pytest
from sqlalchemy import select

from sync.journal.sealing import seal
from sync.server.database import open_database
from sync.server.tables import holder
from tests.builders.centre import BUDI, MARIA, PETRUS, YOHANA, Answer, CentreProcess, Line, Pc, make_office
from tests.builders.certificate import own_certificate

FULL_DISK_ONCE = """
from sqlalchemy.exc import OperationalError
from sync.server.database import Database
real, full = Database.commit, [1]
def commit(self, connection):
    if full and connection.exec_driver_sql("SELECT count(*) FROM log").scalar_one():
        full.clear()
        connection.close()
        raise OperationalError("COMMIT", None, Exception("database or disk is full"))
    real(self, connection)
Database.commit = commit
"""
POISON = """
from sync.server import intake
real = intake.Intake._keep
def keep(self, batch, effects, holder, one, part):
    if "announcement.posted" in one.peek.kinds:
        raise RuntimeError("a bug")
    return real(self, batch, effects, holder, one, part)
intake.Intake._keep = keep
"""
SLOW_COMMIT = """
import time
from sync.server.database import Database
commit_now = Database.commit
def commit_late(self, connection):
    time.sleep(0.05)
    commit_now(self, connection)
Database.commit = commit_late
"""
SMALL_LIMITS = """
from sync.server import batch, identity
batch.WAITING_SEGMENTS = 3
identity.WAITING_KEYS = 2
"""
SHORT_PATIENCE = """
from sync.server import serve
serve.KEEP_ALIVE = 0
"""


@pytest.fixture
def home(own_home):
    return own_home


@pytest.fixture
def office(home, tmp_path):
    return make_office(home, tmp_path / "kantor")


@pytest.fixture
def line(home, request):
    with CentreProcess(home, request.param) as own, Line(own.port) as kept:
        yield kept


def refused(reply):
    return [code for code, _ in reply.refusals]


@pytest.mark.parametrize("line", [FULL_DISK_ONCE], indirect=True)
def test_a_full_disk_is_told_and_nothing_is_acknowledged_or_half_kept(office, line):
    budi = Pc.of(office, BUDI)
    budi.reads(4)
    answer = line.send(budi.request([budi.segment()]))
    assert answer.status == 503
    assert b"unavailable" in answer.body
    budi.syncs(line)
    assert budi.acked == 5
    assert set(budi.cursors) == {"person", "office"}


@pytest.mark.parametrize("line", [POISON + SLOW_COMMIT], indirect=True)
def test_one_offer_that_cannot_be_kept_holds_up_no_other_of_its_group(office, line):
    desk = Pc.of(office, YOHANA)
    desk.syncs(line)
    desk.start()
    desk.says("announcement.posted", id="a", title="b", text="c")
    people = [Pc.of(office, nip) for nip in (BUDI, MARIA, PETRUS)]
    for pc in people:
        pc.reads(2)
    senders = [desk, *people]
    bodies = [pc.request([pc.segment()]) for pc in senders]
    answers: list[Answer | None] = [None] * len(senders)

    def send(place):
        with Line(line.connection.port) as own:
            answers[place] = own.send(bodies[place])

    threads = [threading.Thread(target=send, args=(place,)) for place in range(len(senders))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status for answer in answers] == [503, 200, 200, 200]
    for pc, answer, body in zip(people, answers[1:], bodies[1:], strict=True):
        pc.takes(answer, body)
        assert pc.acked == 3


@pytest.mark.parametrize("line", [SMALL_LIMITS], indirect=True)
def test_strangers_cannot_fill_the_disk_in_somebodys_name(office, line):
    person = office.entry(BUDI).person
    waiting = [Pc(office.file.header.centre) for _ in range(3)]
    told = []
    for pc in waiting:
        pc.opens(person)
        told += refused(pc.syncs(line))
    assert told == ["too-large"]
    for _ in range(3):
        waiting[0].start()
        waiting[0].reads(1)
        told += refused(waiting[0].syncs(line))
    assert told == ["too-large", "too-large"]
    budi = Pc.of(office, BUDI)
    budi.reads(5)
    budi.syncs(line)
    assert budi.acked == 6


@pytest.mark.parametrize("line", [""], indirect=True)
def test_a_sticks_worth_of_letters_is_taken_in_one_request(office, line):
    carrier = Pc.of(office, YOHANA)
    carrier.syncs(line)
    maria = Pc.of(office, MARIA)
    letters = []
    for _ in range(150):
        maria.reads(3)
        letters.append(seal(maria.segment(), [office.file.header.centre_letter]))
        maria.start()
    body = carrier.request([], letters)
    assert len(body) > 32 * 1024
    reply = carrier.takes(line.send(body), body)
    assert sorted(ack.seq for ack in reply.acks) == [3] * 149 + [4]


@pytest.mark.parametrize("line", [""], indirect=True)
def test_who_was_vouched_for_before_anything_came_brings_the_pc_with_the_first_segment(office, line, home):
    desk, budi = Pc.of(office, YOHANA), Pc.of(office, BUDI)
    desk.syncs(line)
    desk.start()
    desk.says(
        "profile.vouched",
        profile=budi.profile,
        signing=budi.signing.public,
        letter=budi.letter.public,
        person=office.entry(BUDI).person,
        role="learner",
    )
    desk.syncs(line)
    budi.syncs(line)
    assert set(budi.cursors) == {"person", "office"}
    with open_database(home) as database, database.reading() as connection:
        pcs = connection.execute(select(holder.c.pc).where(holder.c.profile == budi.profile)).scalars().all()
    assert pcs == [budi.pc]


@pytest.mark.parametrize("line", [SHORT_PATIENCE], indirect=True)
def test_a_connection_that_stays_silent_is_closed(line):
    with socket.create_connection(("127.0.0.1", line.connection.port), timeout=20) as silent:
        silent.sendall(b"POST /v1/sy")
        with contextlib.suppress(ConnectionResetError):
            assert silent.recv(100) == b""


def test_a_pc_reaches_the_centre_through_tls(home, office, tmp_path):
    pem, _ = own_certificate(tmp_path)
    words = ("--tls-cert", str(pem), "--tls-key", str(tmp_path / "own.key"))
    with CentreProcess(home, words=words) as own, contextlib.closing(_secure(own.port, pem)) as kept:
        budi = Pc.of(office, BUDI)
        for pages in (3, 4):
            budi.reads(pages)
            body = budi.request([budi.segment()])
            kept.request("POST", "/v1/sync", body)
            response = kept.getresponse()
            budi.takes(Answer(response.status, {}, response.read()), body)
    assert budi.acked == 8


def _secure(port, pem):
    context = ssl.create_default_context(cafile=pem)
    return http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=context)
