"""Rows of the report made wrong by something else than new work: dropped, also under a running fold."""

from sqlalchemy import Connection, delete, insert, select, update

from sync.server.tables import meta, standing

_COUNT = "outdated"


def outdate(connection: Connection, *people: int) -> None:
    """Drop the rows of these people, or of everybody where none is named, in the caller's transaction.

    New segments are told from folded ones by their number; a vouching, a merge or a new catalogue changes
    what old segments add up to, so whoever brings about such a change says so here.
    """
    rows = delete(standing)
    connection.execute(rows.where(standing.c.person.in_(people)) if people else rows)
    count = outdated(connection)
    if count:
        connection.execute(update(meta).where(meta.c.name == _COUNT).values(value=count + 1))
    else:
        connection.execute(insert(meta).values(name=_COUNT, value=1))


def outdated(connection: Connection) -> int:
    """Count the changes so far: a fold that read before the last of them must not be kept."""
    return connection.execute(select(meta.c.value).where(meta.c.name == _COUNT)).scalar() or 0
