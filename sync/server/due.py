"""Which PCs of an office may hold something of a person, and what each calls itself."""

from collections.abc import Mapping

from sqlalchemy import Connection, Select, select

from sync.folds.reach import Due
from sync.journal.segment import peek_segment
from sync.server.feed import fresh_facts
from sync.server.identity import CENTRE
from sync.server.stored import original, originals
from sync.server.tables import holder, segment
from sync.server.voice import NO_PC

_OPENED = "profile.opened"


def pcs_of(connection: Connection, office: int, theirs: "Select[tuple[int]]") -> Mapping[bytes, Due]:
    """List the PCs of an office by what their people have stated; `theirs` are the holders of one person.

    To be asked before anything of that person is taken away: a PC that only they used is named by them.
    """
    here = (holder.c.office == office) & (holder.c.role != CENTRE) & (holder.c.pc != NO_PC)
    owned = set(connection.execute(select(holder.c.pc).where(here, holder.c.id.in_(theirs))).scalars())
    live = here & holder.c.person.is_not(None) & (holder.c.revoked == 0)
    every = owned | set(connection.execute(select(holder.c.pc).where(live)).scalars())
    names = _names(connection, office)
    return {pc: Due(names.get(pc) or f"komputer {pc.hex()[:6]}", pc in owned) for pc in every}


def _names(connection: Connection, office: int) -> Mapping[bytes, str]:
    found: dict[bytes, str] = {}
    query = originals(segment.c.fresh).where(holder.c.office == office).order_by(segment.c.id)
    for row in connection.execute(query):
        data = original(row)
        if _OPENED not in peek_segment(data).kinds:
            continue
        for fact in fresh_facts(data, row.fresh):
            name = fact.statement.fields.get("pc_name")
            if fact.statement.kind == _OPENED and isinstance(name, str) and name:
                found[fact.header.pc] = name
    return found
