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
)


def upgrade() -> None:
    """Make the tables."""
    for table in TABLES:
        op.execute(table)
