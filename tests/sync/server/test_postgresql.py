"""What only PostgreSQL has: walls behind the scoped query, partitions, and others who write at the same time."""

import json

import pytest
from sqlalchemy import func, insert, make_url, select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from sync.server import database_postgresql as opening
from sync.server.commands import main
from sync.server.database import Scope, UnfitDatabaseError, open_database
from sync.server.database_postgresql import PostgresDatabase
from sync.server.home import ADDRESS, Home
from sync.server.places import office_feed
from sync.server.roles import PARTITIONS
from sync.server.standings import set_aside
from sync.server.tables import document, holder, office, person, place, segment
from tests.builders.centre import BUDI, MARIA, YOHANA, CentreProcess, Line, Pc, make_office
from tests.builders.postgres import FORGOTTEN_WHERE, postgres_database, said


@pytest.fixture
def address():
    with postgres_database() as where:
        yield where


@pytest.fixture
def database(address):
    with PostgresDatabase(address) as opened:
        yield opened


@pytest.fixture
def away(address, tmp_path):
    """A centre on PostgreSQL for this story alone."""
    return Home(tmp_path / "pusat", address)


def eavesdrops(home, folder, prelude):
    """Let a colleague ask a centre for news while Maria's work lies there; count what of hers is heard."""
    office = make_office(home, folder / "kantor")
    with CentreProcess(home, prelude) as centre, Line(centre.port) as line:
        budi, maria = Pc.of(office, BUDI), Pc.of(office, MARIA)
        for pc in (budi, maria):
            pc.syncs(line)
            pc.start()
            pc.reads(5)
            pc.syncs(line)
        budi.cursors.clear()
        budi.fetches(line)
        return sum(fact.header.profile == maria.profile for piece in budi.pieces for fact in piece.facts)


def test_a_forgotten_where_shows_nobody_anything_of_others(away, tmp_path):
    """Without the second wall, as on SQLite, the same fault tells a colleague everything."""
    assert eavesdrops(Home(tmp_path / "berkas"), tmp_path / "a", FORGOTTEN_WHERE) > 0
    assert eavesdrops(away, tmp_path / "b", FORGOTTEN_WHERE) == 0


def test_a_reader_sees_what_lies_in_its_scope_and_nothing_without_one(away, tmp_path):
    made = make_office(away, tmp_path / "kantor")
    with CentreProcess(away) as centre, Line(centre.port) as line:
        budi, maria, desk = (Pc.of(made, nip) for nip in (BUDI, MARIA, YOHANA))
        for pc in (budi, maria, desk):
            pc.reads(3)
            pc.syncs(line)
    with open_database(away) as database:
        with database.reading() as connection:
            known = {row.uuid: row.id for row in connection.execute(select(person.c.uuid, person.c.id))}
            here = connection.execute(select(office.c.id)).scalar_one()
            everything = connection.execute(select(func.count()).select_from(segment)).scalar_one()
        ours = [known[made.entry(nip).person] for nip in (BUDI, MARIA, YOHANA)]
        for scope, sees in (
            (Scope(ours[0], here, desk=False), {ours[0], None}),
            (Scope(0, here, desk=True), {*ours, None}),
            (Scope(ours[1], here + 1, desk=True), {ours[1]}),
            (Scope(0, 0, desk=False), set()),
        ):
            with database.reading(scope) as connection:
                assert set(connection.execute(select(segment.c.person)).scalars()) == sees
                people = connection.execute(select(person.c.id)).scalars().all()
                assert bool(people) is (scope.desk and scope.office == here)
        with database.reading(Scope(0, here, desk=True)) as connection:
            assert connection.execute(select(func.count()).select_from(segment)).scalar_one() == everything
        with database.reading() as connection:
            connection.exec_driver_sql("SELECT set_config('role', 'suluh_reader', true)")
            assert connection.execute(select(segment.c.id)).all() == []


@pytest.mark.parametrize(
    "deed",
    [
        "DELETE FROM segment",
        "UPDATE segment SET body = ''",
        "SELECT keys FROM office",
        "UPDATE person SET name = 'x'",
        "UPDATE person SET role = 'coordinator'",
        "DELETE FROM log",
        "INSERT INTO document VALUES ('trust', 9, '')",
        "TRUNCATE segment",
        "ALTER TABLE segment DISABLE ROW LEVEL SECURITY",
    ],
)
def test_intake_may_do_nothing_that_intake_has_no_need_of(database, deed):
    connection = database.begin()
    with pytest.raises(ProgrammingError, match="42501"):
        connection.exec_driver_sql(deed)
    database.undo(connection)


@pytest.mark.parametrize(
    "deed",
    [
        "SELECT * FROM segment_0",
        "SELECT letter FROM holder",
        "SELECT file FROM office",
        "SELECT * FROM log",
        "SELECT * FROM place",
    ],
)
def test_a_reader_reads_no_table_that_feeds_and_reports_have_no_need_of(database, deed):
    with (
        database.reading(Scope(1, 1, desk=True)) as connection,
        pytest.raises(ProgrammingError, match="42501"),
    ):
        connection.exec_driver_sql(deed)


def test_no_reader_writes(database):
    with database.reading() as connection, pytest.raises(DBAPIError, match="25006"):
        connection.execute(insert(document).values(name="x", version=1, data=b""))


def test_a_setting_that_would_lose_acknowledged_work_is_told(address, monkeypatch):
    monkeypatch.setitem(opening.SETTINGS, "fsync", "off")
    with pytest.raises(UnfitDatabaseError, match="fsync is on"):
        PostgresDatabase(address)


def test_what_the_administrator_set_does_not_make_commits_less_durable(address):
    name = make_url(address).database
    said(f"ALTER DATABASE {name} SET synchronous_commit = off")
    with PostgresDatabase(address) as database:
        connection = database.begin()
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
        database.undo(connection)


def test_an_error_of_the_server_tells_the_log_no_name_and_no_nip(database):
    where = {"id": 1, "uuid": bytes(16), "name": "Kantor 198609262015051001", "zone": "", "version": 1}
    with database.writing() as connection:
        connection.execute(insert(office).values(**where, file=b"", keys=b""))
    with pytest.raises(DBAPIError) as told, database.writing() as connection:
        connection.execute(insert(office).values(**where | {"id": 2}, file=b"", keys=b""))
    assert "198609262015051001" not in f"{told.value} {told.value.orig} {told.value.__cause__}"
    assert "23505" in str(told.value)
    with pytest.raises(DBAPIError) as told, database.writing() as connection:
        connection.execute(text("SELECT CAST(:nip AS integer)"), {"nip": "198609262015051001x"})
    assert "198609262015051001" not in f"{told.value} {told.value.orig} {told.value.__cause__}"


def test_everything_of_a_person_lies_in_one_partition(database):
    with database.writing() as connection:
        rows = [
            {"id": n, "holder": 1, "person": n % 40, "flags": 0, "body": b"", "person_lsn": n}
            for n in range(400)
        ]
        connection.execute(insert(segment), rows)
        query = text("SELECT count(DISTINCT tableoid) FROM segment GROUP BY person")
        assert set(connection.execute(query).scalars()) == {1}
        parts = connection.execute(
            text("SELECT count(*) FROM pg_inherits WHERE inhparent = 'segment'::regclass")
        )
        assert parts.scalar_one() == PARTITIONS


def in_flight(database, number):
    """Begin a group elsewhere: a feed locked, the number of a segment drawn, nothing committed."""
    connection, places = database.begin(), database.places()
    places.lock(connection, [office_feed(number)], 1)
    drawn = places.next_segment(connection)
    return connection, drawn


def row(number, person_number):
    return {"id": number, "holder": 1, "person": person_number, "flags": 0, "body": b"", "person_lsn": 1}


@pytest.fixture
def two_offices(database):
    with database.writing() as connection:
        for n in (1, 2):
            values = {"id": n, "uuid": bytes([n] * 16), "name": f"{n}", "zone": "UTC", "version": 1}
            connection.execute(insert(office).values(**values, file=b"", keys=b""))
        connection.execute(insert(holder).values(
            profile=bytes(16), signing=bytes(32), letter=b"", pc=bytes(16), role="", by_centre=0,
            vouch_log=0, vouch_seq=0, revoked=0,
        ))  # fmt: skip


def mark(database):
    with database.folding() as connection:
        set_aside(connection, 1)
    with database.reading() as connection:
        query = text("SELECT value FROM meta WHERE name LIKE 'folded%'")
        return connection.execute(query).scalar_one()


def test_a_number_is_not_passed_while_an_earlier_one_is_still_to_be_committed(database, two_offices):
    first, early = in_flight(database, 1)
    second, late = in_flight(database, 2)
    assert early < late
    second.execute(insert(segment).values(**row(late, 8)))
    database.commit(second)
    assert [mark(database) for _ in range(3)][-1] < early
    first.execute(insert(segment).values(**row(early, 7)))
    database.commit(first)
    assert [mark(database) for _ in range(3)][-1] >= late


def test_who_comes_second_waits_for_the_first_and_goes_on_from_there(database, two_offices):
    first, _ = in_flight(database, 1)
    other = database.begin()
    places = database.places()
    with pytest.raises(Exception, match="feed"):
        places.office(other, 1, write=True)  # not waited for out of order
    assert places.office(other, 2, write=True).top == 0
    database.undo(other)
    first.execute(place.update().where(place.c.feed == office_feed(1)).values(top=5))
    database.commit(first)
    other = database.begin()
    places = database.places()
    places.lock(other, [office_feed(1)], 0)
    assert places.office(other, 1, write=True).top == 5
    database.undo(other)


def test_a_ruling_is_alone(database, two_offices):
    with database.writing():
        other = database.begin()
        other.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
        with pytest.raises(DBAPIError, match="55P03"):
            database.places().lock(other, [office_feed(1)], 0)
        database.undo(other)


def test_of_all_processes_one_folds(database, address):
    with PostgresDatabase(address) as elsewhere, database.folder() as mine, elsewhere.folder() as theirs:
        assert (mine, theirs) == (True, False)


def test_a_report_is_made_where_nothing_can_be_written_as_on_a_replica(away, tmp_path, monkeypatch, capsys):
    made = make_office(away, tmp_path / "kantor")
    with CentreProcess(away) as centre, Line(centre.port) as line:
        budi = Pc.of(made, BUDI)
        budi.finishes("pelayanan", 600)
        budi.syncs(line)
    said(f"ALTER DATABASE {make_url(away.url).database} SET default_transaction_read_only = on")
    monkeypatch.setenv(ADDRESS, away.url)
    assert main(["report", "--json", "--data", str(away.folder)]) == 0
    rows = json.loads(capsys.readouterr().out)["offices"][0]["people"]
    assert [row["state"] for row in rows if row["name"] == "Budi Wanggai"] != ["belum_ada_data"]
    assert main(["restored", "--data", str(away.folder)]) == 2
    assert "25006" in capsys.readouterr().err


def test_a_server_that_is_not_there_is_told_in_words(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(ADDRESS, f"postgresql://suluh:rahasia@/suluh?host={tmp_path}")
    assert main(["report", "--data", str(tmp_path / "pusat")]) == 2
    told = capsys.readouterr().err
    assert "Basis data menolak" in told
    assert "rahasia" not in told


def test_without_the_driver_it_is_said_what_to_install(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sync.server.database.find_spec", lambda _: None)
    monkeypatch.setenv(ADDRESS, "postgresql://localhost/suluh")
    assert main(["report", "--data", str(tmp_path / "pusat")]) == 2
    assert "suluh[postgresql]" in capsys.readouterr().err
