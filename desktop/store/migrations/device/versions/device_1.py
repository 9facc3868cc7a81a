"""The first tables of the device database, as they were: this copy never changes."""

from alembic import op

revision = "device_1"
down_revision = None

TABLES = (
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
    "CREATE TABLE ack (log INTEGER NOT NULL PRIMARY KEY, seq INTEGER NOT NULL)",
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
)


def upgrade() -> None:
    """Make the tables."""
    for table in TABLES:
        op.execute(table)
