"""The device's database: who has a profile here, what waits to be sent, and what the office is."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.paths import Folders, folders
from desktop.store.ballast import Ballast
from desktop.store.care import DEVICE_FILE, Care
from desktop.store.carried import Carried, Homeward
from desktop.store.copies import forget_copies
from desktop.store.database import Database
from desktop.store.durable import sweep
from desktop.store.farewell import Farewells
from desktop.store.faults import Reason, StoreFault
from desktop.store.handed import Handed
from desktop.store.mending import Opened, mark_of, open_sound, set_aside_of
from desktop.store.outbox import Outbox
from desktop.store.reached import Reached
from desktop.store.receipts import Receipts
from desktop.store.rows import Lockup, Pc, ProfileRow, Stretch, Tile
from desktop.store.schema import DEVICE
from desktop.store.secret import device_key, device_secret
from desktop.store.traffic import Traffic
from desktop.store.visits import Visits
from sync.journal.clock import Clock, SystemClock, TrustedTime

if TYPE_CHECKING:
    from desktop.store.terms import Terms
    from sync.journal.keys import LetterKey
    from sync.officefile import OfficeFile

_PROFILE_COLUMNS = (
    "id, file, nickname, initials, role, nip_tag, salt, memory, passes, database_by_pin, database_by_code,"
    " keys_by_pin, failures, locked_wall, locked_monotonic, locked_boot"
)


class Store:
    """One data folder, open. Everything here works before SQLAlchemy or any crypto library is imported."""

    def __init__(self, place: Folders, secret: bytes, device: Database, clock: Clock) -> None:
        self.folders = place
        self.secret = secret
        self.device = device
        self.clock = clock
        self.ballast = Ballast(place.data)
        self.outbox = Outbox(self)
        self.reached = Reached(self)
        self.receipts = Receipts(self)
        self.handed = Handed(self)
        self.carried = Carried(self)
        self.homeward = Homeward(self)
        self.visits = Visits(self)
        self.traffic = Traffic(self)
        self.care = Care(self)
        self.farewells = Farewells(self)
        self._office: OfficeFile | None = None
        self._office_lock = threading.Lock()

    @classmethod
    def open(cls, place: Folders | Path | None = None, clock: Clock | None = None) -> "Store":
        """Open the data folder, making it on the first start. Raises StoreFault."""
        where = place if isinstance(place, Folders) else folders(place)
        where.data.mkdir(parents=True, exist_ok=True)
        secret = device_secret(where)
        try:
            opened = _opened(where.data / DEVICE_FILE, secret)
        except Exception as fault:
            ballast = Ballast(where.data)
            if not (ballast.blamed(fault) and ballast.release()):
                raise
            opened = _opened(where.data / DEVICE_FILE, secret)
        store = cls(where, secret, opened.database, clock or SystemClock())
        if opened.copy is not None:
            store.care.note_restored(DEVICE_FILE, opened.copy)
        return store

    def prepare(self) -> None:
        """Do what can wait until after the first paint: lay down the reserve, sweep leftovers of a crash."""
        sweep(self.folders.data)
        self.farewells.finish()
        self.terms.finish()
        self.ballast.take()

    def close(self) -> None:
        """Close the device's database."""
        self.device.close()
        self.care.end()

    def setting(self, name: str, default: str = "") -> str:
        """Read a text setting of this PC."""
        value = self.blob(name)
        return default if value is None else value.decode("utf-8")

    def put_setting(self, name: str, value: str) -> None:
        """Write a text setting of this PC."""
        self.put_blob(name, value.encode("utf-8"))

    def blob(self, name: str) -> bytes | None:
        """Read a setting that is bytes; None when it was never written."""
        rows = self.device.query("SELECT value FROM setting WHERE name = ?", (name,))
        return bytes(rows[0][0]) if rows else None

    def put_blob(self, name: str, value: bytes) -> None:
        """Write a setting that is bytes."""
        self.change(lambda run: run("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value)))

    @property
    def terms(self) -> "Terms":
        """Give what looks after things on this PC that come to the end of their term."""
        from desktop.store.terms import Terms  # noqa: PLC0415 - crypto waits until it is needed

        return Terms(self)

    def pc(self) -> Pc:
        """Tell which PC this is; its id is drawn at the first call and never changes."""
        known = self.blob("pc")
        if known is None:
            self.change(lambda run: run("INSERT OR IGNORE INTO setting VALUES ('pc', ?)", (os.urandom(16),)))
            known = self.blob("pc") or b""
        return Pc(known, self.setting("pc_name"))

    def name_pc(self, name: str) -> None:
        """Keep the name its people gave this PC."""
        self.put_setting("pc_name", name.strip())

    def device_letter(self) -> "LetterKey":
        """Give the key to which the centre seals what comes home to this PC while its people are away.

        Drawn at the first call, the same for ever after, kept in the device's encrypted database.
        """
        from sync.journal.keys import LetterKey  # noqa: PLC0415 - crypto waits until it is needed

        known = self.blob("device_letter")
        if known is None:
            drawn = LetterKey.generate().raw
            self.change(
                lambda run: run("INSERT OR IGNORE INTO setting VALUES ('device_letter', ?)", (drawn,))
            )
            known = self.blob("device_letter") or b""
        return LetterKey(known)

    def office(self) -> "OfficeFile | None":
        """Give the office this PC belongs to; None while it is used without one."""
        with self._office_lock:
            if self._office is None:
                raw = self.blob("office")
                if raw is not None:
                    from sync.officefile import read_office  # noqa: PLC0415 - crypto waits until it is needed

                    self._office = read_office(raw)
            return self._office

    def put_office(self, office: "OfficeFile") -> None:
        """Keep an office file that `people.office` has judged; nothing is judged here."""
        self.put_blob("office", office.raw)
        with self._office_lock:
            self._office = office

    def trusted(self) -> TrustedTime:
        """Give the last signed time this PC has seen."""
        raw = self.blob("trusted")
        if raw is None:
            return TrustedTime()
        return TrustedTime(int.from_bytes(raw[:8], "big"), int.from_bytes(raw[8:16], "big"), raw[16:])

    def now(self) -> int:
        """Tell the Unix time, never below the last signed time seen."""
        return self.trusted().now(self.clock)

    def proven(self) -> int:
        """Tell the Unix time that has certainly come: by it goes what is old, never by a clock."""
        return self.trusted().proven(self.clock)

    def saw_time(self, signed: int) -> None:
        """Keep a signed time if it is later than what was known."""
        before = self.trusted()
        after = before.seen(signed, self.clock)
        if after is not before:
            numbers = after.signed.to_bytes(8, "big") + after.monotonic.to_bytes(8, "big")
            self.put_blob("trusted", numbers + after.boot)

    def tiles(self) -> tuple[Tile, ...]:
        """List the profiles of this PC, the last used first."""
        rows = self.device.query("SELECT id, nickname, initials, role FROM profile ORDER BY used DESC, id")
        return tuple(Tile(bytes(row[0]), row[1], row[2], row[3]) for row in rows)

    def profile(self, profile: bytes) -> ProfileRow:
        """Give what the PC keeps of a profile. Raises StoreFault(UNKNOWN_PROFILE)."""
        rows = self.device.query(f"SELECT {_PROFILE_COLUMNS} FROM profile WHERE id = ?", (profile,))  # noqa: S608
        if not rows:
            raise StoreFault(Reason.UNKNOWN_PROFILE)
        return _profile(rows[0])

    def profile_of(self, nip: str) -> bytes | None:
        """Find the profile that was signed up on this PC with a clean NIP."""
        rows = self.device.query("SELECT id FROM profile WHERE nip_tag = ?", (self.nip_tag(nip),))
        return bytes(rows[0][0]) if rows else None

    def nip_tag(self, nip: str) -> bytes:
        """Make the mark by which this PC, and no other, recognises a NIP it has seen."""
        return device_key(self.secret, b"nip " + nip.encode("ascii"))

    def add_profile(self, row: ProfileRow) -> None:
        """Put a new profile among the tiles."""
        values = (row.profile, row.file, row.nickname, row.initials, row.role, row.nip_tag)
        stretch = (row.stretch.salt, row.stretch.memory, row.stretch.passes)
        wraps = (row.database_by_pin, row.database_by_code, row.keys_by_pin)
        self.change(
            lambda run: run(
                "INSERT INTO profile (id, file, nickname, initials, role, nip_tag, used, salt, memory,"
                " passes, database_by_pin, database_by_code, keys_by_pin) VALUES (?, ?, ?, ?, ?, ?,"
                " (SELECT 1 + coalesce(max(used), 0) FROM profile), ?, ?, ?, ?, ?, ?)",
                (*values, *stretch, *wraps),
            )
        )

    def change_profile(self, profile: bytes, **columns: bytes | str | int) -> None:
        """Change columns of one profile in one step; names come from the code, never from outside."""
        names = ", ".join(f"{name} = ?" for name in columns)
        values = (*columns.values(), profile)
        self.change(lambda run: run(f"UPDATE profile SET {names} WHERE id = ?", values))  # noqa: S608 - see above

    def used(self, profile: bytes) -> None:
        """Move a profile's tile to the front."""
        self.change(
            lambda run: run(
                "UPDATE profile SET used = (SELECT 1 + max(used) FROM profile) WHERE id = ?", (profile,)
            )
        )

    def remove_profile(self, profile: bytes, file: str = "") -> None:
        """Delete a person's profile and database from this PC; what waits in the outbox stays.

        With `file`, the name of the database, it goes on where a power cut broke it off.
        """
        file = file or self.profile(profile).file

        def forget(run: "Run") -> None:
            for table, column in (("profile", "id"), ("reached", "profile"), ("kept", "profile")):
                run(f"DELETE FROM {table} WHERE {column} = ?", (profile,))  # noqa: S608 - names of the line above

        self.change(forget)
        for ending in ("", "-wal", "-shm"):
            (self.folders.data / f"{file}{ending}").unlink(missing_ok=True)
        forget_copies(self.folders.data, file)
        for path in (mark_of(self.folders.data / file), *set_aside_of(self.folders.data, file)):
            path.unlink(missing_ok=True)

    def change(self, work: "Callable[[Run], Any]") -> None:
        """Do writes in one transaction; when the disk is full, release the reserve and try once more."""
        self.with_reserve(lambda: self._change(work))

    def with_reserve(self, work: "Callable[[], Any]") -> Any:
        """Do a write; on a full disk give the reserve back and do it again. Raises StoreFault(FULL)."""
        try:
            return work()
        except Exception as fault:
            if not self.ballast.blamed(fault):
                raise
            if not self.ballast.release():
                raise StoreFault(Reason.FULL) from fault
        try:
            return work()
        except Exception as fault:
            if not self.ballast.blamed(fault):
                raise
            raise StoreFault(Reason.FULL) from fault

    def _change(self, work: "Callable[[Run], Any]") -> None:
        with self.device.raw() as raw:
            work(raw.execute)


Run = Callable[..., Any]


def _opened(path: Path, secret: bytes) -> Opened:
    """Open the device's database; where a profile's lies beside it, it was there before."""
    known = next(path.parent.glob("profile-*.db"), None) is not None
    return open_sound(path, device_key(secret, b"database"), DEVICE, known=known)


def _profile(row: tuple[Any, ...]) -> ProfileRow:
    return ProfileRow(
        profile=bytes(row[0]),
        file=row[1],
        nickname=row[2],
        initials=row[3],
        role=row[4],
        nip_tag=bytes(row[5]),
        stretch=Stretch(bytes(row[6]), row[7], row[8]),
        database_by_pin=bytes(row[9]),
        database_by_code=bytes(row[10]),
        keys_by_pin=bytes(row[11]),
        failures=row[12],
        lockup=Lockup(row[13], row[14], bytes(row[15])),
    )
