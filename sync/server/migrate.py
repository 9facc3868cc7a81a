"""Leading an older database to this version's tables: all steps in the one open transaction, or none."""

from importlib import import_module

from sqlalchemy import Connection, inspect, select, update

from sync.server.tables import SCHEMA, meta


class UnfitDatabaseError(RuntimeError):
    """The database cannot be used as it is: a setting did not take, or another version wrote it."""


def schema_of(connection: Connection) -> int | None:
    """Return the schema a database says it has; None where it has no tables yet."""
    if not inspect(connection).has_table(meta.name):
        return None
    found = connection.execute(select(meta.c.value).where(meta.c.name == "schema")).scalar()
    return None if found is None else int(found)


def lead_on(connection: Connection, found: int) -> None:
    """Take the steps from schema `found` to this version's. Raises UnfitDatabaseError for others'."""
    if found == SCHEMA:
        return
    if not 0 < found < SCHEMA:
        raise UnfitDatabaseError(f"the database has schema {found}, not {SCHEMA}")
    from alembic.migration import MigrationContext  # noqa: PLC0415 - a start without a step must not pay for it
    from alembic.operations import Operations  # noqa: PLC0415 - as above

    with Operations.context(MigrationContext.configure(connection)):
        for number in range(found + 1, SCHEMA + 1):
            import_module(f"sync.server.migrations.centre_{number}").upgrade()
    connection.execute(update(meta).where(meta.c.name == "schema").values(value=SCHEMA))
