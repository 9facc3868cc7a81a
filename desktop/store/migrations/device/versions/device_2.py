"""What the roads beside the network need on a PC, as it was at first: this copy never changes."""

from alembic import op

revision = "device_2"
down_revision = "device_1"

TABLES = (
    "ALTER TABLE ack ADD COLUMN at INTEGER NOT NULL DEFAULT 0",
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
        road TEXT NOT NULL,
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


def upgrade() -> None:
    """Make the tables."""
    for table in TABLES:
        op.execute(table)
