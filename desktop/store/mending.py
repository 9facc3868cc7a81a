"""A damaged database is set aside, never deleted, and its newest whole backup takes its place."""

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from desktop.store.copies import SIDES, Copy, copies_of
from desktop.store.database import Database, open_database
from desktop.store.durable import RealDisk
from desktop.store.faults import Reason, StoreFault
from desktop.store.migrate import ready
from desktop.store.schema import Schema
from desktop.store.soundness import Verdict, is_damage, judge, there

ASIDE = "disisihkan"
MARK = ".rusak"


@dataclass(frozen=True, slots=True)
class Opened:
    """An open database; `copy` is the backup that took its place, None where it was whole."""

    database: Database
    copy: Copy | None = None


def open_sound(path: Path, key: bytes, schema: Schema, *, known: bool) -> Opened:
    """Open a database, or what is kept of it: the newest backup that is whole, where it is damaged.

    `known`: it is sure that it was made once, so an empty or missing file is damage too, and not a new one.
    Raises StoreFault(DAMAGED) where nothing is kept; then no file was changed. A key that opens no backup
    either is a wrong key and stays one.
    """
    before = copies_of(path.parent, path.name)
    if (known or before) and not there(path):
        return _mended(path, key, schema, StoreFault(Reason.DAMAGED, "empty"))
    if mark_of(path).exists():
        if judge(path, key) is Verdict.DAMAGED:
            return _mended(path, key, schema, StoreFault(Reason.DAMAGED, "marked"))
        mark_of(path).unlink(missing_ok=True)
    try:
        ready(path, key, schema)
        return Opened(open_database(path, key))
    except Exception as fault:
        if not is_damage(fault):
            raise
        return _mended(path, key, schema, fault)


def mark_of(path: Path) -> Path:
    """Name the empty file that says: something in this database could not be read."""
    return path.with_name(path.name + MARK)


def put_back(path: Path, key: bytes, copy: Copy) -> None:
    """Set a closed database aside, with its log, and put a backup in its place. Raises StoreFault, OSError.

    The backup is copied and read whole first, and stays. The log goes first: it must never be played into
    another file. A crash on the way leaves a missing file, which the next opening mends.
    """
    disk = RealDisk()
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        shutil.copyfile(copy.path, temporary)
        if judge(temporary, key, closed=True) is not Verdict.SOUND:
            raise StoreFault(Reason.DAMAGED, "copy")
        disk.sync(temporary)
        set_aside(path)
        disk.rename(temporary, path)
        disk.sync(path.parent)
    finally:
        for end in SIDES:
            with contextlib.suppress(OSError):
                temporary.with_name(temporary.name + end).unlink(missing_ok=True)
    mark_of(path).unlink(missing_ok=True)


def set_aside(path: Path) -> None:
    """Move a database and its log out of the way, under names of their own."""
    folder = path.parent / ASIDE
    folder.mkdir(exist_ok=True)
    number = 1
    while any((folder / f"{path.name}.{number}{end}").exists() for end in SIDES):
        number += 1
    for end in reversed(SIDES):
        side = path.with_name(path.name + end)
        if side.exists():
            side.replace(folder / f"{path.name}.{number}{end}")


def set_aside_of(data: Path, file: str) -> tuple[Path, ...]:
    """List the files of a database that were set aside."""
    return tuple(sorted((data / ASIDE).glob(f"{file}.*")))


def _mended(path: Path, key: bytes, schema: Schema, fault: Exception) -> Opened:
    """Put back the newest backup that this key opens whole."""
    for copy in copies_of(path.parent, path.name):
        try:
            put_back(path, key, copy)
        except StoreFault:
            continue
        except OSError as trouble:  # another window holds the file open, or the disk is full
            raise StoreFault(Reason.DAMAGED, type(trouble).__name__) from trouble
        ready(path, key, schema)
        return Opened(open_database(path, key), copy)
    if isinstance(fault, StoreFault):
        raise fault
    raise StoreFault(Reason.DAMAGED, "no backup") from fault
