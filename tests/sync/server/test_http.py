"""The wire itself: lean answers, one write each, and every unusual way to say the same thing in HTTP."""

import contextlib
import random
import re
import socket

import pytest

from sync.server.home import Home
from sync.server.lean import plain_length
from sync.server.serve import KEEP_ALIVE
from tests.builders.centre import BUDI, Answer, CentreProcess, Line, Pc, make_office


@pytest.fixture
def wire(centre):
    with socket.create_connection(("127.0.0.1", centre.port), timeout=20) as opened:
        yield opened


@pytest.fixture
def budi(office, line):
    pc = Pc.of(office, BUDI)
    pc.syncs(line)
    pc.start()
    pc.reads(3)
    return pc


def head(length, more=b""):
    return b"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n%b\r\n" % (length, more)


def hear(wire, answers=1):
    """Read so many whole answers."""
    data = b""
    found = []
    while len(found) < answers:
        part = wire.recv(65536)
        assert part, data
        data += part
        while (end := data.find(b"\r\n\r\n")) >= 0:
            length = re.search(rb"(?i)content-length: (\d+)", data[:end])
            if length is None or len(data) < end + 4 + int(length[1]):
                break
            stop = end + 4 + int(length[1])
            found.append((data[:end], data[end + 4 : stop]))
            data = data[stop:]
    return found


def status(answer):
    return int(answer[0].split()[1])


def test_an_answer_names_no_server_and_no_date_and_comes_in_one_write(budi, wire):
    body = budi.request([budi.segment()])
    wire.sendall(head(len(body)) + body)
    data = wire.recv(65536)
    start, _, reply = data.partition(b"\r\n\r\n")
    assert start == b"HTTP/1.1 200 OK\r\ncontent-length: %d" % len(reply)
    budi.takes(Answer(200, {}, reply), body)
    assert budi.acked == 3


def test_a_body_that_comes_byte_by_byte_is_waited_for(budi, wire):
    body = budi.request([budi.segment()])
    for byte in head(len(body)) + body:
        wire.sendall(bytes((byte,)))
    assert status(hear(wire)[0]) == 200


def test_requests_sent_without_waiting_are_answered_in_their_order(budi, wire):
    bodies = [budi.request([budi.segment(1, last)]) for last in (1, 2, 3)]
    wire.sendall(b"".join(head(len(body)) + body for body in bodies))
    for body, answer in zip(bodies, hear(wire, 3), strict=True):
        budi.takes(Answer(200, {}, answer[1]), body)
    assert budi.acked == 3


def test_a_chunked_body_takes_the_long_way_and_arrives(budi, wire):
    body = budi.request([budi.segment()])
    said = b"POST /v1/sync HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    wire.sendall(said + b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body))
    budi.takes(Answer(200, {}, hear(wire)[0][1]), body)
    assert budi.acked == 3


def test_expect_continue_is_answered_first(budi, wire):
    body = budi.request([budi.segment()])
    wire.sendall(head(len(body), b"Expect: 100-continue\r\n"))
    assert wire.recv(100).startswith(b"HTTP/1.1 100")
    wire.sendall(body)
    assert status(hear(wire)[0]) == 200


def test_a_connection_that_asks_to_be_closed_is_closed(budi, wire):
    body = budi.request([budi.segment()])
    wire.sendall(head(len(body), b"Connection: close\r\n") + body)
    assert status(hear(wire)[0]) == 200
    assert wire.recv(100) == b""


@pytest.mark.parametrize(
    "said",
    [
        b"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 9\r\n\r\nabc",
        b"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\nabc",
        b"POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
        b"POST /v1/sync HTTP/1.1\r\nBad Header: x\r\nContent-Length: 3\r\n\r\nabc",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100,
        b"POST /v1/sync HTTP/1.1\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(wire, said):
    wire.sendall(said)
    with contextlib.suppress(ConnectionResetError):
        answer = wire.recv(65536)
        assert not answer or answer.startswith(b"HTTP/1.1 4"), answer


def test_a_body_bent_three_hundred_ways_is_answered_with_a_code_or_a_signed_reply(budi, line):
    chance = random.Random(5)
    good = budi.request([budi.segment()], [b"x" * 50])
    told = set()
    for _ in range(300):
        bent = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(bent))
            match chance.randrange(3):
                case 0:
                    bent[place] = chance.randrange(256)
                case 1:
                    del bent[place : place + chance.randint(1, 9)]
                case _:
                    bent[place:place] = chance.randbytes(chance.randint(1, 9))
        told.add(line.send(bytes(bent)).status)
    assert told <= {200, 400, 403, 413}
    assert 403 in told
    body = budi.request([budi.segment()])
    budi.takes(line.send(body), body)
    assert budi.acked == 3


def test_the_short_way_reads_only_heads_without_a_doubt():
    assert plain_length(head(3)) == 3
    for odd in (b" X: y\r\n", b"X : y\r\n", b"X\r\n", b"X: a\0b\r\n", b"X: a\nY: b\r\n"):
        assert plain_length(head(3, odd)) is None


def test_a_kept_connection_outlives_two_minutes_of_silence():
    assert KEEP_ALIVE >= 120


def test_a_report_on_the_same_connection_as_a_sync(budi, line):
    body = budi.request([budi.segment()])
    assert line.send(body).status == 200
    assert line.send(b"", "/v1/reports/cohort", "GET", budi.authorization()).status == 403
    assert line.send(budi.request()).status == 200


def test_the_log_holds_no_name_no_nip_and_no_answer(tmp_path):
    home = Home(tmp_path / "pusat")
    office = make_office(home, tmp_path / "kantor")
    with CentreProcess(home) as own, Line(own.port) as line:
        budi = Pc.of(office, BUDI)
        budi.says("quiz.answered", activity="k/m/q", attempt=1, question=1, answer="rahasia", seconds=3)
        budi.syncs(line)
        assert line.send(budi.request()[:-1]).status == 400
        assert line.send(b"x").status == 400
        assert line.send(b"", "/v1/reports/cohort?nip=" + BUDI, "GET").status == 403
        assert line.send(b"", "/people/" + BUDI, "GET").status == 404
        said = own.stop()
    assert said.err == ""
    assert BUDI not in said.out
    assert [path.name for path in home.folder.rglob("*.log")] == []
