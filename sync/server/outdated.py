"""Rows of the report made wrong by something else than new work: dropped, also under a running fold."""

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from sync.server.tables import meta, standing

COUNT = "outdated"
"""The row of `meta` that counts such changes."""


def outdate(connection: Connection, *people: int) -> None:
    """Drop the rows of these people, or of everybody where none is named, in the caller's transaction.

    New segments are told from folded ones by their number; a vouching, a merge or a new catalogue changes
    what old segments add up to, so whoever brings about such a change says so here.
    """
    # the count first: whoever folds holds its row while keeping rows, so that none of these can come back
    counted = connection.execute(_ONE_MORE)
    if not counted.rowcount:
        connection.execute(insert(meta).values(name=COUNT, value=1))
    connection.execute(_ROWS_OF, {"of": people}) if people else connection.execute(_ROWS)


def outdated(connection: Connection, *, hold: bool = False) -> int:
    """Count the changes so far: a fold that read before the last of them must not be kept.

    With `hold` no other comes before this transaction has ended.
    """
    return connection.execute(_COUNT_HELD if hold else _COUNT).scalar() or 0


_ONE_MORE = update(meta).where(meta.c.name == COUNT).values(value=meta.c.value + 1)
_ROWS = delete(standing)
_ROWS_OF = _ROWS.where(standing.c.person.in_(bindparam("of", expanding=True)))
_COUNT = select(meta.c.value).where(meta.c.name == COUNT)
_COUNT_HELD = _COUNT.with_for_update()
