"""The tables as they are made on a new PC; the migrations lead older databases to exactly these."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
# On one line, as SQLite writes a table to which a migration added a column: both roads lead to the same text.
_ACK = (
    "CREATE TABLE ack (log INTEGER NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL DEFAULT 0)"
)
_CURSOR = (
    "CREATE TABLE cursor (scope TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL, letter BLOB NOT NULL,"
    " epoch INTEGER NOT NULL DEFAULT 0)"
)

_DEVICE = (
    _VERSION,
    "CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    """CREATE TABLE profile (
        id BLOB NOT NULL PRIMARY KEY,
        file TEXT NOT NULL UNIQUE,
        nickname TEXT NOT NULL,
        initials TEXT NOT NULL,
        role TEXT NOT NULL,
        nip_tag BLOB NOT NULL UNIQUE,
        used INTEGER NOT NULL,
        salt BLOB NOT NULL,
        memory INTEGER NOT NULL,
        passes INTEGER NOT NULL,
        database_by_pin BLOB NOT NULL,
        database_by_code BLOB NOT NULL,
        keys_by_pin BLOB NOT NULL,
        failures INTEGER NOT NULL DEFAULT 0,
        locked_wall INTEGER NOT NULL DEFAULT 0,
        locked_monotonic INTEGER NOT NULL DEFAULT 0,
        locked_boot BLOB NOT NULL DEFAULT x''
    ) WITHOUT ROWID""",
    """CREATE TABLE outbox (
        log INTEGER NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        profile BLOB NOT NULL,
        sealed BLOB NOT NULL,
        PRIMARY KEY (log, first)
    )""",
    _ACK,
    """CREATE TABLE waiting (
        profile BLOB NOT NULL,
        scope TEXT NOT NULL,
        start INTEGER NOT NULL,
        piece BLOB NOT NULL,
        digest BLOB NOT NULL,
        PRIMARY KEY (profile, scope, start, digest)
    )""",
    """CREATE TABLE pack (
        id TEXT NOT NULL,
        version INTEGER NOT NULL,
        digest TEXT NOT NULL,
        signer TEXT NOT NULL,
        signer_title TEXT NOT NULL,
        signer_key TEXT NOT NULL,
        manifest BLOB NOT NULL,
        installed INTEGER NOT NULL,
        active INTEGER NOT NULL,
        withdrawn TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (id, version)
    )""",
    """CREATE TABLE pack_object (
        pack TEXT NOT NULL,
        version INTEGER NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (pack, version, digest)
    ) WITHOUT ROWID""",
    "CREATE TABLE object (digest TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID",
    """CREATE TABLE ratchet (
        pack TEXT NOT NULL,
        key TEXT NOT NULL,
        version INTEGER NOT NULL,
        PRIMARY KEY (pack, key)
    ) WITHOUT ROWID""",
    """CREATE TABLE kept (
        log INTEGER NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        profile BLOB NOT NULL,
        sealed BLOB NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (log, first)
    )""",
    """CREATE TABLE receipt (
        log INTEGER NOT NULL,
        holder BLOB NOT NULL,
        seq INTEGER NOT NULL,
        at INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (log, holder)
    ) WITHOUT ROWID""",
    """CREATE TABLE reached (
        profile BLOB NOT NULL,
        scope TEXT NOT NULL,
        value INTEGER NOT NULL,
        letter BLOB NOT NULL,
        signing BLOB NOT NULL,
        PRIMARY KEY (profile, scope)
    ) WITHOUT ROWID""",
    """CREATE TABLE carried (
        digest BLOB NOT NULL PRIMARY KEY,
        pc BLOB NOT NULL,
        at INTEGER NOT NULL,
        merged INTEGER NOT NULL,
        piece BLOB NOT NULL
    )""",
    """CREATE TABLE homeward (
        pc BLOB NOT NULL,
        digest BLOB NOT NULL,
        at INTEGER NOT NULL,
        piece BLOB NOT NULL,
        PRIMARY KEY (pc, digest)
    )""",
    """CREATE TABLE visit (
        pc BLOB NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        collected INTEGER NOT NULL,
        merged INTEGER NOT NULL,
        delivered INTEGER NOT NULL
    )""",
    """CREATE TABLE handed (
        digest BLOB NOT NULL,
        log INTEGER NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        at INTEGER NOT NULL,
        road TEXT NOT NULL, stored INTEGER NOT NULL DEFAULT 0, heard INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (digest, log, first)
    ) WITHOUT ROWID""",
    """CREATE TABLE traffic (
        day INTEGER NOT NULL,
        road TEXT NOT NULL,
        sent INTEGER NOT NULL,
        received INTEGER NOT NULL,
        PRIMARY KEY (day, road)
    ) WITHOUT ROWID""",
)

_PROFILE = (
    _VERSION,
    "CREATE TABLE about (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    """CREATE TABLE log (
        id INTEGER NOT NULL PRIMARY KEY,
        log INTEGER NOT NULL,
        profile BLOB NOT NULL,
        pc BLOB NOT NULL,
        previous_log INTEGER NOT NULL,
        previous_seq INTEGER NOT NULL,
        wall INTEGER NOT NULL,
        monotonic INTEGER NOT NULL,
        boot BLOB NOT NULL,
        signer BLOB NOT NULL,
        own INTEGER NOT NULL
    )""",
    "CREATE INDEX log_log ON log (log)",
    """CREATE TABLE statement (
        log INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        digest BLOB NOT NULL,
        header INTEGER NOT NULL REFERENCES log (id),
        kind TEXT NOT NULL,
        at INTEGER NOT NULL,
        fields BLOB NOT NULL,
        scope INTEGER NOT NULL,
        endorsed INTEGER NOT NULL,
        PRIMARY KEY (log, seq, digest)
    ) WITHOUT ROWID""",
    "CREATE INDEX statement_kind ON statement (kind)",
    "CREATE INDEX statement_near ON statement (scope) WHERE scope < 2",
    _CURSOR,
    "CREATE TABLE draft (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
)


@dataclass(frozen=True, slots=True)
class Schema:
    """One of the two kinds of database: its tables, its revisions from first to newest, and their scripts."""

    tables: Sequence[str]
    revisions: Sequence[str]
    scripts: Path

    @property
    def head(self) -> str:
        """The newest revision, which this version of the app works with."""
        return self.revisions[-1]

    def create(self, raw: "Raw") -> None:
        """Make all tables in the transaction that is open, and note the revision."""
        for table in self.tables:
            raw.execute(table)
        raw.execute("INSERT INTO alembic_version VALUES (?)", (self.head,))


DEVICE = Schema(_DEVICE, ("device_1", "device_2", "device_3"), _MIGRATIONS / "device")
PROFILE = Schema(_PROFILE, ("profile_1", "profile_2"), _MIGRATIONS / "profile")


def revision(raw: "Raw") -> str | None:
    """Read the revision of a database; None when it has no tables yet."""
    if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        return None
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])
