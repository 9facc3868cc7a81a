"""Schema 6: which trainers are lent to which offices."""

from alembic import op

from sync.server.roles import let_intake_lend

_LENT = """
CREATE TABLE IF NOT EXISTS lent (
    office INTEGER NOT NULL,
    person INTEGER NOT NULL,
    active INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    PRIMARY KEY (office, person),
    FOREIGN KEY(office) REFERENCES office (id),
    FOREIGN KEY(person) REFERENCES person (id)
)
"""


def upgrade() -> None:
    """Lead a database on, in the transaction that is open."""
    op.execute(_LENT)
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        let_intake_lend(connection)
