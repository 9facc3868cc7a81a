"""Removable drives: which are plugged in, and which packs and office files lie on them."""

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

PACK_ENDING = ".suluh-paket"
OFFICE_ENDING = ".suluh-kantor"
FOLDERS = (".", "SULUH", "Suluh", "suluh")
MAX_FILES = 500

_DRIVE_REMOVABLE = 2
_MEDIA = ("/media/", "/run/media/", "/mnt/")


class Found(Enum):
    """What a file on a drive calls itself by its name; nothing of it is believed."""

    PACK = "a pack of a course"
    OFFICE = "an office file"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file on a removable drive. `size` in bytes, `drive` the name a person knows it by."""

    path: Path
    kind: Found
    size: int
    drive: str

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        ending = PACK_ENDING if self.kind is Found.PACK else OFFICE_ENDING
        return self.path.name[: -len(ending)]


@dataclass(frozen=True, slots=True)
class Drive:
    """A removable drive that is plugged in."""

    root: Path
    label: str


class Drives:
    """Looks at removable drives. `roots` gives their folders; the system is asked where none is given."""

    def __init__(self, roots: Callable[[], Iterable[Path]] | None = None) -> None:
        self._roots = roots or removable_roots

    def drives(self) -> tuple[Drive, ...]:
        """List the removable drives that can be read, in the order of their names."""
        found = []
        for root in self._roots():
            try:
                readable = root.is_dir() and os.access(root, os.R_OK)
            except OSError:
                continue  # it was pulled out between two looks
            if readable:
                found.append(Drive(root, root.name or str(root)))
        return tuple(sorted(found, key=lambda drive: str(drive.root)))

    def files(self, kind: Found | None = None) -> tuple[FoundFile, ...]:
        """List packs and office files on all drives: in the root and in the folder SULUH, no deeper.

        Links, hidden files and everything with another ending are passed over: a stick comes with viruses.
        """
        found: list[FoundFile] = []
        for drive in self.drives():
            seen: set[tuple[int, int]] = set()
            for folder in FOLDERS:
                found += _in_folder(drive, drive.root / folder, seen)
        chosen = [file for file in found if kind is None or file.kind is kind]
        return tuple(sorted(chosen, key=lambda file: (file.drive, file.path.name)))


def _in_folder(drive: Drive, folder: Path, seen: set[tuple[int, int]]) -> list[FoundFile]:
    found: list[FoundFile] = []
    try:
        if folder != drive.root and folder.is_symlink():
            return []
        about = folder.stat()
        if (about.st_dev, about.st_ino) in seen:  # a file system that does not tell SULUH from suluh
            return []
        seen.add((about.st_dev, about.st_ino))
        with os.scandir(folder) as entries:
            for entry in entries:
                kind = _kind(entry.name)
                if kind is None or not entry.is_file(follow_symlinks=False):
                    continue
                size = entry.stat(follow_symlinks=False).st_size
                found.append(FoundFile(Path(entry.path), kind, size, drive.label))
                if len(found) >= MAX_FILES:
                    break
    except OSError:
        return found  # no such folder, or the drive went away
    return found


def _kind(name: str) -> Found | None:
    lower = name.lower()
    if lower.startswith((".", "~")):
        return None
    if lower.endswith(PACK_ENDING):
        return Found.PACK
    return Found.OFFICE if lower.endswith(OFFICE_ENDING) else None


def removable_roots() -> tuple[Path, ...]:
    """Ask the system for the folders of removable drives."""
    return _windows_roots() if sys.platform == "win32" else _unix_roots(Path("/proc/mounts"))


def _unix_roots(mounts: Path) -> tuple[Path, ...]:
    """Read the mount table: what a desktop mounts for its user lies below /media, /run/media or /mnt."""
    if sys.platform == "darwin":
        return tuple(path for path in Path("/Volumes").glob("*") if not path.is_symlink())
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ()
    points = [line.split(" ")[1] for line in lines if line.count(" ") >= 2]
    return tuple(Path(_unescaped(point)) for point in points if point.startswith(_MEDIA))


def _unescaped(point: str) -> str:
    """Read the kernel's spelling of a mount point: a blank stands there as an octal escape."""
    for escape, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(escape, sign)
    return point


def _windows_roots() -> tuple[Path, ...]:
    """Ask Windows which letters are removable drives."""
    import ctypes  # noqa: PLC0415 - Windows only

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - unknown to type checkers elsewhere
    letters = [chr(ord("A") + bit) for bit in range(26) if kernel.GetLogicalDrives() >> bit & 1]
    roots = [f"{letter}:\\" for letter in letters]
    return tuple(Path(root) for root in roots if kernel.GetDriveTypeW(root) == _DRIVE_REMOVABLE)
