"""A carrier's request whose line breaks goes on where it broke: nothing goes a second time, nothing is lost."""

import asyncio
import secrets
import socket

import pytest

from sync.client.carrying import Carrying
from sync.client.faults import Fault
from sync.client.transport import Answer, Transport
from sync.postbag.resuming import FROM, NAME, name_of
from sync.refusal import Code
from sync.server.arriving import Arriving
from sync.server.broken_off import KEPT, MANY, BrokenOff, Half
from sync.server.matrix import CARRY_BYTES
from tests.builders.cable import Cable
from tests.builders.centre import BUDI, MARIA, PETRUS
from tests.builders.post import Machine, brought, names, shipment
from tests.fakes.clock import HandClock
from tests.fakes.wire import Wire, answer


@pytest.fixture
def parts(office):
    """The post of three PCs."""
    found = []
    for nip in (BUDI, MARIA, PETRUS):
        machine = Machine(office)
        who = machine.seat(nip)
        who.reads(30)
        machine.puts(who.segment())
        found += machine.gives()
    return found


@pytest.fixture
def cable(centre):
    with Cable(f"http://127.0.0.1:{centre.port}", silent=True) as cable:
        yield cable


@pytest.mark.parametrize("cuts", [(0.05,), (0.5,), (0.97,), (0.3, 0.3, 0.3)])
def test_what_came_before_a_cut_does_not_go_again(office, cable, parts, cuts):
    body, road, carrying = shipment(office, parts), Transport(cable.url), Carrying()
    for cut in cuts:
        cable.cut_up_after(int(cut * len(body)))
        assert carrying.bring(road, body).fault is Fault.CUT
        cable.mend()
    answer = carrying.bring(road, body)
    assert brought(office, answer.body).stored == names(parts)
    heads = 600 * (1 + 2 * len(cuts))
    assert len(body) < len(cable.up) < len(body) + heads


def test_a_part_alone_goes_on_too_and_an_answer_that_was_lost_is_given_again(office, cable, parts):
    body, road, carrying = parts[0], Transport(cable.url), Carrying()
    cable.cut_up_after(len(body) // 2)
    assert carrying.bring(road, body).fault is Fault.CUT
    cable.mend()
    cable.cut_down_after(200)
    assert carrying.bring(road, body).fault is Fault.CUT
    cable.mend()
    assert brought(office, carrying.bring(road, body).body).stored == names([body])


def test_who_comes_back_before_the_old_line_has_fallen_silent_goes_on_as_well(office, centre, cable, parts):
    body, half = shipment(office, parts), len(shipment(office, parts)) // 2
    said = f"POST /v1/carry HTTP/1.1\r\nHost: x\r\n{NAME}: {name_of(body)}\r\nContent-Length: {len(body)}\r\n\r\n"
    carrying = Carrying()
    carrying._broken.add(name_of(body))
    with socket.create_connection(("127.0.0.1", centre.port), timeout=20) as silent:
        silent.sendall(said.encode() + body[:half])
        answer = carrying.bring(Transport(cable.url), body)
        assert brought(office, answer.body).stored == names(parts)
        assert b" 503 " in silent.recv(20), "the line that fell silent was given up"
    assert len(cable.up) < len(body)


def test_a_centre_that_knows_nothing_of_it_any_more_gets_the_whole(office, cable, parts):
    body, carrying = shipment(office, parts), Carrying()
    carrying._broken.add(name_of(body))
    assert brought(office, carrying.bring(Transport(cable.url), body).body).stored == names(parts)


class Overtaken(Transport):
    """Somebody else brings the same between the question and the rest."""

    def get(self, path, headers=None, take=None):
        found = super().get(path, headers, take)
        other = Carrying()
        other._broken.add(headers[NAME])
        assert isinstance(other.bring(Transport(self.address), self.body), Answer)
        return found


def test_a_rest_for_which_the_beginning_has_gone_is_refused_and_the_whole_goes(office, line, cable, parts):
    body = shipment(office, parts)
    orphan = line.send(body[9:], "/v1/carry", headers={NAME: name_of(body), FROM: "9"})
    assert orphan.status == 400
    assert Code.MALFORMED.wire.encode() in orphan.body
    carrying, road = Carrying(), Overtaken(cable.url)
    road.body = body
    cable.cut_up_after(len(body) // 2)
    assert carrying.bring(road, body).fault is Fault.CUT
    cable.mend()
    assert brought(office, carrying.bring(road, body).body).stored == names(parts)


@pytest.mark.parametrize("status", ["405 Method Not Allowed", "404 Not Found", "200 OK"])
def test_where_nobody_can_be_asked_the_whole_goes_and_nothing_waits_for_ever(status):
    """An older centre, a hub, or a server in between that lets the one route through and no question."""
    page = answer(b"<html>Method Not Allowed</html>", status, content_type="text/html")
    with Wire(lambda asked: answer(asked[-7:]) if asked.startswith(b"POST") else page) as wire:
        carrying = Carrying()
        carrying._broken.add(name_of(b"1234567"))
        assert carrying.bring(Transport(wire.address), b"1234567").body == b"1234567"
        assert [asked[:4] for asked in wire.requests] == [b"GET ", b"POST"]


def test_a_body_in_stretches_is_no_larger_than_the_row_allows(office, line, cable, parts):
    body, road = shipment(office, parts), Transport(cable.url)
    cable.cut_up_after(len(body) // 2)
    assert Carrying().bring(road, body).fault is Fault.CUT
    cable.mend()
    here = int(road.get("/v1/carry", {NAME: name_of(body)}).body)
    line.connection.putrequest("POST", "/v1/carry")
    line.connection.putheader(NAME, name_of(body))
    line.connection.putheader(FROM, str(here))
    line.connection.putheader("Content-Length", str(CARRY_BYTES - here + 1))
    line.connection.endheaders()
    assert line.connection.getresponse().status == 413


def test_a_wrong_number_from_a_centre_means_the_whole():
    class Says(Transport):
        def __init__(self, said):
            super().__init__("http://127.0.0.1:1")
            self.said = said

        def get(self, *_):
            return Answer(self.said, 0, 0)

        def post(self, body, *_):
            return Answer(body, 0, 0)

    carrying = Carrying()
    for said in (b"", b"-1", b"7", b"8", b"9" * 40, b"abc", "٣".encode()):
        carrying._broken.add(name_of(b"1234567"))
        assert carrying.bring(Says(said), b"1234567").body == b"1234567"
    carrying._broken.add(name_of(b"1234567"))
    assert carrying.bring(Says(b"3"), b"1234567").body == b"4567"


class Visit:
    """A request that keeps so many bytes until its end."""

    def __init__(self, held=0):
        self.held = held


def broke(kept, name, size=10, held=0):
    half = kept.begin(name, 0, Half(Visit(held), Arriving()))
    half.size = size
    kept.end(name, half, broke=True)


async def asks(kept, *names):
    return [await kept.asked(name) for name in names]


def test_begun_requests_are_let_go_after_a_while_and_the_oldest_where_there_are_too_many():
    clock = HandClock()
    kept = BrokenOff(clock.monotonic)
    broke(kept, "a")
    clock.wait(KEPT - 1)
    broke(kept, "b", size=20)
    assert asyncio.run(asks(kept, "a", "b", secrets.token_hex(16))) == [10, 20, 0]
    clock.wait(2)
    assert asyncio.run(asks(kept, "a", "b")) == [0, 20]
    for number in range(MANY):
        broke(kept, str(number))
    assert asyncio.run(asks(kept, "b", "0", str(MANY - 1))) == [0, 10, 10]
    broke(kept, "large", held=20 << 20)
    broke(kept, "larger", held=20 << 20)
    assert asyncio.run(asks(kept, "0", "large", "larger")) == [0, 0, 10]


def test_a_request_that_ended_is_not_kept():
    kept = BrokenOff(HandClock().monotonic)
    half = kept.begin("a", 0, Half(Visit(), Arriving()))
    half.size = 10
    kept.end("a", half, broke=False)
    assert asyncio.run(asks(kept, "a")) == [0]


def test_a_question_that_is_read_before_its_request_waits_for_it():
    """The old line's bytes lie unread while the new one is served: seen on a busy machine, with TLS."""

    async def story():
        kept = BrokenOff(HandClock().monotonic)
        question = asyncio.ensure_future(kept.asked("a"))
        await asyncio.sleep(0)
        assert not question.done()
        half = kept.begin("a", 0, Half(Visit(), Arriving()))
        half.size = 10
        await half.leave.wait()
        kept.end("a", half, broke=True)
        return await question

    assert asyncio.run(story()) == 10
