"""Schema 4: what is handed in to be marked has a flag of its own, which the second wall knows."""

from alembic import op

from sync.server.roles import renew_office_wall


def upgrade() -> None:
    """Lead a database on, in the transaction that is open; only PostgreSQL has walls of its own."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        renew_office_wall(connection)
