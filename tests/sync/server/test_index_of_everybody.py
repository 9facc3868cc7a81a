"""What everybody of an office reads is found by an index that holds nothing else: answers are most of all work."""

import sqlcipher3
from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from sync.server.database import open_database
from sync.server.home import Home
from sync.server.tables import EVERYBODYS, segment


def plan_of(raw, query):
    words = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    return " ".join(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {words}"))


def test_trainers_work_stands_in_no_index_that_is_for_everybody(tmp_path):
    home = Home(tmp_path / "pusat")
    home.folder.mkdir()
    with open_database(home):
        pass
    raw = sqlcipher3.connect(str(home.database))
    of_office = select(segment.c.office_lsn).where(segment.c.office == 1)
    assert "INDEX segment_public" in plan_of(raw, of_office.where(EVERYBODYS))
    answered = of_office.where(segment.c.flags.op("&")(3) != 0)
    assert "INDEX segment_office" in plan_of(raw, answered)
    raw.close()
