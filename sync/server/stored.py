"""How a signed original lies in the table: without the key and the profile that its holder's row says."""

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select

from sync.journal.heads import ID_SIZE
from sync.journal.keys import KEY_SIZE
from sync.server.tables import holder, segment

_HEAD = 2  # codec and flags; then the signer's key and the profile, in every codec
_KNOWN = KEY_SIZE + ID_SIZE


def clipped(data: bytes) -> bytes:
    """Return a signed segment without what the row of its holder says: a ninth of an ordinary one."""
    return data[:_HEAD] + data[_HEAD + _KNOWN :]


def original(row: Row[Any]) -> bytes:
    """Return the signed segment, byte for byte, from a row that `originals` selected."""
    body: bytes = row.body
    return b"".join((body[:_HEAD], row.signing, row.profile, body[_HEAD:]))


def originals(*columns: ColumnElement[Any]) -> Select[Any]:
    """Select stored segments: what `original` needs, and these columns."""
    known = select(segment.c.body, holder.c.signing, holder.c.profile, *columns)
    return known.join_from(segment, holder, holder.c.id == segment.c.holder)
