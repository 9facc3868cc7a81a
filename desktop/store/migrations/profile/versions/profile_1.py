"""The first tables of the profile database, as they were: this copy never changes."""

from alembic import op

revision = "profile_1"
down_revision = None

TABLES = (
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
    "CREATE TABLE cursor (scope TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL, letter BLOB NOT NULL)",
    "CREATE TABLE draft (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
)


def upgrade() -> None:
    """Make the tables."""
    for table in TABLES:
        op.execute(table)
