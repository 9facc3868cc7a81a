"""The one door to a database: encrypted, durable, and nothing believed before it is read back."""

import sqlite3

import pytest
from sqlalchemy import text

from desktop.store import database
from desktop.store.database import SETTINGS, connect, open_database
from desktop.store.faults import Reason, StoreFault

KEY = b"\x11" * 32


def test_every_setting_that_guards_the_data_is_in_force_on_every_connection(tmp_path):
    opened = open_database(tmp_path / "a.db", KEY)
    with opened.read() as one, opened.read() as two:
        for connection in (one, two):
            for name, wanted in SETTINGS.items():
                assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == wanted
    opened.close()


@pytest.mark.parametrize(
    "name", ["synchronous", "foreign_keys", "trusted_schema", "journal_mode", "temp_store"]
)
def test_a_setting_that_does_not_take_effect_is_refused(tmp_path, monkeypatch, name):
    monkeypatch.setitem(database.SETTINGS, name, 7)
    with pytest.raises(StoreFault) as caught:
        connect(tmp_path / "a.db", KEY)
    assert caught.value.reason is Reason.PRAGMA


def test_a_sqlite_with_the_wal_reset_bug_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(database.dbapi2, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(StoreFault) as caught:
        connect(tmp_path / "a.db", KEY)
    assert caught.value.reason is Reason.OLD_SQLITE


def test_a_driver_that_would_write_in_clear_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(database.dbapi2, "connect", sqlite3.connect)
    with pytest.raises(StoreFault) as caught:
        connect(tmp_path / "a.db", KEY)
    assert caught.value.reason is Reason.NO_CIPHER


def test_another_key_opens_nothing_and_changes_nothing(tmp_path):
    path = tmp_path / "a.db"
    opened = open_database(path, KEY)
    with opened.raw() as raw:
        raw.execute("CREATE TABLE secret (word TEXT)")
    opened.close()
    before = path.read_bytes()
    for key in (b"\x12" * 32, b"short"):
        with pytest.raises(StoreFault) as caught:
            connect(path, key)
        assert caught.value.reason is Reason.WRONG_KEY
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "a.db"
    path.write_bytes(b"not a database at all" * 400)
    with pytest.raises(StoreFault):
        connect(path, KEY)


def test_nothing_is_written_in_clear(tmp_path):
    opened = open_database(tmp_path / "a.db", KEY)
    with opened.raw() as raw:
        raw.execute("CREATE TABLE secret (word TEXT)")
        raw.execute("INSERT INTO secret VALUES ('Yohana Wenda')")
    found = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    opened.close()
    assert b"Yohana" not in found
    assert b"SQLite format" not in found


def test_a_failure_in_the_middle_leaves_nothing_of_the_transaction(tmp_path):
    opened = open_database(tmp_path / "a.db", KEY)

    def half(lend, run):
        with lend() as connection:
            for words in ("CREATE TABLE half (n)", "INSERT INTO half VALUES (1)"):
                run(connection)(words)
            raise ZeroDivisionError

    for lend, run in (
        (opened.raw, lambda raw: raw.execute),
        (opened.write, lambda core: core.exec_driver_sql),
    ):
        with pytest.raises(ZeroDivisionError):
            half(lend, run)
    assert opened.query("SELECT name FROM sqlite_master") == []
    opened.close()


def test_readers_do_not_wait_for_a_writer(tmp_path):
    opened = open_database(tmp_path / "a.db", KEY)
    with opened.raw() as raw:
        raw.execute("CREATE TABLE seen (n)")
    with opened.write() as writer:
        writer.execute(text("INSERT INTO seen VALUES (1)"))
        with opened.read() as reader:
            assert reader.execute(text("SELECT count(*) FROM seen")).scalar() == 0
    with opened.read() as reader:
        assert reader.execute(text("SELECT count(*) FROM seen")).scalar() == 1
    opened.close()
