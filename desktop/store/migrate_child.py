"""The child process that migrates one database, all revisions in one transaction or none."""

import sys
from pathlib import Path

import sqlalchemy
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

from desktop.store.core import engine_of
from desktop.store.database import connect


def migrate(path: Path, key: bytes, scripts: Path, head: str) -> None:
    """Run the scripts that lead from the database's revision to `head`, check the whole, then commit."""
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    engine = engine_of(lambda: connect(path, key))
    with (
        engine.begin() as connection,
        EnvironmentContext(
            config,
            script,
            fn=lambda found, _context: script._upgrade_revs(head, found),  # noqa: SLF001 - as its own command does
        ) as environment,
    ):
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
        _check(connection)
    engine.dispose()


def _check(connection: sqlalchemy.Connection) -> None:
    """Refuse a result that is damaged or has references to nothing."""
    if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
        raise RuntimeError("integrity")
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise RuntimeError("foreign keys")


def main() -> int:
    """Migrate what the arguments name; the key comes by standard input. Errors name their type only."""
    path, scripts, head = sys.argv[1:4]
    try:
        migrate(Path(path), bytes.fromhex(sys.stdin.read().strip()), Path(scripts), head)
    except Exception as fault:  # noqa: BLE001 - whatever it is, the parent must hear it and the data stay as they were
        sys.stderr.write(type(fault).__name__)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
