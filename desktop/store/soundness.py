"""Whether a database file is whole: read page by page, each with its seal, without changing anything."""

import contextlib
from enum import Enum
from pathlib import Path

from sqlcipher3 import dbapi2

from desktop.store.database import connect
from desktop.store.faults import Reason, StoreFault

LEAST = 4096
"""Bytes of the smallest database, one page; SQLite takes what is shorter for a new one."""


class Verdict(Enum):
    """What reading a whole database came to."""

    SOUND = "every page and every tree is whole"
    DAMAGED = "something in it is not what was written"
    UNKNOWN = "it could not be read to its end just now"


def judge(path: Path, key: bytes, *, closed: bool = False) -> Verdict:
    """Read a whole database by a connection of its own, beside whoever uses it.

    `quick_check` reads one state through the log, so it may run while others write; SQLCipher proves the
    seal of every page it hands out. A file that nobody has open (`closed`) is read page by page as well.
    """
    if not there(path):
        return Verdict.DAMAGED
    try:
        with contextlib.closing(connect(path, key)) as raw:
            if closed and raw.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
                return Verdict.DAMAGED
            found = raw.execute("PRAGMA integrity_check" if closed else "PRAGMA quick_check").fetchone()
    except Exception as fault:
        if is_damage(fault):
            return Verdict.DAMAGED
        if isinstance(fault, (dbapi2.Error, OSError, StoreFault)):
            return Verdict.UNKNOWN
        raise
    return Verdict.SOUND if found == ("ok",) else Verdict.DAMAGED


def there(path: Path) -> bool:
    """Tell whether there is a database file with at least its first page."""
    try:
        return path.stat().st_size >= LEAST
    except OSError:
        return False


def is_damage(fault: BaseException) -> bool:
    """Tell whether an error says that a database file is damaged; a busy, full or failing disk does not."""
    if isinstance(fault, StoreFault):
        return fault.reason in {Reason.WRONG_KEY, Reason.DAMAGED}
    held = getattr(fault, "orig", None) or fault
    return isinstance(held, dbapi2.DatabaseError) and (
        "malformed" in str(held) or "file is not a database" in str(held)
    )
