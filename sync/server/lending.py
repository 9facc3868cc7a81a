"""Trainers lent to other offices: who they are, and what is handed in there passed into their feeds."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, delete, insert, select, update

from sync.folds.lent import LENT, LENT_UNTIL, WORK, pass_fields
from sync.journal.ending import OPEN_END, last_second
from sync.journal.passing import PASSED, passed_on
from sync.journal.statement import Fact, Value
from sync.officefile import Role
from sync.server.batch import TRAINERS, Batch
from sync.server.effects import Effects, facts_of
from sync.server.identity import CENTRE, Holder, Identities, Person
from sync.server.keys import CentreKeys
from sync.server.locked_places import places_of
from sync.server.places import Places
from sync.server.stored import original, originals
from sync.server.tables import holder, lent, meta, office, person, segment
from sync.server.voice import Voice

_KINDS = set(WORK)


def guests_of(connection: Connection, identities: Identities, where: int, at: int) -> tuple[Person, ...]:
    """Return who of other offices marks for an office at Unix `at`: lent to it, and a trainer by the roster.

    As with the last day of a role, `at` is the second of the statement by its own signed clock: honest work
    of the last week may come by stick a month later.
    """
    query = select(lent.c.person).where(lent.c.office == where, lent.c.active == 1).order_by(lent.c.person)
    found = {}
    for key in connection.execute(query).scalars():
        end = identities.person_of(connection, key)
        if at > last_day_noted(connection, where, key):
            continue
        if not end.erased and end.office != where and identities.marks(connection, key):
            found[end.id] = end
    return tuple(found.values())


def is_guest(connection: Connection, identities: Identities, who: Person, where: int, at: int) -> bool:
    """Whether a person marks for an office that is not their own, at that second."""
    return who.id in {one.id for one in guests_of(connection, identities, where, at)}


def last_day_noted(connection: Connection, where: int, who: int) -> int:
    """Return the last second for which somebody is lent to an office; the open end where there is none."""
    found = connection.execute(select(meta.c.value).where(meta.c.name == _until(where, who))).scalar()
    return OPEN_END if found is None else int(found)


def _until(where: int, who: int) -> str:
    """Name the row that keeps a last second; the rows of `meta` are the centre's own notes."""
    return f"lent {where} {who}"


class Lending:
    """Passes the work of offices on to trainers lent to them, within one batch. Used by the writer alone."""

    def __init__(self, effects: Effects, identities: Identities) -> None:
        self._effects, self._identities = effects, identities

    def pass_work(self, connection: Connection, by: Holder, facts: Iterable[Fact]) -> int:
        """Pass facts by a vouched key of an office to everybody lent to it; gives how many letters went."""
        if by.office is None or by.person is None:
            return 0
        return sum(
            self._pass(connection, by, (fact,), guests_of(connection, self._identities, by.office, fact.wall))
            for fact in facts
        )

    def pass_held(
        self, connection: Connection, keys: Collection[Holder], guests: Collection[Person] | None = None
    ) -> int:
        """Pass what is held of some keys: they were vouched for, or somebody was lent, after it came."""
        count = 0
        for by in keys:
            if by.office is None or by.person is None:
                continue
            if not guests_of(connection, self._identities, by.office, 0):
                continue  # nobody was lent, whatever the day
            query = (
                originals(segment.c.fresh)
                .where(segment.c.holder == by.id, segment.c.flags.op("&")(TRAINERS) != 0)
                .order_by(segment.c.id)
            )
            for row in connection.execute(query).all():
                for fact in facts_of(original(row), _KINDS):
                    here = guests_of(connection, self._identities, by.office, fact.wall)
                    to = [one for one in here if guests is None or one.id in {each.id for each in guests}]
                    count += self._pass(connection, by, (fact,), to)
        return count

    def _pass(self, connection: Connection, by: Holder, facts: Iterable[Fact], to: Collection[Person]) -> int:
        kept = [fact for fact in facts if fact.statement.kind in _KINDS]
        if not kept or not to or by.person is None or by.office is None:
            return 0
        author = self._identities.person_of(connection, by.person)
        if author.erased:
            return 0
        where = connection.execute(select(office.c.uuid, office.c.name).where(office.c.id == by.office)).one()
        markers = markers_of(connection, self._identities, by.office, kept[0].wall)
        for guest in to:
            for fact in kept:
                said = pass_fields(fact, where.uuid, where.name, markers)
                self._effects.speak(PASSED, passed_on(fact, author.uuid, said, fact.wall), None, guest.id)
        return len(kept) * len(to)


def lend(
    connection: Connection, keys: CentreKeys, who: bytes, where: int, *, active: bool, until: str = ""
) -> tuple[str, int]:
    """Lend a trainer to an office, or call them back; gives the office's name and how many letters went.

    `until` is the last day (ISO) by the clock of that office, empty for no end. Both offices' PCs are told:
    the office, so that its trainers tell the guest their marks, the guest, and the desk that lends them.
    Raises LookupError for a person nobody knows, ValueError for who is no trainer or is there anyway.
    """
    voice, identities = Voice(keys), Identities()
    batch = Batch(connection, places_of(connection))
    effects = Effects(batch, identities, voice)
    found = identities.person(connection, who)
    if found is None:
        raise LookupError("Orang itu tidak dikenal. Lihat kolom person pada laporan --json.")
    guest = identities.person_of(connection, found.id)
    columns = office.c.uuid, office.c.name, office.c.zone
    home = connection.execute(select(*columns).where(office.c.id == where)).one()
    if active and (guest.erased or not identities.marks(connection, found.id)):
        raise ValueError("Hanya widyaiswara yang dapat dipinjamkan.")
    if active and guest.office == where:
        raise ValueError(f"Ia memang widyaiswara {home.name}.")
    after = last_second(until, home.zone)
    counter = _note(connection, where, guest.id, active=active, after=after)
    said: dict[str, Value] = {
        "person": guest.uuid,
        "office": home.uuid,
        "name": home.name,
        "active": int(active),
        "counter": counter,
    }
    end: dict[str, Value] = {
        "person": guest.uuid,
        "office": home.uuid,
        "after": after,
        "counter": counter,
    }
    for kind, fields in ((LENT_UNTIL, end), (LENT, said)):
        for told in {where, guest.office}:
            effects.speak(kind, fields, told)
        effects.speak(kind, fields, None, guest.id)
    count = 0
    if active:
        rows = connection.execute(select(holder).where(holder.c.office == where)).mappings().all()
        count = Lending(effects, identities).pass_held(connection, [Holder(**row) for row in rows], (guest,))
    batch.flush()
    return str(home.name), count


def take_back(
    connection: Connection, places: Places, uuids: Collection[bytes], offices: Iterable[int]
) -> set[int]:
    """Remove what was passed of erased people to anybody ever lent to these offices; gives their offices.

    Those hear of the erasure too, so that what came to a PC goes there as well.
    """
    who = select(lent.c.person).where(lent.c.office.in_(set(offices)))
    guests = {*connection.execute(who).scalars(), *Identities().moved(connection, who)}
    centre = select(holder.c.id).where(holder.c.role == CENTRE)
    query = originals(segment.c.id).where(segment.c.person.in_(guests), segment.c.holder.in_(centre))
    doomed = [
        row.id
        for row in connection.execute(query).all()
        for fact in facts_of(original(row), {PASSED})
        if fact.statement.fields.get("author") in uuids and fact.statement.fields.get("stated") in _KINDS
    ]
    if doomed:
        places.leave(connection, people=guests)
        connection.execute(delete(segment).where(segment.c.id.in_(doomed)))
    homes = select(person.c.office).where(person.c.id.in_(guests))
    return set(connection.execute(homes.distinct()).scalars())


def _note(connection: Connection, where: int, who: int, *, active: bool, after: int) -> int:
    """Write down who is lent; gives the counter of this word. Raises ValueError where nothing changes.

    Of who was never lent a first word may be a no: the answer to what their coordinator proposed.
    """
    row = connection.execute(select(lent).where(lent.c.office == where, lent.c.person == who)).first()
    same = not active or last_day_noted(connection, where, who) == after
    if row is not None and bool(row.active) is active and same:
        raise ValueError("Sudah begitu adanya; tidak ada yang diubah.")
    connection.execute(delete(meta).where(meta.c.name == _until(where, who)))
    if active and after != OPEN_END:
        connection.execute(insert(meta).values(name=_until(where, who), value=after))
    if row is None:
        connection.execute(insert(lent).values(office=where, person=who, active=int(active), counter=1))
        return 1
    connection.execute(
        update(lent)
        .where(lent.c.office == where, lent.c.person == who)
        .values(active=int(active), counter=row.counter + 1)
    )
    return int(row.counter) + 1


def markers_of(connection: Connection, identities: Identities, where: int, at: int) -> list[bytes]:
    """Return the UUIDs of all who mark for an office."""
    query = select(person.c.uuid).where(
        person.c.office == where,
        person.c.role == Role.TRAINER.value,
        person.c.erased == 0,
        person.c.merged.is_(None),
    )
    own = connection.execute(query.order_by(person.c.id)).scalars()
    return [*own, *(one.uuid for one in guests_of(connection, identities, where, at))]
