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


def chosen(raw, query):
    """The index that SQLite takes by itself."""
    words = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    return raw.execute(f"EXPLAIN QUERY PLAN {words}").fetchone()[3].split(" INDEX ")[1].split(" ")[0]


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


def test_sqlite_takes_the_same_index_at_every_centre(tmp_path):
    """Of two that serve alike it takes the one made later, and a set of indexes has no order of its own."""
    found = set()
    for number in range(2):
        home = Home(tmp_path / f"pusat {number}")
        home.folder.mkdir()
        with open_database(home):
            pass
        with contextlib.closing(sqlcipher3.connect(str(home.database))) as raw:
            newest = OF_OFFICE.where(EVERYBODYS).order_by(segment.c.office_lsn.desc())
            found.add((chosen(raw, newest), chosen(raw, OF_OFFICE)))
    assert found == {("segment_public", "segment_office")}
    names = [one.name for one in segment.indexes]
    assert names == sorted(names)


def test_planted_fault_indexes_made_in_another_order_are_seen(tmp_path, monkeypatch):
    backwards = dict.fromkeys(reversed(list(segment.indexes)))
    monkeypatch.setattr(segment, "indexes", backwards)
    with pytest.raises(AssertionError):
        test_sqlite_takes_the_same_index_at_every_centre(tmp_path)
