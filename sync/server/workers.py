"""Several workers behind one address, where PostgreSQL lets them write at the same time."""

import argparse
import logging
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

from sync.server.centre import open_house
from sync.server.home import ADDRESS, Home
from sync.server.serve import READY, listen, spoken

BESIDE = "--beside"
REST = 1.0
"""Seconds before a worker that died is replaced: what kills it at once shall not fill the log."""

_log = logging.getLogger(__name__)


class Worker:
    """One process. It ends with whoever started it: its standard input is then closed."""

    def __init__(self, command: Sequence[str], home: Home, ended: "queue.SimpleQueue[Worker | None]") -> None:
        environment = os.environ | {ADDRESS: home.url}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        threading.Thread(target=self._await, args=(ended,), daemon=True).start()

    def ready(self) -> bool:
        """Wait until it takes connections; False when it ends before."""
        said = self.process.stdout
        return said is not None and any(line.startswith(READY) for line in said)

    def _await(self, ended: "queue.SimpleQueue[Worker | None]") -> None:
        self.process.wait()
        ended.put(self)


def run_workers(home: Home, options: argparse.Namespace) -> int:
    """Run until interrupted. Raises ValueError, in words, where several workers cannot share."""
    if not home.url:
        raise ValueError(f"Beberapa pekerja hanya dapat dengan PostgreSQL: isi {ADDRESS} lebih dahulu.")
    if not hasattr(socket, "SO_REUSEPORT"):
        raise ValueError(
            "Beberapa pekerja pada satu port tidak dapat di sistem ini. Jalankan beberapa server dengan"
            " port berlainan di belakang server web."
        )
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    door = listen(options.host, options.port, beside=True)  # kept, so that the port stays ours
    port = door.getsockname()[1]
    _, database, first = open_house(home)
    database.close()
    ended: queue.SimpleQueue[Worker | None] = queue.SimpleQueue()
    for word in (signal.SIGTERM, signal.SIGINT):
        signal.signal(word, lambda *_: ended.put(None))
    command = _command(home, options, port)
    team = {Worker(command, home, ended) for _ in range(options.workers)}
    try:
        if not all(worker.ready() for worker in team):
            return 1
        print(spoken(home, options, port, first=first), flush=True)
        while (gone := ended.get()) is not None:
            _log.error("a worker ended with %s and is replaced", gone.process.returncode)
            team.discard(gone)
            time.sleep(REST)
            team.add(Worker(command, home, ended))
    finally:
        for worker in team:
            worker.process.terminate()
        for worker in team:
            worker.process.wait()
        door.close()
    return 0


def end_with_parent() -> None:
    """Let this process end in good order when the one that started it is no more."""

    def watch() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def _command(home: Home, options: argparse.Namespace, port: int) -> list[str]:
    """Return the command of one worker."""
    words = ["run", BESIDE, "--host", options.host, "--port", str(port), "--data", str(home.folder)]
    if options.tls_cert is not None:
        words += ["--tls-cert", str(options.tls_cert)]
    if options.tls_key is not None:
        words += ["--tls-key", str(options.tls_key)]
    return [sys.executable, "-m", "sync.server", *words]
