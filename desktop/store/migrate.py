"""Bringing a database to this version's tables: a checked copy first, then a child process does it."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.store.database import connect
from desktop.store.durable import RealDisk
from desktop.store.faults import Reason, StoreFault
from desktop.store.schema import Schema, revision

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_PATIENCE = 600  # seconds; a large desk database on a slow disk


def ready(path: Path, key: bytes, schema: Schema) -> None:
    """Make the database if it is new, migrate it if it is old, refuse it if it is newer than this app.

    A migration runs in one transaction of a child process (Alembic costs 0.3 s and 20 MB that a start without
    migration must not pay). Killed or failed at any point, it leaves the old database, usable by the old app,
    and a checked copy beside it. Raises StoreFault.
    """
    with contextlib.closing(connect(path, key)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        found = revision(raw)
        if found is None:
            schema.create(raw)
        raw.execute("COMMIT")
        if found in {None, schema.head}:
            return
        if found not in schema.revisions:
            raise StoreFault(Reason.NEWER, str(found))
        checked_copy(raw, copy_of(path, str(found)), key)
    _migrate(path, key, schema)
    with contextlib.closing(connect(path, key)) as raw:
        if revision(raw) != schema.head:
            raise StoreFault(Reason.MIGRATION, "revision")
    _forget_copies(path, copy_of(path, str(found)))


def copy_of(path: Path, found: str) -> Path:
    """Name the copy that is made of a database before it leaves a revision."""
    return path.with_name(f"{path.name}.sebelum-{found}")


def checked_copy(raw: "Raw", target: Path, key: bytes) -> None:
    """Copy an open database, encrypted as it is, and read the copy whole before it gets its name."""
    temporary = target.with_name(f".{target.name}.tmp")
    for ending in ("", "-wal", "-shm", "-journal"):
        temporary.with_name(temporary.name + ending).unlink(missing_ok=True)
    disk = RealDisk()
    try:
        with contextlib.closing(connect(temporary, key)) as copy:
            raw.backup(copy)
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            whole = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        disk.sync(temporary)
        if whole:
            disk.rename(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if not whole:
        temporary.unlink(missing_ok=True)
        raise StoreFault(Reason.MIGRATION, "copy")
    disk.sync(target.parent)


def _migrate(path: Path, key: bytes, schema: Schema) -> None:
    """Run the child; the key goes by its standard input, where no process list shows it."""
    command = [
        sys.executable,
        "-m",
        "desktop.store.migrate_child",
        str(path),
        str(schema.scripts),
        schema.head,
    ]
    root = str(Path(__file__).resolve().parents[2])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            command,
            input=key.hex().encode("ascii"),
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            env=os.environ | {"PYTHONPATH": paths},
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise StoreFault(Reason.MIGRATION, type(fault).__name__) from fault
    if done.returncode != 0:
        raise StoreFault(Reason.MIGRATION, done.stderr.decode("utf-8", "replace").strip()[-200:])


def _forget_copies(path: Path, newest: Path) -> None:
    """Keep one copy: that of the revision just left."""
    for old in path.parent.glob(f"{path.name}.sebelum-*"):
        if old != newest:
            old.unlink(missing_ok=True)
