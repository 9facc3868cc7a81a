"""The centre's database: durable settings that are read back, one writer, and no guess about a foreign file."""

import os
import stat
import threading

import pytest
import sqlcipher3
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError

from sync.server import database_sqlite as opening
from sync.server.database import UnfitDatabaseError
from sync.server.database_sqlite import SqliteDatabase
from sync.server.tables import meta


@pytest.fixture
def path(tmp_path):
    return tmp_path / "pusat.db"


def test_every_connection_is_durable_and_careful(path):
    with SqliteDatabase(path) as database:
        for door in (database.writing, database.reading):
            with door() as connection:
                found = {
                    name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in opening.PRAGMAS
                }
                assert found == opening.PRAGMAS
                assert found["synchronous"] == 2


def test_a_setting_that_does_not_take_is_told(path, monkeypatch):
    monkeypatch.setitem(opening.PRAGMAS, "journal_mode", "wal2")
    with pytest.raises(UnfitDatabaseError, match="journal_mode"):
        SqliteDatabase(path)


def test_an_sqlite_that_can_corrupt_is_refused(path, monkeypatch):
    monkeypatch.setattr(sqlcipher3, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(UnfitDatabaseError, match="too old"):
        SqliteDatabase(path)


def test_a_database_of_another_version_is_left_alone(path):
    with SqliteDatabase(path) as database, database.writing() as connection:
        connection.execute(update(meta).where(meta.c.name == "schema").values(value=99))
    with pytest.raises(UnfitDatabaseError, match="schema 99"):
        SqliteDatabase(path)


def test_an_error_of_the_database_tells_the_log_no_name_and_no_nip(path):
    with SqliteDatabase(path) as database:
        for door in (database.writing, database.reading):
            with door() as connection, pytest.raises(DBAPIError) as told:
                connection.execute(text("INSERT INTO nowhere VALUES (:nip)"), {"nip": "198609262015051001"})
            assert "198609262015051001" not in str(told.value)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps others out by the folder")
def test_names_and_keys_lie_in_files_that_only_the_centres_account_reads(path):
    path.touch(0o644)
    with SqliteDatabase(path) as database, database.writing() as connection:
        connection.execute(insert(meta).values(name="new", value=1))
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.glob("pusat.db*")}
    assert modes == dict.fromkeys(("pusat.db", "pusat.db-wal", "pusat.db-shm"), 0o600)


def test_what_fails_half_way_is_not_there(path):
    def half(database):
        with database.writing() as connection:
            connection.execute(insert(meta).values(name="half", value=1))
            raise RuntimeError

    with SqliteDatabase(path) as database:
        with pytest.raises(RuntimeError):
            half(database)
        undone = database.begin()
        undone.execute(insert(meta).values(name="half", value=1))
        database.undo(undone)
        with database.reading() as connection:
            assert connection.execute(select(meta.c.value).where(meta.c.name == "half")).all() == []


def test_a_commit_in_another_thread_is_seen_by_readers(path):
    with SqliteDatabase(path) as database:
        connection = database.begin()
        connection.execute(insert(meta).values(name="whole", value=7))
        thread = threading.Thread(target=database.commit, args=(connection,))
        thread.start()
        thread.join()
        with database.reading() as reader:
            assert reader.execute(select(meta.c.value).where(meta.c.name == "whole")).scalar_one() == 7


def test_another_process_that_writes_is_noticed_once(path):
    with SqliteDatabase(path) as here, SqliteDatabase(path) as there:
        with here.writing() as connection:
            here.changed_outside(connection)
            assert not here.changed_outside(connection)
        with there.writing() as connection:
            connection.execute(insert(meta).values(name="other", value=1))
        with here.writing() as connection:
            assert here.changed_outside(connection)
            assert not here.changed_outside(connection)


def test_a_reader_sees_one_moment(path):
    with SqliteDatabase(path) as database, database.reading() as reader:
        count = text("SELECT count(*) FROM meta")
        before = reader.execute(count).scalar_one()
        with database.writing() as writer:
            writer.execute(insert(meta).values(name="later", value=1))
        assert reader.execute(count).scalar_one() == before
