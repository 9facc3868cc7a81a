"""Care of this PC's databases: read whole after an unclean stop, copied once a day, restored when damaged."""

import contextlib
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.store.copies import Copy, copies_of, has_room, is_due, take_copy
from desktop.store.durable import RealDisk
from desktop.store.mending import mark_of, put_back, set_aside_of
from desktop.store.secret import device_key
from desktop.store.soundness import Verdict, judge

if TYPE_CHECKING:
    from desktop.store.device import Store

DEVICE_FILE = "device.db"
RUNNING = "berjalan"
_UNCHECKED = "unchecked"
_WRAPS = "copied_wraps"
_CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Restored:
    """A database that was put back: the Unix time of its backup, and when it took its place."""

    copied: int
    restored: int


class Care:
    """Looks after one data folder. Everything here may run on any thread, beside whoever works."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._data = store.folders.data
        self._running = False

    def begin(self) -> bool:
        """Leave the mark of a running app; tells whether it still lay there: the last stop was unclean.

        Then every database of the PC is to be read whole, each as soon as there is a key to it.
        """
        self._running = True
        mark = self._data / RUNNING
        unclean = mark.exists()
        if unclean:
            self._put_unchecked({DEVICE_FILE, *self._profile_files()})
            return True
        mark.touch()
        disk = RealDisk()
        disk.sync(mark)
        disk.sync(self._data)
        return False

    def end(self) -> None:
        """Take the mark of a running app away, if it is this one's: everything was closed."""
        if self._running:
            self._running = False
            with contextlib.suppress(OSError):
                (self._data / RUNNING).unlink(missing_ok=True)

    def is_unchecked(self, file: str) -> bool:
        """Tell whether a database is still to be read after an unclean stop."""
        return file in self._unchecked()

    def check(self, file: str, key: bytes | None = None) -> Verdict:
        """Read a database whole; one that is damaged is marked, so that its next opening mends it."""
        path = self._data / file
        found = judge(path, self._key(key))
        if found is Verdict.DAMAGED:
            mark_of(path).touch()
            return found
        if found is Verdict.SOUND:
            self._put_unchecked(self._unchecked() - {file})
            self._store.put_setting(f"{_CHECKED}_{file}", str(self._store.now()))
        return found

    def is_damaged(self, file: str) -> bool:
        """Tell whether something in a database could not be read, which its next opening mends."""
        return mark_of(self._data / file).exists()

    def checked(self, file: str) -> int:
        """Tell the Unix time at which a database was last found whole, by reading it or a copy; 0 before."""
        kept = self._store.setting(f"{_CHECKED}_{file}")
        return max([int(kept or "0"), *(one.at for one in self.copies(file)[:1])])

    def copies(self, file: str) -> tuple[Copy, ...]:
        """List the backups of a database, the newest first."""
        return copies_of(self._data, file)

    def is_due(self, file: str) -> bool:
        """Tell whether a database is to be copied, and the disk has room for it.

        Besides once a day, the device's own is copied whenever somebody's wrapped keys have changed: they lie
        nowhere else, and without them a profile opens for nobody.
        """
        renewed = file == DEVICE_FILE and self._store.setting(_WRAPS) != self._wraps()
        return (renewed or is_due(self._data, file, self._store.now())) and has_room(self._data / file)

    def copy(self, file: str, key: bytes | None = None) -> Copy | None:
        """Make a backup now; None while the disk is short. Raises StoreFault; a damaged source is marked."""
        wraps = self._wraps()
        try:
            made = take_copy(self._data, file, self._key(key), self._store.now())
        except Exception:
            if judge(self._data / file, self._key(key)) is Verdict.DAMAGED:
                mark_of(self._data / file).touch()
            raise
        if made is not None and file == DEVICE_FILE:
            self._store.put_setting(_WRAPS, wraps)
        return made

    def restore(self, file: str, key: bytes, copy: Copy) -> None:
        """Put a backup in the place of a profile's database that nobody has open. Raises StoreFault."""
        put_back(self._data / file, key, copy)
        self.note_restored(file, copy)

    def note_restored(self, file: str, copy: Copy) -> None:
        """Remember that a backup took a database's place, until its person was told and after."""
        self._store.put_setting(f"restored_{file}", f"{copy.at} {self._store.now()}")
        self._store.put_setting(f"told_{file}", "")

    def restored(self, file: str) -> Restored | None:
        """Tell when a database was last put back; None when it never was."""
        words = self._store.setting(f"restored_{file}").split()
        return Restored(int(words[0]), int(words[1])) if len(words) == 2 else None

    def news(self, file: str) -> Restored | None:
        """Tell once of a database that was put back."""
        found = self.restored(file)
        if found is None or self._store.setting(f"told_{file}"):
            return None
        self._store.put_setting(f"told_{file}", "1")
        return found

    def note_missing(self, file: str, count: int) -> None:
        """Remember how many own statements a profile lacks that this PC has counted; 0 forgets it."""
        if count or self._store.setting(f"missing_{file}"):
            self._store.put_setting(f"missing_{file}", str(count) if count else "")

    def missing(self, file: str) -> int:
        """Count the own statements that were lacking when the profile was opened."""
        return int(self._store.setting(f"missing_{file}") or "0")

    def aside(self) -> int:
        """Count the databases that were set aside and are kept."""
        sides = ("-wal", "-shm", "-journal")
        return sum(not path.name.endswith(sides) for path in set_aside_of(self._data, "*"))

    def files(self) -> tuple[str, ...]:
        """List the databases of this PC: the device's own, then one a profile."""
        return (DEVICE_FILE, *self._profile_files())

    def _profile_files(self) -> tuple[str, ...]:
        rows = self._store.device.query("SELECT file FROM profile ORDER BY file")
        return tuple(str(row[0]) for row in rows)

    def _wraps(self) -> str:
        """Mark the wrapped keys of everybody on this PC as they are now."""
        rows = self._store.device.query(
            "SELECT id, salt, database_by_pin, database_by_code, keys_by_pin FROM profile ORDER BY id"
        )
        return hashlib.sha256(b"".join(bytes(each) for row in rows for each in row)).hexdigest()

    def _unchecked(self) -> set[str]:
        return set(self._store.setting(_UNCHECKED).split())

    def _put_unchecked(self, files: set[str]) -> None:
        if files != self._unchecked():
            self._store.put_setting(_UNCHECKED, " ".join(sorted(files)))

    def _key(self, key: bytes | None) -> bytes:
        return device_key(self._store.secret, b"database") if key is None else key
