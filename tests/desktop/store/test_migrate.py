"""A database of an older version becomes one of this version, or stays as it was; nothing in between."""

import contextlib
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import sqlalchemy
from sqlcipher3 import dbapi2

from desktop.store import migrate, migrate_child
from desktop.store.database import connect
from desktop.store.faults import Reason, StoreFault
from desktop.store.migrate import copy_of, ready
from desktop.store.schema import DEVICE, PROFILE, Schema

KEY = b"\x21" * 32
FIRST = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
    "CREATE TABLE work (n INTEGER)",
)
OLD = Schema(FIRST, ("r1",), None)
SCRIPT = """
from alembic import op
revision, down_revision = "{revision}", {down!r}
def upgrade():
{body}
"""


def scripts(folder, **bodies):
    (folder / "versions").mkdir(parents=True)
    down = None
    for revision, body in bodies.items():
        text = SCRIPT.format(revision=revision, down=down, body=textwrap.indent(body, "    "))
        (folder / "versions" / f"{revision}.py").write_text(text)
        down = revision
    return Schema(FIRST, tuple(bodies), folder)


def old_database(path):
    ready(path, KEY, OLD)
    with contextlib.closing(connect(path, KEY)) as raw:
        raw.executemany("INSERT INTO work VALUES (?)", [(n,) for n in range(1000)])


def state(path, key=KEY):
    with contextlib.closing(connect(path, key)) as raw:
        tables = {
            row[0]: row[1] for row in raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        }
        return (
            raw.execute("SELECT version_num FROM alembic_version").fetchone()[0],
            sorted(tables),
            raw.execute("SELECT count(*), sum(n) FROM work").fetchone(),
            raw.execute("PRAGMA integrity_check").fetchone()[0],
        )


GOOD = 'op.execute("ALTER TABLE work ADD COLUMN m INTEGER")\nop.execute("CREATE TABLE more (n INTEGER)")'


def test_an_older_database_is_brought_up_and_a_checked_copy_stays(tmp_path):
    path = tmp_path / "a.db"
    old_database(path)
    ready(path, KEY, scripts(tmp_path / "s", r1="pass", r2=GOOD, r3="pass"))
    assert state(path) == ("r3", ["alembic_version", "more", "work"], (1000, 499500), "ok")
    assert state(copy_of(path, "r1")) == ("r1", ["alembic_version", "work"], (1000, 499500), "ok")


def test_a_migration_that_fails_in_its_middle_changes_nothing(tmp_path):
    path = tmp_path / "a.db"
    old_database(path)
    before = state(path)
    schema = scripts(tmp_path / "s", r1="pass", r2=GOOD + '\nop.execute("DELETE FROM work")\n1 / 0')
    for _ in range(2):  # trying again finds the same
        with pytest.raises(StoreFault) as caught:
            ready(path, KEY, schema)
        assert caught.value.reason is Reason.MIGRATION
        assert state(path) == before


def test_a_migration_that_leaves_references_to_nothing_is_undone(tmp_path):
    path = tmp_path / "a.db"
    old_database(path)
    body = (
        'op.execute("PRAGMA defer_foreign_keys = ON")\n'
        'op.execute("CREATE TABLE top (id INTEGER PRIMARY KEY)")\n'
        'op.execute("CREATE TABLE leaf (top INTEGER REFERENCES top (id) DEFERRABLE INITIALLY DEFERRED)")\n'
        'op.execute("INSERT INTO leaf VALUES (7)")'
    )
    with pytest.raises(StoreFault):
        ready(path, KEY, scripts(tmp_path / "s", r1="pass", r2=body))
    assert state(path)[:2] == ("r1", ["alembic_version", "work"])


def test_a_migration_killed_in_its_middle_changes_nothing(tmp_path):
    path = tmp_path / "a.db"
    old_database(path)
    before = state(path)
    body = f"{GOOD}\nimport signal\nprint('in its middle', flush=True)\nsignal.pause()"
    schema = scripts(tmp_path / "s", r1="pass", r2=body)
    command = [sys.executable, "-m", "desktop.store.migrate_child", str(path), str(schema.scripts), "r2"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd())
    child.stdin.write(KEY.hex().encode())
    child.stdin.close()
    with child.stdout:
        assert child.stdout.readline() == b"in its middle\n"
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert state(path) == before


def test_a_database_of_a_newer_app_is_refused_untouched(tmp_path):
    path = tmp_path / "a.db"
    old_database(path)
    with contextlib.closing(connect(path, KEY)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = 'r99'")
    with pytest.raises(StoreFault) as caught:
        ready(path, KEY, OLD)
    assert caught.value.reason is Reason.NEWER
    assert state(path)[0] == "r99"


def test_a_damaged_copy_stops_everything_before_the_first_change(tmp_path, monkeypatch):
    path = tmp_path / "a.db"
    old_database(path)
    before = state(path)

    def fails(*args, **kwargs):
        raise StoreFault(Reason.MIGRATION, "copy")

    monkeypatch.setattr(migrate, "checked_copy", fails)
    with pytest.raises(StoreFault):
        ready(path, KEY, scripts(tmp_path / "s", r1="pass", r2=GOOD))
    assert state(path) == before


def test_a_start_without_migration_starts_no_process(tmp_path, monkeypatch):
    ready(tmp_path / "a.db", KEY, OLD)
    monkeypatch.setattr(subprocess, "run", None)
    ready(tmp_path / "a.db", KEY, OLD)


@pytest.mark.parametrize("schema", [DEVICE, PROFILE], ids=["device", "profile"])
def test_the_scripts_lead_to_the_tables_of_a_new_pc(tmp_path, schema):
    grown, made = tmp_path / "grown.db", tmp_path / "made.db"
    with contextlib.closing(connect(grown, KEY)) as raw:
        raw.execute(schema.tables[0])
    ready(made, KEY, schema)
    migrate._migrate(grown, KEY, schema)
    assert tables(grown) == tables(made)


def tables(path):
    with contextlib.closing(connect(path, KEY)) as raw:
        rows = raw.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        return rows, raw.execute("SELECT version_num FROM alembic_version").fetchall()


def test_planted_fault_without_our_transactions_a_failing_migration_stays_half_done(tmp_path, monkeypatch):
    path = tmp_path / "a.db"
    old_database(path)
    schema = scripts(tmp_path / "s", r1="pass", r2=GOOD + "\n1 / 0")

    def usual(connect_):
        def plain():
            raw = connect_()
            raw.isolation_level = (
                ""  # the driver's own habit: it begins only before INSERT, UPDATE and DELETE
            )
            return raw

        return sqlalchemy.create_engine("sqlite://", module=dbapi2, creator=plain)

    monkeypatch.setattr(migrate_child, "engine_of", usual)
    with pytest.raises(ZeroDivisionError):
        migrate_child.migrate(path, KEY, schema.scripts, "r2")
    assert state(path)[:2] == ("r1", ["alembic_version", "more", "work"])
