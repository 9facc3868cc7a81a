"""Schema 5: which officially signed file belongs to the number of a certificate."""

from alembic import op

_PAPER = """
CREATE TABLE certificate_paper (
    number TEXT NOT NULL,
    file {bytes} NOT NULL,
    size BIGINT NOT NULL,
    edition INTEGER NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY(number) REFERENCES certificate (number)
)
"""


def upgrade() -> None:
    """Lead a database on, in the transaction that is open."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(_PAPER.format(bytes="BYTEA" if postgresql else "BLOB"))
