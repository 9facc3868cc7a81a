"""A centre of its own on this computer: started, asked and stopped only as its operator could."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PATIENCE = 120.0
"""Seconds until a centre, or an answer of it, counts as not coming; a slow disk needs a quarter of it."""
_READY = "SULUH-READY "
_SERVER = ("-m", "sync.server")


class CentreError(RuntimeError):
    """The centre did not do what was asked; the text is what it printed."""


class Centre:
    """The process `suluh server run` with its folder. Use it as a context, so that it never outlives us.

    `more` are further words of that command; `patience` is in seconds.
    """

    def __init__(self, folder: Path, *more: str, patience: float = PATIENCE) -> None:
        self.folder = folder
        self._more = more
        self._patience = patience
        self.url = ""
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        """Start it on a free port of the loopback and wait until it answers."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        self.stop()

    def start(self, port: int = 0) -> None:
        """Start the centre. Raises CentreError when it ends before it is ready, or is not ready in time."""
        words = ("run", "--data", str(self.folder), "--port", str(port), *self._more)
        self._process = process = subprocess.Popen(
            [sys.executable, *_SERVER, *words],
            stdin=subprocess.PIPE,  # `--with-parent` ends with whoever holds the other end
            stdout=subprocess.PIPE,
            stderr=None,
            text=True,
        )
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()  # then there is nothing more to read, and the reading below ends

        timer = threading.Timer(self._patience, give_up)
        timer.daemon = True
        timer.start()
        try:
            said: list[str] = []
            for line in process.stdout or ():
                said.append(line)
                if line.startswith(_READY) and not late.is_set():
                    self.url = line.removeprefix(_READY).strip()
                    return
        finally:
            timer.cancel()
        self.stop()
        raise CentreError((self._late("siap") if late.is_set() else "") + "".join(said))

    def _late(self, what: str) -> str:
        seconds = f"{self._patience:g}".replace(".", ",")
        return f"Server pusat contoh tidak {what} dalam {seconds} detik. Coba lagi.\n"

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rpartition(":")[2])

    def stop(self) -> None:
        """Ask it to end, and end it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self.stop()

    def ask(self, *words: str) -> str:
        """Run one command of the centre and give what it printed. Raises CentreError with its words."""
        try:
            ran = subprocess.run(
                [sys.executable, *_SERVER, *words, "--data", str(self.folder)],
                capture_output=True,
                text=True,
                check=False,
                timeout=self._patience,
            )
        except subprocess.TimeoutExpired as fault:
            raise CentreError(self._late("menjawab")) from fault
        if ran.returncode:
            raise CentreError(ran.stdout + ran.stderr)
        return ran.stdout

    def report(self) -> Any:
        """The cohort report of all offices, as the operator gets it with --json."""
        return json.loads(self.ask("report", "--json"))
