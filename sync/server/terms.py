"""People who left long ago: whose term at the centre is over, what holds it, and what stays of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from sync.folds.trail import ENDED, TOLD
from sync.journal.statement import Value
from sync.officefile import NipRecord, Role, read_office
from sync.retention import Schedule, Term
from sync.server import rulings
from sync.server.identity import Identities
from sync.server.keys import CentreKeys
from sync.server.rulings import answer_office
from sync.server.standings import Frame, fold_person, jp_by_year
from sync.server.tables import departed, holder, meta, office, person, segment

_LEFT, _UPTO, _TOLD, _SUM = "left_since_", "left_upto_", "left_told_", "left_jp_"
_LEARNERS = (Role.LEARNER.value, Role.GUEST.value)


class Held(Enum):
    """Why somebody past their term stays; the value is what the operator reads."""

    NO = ""
    LISTED = "masih di daftar kantor dengan catatan lain"
    DUTY = "pernah bertugas: yang dinyatakannya tentang orang lain disimpan"
    MISSING = "ada kiriman yang belum sampai"
    SILENT = "ada komputernya yang belum memberi kabar sejak ia keluar"


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who is on no list any more: since Unix `left`, over at `due`, erased at `goes` or later.

    `goes` is 0 while it is `held`. `told` is whether that was said before.
    """

    key: int
    uuid: bytes
    office: int
    left: int
    due: int
    goes: int
    held: Held
    told: bool


def leavers(connection: Connection, schedule: Schedule, now: int) -> tuple[Leaver, ...]:
    """List who comes to the end of their term within the time of notice, or is past it; the earliest first.

    `now` is the centre's Unix time. Who is seen to have left for the first time has left now: nothing is
    counted from a day that nobody noted. A clock that was ahead is put right by the next look.
    """
    length = schedule.seconds(Term.LEFT)
    rows = connection.execute(
        select(person.c.id, person.c.uuid, person.c.office)
        .join(departed, departed.c.person == person.c.id)
        .where(person.c.erased == 0, person.c.merged.is_(None))
        .order_by(person.c.id)
    ).all()
    _forget_returned(connection, {row.id for row in rows})
    identities, found, listed = Identities(), [], set[str]()
    for row in rows:
        left = note_left(connection, row.id, now)
        if length is None or now + schedule.notice < left + length:
            continue
        told = _read(connection, _TOLD, row.id)
        told = told if told <= now else 0  # said by a clock that was ahead: nobody knows by which day
        listed = listed or _numbers(connection)
        held = _held(connection, identities, row.id, row.office, now, listed)
        goes = 0 if held is not Held.NO else max(left + length, (told or now) + schedule.notice)
        found.append(Leaver(row.id, row.uuid, row.office, left, left + length, goes, held, bool(told)))
    return tuple(sorted(found, key=lambda one: (one.goes or one.due, one.key)))


def note_left(connection: Connection, key: int, now: int) -> int:
    """Note that somebody has left by Unix `now`, and what had come by then; gives since when.

    Nobody has left before the file that leaves them out was issued: a clock that fell back ends no term.
    """
    now = max(now, _issued(connection, key))
    known = _read(connection, _LEFT, key)
    if not known:
        _write(connection, _UPTO, key, connection.execute(select(func.max(segment.c.id))).scalar() or 0)
    if not known or known > now:
        _write(connection, _LEFT, key, now)
        return now
    return known


def forget_left(connection: Connection, keys: Sequence[int]) -> None:
    """Forget since when people have left and what was told: they are back, or only leave now."""
    for key in keys:
        _forget(connection, key)


def _issued(connection: Connection, key: int) -> int:
    query = select(office.c.file).join(person, person.c.office == office.c.id).where(person.c.id == key)
    return read_office(connection.execute(query).scalar_one()).header.issued


def tell(connection: Connection, keys: CentreKeys, which: Sequence[Leaver], version: int, now: int) -> None:
    """Say in each office how many of its former people come to their end; each is told of once."""
    fresh = [one for one in which if not one.told]
    for one in fresh:
        _write(connection, _TOLD, one.key, now)
    for where in sorted({one.office for one in fresh}):
        here = [one for one in fresh if one.office == where]
        until = min((one.goes for one in here if one.goes), default=0)
        fields = _fields(len(here), version)
        answer_office(connection, keys, where, [(TOLD, {**fields, "until": until})])


def end(connection: Connection, keys: CentreKeys, which: Sequence[Leaver], version: int, now: int) -> int:
    """Erase those whose time has come, keeping their sums; gives how many. Every office is told how many."""
    over = [one for one in which if one.told and 0 < one.goes <= now]
    for one in over:
        for year, jp in jp_by_year(connection, one.key, Frame.read(connection, one.office, now)).items():
            connection.execute(insert(meta).values(name=f"{_SUM}{one.key}_{year}", value=jp))
        rulings.erase(connection, keys, one.uuid, term=True)
        _forget(connection, one.key)
    for where in sorted({one.office for one in over}):
        count = sum(one.office == where for one in over)
        answer_office(connection, keys, where, [(ENDED, _fields(count, version))])
    return len(over)


def kept_sums(connection: Connection) -> Mapping[bytes, Mapping[int, int]]:
    """Tell what stayed of whom: hundredths of JP by year, by the UUID that certificates are kept under."""
    query = select(meta.c.name, meta.c.value).where(meta.c.name.startswith(_SUM, autoescape=True))
    uuids = dict(map(tuple, connection.execute(select(person.c.id, person.c.uuid)).all()))
    found: dict[bytes, dict[int, int]] = {}
    for name, value in connection.execute(query):
        key, year = map(int, name.removeprefix(_SUM).split("_"))
        found.setdefault(uuids[key], {})[year] = value
    return found


def _fields(count: int, version: int) -> dict[str, Value]:
    return {"what": Term.LEFT.value, "items": count, "version": version, "computer": ""}


def _held(
    connection: Connection, identities: Identities, key: int, where: int, now: int, listed: set[str]
) -> Held:
    """Tell what keeps somebody: nothing goes that has not come, and no word on others.

    `listed` are the numbers of all who are on a list: whoever works on elsewhere has not left.
    """
    merged = connection.execute(select(person.c.id).where(person.c.merged.is_not(None))).scalars().all()
    others = [one for one in merged if identities.person_of(connection, one).id == key]
    gone = set(connection.execute(select(departed.c.person)).scalars())
    if not gone.issuperset(others) or listed & _numbers(connection, [key, *others]):
        return Held.LISTED
    mine = holder.c.person.in_([key, *others]) | holder.c.claimed.in_([key, *others])
    keys = connection.execute(select(holder.c.role, holder.c.pc).where(mine)).all()
    if any(one.role not in _LEARNERS for one in keys):
        return Held.DUTY
    if fold_person(connection, key, Frame.read(connection, where, now)).missing:
        return Held.MISSING
    upto = _read(connection, _UPTO, key)
    for pc in {one.pc for one in keys}:
        since = select(segment.c.id).join(holder, holder.c.id == segment.c.holder)
        heard = since.where(holder.c.pc == pc, segment.c.id > upto).limit(1)
        if connection.execute(heard).first() is None:
            return Held.SILENT
    return Held.NO


def _numbers(connection: Connection, people: Sequence[int] = ()) -> set[str]:
    """Give every number of these people; without any, of all who are on a list."""
    query = select(person.c.nips).where(person.c.erased == 0)
    if people:
        query = query.where(person.c.id.in_(people))
    else:
        query = query.where(person.c.id.not_in(select(departed.c.person)))
    rows = connection.execute(query).scalars()
    found = (msgspec.msgpack.decode(row, type=tuple[NipRecord, ...]) for row in rows)
    return {record.nip for records in found for record in records if record.nip}


def _forget_returned(connection: Connection, gone: set[int]) -> None:
    """Forget since when people have left who are back: should they leave again, it counts anew."""
    query = select(meta.c.name).where(meta.c.name.startswith(_LEFT, autoescape=True))
    for name in connection.execute(query).scalars().all():
        key = int(name.removeprefix(_LEFT))
        if key not in gone:
            _forget(connection, key)


def _forget(connection: Connection, key: int) -> None:
    names = [f"{start}{key}" for start in (_LEFT, _UPTO, _TOLD)]
    connection.execute(delete(meta).where(meta.c.name.in_(names)))


def _read(connection: Connection, start: str, key: int) -> int:
    found = connection.execute(select(meta.c.value).where(meta.c.name == f"{start}{key}")).scalar()
    return 0 if found is None else int(found)


def _write(connection: Connection, start: str, key: int, value: int) -> None:
    connection.execute(delete(meta).where(meta.c.name == f"{start}{key}"))
    connection.execute(insert(meta).values(name=f"{start}{key}", value=value))
