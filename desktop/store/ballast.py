"""Sixteen megabytes kept in reserve, given back when the disk is full so that answers can still be saved."""

import contextlib
import errno
import os
import shutil
from pathlib import Path

SIZE = 16 * 1024 * 1024
ROOM = 4 * SIZE
"""Free bytes below which the reserve is not taken: it would itself fill the disk."""


class Ballast:
    """The reserve of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "cadangan.bin"

    @property
    def held(self) -> bool:
        """Whether the reserve lies whole on the disk; while it does not, packs are refused."""
        try:
            return self._path.stat().st_size == SIZE
        except OSError:
            return False

    def free(self) -> int:
        """Free bytes on the disk, without the reserve."""
        return shutil.disk_usage(self._path.parent).free

    def blamed(self, fault: BaseException) -> bool:
        """Tell whether a full disk is behind an error.

        SQLite words it as an I/O error when it was the index of its write-ahead log that found no room.
        """
        return _full(fault) or ("disk I/O error" in str(fault) and self.free() < 1024 * 1024)

    def take(self) -> bool:
        """Lay the reserve down where there is room; tells whether it is held."""
        if self.held:
            return True
        if self.free() < ROOM:
            return False
        try:
            _fill(self._path)
        except OSError:
            self.release()
        return self.held

    def release(self) -> bool:
        """Give the reserve back to the disk; tells whether there was one."""
        there = self._path.exists()
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
        return there


def _fill(path: Path) -> None:
    """Occupy real blocks: a sparse or compressed file would give nothing back."""
    with path.open("wb") as file:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, SIZE)
        else:
            block = os.urandom(1024 * 1024)
            for _ in range(SIZE // len(block)):
                file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _full(fault: BaseException) -> bool:
    """Tell whether an error says that the disk is full: the file system's, or SQLite's, also through Core."""
    if isinstance(fault, OSError):
        return fault.errno in {errno.ENOSPC, errno.EDQUOT}
    return "disk is full" in str(getattr(fault, "orig", None) or fault)
