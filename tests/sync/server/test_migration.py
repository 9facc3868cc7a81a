"""A centre of an older version: its database is led on whole, or stays exactly as it was."""

import contextlib

import msgspec
import pytest
import sqlcipher3

from sync.server.database import UnfitDatabaseError
from sync.server.database_sqlite import SqliteDatabase
from sync.server.feed import fresh_facts
from sync.server.home import Home
from sync.server.migrations import centre_2
from sync.server.places import Places
from sync.server.stored import original, originals
from sync.server.tables import SCHEMA, segment
from tests.builders.centre import BUDI, MARIA, Pc, make_office

# The tables of schema 1 as they were; this copy never changes.
FIRST = """
CREATE TABLE clock ( log BIGINT NOT NULL, shift BIGINT NOT NULL, PRIMARY KEY (log) );
CREATE TABLE document ( name TEXT NOT NULL, version INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (name) );
CREATE TABLE log ( log BIGINT NOT NULL, holder INTEGER NOT NULL, last BIGINT NOT NULL, islands BLOB, PRIMARY KEY (log, holder) ) WITHOUT ROWID;
CREATE INDEX log_holder ON log (holder);
CREATE TABLE meta ( name TEXT NOT NULL, value BIGINT NOT NULL, PRIMARY KEY (name) );
CREATE TABLE office ( id INTEGER NOT NULL, uuid BLOB NOT NULL, name TEXT NOT NULL, zone TEXT NOT NULL, version INTEGER NOT NULL, file BLOB NOT NULL, keys BLOB NOT NULL, PRIMARY KEY (id), UNIQUE (uuid), UNIQUE (name) );
CREATE TABLE run ( log BIGINT NOT NULL, first INTEGER NOT NULL, segment INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (log, first, segment) ) WITHOUT ROWID;
CREATE TABLE segment ( id INTEGER NOT NULL, holder INTEGER NOT NULL, person INTEGER, person_lsn INTEGER, office INTEGER, office_lsn INTEGER, flags INTEGER NOT NULL, fresh BLOB, data BLOB NOT NULL, PRIMARY KEY (id) );
CREATE INDEX segment_office ON segment (office, office_lsn);
CREATE INDEX segment_person ON segment (person, person_lsn);
CREATE INDEX segment_public ON segment (office, office_lsn) WHERE flags != 0;
CREATE INDEX segment_waiting ON segment (holder) WHERE person IS NULL;
CREATE TABLE standing ( person INTEGER NOT NULL, office INTEGER NOT NULL, until BIGINT NOT NULL, "row" BLOB NOT NULL, PRIMARY KEY (person) );
CREATE INDEX ix_standing_office ON standing (office);
CREATE TABLE person ( id INTEGER NOT NULL, uuid BLOB NOT NULL, office INTEGER NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL, role TEXT NOT NULL, nips BLOB NOT NULL, verifier BLOB NOT NULL, coordinator BLOB, merged INTEGER, merges INTEGER NOT NULL, erased INTEGER NOT NULL, PRIMARY KEY (id), UNIQUE (uuid), FOREIGN KEY(office) REFERENCES office (id), FOREIGN KEY(merged) REFERENCES person (id) );
CREATE INDEX ix_person_office ON person (office);
CREATE TABLE holder ( id INTEGER NOT NULL, profile BLOB NOT NULL, signing BLOB NOT NULL, letter BLOB NOT NULL, pc BLOB NOT NULL, person INTEGER, claimed INTEGER, office INTEGER, role TEXT NOT NULL, by_centre INTEGER NOT NULL, vouch_log BIGINT NOT NULL, vouch_seq INTEGER NOT NULL, revoked BIGINT NOT NULL, PRIMARY KEY (id), UNIQUE (profile, signing), FOREIGN KEY(person) REFERENCES person (id), FOREIGN KEY(claimed) REFERENCES person (id), FOREIGN KEY(office) REFERENCES office (id) );
CREATE INDEX ix_holder_claimed ON holder (claimed);
CREATE INDEX ix_holder_pc ON holder (pc);
CREATE INDEX ix_holder_person ON holder (person);
"""
AS_THEY_WERE = ("clock", "document", "office", "person", "holder")


@contextlib.contextmanager
def opened(path):
    with contextlib.closing(sqlcipher3.connect(str(path))) as raw:
        yield raw


def shape(path):
    """The tables with their columns, keys and indexes; how a statement was laid out does not count."""
    with opened(path) as raw:
        tables = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        found = {}
        for (name,) in tables:
            indexes = raw.execute(
                f"SELECT sql FROM sqlite_master WHERE tbl_name = '{name}' AND type = 'index'"
            )
            found[name] = (
                raw.execute(f"PRAGMA table_xinfo({name})").fetchall(),
                sorted(raw.execute(f"PRAGMA foreign_key_list({name})").fetchall()),
                sorted(str(row[0]) for row in indexes),
                raw.execute(f"SELECT wr FROM pragma_table_list('{name}')").fetchall(),
            )
        return found


def contents(path):
    """Every row of every table, and how the tables are made."""
    with opened(path) as raw:
        made = raw.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = [name for name, sql in made if sql and sql.startswith("CREATE TABLE")]
        return {"": made} | {name: raw.execute(f"SELECT * FROM {name}").fetchall() for name in tables}


@pytest.fixture
def old(tmp_path):
    """A centre with two people's work, put back into the tables of schema 1; and what it held."""
    home = Home(tmp_path / "pusat")
    office = make_office(home, tmp_path / "kantor")
    budi, maria = Pc.of(office, BUDI), Pc.of(office, MARIA)
    for pc in (budi, maria):
        pc.reads(3)
    sent = [budi.segment(1, 2), budi.segment(3, 4), maria.segment(2, 4)]
    with opened(home.database) as raw:
        rows = {name: raw.execute(f"SELECT * FROM {name}").fetchall() for name in AS_THEY_WERE}
        rows["meta"] = [("schema", 1), ("epoch", 7), ("made", 1), ("folded", 2)]
        rows["holder"] = [
            (1, budi.profile, budi.signing.public, b"", budi.pc, 2, 2, 1, "learner", 1, 5, 1, 0),
            (2, maria.profile, maria.signing.public, b"", maria.pc, None, None, 1, "", 0, 0, 0, 0),
        ]
        rows["log"] = [(*one, None) for one in sorted([(budi.log, 1, 4), (maria.log, 2, 0)])]
        rows["run"] = [(budi.log, 1, 1, 2), (budi.log, 3, 2, 4), (maria.log, 2, 3, 4)]
        rows["segment"] = [
            (1, 1, 2, 1, 1, 1, 0, None, sent[0]),
            (2, 1, 2, 2, 1, 2, 0, None, sent[1]),
            (3, 2, None, None, 1, 3, 0, b"\x90", sent[2]),
        ]
        rows["standing"] = [(2, 1, 99, b"stale")]
    for path in home.folder.glob("pusat.db*"):
        path.unlink()
    with opened(home.database) as raw:
        raw.executescript(FIRST)
        for name, values in rows.items():
            for row in values:
                raw.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", row)
        raw.commit()
    return home, office, budi, sent


def test_an_older_database_becomes_what_a_new_one_is(old, tmp_path):
    home = old[0]
    SqliteDatabase(home.database).close()
    SqliteDatabase(tmp_path / "new.db").close()
    assert shape(home.database) == shape(tmp_path / "new.db")


def test_nothing_that_it_held_is_lost_or_changed(old):
    home, _, budi, sent = old
    before = contents(home.database)
    SqliteDatabase(home.database).close()
    after = contents(home.database)
    assert {name: after[name] for name in AS_THEY_WERE} == {name: before[name] for name in AS_THEY_WERE}
    with opened(home.database) as raw:
        kept = raw.execute(
            "SELECT substr(body, 1, 2), signing, profile, substr(body, 3), segment.person, person_lsn, office_lsn, fresh"
            " FROM segment JOIN holder ON holder.id = segment.holder ORDER BY segment.id"
        ).fetchall()
        assert [b"".join(row[:4]) for row in kept] == sent
        assert [row[4:] for row in kept] == [(2, 1, 1, None), (2, 2, 2, None), (None, None, 3, b"\x90")]
        runs = raw.execute("SELECT runs FROM log WHERE log = ?", (budi.log,)).fetchone()[0]
        assert msgspec.msgpack.decode(runs) == [1, 2, 1, 3, 4, 2]
        assert dict(raw.execute("SELECT name, value FROM meta")) == {"schema": SCHEMA, "epoch": 7, "made": 1}


def test_it_goes_on_working(old):
    home, _, budi, _ = old
    with SqliteDatabase(home.database) as database, database.reading() as connection:
        rows = connection.execute(originals(segment.c.fresh).order_by(segment.c.id)).all()
        facts = [fact for row in rows for fact in fresh_facts(original(row), row.fresh)]
        assert [fact.identity for fact in facts] == [(budi.log, seq) for seq in (1, 2, 3, 4)]
        assert Places().next_segment(connection) == 4


def test_a_step_that_fails_at_its_end_leaves_the_database_as_it_was(old, monkeypatch):
    home = old[0]
    before = contents(home.database)
    monkeypatch.setattr(centre_2, "_DEPARTED", "CREATE TABLE person (id INTEGER)")
    for _ in range(2):
        with pytest.raises(Exception, match="already exists"):
            SqliteDatabase(home.database)
        assert contents(home.database) == before
    monkeypatch.undo()
    SqliteDatabase(home.database).close()
    assert contents(home.database) != before


def test_a_step_outside_the_transaction_is_found_out(old, monkeypatch):
    """The planted fault: a step that commits as it goes leaves half a database behind."""
    home = old[0]
    before = contents(home.database)
    honest = centre_2._packed

    def hasty(connection):
        connection.connection.dbapi_connection.execute("COMMIT")
        yield from honest(connection)

    monkeypatch.setattr(centre_2, "_packed", hasty)
    monkeypatch.setattr(centre_2, "_DEPARTED", "CREATE TABLE person (id INTEGER)")
    with pytest.raises(Exception, match="already exists"):
        SqliteDatabase(home.database)
    assert contents(home.database) != before


@pytest.mark.parametrize("schema", [0, SCHEMA + 1])
def test_a_database_of_a_version_to_come_is_left_alone(old, schema):
    home = old[0]
    with opened(home.database) as raw:
        raw.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (schema,))
        raw.commit()
    before = contents(home.database)
    with pytest.raises(UnfitDatabaseError, match=f"schema {schema}"):
        SqliteDatabase(home.database)
    assert contents(home.database) == before
