"""A feed's cursor names the life of the centre it belongs to."""

from alembic import op

revision = "profile_2"
down_revision = "profile_1"


def upgrade() -> None:
    """Add the column; 0 is a life that was never named."""
    op.execute("ALTER TABLE cursor ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0")
