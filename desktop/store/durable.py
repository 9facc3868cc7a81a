"""Writing a file so that after a power cut it is there whole, or not at all."""

import contextlib
import hashlib
import os
import secrets
from pathlib import Path
from typing import Protocol

from desktop.store.faults import Reason, StoreFault


class Disk(Protocol):
    """The few things a durable write asks of the file system; a test's disk may lose power instead."""

    def write(self, path: Path, data: bytes, mode: int) -> None:
        """Create the file anew and write all of it."""

    def sync(self, path: Path) -> None:
        """Return when the file's bytes, or the folder's names, have reached the disk."""

    def rename(self, source: Path, target: Path) -> None:
        """Give the file its final name, replacing what had it."""

    def read(self, path: Path) -> bytes:
        """Read the whole file."""

    def remove(self, path: Path) -> None:
        """Remove the file if it is there."""


class RealDisk:
    """The file system of this PC."""

    def write(self, path: Path, data: bytes, mode: int) -> None:
        """Create the file with the given mode, refusing one that exists."""
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(handle, "wb") as file:
            file.write(data)

    def sync(self, path: Path) -> None:
        """Flush a file or, where the system knows it, a folder."""
        if path.is_dir() and os.name == "nt":
            return  # NTFS journals its names; a folder cannot be opened for flushing there
        handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def rename(self, source: Path, target: Path) -> None:
        """Rename, replacing the target in one step."""
        source.replace(target)

    def read(self, path: Path) -> bytes:
        """Read the file back."""
        return path.read_bytes()

    def remove(self, path: Path) -> None:
        """Remove the file if it is there."""
        path.unlink(missing_ok=True)


def durable_write(path: Path, data: bytes, *, mode: int = 0o600, disk: Disk | None = None) -> None:
    """Write `data` to `path` so that the old file stays whole until the new one is surely on the disk.

    Temporary file, fsync, rename, fsync of the folder, then read back and compare by hash. Raises OSError
    as the file system says it (a full disk among them) and StoreFault(NOT_DURABLE) when the bytes came back
    different; a failure before the rename leaves the old file and no leftovers.
    """
    disk = disk or RealDisk()
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        disk.write(temporary, data, mode)
        disk.sync(temporary)
        disk.rename(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            disk.remove(temporary)
        raise
    disk.sync(path.parent)
    if hashlib.sha256(disk.read(path)).digest() != hashlib.sha256(data).digest():
        raise StoreFault(Reason.NOT_DURABLE, path.name)


def sweep(folder: Path) -> int:
    """Remove temporary files that a crash left in a folder; gives how many there were."""
    found = [entry for entry in folder.glob(".*.tmp") if entry.is_file()]
    for entry in found:
        entry.unlink(missing_ok=True)
    return len(found)
