"""How far the numbers of segments may be passed: no row with such a number can still be under way."""

from sqlalchemy import Connection, delete, insert, select, text

from sync.server.bulk import POSTGRESQL
from sync.server.tables import meta

_DRAWN, _BEFORE = "horizon_drawn", "horizon_before"
_OLDEST = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
_NEXT = text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
_LAST = text("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM segment_number")


def passable(connection: Connection, last: int) -> int:
    """Return up to which number everything that will ever be there can be seen; `last` is the newest seen.

    Where one transaction writes at a time that is the newest. On PostgreSQL a smaller number may be committed
    after a greater one: so what had been drawn is noted with the transactions of that moment, and passed once
    all of them have ended. A transaction has its number before it draws any for segments.
    """
    if connection.dialect.name != POSTGRESQL:
        return last
    query = select(meta.c.name, meta.c.value).where(meta.c.name.in_((_DRAWN, _BEFORE)))
    noted = {row.name: row.value for row in connection.execute(query)}
    ended = noted.get(_BEFORE, 0) <= connection.execute(_OLDEST).scalar_one()
    if ended:
        # in this order: whoever drew one of these numbers is older than the transaction that comes next
        drawn = connection.execute(_LAST).scalar_one()
        before = connection.execute(_NEXT).scalar_one()
        connection.execute(delete(meta).where(meta.c.name.in_((_DRAWN, _BEFORE))))
        rows = ({"name": _DRAWN, "value": drawn}, {"name": _BEFORE, "value": before})
        connection.execute(insert(meta), rows)
    return noted.get(_DRAWN, 0) if ended else 0
