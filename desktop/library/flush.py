"""Getting many new files surely onto the disk, without paying for each as if it were alone."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

_MANY = 16


def begin_flush(handle: int) -> None:
    """Let the disk begin with a file that was just written, so that little is left to wait for at the end."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def flush(folder: Path, files: Sequence[Path]) -> None:
    """Return when all `files` below `folder`, and their names, are surely on the disk. Raises OSError.

    Many files on Linux are flushed by one call for the whole file system: each fsync there waits for the
    journal of its own.
    """
    if len(files) >= _MANY and _flush_file_system(folder):
        return
    for path in files:
        _sync(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    if os.name != "nt":  # NTFS journals its names, and gives no handle to a folder
        for parent in sorted({path.parent for path in files} | {folder}):
            _sync(parent, os.O_RDONLY)


def _flush_file_system(folder: Path) -> bool:
    """Flush everything on the folder's file system; False where this system has no such call."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes  # noqa: PLC0415 - for the installation of a large pack only

    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except (OSError, AttributeError):
        return False
    handle = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(handle) != 0:
            fault = ctypes.get_errno()
            raise OSError(fault, os.strerror(fault), str(folder))
    finally:
        os.close(handle)
    return True


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
