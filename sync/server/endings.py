"""Last days of roles at the centre: stated when an office file sets them, and kept at the door."""

from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import Connection, insert, select, update

from sync.journal.ending import ENDED, OPEN_END, ROLE_AUTHORS, WHOLE, Ends, concerned, last_second
from sync.journal.segment import SegmentPeek, decode_segment
from sync.journal.statement import Value
from sync.officefile import PersonDraft, Role
from sync.refusal import Refusal
from sync.server.identity import Holder
from sync.server.tables import meta, person

_ROLES = {*ROLE_AUTHORS, Role.GUEST.value}
_WHOSE = b"signer"


def end_roles(
    connection: Connection, people: Iterable[PersonDraft], zone: str, issued: int
) -> list[tuple[str, dict[str, Value]]]:
    """Note what an office file says of last days, and give what tells it to PCs; nothing if all is as before.

    Who has no NIP is here for the role alone: with its last day their stay is over. `issued` is the second of
    the file; of two files of one second the later holds all the same.
    """
    said: list[tuple[str, dict[str, Value]]] = []
    for one in people:
        role = one.role.value if one.nips else WHOLE
        if role not in ROLE_AUTHORS and role != WHOLE:
            continue
        number = connection.execute(select(person.c.id).where(person.c.uuid == one.person)).scalar_one()
        name, after = _name(number, role), last_second(one.until, zone)
        before = _noted(connection, name)
        if after == (OPEN_END if before is None else before):
            continue
        counter = max(issued, 1 + (_noted(connection, _said(name)) or 0))
        _note(connection, name, after)
        _note(connection, _said(name), counter)
        said.append((ENDED, {"person": one.person, "role": role, "after": after, "counter": counter}))
    return said


def too_late(connection: Connection, holder: Holder, data: bytes, peek: SegmentPeek) -> str:
    """Give the first kind of a segment that is dated after its signer's last day; empty for none.

    Hardly any key has such a role, and of its segments only those that need the role are unpacked.
    """
    if holder.person is None or holder.role not in _ROLES or not _concerned(peek.kinds, holder.role):
        return ""
    names = {_name(holder.person, role): role for role in (holder.role, WHOLE)}
    rows = connection.execute(select(meta.c.name, meta.c.value).where(meta.c.name.in_(names)))
    known = Ends({(_WHOSE, names[row.name]): row.value for row in rows})
    if not known.of:
        return ""
    try:
        facts = decode_segment(data).facts
    except Refusal:
        return ""  # what does not unpack states nothing
    late = (fact for fact in facts if known.over(_WHOSE, (holder.role,), fact))
    return next((fact.statement.kind for fact in late), "")


def _name(number: int, role: str) -> str:
    """Name the row that keeps a last second; the rows of `meta` are the centre's own notes."""
    return f"role {number} {role}"


def _said(name: str) -> str:
    """Name the row that keeps the counter of the last word about it."""
    return f"{name} said"


def _noted(connection: Connection, name: str) -> int | None:
    return connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()


def _note(connection: Connection, name: str, value: int) -> None:
    if _noted(connection, name) is None:
        connection.execute(insert(meta).values(name=name, value=value))
    else:
        connection.execute(update(meta).where(meta.c.name == name).values(value=value))


@lru_cache(maxsize=4096)
def _concerned(kinds: tuple[str, ...], role: str) -> bool:
    return concerned(kinds, role) or concerned(kinds, WHOLE)
