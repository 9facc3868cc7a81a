"""Who comes from another office of this centre: found by number, told, and moved with their history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from sync.journal.secret_fields import seal_fields
from sync.journal.statement import Value
from sync.officefile import NipRecord, read_office
from sync.roster.changes import Placed
from sync.roster.lines import Line
from sync.roster.moves import MOVED
from sync.server.keys import CentreKeys
from sync.server.rulings import answer_office, merge, unmerge
from sync.server.tables import departed, office, person


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody new in a roster whom another office has: their record there, and whether it lists them."""

    name: str
    nip: str
    source: bytes
    office: int
    office_name: str
    listed: bool

    def __str__(self) -> str:
        """Say it as the operator reads it before anything is made."""
        there = "masih tercatat di sana" if self.listed else "sudah keluar dari sana"
        return f"Pindah kantor: {self.name}, dari {self.office_name} ({there})"


def moves_of(connection: Connection, number: int, placed: Iterable[Placed]) -> tuple[Move, ...]:
    """Find who of a roster is new here and has worked under the same number in another office of this centre.

    Who comes back after a time elsewhere is such a one too. A number is one person's for life, so a match is
    no guess. Who is listed somewhere goes before who left,
    and the office that has them last before earlier ones.
    """
    new: dict[str, Line] = {}
    for one in placed:
        if (one.known is None or not one.known.here) and one.line.nip:
            new |= dict.fromkeys(filter(None, (one.line.nip, one.line.former)), one.line)
    if not new:
        return ()
    rows = connection.execute(
        select(person.c.uuid, person.c.nips, person.c.office, office.c.name.label("of"), departed.c.version)
        .join(office, office.c.id == person.c.office)
        .outerjoin(departed, departed.c.person == person.c.id)
        .where(person.c.office != number, person.c.erased == 0, person.c.merged.is_(None))
        .order_by(departed.c.person.is_(None), person.c.id)
    )
    found: dict[int, Move] = {}
    for row in rows:
        for record in msgspec.msgpack.decode(row.nips, type=tuple[NipRecord, ...]):
            line = new.get(record.nip)
            if line is not None:
                listed = row.version is None
                found[line.number] = Move(line.name, line.nip, row.uuid, row.office, row.of, listed)
    return tuple(found[line] for line in sorted(found))


def carry_over(connection: Connection, keys: CentreKeys, number: int, moves: Sequence[Move], at: int) -> None:
    """Join the record of each with the new one, in the transaction that makes it, and tell both desks.

    `at` is the Unix second from which they are read in the new office. Raises as `merge` does.
    """
    here = connection.execute(select(office.c.name, office.c.file).where(office.c.id == number)).one()
    for one in moves:
        target = _here(connection, keys, number, one)
        merge(connection, keys, one.source, target)
        there = connection.execute(select(office.c.file).where(office.c.id == one.office)).scalar_one()
        came = _word(one, one.office_name, (target, at, 1), here.file)
        went = _word(one, here.name, (target, at, 0), there)
        for told, word in ((number, came), (one.office, went)):
            answer_office(connection, keys, told, [word])


def _here(connection: Connection, keys: CentreKeys, number: int, one: Move) -> bytes:
    """Find the record of the new office; one that had moved away before is taken back first."""
    other = person.alias()
    rows = connection.execute(
        select(person.c.uuid, person.c.nips, other.c.uuid.label("now"))
        .outerjoin(other, other.c.id == person.c.merged)
        .outerjoin(departed, departed.c.person == person.c.id)
        .where(person.c.office == number, person.c.erased == 0, departed.c.person.is_(None))
    )
    for row in rows:
        if any(each.nip == one.nip for each in msgspec.msgpack.decode(row.nips, type=list[NipRecord])):
            if row.now is not None:
                unmerge(connection, keys, row.uuid, row.now)
            return bytes(row.uuid)
    raise LookupError(one.name)


def _word(one: Move, other: str, where: tuple[bytes, int, int], file: bytes) -> tuple[str, dict[str, Value]]:
    """Say to the desk of one office who came from or went to another; name and office are for it alone."""
    target, at, came = where
    secret = {"name": one.name, "office": other}
    sealed = seal_fields(MOVED, secret, (read_office(file).header.office_letter,))
    return MOVED, {"source": one.source, "target": target, "since": at, "came": came, "sealed": sealed}
