"""What the centre said of each part that this PC handed out, as it was at first: this copy never changes."""

from alembic import op

revision = "device_3"
down_revision = "device_2"


def upgrade() -> None:
    """Begin without any word."""
    op.execute("ALTER TABLE handed ADD COLUMN stored INTEGER NOT NULL DEFAULT 0")
    op.execute("ALTER TABLE handed ADD COLUMN heard INTEGER NOT NULL DEFAULT 0")
