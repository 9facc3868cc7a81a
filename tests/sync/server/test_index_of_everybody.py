"""What everybody of an office reads is found by an index that holds nothing else: answers are most of all work."""

import contextlib

import pytest
import sqlcipher3
from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from sync.server.database import open_database
from sync.server.home import Home
from sync.server.tables import EVERYBODYS, segment

OF_OFFICE = select(segment.c.office_lsn).where(segment.c.office == 1)


def through_the_index(raw, query):
    """Ask by this index alone: SQLite refuses it where it does not hold every row that is asked for."""
    words = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    by = words.replace("FROM segment", "FROM segment INDEXED BY segment_public")
    return [row[0] for row in raw.execute(by)]


def test_trainers_work_stands_in_no_index_that_is_for_everybody(tmp_path):
    home = Home(tmp_path / "pusat")
    home.folder.mkdir()
    with open_database(home):
        pass
    with contextlib.closing(sqlcipher3.connect(str(home.database))) as raw:
        raw.executemany(
            "INSERT INTO segment (holder, office, office_lsn, flags, body) VALUES (1, 1, ?, ?, x'00')",
            [(1, 1), (2, 2), (3, 3), (4, 0)],
        )
        assert through_the_index(raw, OF_OFFICE.where(EVERYBODYS)) == [1, 3]
        for flags in (2, 3):
            with pytest.raises(sqlcipher3.OperationalError, match="no query solution"):
                through_the_index(raw, OF_OFFICE.where(segment.c.flags.op("&")(flags) != 0))
