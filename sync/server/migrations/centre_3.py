"""Schema 3: the numbers of certificates."""

from alembic import op

_CERTIFICATE = """
CREATE TABLE certificate (
    number TEXT NOT NULL,
    person INTEGER NOT NULL,
    course TEXT NOT NULL,
    issued BIGINT NOT NULL,
    proof TEXT NOT NULL,
    revoked BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (person, course, revoked),
    FOREIGN KEY(person) REFERENCES person (id)
)
"""


def upgrade() -> None:
    """Lead a database on, in the transaction that is open; the words are the same on both."""
    op.execute(_CERTIFICATE)
