"""What networks in offices really answer, and that each becomes a typed failure and never an exception."""

import socket
import threading

import msgspec
import pytest

from sync.client import transport
from sync.client.faults import EXPIRED, NOT_YET, OTHER_NAME, STRANGER, Failure, Fault
from sync.client.transport import LONGEST_WAIT, Answer, Transport
from tests.builders.certificate import own_certificate
from tests.fakes.wire import Wire, answer


def _post(wire, body=b"question", **options):
    road = Transport(wire.address, **options)
    try:
        return road.post(body)
    finally:
        road.close()


def test_a_request_carries_nothing_but_its_host_its_length_and_its_body():
    with Wire(lambda _: answer(b"reply")) as wire:
        found = _post(wire)
    assert isinstance(found, Answer)
    assert found.body == b"reply"
    head = wire.requests[0].split(b"\r\n\r\n")[0].decode().lower().split("\r\n")
    assert head[0] == "post /v1/sync http/1.1"
    assert sorted(line.split(":")[0] for line in head[1:]) == ["content-length", "host"]


def test_bytes_are_counted_as_they_go_over_the_wire():
    reply = answer(b"reply" * 50, server="centre")
    with Wire(lambda _: reply) as wire:
        road = Transport(wire.address)
        found = road.post(b"x" * 300)
        road.close()
    assert isinstance(found, Answer)
    assert found.sent == len(wire.requests[0])
    assert found.received == len(reply)
    assert (road.traffic.requests, road.traffic.sent, road.traffic.received) == (
        1,
        found.sent,
        found.received,
    )


def test_the_second_request_goes_over_the_same_connection():
    with Wire(lambda _: answer(b"r")) as wire:
        road = Transport(wire.address)
        road.post(b"1")
        road.post(b"2")
        road.close()
    assert (wire.connections, len(wire.requests)) == (1, 2)


def test_a_kept_connection_that_the_server_closed_is_opened_again_without_a_failure():
    with Wire(lambda _: answer(b"r"), close=True) as wire:
        road = Transport(wire.address)
        first, second = road.post(b"1"), road.post(b"2")
        road.close()
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)


def test_a_connection_that_lay_idle_for_minutes_is_not_trusted_with_a_request():
    now = [1000.0]
    with Wire(lambda _: answer(b"r")) as wire:
        road = Transport(wire.address, monotonic=lambda: now[0])
        road.post(b"1")
        now[0] += 60
        road.post(b"2")
        now[0] += 100
        road.post(b"3")
        road.close()
    assert (wire.connections, len(wire.requests)) == (2, 3)


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (answer(b"<html>Selamat datang di WiFi</html>", content_type="text/html"), Fault.PORTAL),
        (answer(b"  <!DOCTYPE html><title>Login</title>"), Fault.PORTAL),
        (answer(b"", "302 Found", location="http://login.wifi/"), Fault.PORTAL),
        (answer(b"", "511 Network Authentication Required"), Fault.PORTAL),
        (answer(b"<h1>Blocked</h1>", "403 Forbidden", content_type="text/html"), Fault.PORTAL),
        (answer(b"", "407 Proxy Authentication Required", proxy_authenticate="Basic"), Fault.PROXY),
        (answer(b"", "503 Service Unavailable", retry_after="30"), Fault.BUSY),
        (answer(b"", "429 Too Many Requests"), Fault.BUSY),
        (answer(b"oops", "500 Internal Server Error"), Fault.BROKEN),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\nhalf", Fault.CUT),
        (b"this is no http\r\n\r\n", Fault.CUT),
        (None, Fault.CUT),
    ],
)
def test_what_is_not_the_centres_answer_is_told_apart(said, fault):
    with Wire(lambda _: said, close=True) as wire:
        found = _post(wire)
    assert isinstance(found, Failure)
    assert found.fault is fault


def test_a_refusal_of_the_centre_keeps_its_code_and_values():
    body = msgspec.msgpack.encode({"code": "too-large", "values": {"limit": 4096}})
    with Wire(lambda _: answer(body, "413 Content Too Large")) as wire:
        found = _post(wire)
    assert isinstance(found, Failure)
    assert (found.fault, found.code, found.values) == (Fault.REFUSED, "too-large", {"limit": 4096})


def test_a_busy_centre_says_when_to_come_back():
    with Wire(lambda _: answer(b"", "503 Service Unavailable", retry_after="30")) as wire:
        found = _post(wire)
    assert isinstance(found, Failure)
    assert found.retry_after == 30.0


@pytest.mark.parametrize("asked", ["99999999", "9" * 400])
def test_a_box_in_between_cannot_send_the_work_away_for_years(asked):
    with Wire(lambda _: answer(b"", "503 Service Unavailable", retry_after=asked)) as wire:
        found = _post(wire)
    assert isinstance(found, Failure)
    assert found.retry_after == LONGEST_WAIT


def test_a_portal_that_redirects_is_not_followed():
    with Wire(lambda _: answer(b"")) as elsewhere:
        moved = answer(b"", "307 Temporary Redirect", location=elsewhere.address)
        with Wire(lambda _: moved) as wire:
            _post(wire)
    assert elsewhere.requests == []


@pytest.mark.parametrize("length", [1, 8, 14, 17, 21, 30, 36, 37, 38])
def test_an_answer_cut_within_its_head_is_a_cut_and_no_empty_answer(length):
    whole = answer(b"reply")
    assert whole.index(b"\r\n\r\n") == 34
    with Wire(lambda _: whole[:length], close=True) as wire:
        found = _post(wire)
    assert isinstance(found, Failure), found
    assert found.fault is Fault.CUT


def test_an_answer_without_end_is_cut_off():
    big = b"HTTP/1.1 200 OK\r\n\r\n" + b"\0" * (25 << 20)
    with Wire(lambda _: big, close=True) as wire:
        found = _post(wire)
    assert isinstance(found, Failure)
    assert found.fault is Fault.PORTAL


def test_a_server_that_falls_silent_is_a_cut():
    waiting = threading.Event()
    with Wire(lambda _: waiting.wait(20) and None) as wire:
        found = _post(wire, read_timeout=0.2)
        waiting.set()
    assert isinstance(found, Failure)
    assert found.fault is Fault.CUT


def _to_a_slow_link(size):
    """Send so many bytes to a server that answers half a second later, to a PC that calls 0.2 s silence."""
    waiting = threading.Event()

    def late(_):
        waiting.wait(0.5)
        return answer(b"r")

    with Wire(late) as wire:
        found = _post(wire, b"s" * size, read_timeout=0.2)
        waiting.set()
    return found


def test_a_batch_that_leaves_slowly_is_not_taken_for_silence():
    assert isinstance(_to_a_slow_link(16_384), Answer)
    assert isinstance(_to_a_slow_link(20), Failure), "so few bytes have long left: this link is silent"


def test_planted_fault_without_patience_a_slow_link_never_gets_a_batch_through(monkeypatch):
    monkeypatch.setattr(transport, "patience", lambda _: 0.0)
    found = _to_a_slow_link(16_384)
    assert isinstance(found, Failure)
    assert found.fault is Fault.CUT


def test_nobody_listening_is_offline():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    found = Transport(f"http://127.0.0.1:{port}").post(b"")
    assert isinstance(found, Failure)
    assert found.fault is Fault.UNREACHABLE
    assert found.fault.offline


def test_a_name_that_nobody_knows_is_offline(monkeypatch):
    def unknown(*_):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    monkeypatch.delenv("https_proxy", raising=False)
    monkeypatch.delenv("HTTPS_PROXY", raising=False)
    monkeypatch.setenv("no_proxy", "*")
    found = Transport("https://suluh.invalid").post(b"")
    assert isinstance(found, Failure)
    assert found.fault is Fault.NAME_UNKNOWN


def test_a_stranger_behind_https_is_a_tls_fault_and_gets_nothing(tmp_path):
    _, context = own_certificate(tmp_path)
    with Wire(lambda _: answer(b"r"), tls=context) as wire:
        found = _post(wire)
    assert isinstance(found, Failure)
    assert (found.fault, found.code) == (Fault.TLS, STRANGER)
    assert wire.requests == []


def test_a_line_that_breaks_while_tls_is_begun_is_cut_and_blames_no_server():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def breaks():
            near, _ = listener.accept()
            near.close()

        line = threading.Thread(target=breaks)
        line.start()
        found = Transport(f"https://127.0.0.1:{port}").post(b"study")
        line.join()
    assert isinstance(found, Failure)
    assert found.fault is Fault.CUT


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({"from_now": (300, 400)}, NOT_YET),
        ({"from_now": (-400, -300)}, EXPIRED),
        ({"host": "10.9.8.7"}, OTHER_NAME),
        ({"host": "suluh.example"}, OTHER_NAME),
    ],
)
def test_what_a_server_failed_to_prove_is_told_and_it_gets_nothing(tmp_path, written, code):
    pem, context = own_certificate(tmp_path, **written)
    with Wire(lambda _: answer(b"r"), tls=context) as wire:
        found = _post(wire, verify=str(pem))
    assert isinstance(found, Failure)
    assert (found.fault, found.code, found.sent) == (Fault.TLS, code, 0)
    assert wire.requests == []


def test_a_centre_with_an_authority_of_its_own_is_reached_when_that_is_named(tmp_path):
    pem, context = own_certificate(tmp_path)
    with Wire(lambda _: answer(b"r"), tls=context) as wire:
        found = _post(wire, verify=str(pem))
    assert isinstance(found, Answer)


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("ftp://centre", Fault.BAD_ADDRESS),
        ("suluh.example", Fault.BAD_ADDRESS),
        ("http://[::1", Fault.BAD_ADDRESS),
        ("", Fault.BAD_ADDRESS),
        ("http://suluh.example", Fault.NOT_PRIVATE),
        ("http://192.168.1.9:8000", Fault.NOT_PRIVATE),
    ],
)
def test_an_address_where_nothing_may_be_sent_sends_nothing(address, fault):
    road = Transport(address)
    found = road.post(b"secret study")
    assert isinstance(found, Failure)
    assert found.fault is fault
    assert road.traffic.requests == 0


def test_the_users_netrc_gives_no_password_away(tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ani password rahasia\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with Wire(lambda _: answer(b"r")) as wire:
        _post(wire)
    assert b"uthorization" not in wire.requests[0]
