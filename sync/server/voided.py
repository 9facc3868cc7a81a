"""Questions voided in an office: noted as they come, so that only an office with any looks for them."""

from sqlalchemy import Connection, insert, select

from sync.folds.recount import VOIDED
from sync.journal.kinds import check_received
from sync.journal.segment import peek_segment
from sync.journal.statement import Fact
from sync.refusal import Refusal
from sync.server.feed import fresh_facts
from sync.server.outdated import outdate
from sync.server.stored import original, originals
from sync.server.tables import EVERYBODYS, meta, person, segment


def note_voided(connection: Connection, office: int) -> None:
    """Note that a question was voided in an office: what its people earned is to be counted again."""
    if connection.execute(select(meta.c.value).where(meta.c.name == _mark(office))).first() is None:
        connection.execute(insert(meta).values(name=_mark(office), value=1))
    here = connection.execute(select(person.c.id).where(person.c.office == office)).scalars().all()
    if here:
        outdate(connection, *here)


def voided_in(connection: Connection, office: int) -> tuple[Fact, ...]:
    """Read what was voided in an office. The word of one office never counts in another."""
    if connection.execute(select(meta.c.value).where(meta.c.name == _mark(office))).first() is None:
        return ()
    told = (segment.c.office == office) & EVERYBODYS
    found: list[Fact] = []
    for row in connection.execute(originals(segment.c.fresh).where(told).order_by(segment.c.office_lsn)):
        data = original(row)
        if VOIDED in peek_segment(data).kinds:
            found += (fact for fact in fresh_facts(data, row.fresh) if fact.statement.kind == VOIDED)
    return tuple(fact for fact in found if _readable(fact))


def _readable(fact: Fact) -> bool:
    try:
        check_received(fact.statement)
    except Refusal:
        return False
    return True


def _mark(office: int) -> str:
    return f"voided {office}"
