"""Schema 2: segments without what their holder's row says, runs beside their log, and counters of feeds."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import msgspec
from alembic import op
from sqlalchemy import Connection, Row, text

_LOG = """
CREATE TABLE log_2 (
    log BIGINT NOT NULL,
    last BIGINT NOT NULL,
    holder INTEGER NOT NULL,
    islands BLOB,
    apart INTEGER DEFAULT 0 NOT NULL,
    runs BLOB,
    PRIMARY KEY (log, holder)
) WITHOUT ROWID
"""
_SEGMENT = """
CREATE TABLE segment_2 (
    id INTEGER NOT NULL,
    holder INTEGER NOT NULL,
    person INTEGER,
    person_lsn INTEGER,
    office INTEGER,
    office_lsn INTEGER,
    flags INTEGER NOT NULL,
    fresh BLOB,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
)
"""
_MOVE = """
INSERT INTO segment_2
SELECT id, holder, person, person_lsn, office, office_lsn, flags, fresh, clipped_2(data)
FROM segment ORDER BY id
"""
_INDEXES = (
    "CREATE INDEX segment_person ON segment (person, person_lsn)",
    "CREATE INDEX segment_office ON segment (office, office_lsn)",
    "CREATE INDEX segment_public ON segment (office, office_lsn) WHERE flags != 0",
    "CREATE INDEX segment_waiting ON segment (holder) WHERE person IS NULL",
)
_PLACE = """
CREATE TABLE place (
    feed INTEGER NOT NULL,
    top INTEGER NOT NULL,
    public INTEGER NOT NULL,
    keys BLOB NOT NULL,
    PRIMARY KEY (feed)
)
"""
_STANDING = """
CREATE TABLE standing (
    person INTEGER NOT NULL,
    office INTEGER NOT NULL,
    until BIGINT NOT NULL,
    upto BIGINT NOT NULL,
    row BLOB NOT NULL,
    PRIMARY KEY (person)
)
"""
_DEPARTED = """
CREATE TABLE departed (
    person INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (person),
    FOREIGN KEY(person) REFERENCES person (id)
)
"""
_RUNS = """
SELECT run.log, segment.holder, run.first, run.last, run.segment
FROM run JOIN segment ON segment.id = run.segment
ORDER BY run.log, segment.holder, run.segment
"""
_SET_RUNS = text("UPDATE log SET runs = :runs WHERE log = :log AND holder = :holder")


def upgrade() -> None:
    """Lead a SQLite database on, in the transaction that is open."""
    connection = op.get_bind()
    op.execute(_LOG)
    op.execute("INSERT INTO log_2 (log, last, holder, islands) SELECT log, last, holder, islands FROM log")
    op.execute("DROP TABLE log")
    op.execute("ALTER TABLE log_2 RENAME TO log")
    op.execute("CREATE INDEX log_holder ON log (holder)")
    for rows in _packed(connection):
        connection.execute(_SET_RUNS, rows)
    op.execute("DROP TABLE run")
    driver: Any = connection.connection.dbapi_connection
    driver.create_function("clipped_2", 1, lambda data: data[:2] + data[50:])  # without key and profile
    op.execute(_SEGMENT)
    op.execute(_MOVE)
    op.execute("DROP TABLE segment")
    op.execute("ALTER TABLE segment_2 RENAME TO segment")
    for index in _INDEXES:
        op.execute(index)
    op.execute(_PLACE)
    op.execute(_DEPARTED)
    # what the report says is counted anew, from the segments
    op.execute("DROP TABLE standing")
    op.execute(_STANDING)
    op.execute("CREATE INDEX ix_standing_office ON standing (office)")
    op.execute("DELETE FROM meta WHERE name IN ('folded', 'folded_2')")


def _packed(connection: Connection) -> Iterator[list[dict[str, object]]]:
    """Give which segments hold which part of each log, some logs at a time."""
    rows: list[dict[str, object]] = []
    found = connection.execute(text(_RUNS))
    for (log, holder), runs in groupby(found, key=_log):
        flat = [number for row in runs for number in (row.first, row.last, row.segment)]
        rows.append({"log": log, "holder": holder, "runs": msgspec.msgpack.encode(flat)})
        if len(rows) == 1_000:
            yield rows
            rows = []
    if rows:
        yield rows


def _log(row: Row[Any]) -> tuple[int, int]:
    return row.log, row.holder
