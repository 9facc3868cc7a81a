"""The office's hub as a child process of the app: prepared, started, watched, and ended with it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from desktop.errors import Problem, unknown
from desktop.language import tr
from desktop.store.durable import durable_write
from sync.journal.keys import SigningKey
from sync.officefile import OfficeFile
from sync.postbag.hub_papers import (
    CERTIFICATE_FILE,
    KEY_FILE,
    OFFICE_FILE,
    PACK_FOLDER,
    PART_FOLDER,
    read_certificate,
    write_certificate,
)
from sync.postbag.part import Form, Part, read_part
from sync.postbag.words import Certificate, certify
from sync.refusal import Refusal

PORT = 8751
CERTIFIED_FOR = 400 * 86_400
"""Seconds a certificate lasts: longer than any coordinator leaves the app closed, and not for ever."""
ENDING_MS = 5_000
_READY = "SULUH-READY "
_NO_RIGHTS, _PORT_TAKEN = 3, 4


class HubState(Enum):
    """Where a hub stands; each member says what a coordinator may be told."""

    OFF = "It is not running."
    STARTING = "It was started and does not listen yet."
    RUNNING = "Other computers of the network can use it."
    FAILED = "It ended by itself; the problem says why."


@dataclass(frozen=True, slots=True)
class HubReport:
    """The state, the address to type on other computers, and what is wrong where something is."""

    state: HubState = HubState.OFF
    address: str = ""
    problem: Problem | None = None


def prepare_hub(folder: Path, office: OfficeFile, coordinator: SigningKey, now: int) -> Certificate:
    """Lay into a hub's folder what it needs, and certify its key; needs the unlocked coordinator.

    `now` is Unix seconds. Doing it again keeps the key and renews office file and certificate. Raises
    OSError, and StoreFault when the disk does not keep what is written.
    """
    for one in (folder, folder / PART_FOLDER, folder / PACK_FOLDER):
        one.mkdir(parents=True, exist_ok=True)
    path = folder / KEY_FILE
    if not path.exists():
        durable_write(path, SigningKey.generate().raw.hex().encode())
    key = SigningKey(bytes.fromhex(path.read_text("ascii").strip()))
    durable_write(folder / OFFICE_FILE, office.raw)
    uuid = office.header.office
    certificate = certify(key.public, uuid, now + CERTIFIED_FOR, coordinator)
    durable_write(folder / CERTIFICATE_FILE, write_certificate(certificate, uuid))
    return certificate


def hub_certificate(folder: Path, office: OfficeFile) -> Certificate | None:
    """Return the certificate that lies in a hub's folder, None where none counts for this office."""
    coordinators = tuple(one.signing for one in office.header.coordinators)
    try:
        return read_certificate((folder / CERTIFICATE_FILE).read_bytes(), office.header.office, coordinators)
    except (OSError, Refusal):
        return None


def post_at_hub(folder: Path) -> tuple[tuple[Part, bytes], ...]:
    """Return the PCs' parts that lie in the hub of this PC, to be merged like a stick's; all stay there."""
    found: list[tuple[Part, bytes]] = []
    for path in sorted((folder / PART_FOLDER).glob("k-*.suluh")):
        try:
            data = path.read_bytes()
            part = read_part(data)
        except (OSError, Refusal):  # passed on in this moment, or spoiled on the disk
            continue
        if part.form is Form.OUTWARD:
            found.append((part, data))
    return tuple(found)


class HubProcess(QObject):
    """Starts and stops the hub; `changed` gives a HubReport. It ends with the app, however that ends."""

    changed = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """`folder` was prepared by `prepare_hub`."""
        super().__init__(parent)
        self._folder = folder
        self._process: QProcess | None = None
        self._said = ""
        self.report = HubReport()

    def start(
        self, port: int = PORT, upstream: Sequence[str] = (), host: str = "", pack_limit: int | None = None
    ) -> None:
        """Start it, unless it runs. `upstream` are the centre's addresses; without, the office file says.

        `pack_limit` is how many MB of packs it may fetch in a month, None for the usual.
        """
        if self._process is not None:
            return
        words = ["-m", "sync.server", "hub", "run", "--data", str(self._folder), "--port", str(port)]
        words += ["--with-parent", *(word for one in upstream for word in ("--upstream", one))]
        words += ["--host", host] if host else []
        words += [] if pack_limit is None else ["--pack-limit", str(pack_limit)]
        process = self._process = QProcess(self)
        self._said = ""
        process.readyReadStandardOutput.connect(self._hear)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._failed)
        self._tell(HubReport(HubState.STARTING))
        process.start(sys.executable, words)

    def stop(self) -> None:
        """End it and wait until it has: what it has promised lies on its disk."""
        process, self._process = self._process, None
        if process is None:
            return
        process.closeWriteChannel()
        if not process.waitForFinished(ENDING_MS):
            process.kill()
            process.waitForFinished(ENDING_MS)
        process.deleteLater()
        self._tell(HubReport())

    @Slot()
    def _hear(self) -> None:
        """Wait for the line that says where it listens."""
        if self._process is None:
            return
        self._said += bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace")
        for line in self._said.splitlines():
            if line.startswith(_READY) and self.report.state is HubState.STARTING:
                self._tell(HubReport(HubState.RUNNING, line.removeprefix(_READY).strip()))

    @Slot(int)
    def _ended(self, code: int) -> None:
        """Say why it ended when nobody asked it to."""
        process, self._process = self._process, None
        if process is None:
            return
        details = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
        process.deleteLater()
        self._tell(HubReport(HubState.FAILED, problem=_problem(code, details)))

    @Slot(QProcess.ProcessError)
    def _failed(self, error: QProcess.ProcessError) -> None:
        """A program that cannot even be started never ends."""
        if error is QProcess.ProcessError.FailedToStart:
            self._ended(_NO_RIGHTS)

    def _tell(self, report: HubReport) -> None:
        self.report = report
        self.changed.emit(report)


def _problem(code: int, details: str) -> Problem:
    if code == _NO_RIGHTS:
        return Problem(
            tr("Windows menolak sambungan antarkomputer. Gunakan flashdisk."),
            tr("Data Anda aman. Petugas TI dapat mengizinkan Suluh di firewall."),
            details=details,
        )
    if code == _PORT_TAKEN:
        return Problem(
            tr("Hub tidak dapat dijalankan: jalurnya sedang dipakai program lain."),
            tr("Mungkin hub sudah berjalan di komputer ini. Data Anda aman; flashdisk tetap dapat dipakai."),
            details=details,
        )
    return unknown(f"hub-{code}", details)
