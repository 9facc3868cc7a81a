"""Schema 7: the index of what everybody of an office reads holds that alone, and not what trainers read."""

from alembic import op


def upgrade() -> None:
    """Lead a database on, in the transaction that is open."""
    op.execute("DROP INDEX segment_public")
    op.execute("CREATE INDEX segment_public ON segment (office, office_lsn) WHERE (flags & 1) != 0")
