"""Connections for a slow link: one piece a request, a short handshake the second time, and no stranger believed."""

import pytest
from urllib3.connection import HTTPConnection

from sync.client import connection
from sync.client.connection import PIECE, TAKEN_UP, WHOLE, TlsMemory, _OneWrite
from sync.client.faults import Failure, Fault
from sync.client.transport import Answer, Transport
from tests.builders.certificate import own_certificate
from tests.fakes.wire import Wire, answer

BODY = b"study" * 600


@pytest.fixture
def own(tmp_path):
    return own_certificate(tmp_path)


@pytest.fixture
def wire(own):
    with Wire(lambda _: answer(b"reply"), tls=own[1]) as made:
        yield made


@pytest.fixture
def road(own, wire):
    made = Transport(wire.address, verify=str(own[0]))
    yield made
    made.close()


def test_head_and_body_go_out_in_one_piece(road, wire):
    for _ in range(2):
        assert isinstance(road.post(BODY), Answer)
    assert wire.pieces == [1, 1]
    assert all(request.endswith(BODY) for request in wire.requests)


def test_planted_fault_a_request_in_two_writes_is_seen(road, wire, monkeypatch):
    monkeypatch.setattr(_OneWrite, "request", HTTPConnection.request)
    road.post(BODY)
    assert wire.pieces == [2]


def test_a_large_request_is_sealed_in_small_pieces_so_that_a_cut_costs_one(road, wire):
    assert isinstance(road.post(bytes(20_000)), Answer)
    assert wire.pieces == [-(-len(wire.requests[0]) // PIECE)] == [5]


def test_planted_fault_pieces_as_large_as_tls_makes_them_are_seen(road, wire, monkeypatch):
    monkeypatch.setattr(connection, "PIECE", 1 << 20)
    road.post(bytes(20_000))
    assert wire.pieces == [2]


def test_a_new_connection_takes_tls_up_where_the_last_one_left_it(road, wire):
    for _ in range(3):
        assert isinstance(road.post(BODY), Answer)
        road.close()
    assert wire.resumed == [False, True, True]


def test_the_meter_counts_the_handshake_of_each_new_connection_and_no_other(road):
    first, kept = road.post(BODY), road.post(BODY)
    road.close()
    again = road.post(BODY)
    bare = len(BODY) + 60
    assert bare < kept.sent < bare + 20, "its head is a few words"
    assert first.sent - kept.sent == WHOLE[0]
    assert first.received - kept.received > WHOLE[1] + 400, "the certificates are in it"
    assert (again.sent - kept.sent, again.received - kept.received) == TAKEN_UP
    assert road.traffic.sent == first.sent + kept.sent + again.sent


def test_planted_fault_a_forgotten_session_costs_a_whole_handshake_again(road, wire, monkeypatch):
    monkeypatch.setattr(TlsMemory, "keep", lambda *_: None)
    for _ in range(2):
        road.post(BODY)
        road.close()
    assert wire.resumed == [False, False]


def test_a_connection_kept_too_long_is_left_and_its_session_taken_up(own, wire):
    now = [1000.0]
    road = Transport(wire.address, verify=str(own[0]), monotonic=lambda: now[0])
    road.post(BODY)
    now[0] += 300
    road.post(BODY)
    road.close()
    assert wire.resumed == [False, True]


def test_a_stranger_at_the_same_address_is_not_believed_for_the_sake_of_a_session(own, road, wire, tmp_path):
    road.post(BODY)
    road.close()
    (tmp_path / "stranger").mkdir()
    _, strange = own_certificate(tmp_path / "stranger")
    with Wire(lambda _: answer(b"reply"), tls=strange) as other:
        road._address = other.address  # the same host by name: a router that sends it elsewhere
        found = road.post(BODY)
    assert isinstance(found, Failure)
    assert found.fault is Fault.TLS
    assert other.requests == []


def test_two_people_of_one_pc_share_no_session(own, wire):
    for _ in range(2):
        road = Transport(wire.address, verify=str(own[0]))
        road.post(BODY)
        road.close()
    assert wire.resumed == [False, False]
