"""A real hub in a process of its own, and the PCs of an office that use it over loopback."""

import http.server
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

from sync.client.faults import Failure
from sync.client.hub import HubLink
from sync.journal.keys import SigningKey
from sync.journal.sealing import key_id
from sync.postbag.hub_papers import CERTIFICATE_FILE, KEY_FILE, OFFICE_FILE, write_certificate
from sync.postbag.part import Form
from sync.postbag.words import Custody, certify, read_custody
from tests.builders.centre import YOHANA, Office, Pc
from tests.builders.post import Brought, Machine

EAGER = """
from sync.client import retry
retry.FIRST = retry.GREATEST = 0.05
"""
"""A hub that tries again at once, so that a story need not wait."""
PATIENCE = 30
_T = TypeVar("_T")


def hub_folder(
    folder: Path, office: Office, *, until: int | None = None, by: SigningKey | None = None
) -> Path:
    """Prepare a hub's folder as a coordinator's PC does; `until` 0 leaves the certificate out."""
    folder.mkdir()
    key = SigningKey.generate()
    (folder / KEY_FILE).write_text(key.raw.hex())
    (folder / OFFICE_FILE).write_bytes(office.file.raw)
    if until != 0:
        coordinator = by or Pc.of(office, YOHANA).signing
        header = office.file.header
        certificate = certify(key.public, header.office, until or int(time.time()) + 86_400, coordinator)
        (folder / CERTIFICATE_FILE).write_bytes(write_certificate(certificate, header.office))
    return folder


class HubProcess:
    """`python -m sync.server hub run`, started for real."""

    def __init__(
        self, folder: Path, upstream: str = "http://127.0.0.1:9", prelude: str = EAGER, *, found: bool = False
    ) -> None:
        self.folder = folder
        program = "import sys\nfrom sync.server.commands import main\n" + prelude + "\nsys.exit(main())"
        words = ["hub", "run", "--port", "0", "--host", "127.0.0.1", "--data", str(folder)]
        words += ["--upstream", upstream, "--with-parent"] + ([] if found else ["--quiet"])
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            ready = re.fullmatch(r"SULUH-READY (http://127\.0\.0\.1:(\d+))\n", line)
            if ready:
                self.address, self.port = ready[1], int(ready[2])
                return
        raise AssertionError(self.said + self.process.communicate(timeout=20)[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.returncode is None:
            self.kill()

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.communicate(timeout=20)

    def let_go(self) -> int:
        """End as the program that started it does: its input closes."""
        self.process.communicate(timeout=20)
        return int(self.process.returncode)

    @property
    def held(self) -> list[str]:
        """The names of the parts in its folder."""
        return sorted(path.name for path in (self.folder / "pos").iterdir())


class Neighbour:
    """One PC of the office that uses the hub."""

    def __init__(self, machine: Machine, hub: HubProcess) -> None:
        self.machine = machine
        self.link = HubLink(hub.address, key_id(machine.letter.public))

    def gives(self, post: bytes) -> Brought:
        shipment = self.link.carry(post, self.machine.versions)
        assert not isinstance(shipment, Failure), shipment
        return Brought(self.machine.office, tuple(part for part, _ in shipment.parts))

    def asks(self) -> Brought:
        """Give nothing but what is wanted, and take what is there."""
        kept, self.machine.outbox = self.machine.outbox, []
        try:
            return self.gives(self.machine.gives()[0])
        finally:
            self.machine.outbox = kept

    def asks_until(self, enough: Callable[[Brought], _T | None]) -> _T:
        """Ask again and again until the answer is what the story waits for."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = enough(self.asks())
            if found:
                return found
        raise AssertionError("the hub never had it")


def custodies(brought: Brought) -> list[Custody]:
    """What the hub has signed for, believed as a PC believes it."""
    coordinators = tuple(one.signing for one in brought.office.file.header.coordinators)
    return [read_custody(part, coordinators) for part in brought.of(Form.CUSTODY)]


@contextmanager
def somebody_else(
    answers: Iterator[Callable[[bytes], bytes]], tries: int = 4
) -> Iterator[tuple[str, threading.Event]]:
    """Whoever answers in the centre's place: each of `answers` makes a body from a request's, in turn.

    The event is set when it was asked `tries` times.
    """
    asked: list[bytes] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            said = next(answers)(body)
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)
            asked.append(body)
            enough.set() if len(asked) >= tries else None

        def log_message(self, *_):
            """Say nothing."""

    enough = threading.Event()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", enough
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
