"""What a stick is asked for, behind a port: the real file system, or in a test one that is pulled out."""

import contextlib
import errno
import os
import shutil
from enum import Enum
from pathlib import Path
from typing import Protocol


class Trouble(Enum):
    """Why a stick did not do what it was asked. What is on the PC is safe in every case."""

    PULLED = "it was pulled out, or stopped answering, before the end"
    FULL = "there is no room left on it"
    READ_ONLY = "nothing can be written to it"
    NOT_DURABLE = "what was read back from it is not what was written"


class StickFault(Exception):  # noqa: N818 - it happened to the stick, not to the program
    """Raised for anything a stick does; `needed` and `free` are bytes, 0 where they are not known."""

    def __init__(self, trouble: Trouble, needed: int = 0, free: int = 0) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.needed = needed
        self.free = free

    @classmethod
    def of(cls, fault: OSError) -> "StickFault":
        """Tell by the system's word what a stick's trouble is; whatever is unknown counts as pulled out."""
        return cls(_TROUBLES.get(fault.errno or 0, Trouble.PULLED))


_TROUBLES = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EFBIG: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
}


class Disk(Protocol):
    """The few things that are asked of a stick. Every one raises OSError as the system does."""

    def files(self, folder: Path) -> tuple[str, ...]:
        """List the names of plain files in a folder."""

    def folders(self, folder: Path) -> tuple[str, ...]:
        """List the names of plain folders in a folder."""

    def make_folder(self, path: Path) -> None:
        """Make a folder; one that is there already is fine."""

    def write(self, path: Path, data: bytes) -> None:
        """Create a file, refusing one that exists, and write all of it."""

    def sync(self, path: Path) -> None:
        """Return when a file's bytes, or a folder's names, have reached the stick."""

    def rename(self, source: Path, target: Path) -> None:
        """Give a file its final name, replacing what had it."""

    def read(self, path: Path) -> bytes:
        """Read a whole file, from the stick itself where the system allows to say so."""

    def size(self, path: Path) -> int:
        """Tell the bytes of a file."""

    def remove(self, path: Path) -> None:
        """Remove a file if it is there."""

    def free(self, root: Path) -> int | None:
        """Tell the bytes that are free; None where the system does not say."""

    def writable(self, root: Path) -> bool:
        """Tell, without writing, whether the system would let anything be written."""


class RealDisk:
    """The file system of this PC. Links are never followed: a stick comes from strangers."""

    def files(self, folder: Path) -> tuple[str, ...]:
        """List the names of plain files."""
        with os.scandir(folder) as entries:
            return tuple(sorted(one.name for one in entries if one.is_file(follow_symlinks=False)))

    def folders(self, folder: Path) -> tuple[str, ...]:
        """List the names of plain folders."""
        with os.scandir(folder) as entries:
            return tuple(sorted(one.name for one in entries if one.is_dir(follow_symlinks=False)))

    def make_folder(self, path: Path) -> None:
        """Make a folder."""
        if path.is_symlink():
            raise PermissionError(errno.EACCES, "a link where a folder should be")
        path.mkdir(exist_ok=True)

    def write(self, path: Path, data: bytes) -> None:
        """Create a file and write all of it."""
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(data)

    def sync(self, path: Path) -> None:
        """Flush a file or, where the system knows it, a folder."""
        folder = path.is_dir()
        if folder and os.name == "nt":
            return  # Windows writes the names of a removable drive at once, and opens no folder for flushing
        handle = os.open(path, os.O_RDONLY if folder else os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(handle)
            if not folder and hasattr(os, "posix_fadvise"):
                with contextlib.suppress(OSError):
                    # what is read back afterwards comes from the stick, not from this PC's memory
                    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        except OSError as fault:
            if not folder or fault.errno not in {errno.EINVAL, errno.ENOTSUP}:
                raise  # some file systems of sticks flush no folders
        finally:
            os.close(handle)

    def rename(self, source: Path, target: Path) -> None:
        """Rename, replacing the target."""
        source.replace(target)

    def read(self, path: Path) -> bytes:
        """Read a whole file."""
        return path.read_bytes()

    def size(self, path: Path) -> int:
        """Tell the bytes of a file."""
        return path.lstat().st_size

    def remove(self, path: Path) -> None:
        """Remove a file if it is there."""
        path.unlink(missing_ok=True)

    def free(self, root: Path) -> int | None:
        """Tell the bytes that are free."""
        return shutil.disk_usage(root).free

    def writable(self, root: Path) -> bool:
        """Ask the system's flags."""
        if not os.access(root, os.W_OK):
            return False
        flags = getattr(os, "statvfs", None)
        return flags is None or not flags(root).f_flag & getattr(os, "ST_RDONLY", 1)
