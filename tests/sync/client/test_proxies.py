"""The proxy of an office, which a PC must pass: it asks who is there, it refuses, it is elsewhere, or it just passes on."""

import select
import socket
import threading

import pytest

from sync.client.faults import ASKS, Failure, Fault
from sync.client.transport import Answer, Transport
from tests.builders.certificate import own_certificate
from tests.fakes.wire import Wire, answer

CENTRE = "https://suluh.example"


@pytest.fixture
def behind(monkeypatch):
    """Set the proxy of this PC, as Windows or an administrator does."""
    for name in ("no_proxy", "NO_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    return lambda address: monkeypatch.setenv("HTTPS_PROXY", address)


def _post(**options):
    road = Transport(CENTRE, **options)
    try:
        return road.post(b"study")
    finally:
        road.close()


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("407 Proxy Authentication Required", ASKS),
        ("403 Forbidden", ""),
        ("502 Bad Gateway", ""),
        ("503 Service Unavailable", ""),
    ],
)
def test_a_proxy_that_does_not_pass_on_is_told_and_gets_no_work(behind, status, code):
    with Wire(lambda _: answer(b"", status), close=True) as proxy:
        behind(proxy.address)
        found = _post()
    assert isinstance(found, Failure)
    assert (found.fault, found.code, found.sent) == (Fault.PROXY, code, 0)
    assert [request.split()[0] for request in proxy.requests] == [b"CONNECT"]
    assert b"study" not in proxy.requests[0]


def test_a_laptop_taken_home_with_the_offices_proxy_is_just_offline(behind):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        nobody = listener.getsockname()[1]
    behind(f"http://127.0.0.1:{nobody}")
    found = _post()
    assert isinstance(found, Failure)
    assert found.fault.offline


def test_a_proxy_whose_name_nobody_knows_is_just_offline(behind, monkeypatch):
    def unknown(*_):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    behind("http://proxy.kantor:3128")
    found = _post()
    assert isinstance(found, Failure)
    assert found.fault is Fault.NAME_UNKNOWN


class Tunnel:
    """A proxy that passes on, wherever it was asked to, to one port."""

    def __init__(self, port):
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.asked = []
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self._listener.close()

    def _serve(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(near,), daemon=True).start()

    def _pass_on(self, near):
        with near, socket.create_connection(("127.0.0.1", self._port)) as far:
            self.asked.append(near.recv(65536).partition(b" HTTP/")[0])
            near.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                for source in select.select([near, far], [], [])[0]:
                    data = source.recv(65536)
                    if not data:
                        return
                    (far if source is near else near).sendall(data)


def test_through_a_proxy_that_passes_on_work_arrives_in_one_piece_and_tls_is_taken_up(behind, tmp_path):
    pem, context = own_certificate(tmp_path, host="suluh.example")
    with Wire(lambda _: answer(b"reply"), tls=context) as centre:
        tunnel = Tunnel(int(centre.address.rsplit(":", 1)[1]))
        behind(tunnel.address)
        road = Transport(CENTRE, verify=str(pem))
        for _ in range(2):
            assert isinstance(road.post(b"study"), Answer)
            road.close()
        tunnel.close()
    assert tunnel.asked == [b"CONNECT suluh.example:443"] * 2
    assert (centre.pieces, centre.resumed) == ([1, 1], [False, True])
