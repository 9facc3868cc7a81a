"""Who signed: holders of keys, the people they are vouched for, and what their role lets them state."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import msgspec
from sqlalchemy import CompoundSelect, Connection, Row, Select, bindparam, func, insert, select, update

from sync.journal.kind import Author
from sync.officefile import Coordinator, Role
from sync.refusal import Code, Refusal
from sync.server.tables import holder, person

CENTRE = "centre"
_SELF = frozenset({Author.SELF})
AUTHORS: Mapping[str, frozenset[Author]] = {
    Role.LEARNER.value: _SELF,
    Role.COORDINATOR.value: _SELF | {Author.COORDINATOR},
    Role.TRAINER.value: _SELF | {Author.TRAINER},
    Role.MENTOR.value: _SELF | {Author.MENTOR},
    Role.JURY.value: _SELF | {Author.JURY},
    CENTRE: frozenset({Author.CENTRE}),
}
WAITING_KEYS = 32
"""Keys that may wait for one person: more is nobody's honest work."""
KEPT = 200_000  # holders and people remembered before the memory is emptied


@dataclass(frozen=True, slots=True)
class Person:
    """A person of some roster. `verifier` is empty once the one-time code was used."""

    id: int
    uuid: bytes
    office: int
    role: str
    verifier: bytes = field(repr=False)
    coordinator: Coordinator | None
    merged: int | None
    erased: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """One signing key of one profile. `person` is None until somebody vouched for it.

    `office` is set as soon as it is known which office the profile sits in, by what it claims or by its
    PC. The three fields of the vouching say whose word holds: `rank` orders them as every PC does.
    """

    id: int
    profile: bytes
    signing: bytes
    letter: bytes = b""
    pc: bytes = bytes(16)
    person: int | None = None
    claimed: int | None = None
    office: int | None = None
    role: str = ""
    by_centre: int = 0
    vouch_log: int = 0
    vouch_seq: int = 0
    revoked: int = 0

    @property
    def rank(self) -> tuple[int, int, int]:
        """The standing of the word that vouched for it."""
        return (self.by_centre, self.vouch_log, self.vouch_seq)

    @property
    def vouched(self) -> bool:
        """Whether it is known whose key this is, or that it is the centre's own."""
        return self.person is not None or self.role == CENTRE

    @property
    def authors(self) -> frozenset[Author]:
        """As whom this key may state; nobody has vouched for a waiting one, so it speaks for itself alone."""
        return AUTHORS.get(self.role, _SELF) if self.vouched else _SELF


class Identities:
    """Holders and people, remembered in memory. Used by one thread, inside its transactions."""

    def __init__(self) -> None:
        self._holders: dict[tuple[bytes, bytes], Holder] = {}
        self._people: dict[bytes, Person] = {}
        self._by_id: dict[int, Person] = {}

    def forget(self) -> None:
        """Drop the memory: a transaction failed, or another process wrote."""
        self._holders.clear()
        self._people.clear()
        self._by_id.clear()

    def find(self, connection: Connection, profile: bytes, signing: bytes) -> Holder | None:
        """Return the holder of a key, or None when this centre never met it."""
        known = self._holders.get((profile, signing))
        if known is None:
            row = connection.execute(_FIND, {"of": profile, "key": signing}).first()
            if row is None:
                return None
            known = self._remember(Holder(*row))
        return known

    def load(self, connection: Connection, keys: Collection[tuple[bytes, bytes]]) -> list[Holder]:
        """Read many keys and the people they claim to be or are, in one query of PostgreSQL's."""
        profiles, signings = [profile for profile, _ in keys], [signing for _, signing in keys]
        found: list[Holder] = []
        for row in connection.exec_driver_sql(_LOAD, {"profiles": profiles, "signings": signings}):
            found.append(self._remember(Holder(*row[: len(_HOLDER)])))
            if row.uuid is not None:
                self._keep(_person(row, row.who))
        return found

    def of_profile(self, connection: Connection, profile: bytes) -> tuple[Holder, ...]:
        """Return every key this centre met for a profile."""
        return tuple(Holder(*row) for row in connection.execute(_OF_PROFILE, {"of": profile}))

    def of_ids(self, connection: Connection, keys: Iterable[int]) -> tuple[Holder, ...]:
        """Return keys by the centre's own numbers."""
        rows = connection.execute(_HOLDERS.where(holder.c.id.in_(set(keys))))
        return tuple(Holder(*row) for row in rows)

    def of_person(self, connection: Connection, key: int) -> tuple[Holder, ...]:
        """Return every key that was vouched for as a person's."""
        return tuple(Holder(*row) for row in connection.execute(_OF_PERSON, {"of": key}))

    def meet(self, connection: Connection, new: Holder) -> Holder:
        """Store a holder met for the first time; its `id` is given here."""
        values = {name: getattr(new, name) for name in _COLUMNS}
        number = connection.execute(_MEET, values).scalar_one()
        return self._remember(replace(new, id=number))

    def change(self, connection: Connection, old: Holder, new: Holder) -> Holder:
        """Store what has become known of a holder."""
        values = {name: getattr(new, name) for name in _COLUMNS if getattr(new, name) != getattr(old, name)}
        if values:
            connection.execute(update(holder).where(holder.c.id == old.id).values(**values))
        return self._remember(new)

    def person(self, connection: Connection, uuid: bytes) -> Person | None:
        """Return the person with this UUID, or None."""
        known = self._people.get(uuid)
        return known or self._read(connection, _BY_UUID, uuid)

    def person_of(self, connection: Connection, key: int) -> Person:
        """Return a person by the centre's own number, following merges to who they are now."""
        return self._merged(connection, key)[-1]

    def moved(
        self, connection: Connection, people: Select[tuple[int]] | CompoundSelect[tuple[int]]
    ) -> set[int]:
        """Tell as whom those of these people are known now who were joined with another record."""
        joined = select(person.c.id).where(person.c.merged.is_not(None), person.c.id.in_(people))
        return {self.person_of(connection, key).id for key in connection.execute(joined).scalars().all()}

    def leads(self, connection: Connection, key: int) -> bool:
        """Whether the roster of today names a person a coordinator, also as who they merged into."""
        return any(one.role == Role.COORDINATOR.value for one in self._merged(connection, key))

    def marks(self, connection: Connection, key: int) -> bool:
        """Whether the roster of today names a person a trainer, also as who they merged into."""
        return any(one.role == Role.TRAINER.value for one in self._merged(connection, key))

    def _merged(self, connection: Connection, key: int) -> list[Person]:
        """Return a person and, after merges, who they became, to the end."""
        chain: list[Person] = []
        while True:
            found = self._by_id.get(key) or self._read(connection, _BY_ID, key)
            if found is None:
                raise LookupError(f"person {key}")
            chain.append(found)
            if found.merged is None or found.merged in {one.id for one in chain}:
                return chain
            key = found.merged

    def use_code(self, connection: Connection, one: Person) -> None:
        """Spend a person's one-time code."""
        connection.execute(_USE_CODE, {"of": one.id})
        self._keep(replace(one, verifier=b""))

    def office_of_pc(self, connection: Connection, pc: bytes) -> int | None:
        """Return the office of a PC by a vouched profile on it: colleagues share PCs, offices do not."""
        found: int | None = connection.execute(_OFFICE_OF_PC, {"of": pc}).scalar()
        return found

    def refuse_crowd(self, connection: Connection, new: Holder, *, known_road: bool) -> None:
        """Raise Refusal(TOO_LARGE) when too many keys wait on the same PC, or from strangers for one person.

        `known_road` is whether a colleague sits at the key's PC or a vouched carrier brings it. Such keys are
        counted by their PC alone, and strangers by whom they claim to be: so nobody who knows a person's UUID
        can shut that person out of their own office by claiming to be them.
        """
        if known_road or new.claimed is None:
            crowd = connection.execute(_WAIT_ON_PC, {"of": new.pc})
        else:
            crowd = connection.execute(_STRANGERS, {"of": new.claimed})
        if crowd.scalar_one() >= WAITING_KEYS:
            raise Refusal(Code.TOO_LARGE, waiting=WAITING_KEYS)

    def _remember(self, one: Holder) -> Holder:
        if len(self._holders) >= KEPT:
            self._holders.clear()
        self._holders[one.profile, one.signing] = one
        return one

    def _read(self, connection: Connection, which: Select[Any], value: bytes | int) -> Person | None:
        row = connection.execute(which, {"of": value}).first()
        if row is None:
            return None
        if len(self._people) >= KEPT:
            self._people.clear()
            self._by_id.clear()
        return self._keep(_person(row, row.id))

    def _keep(self, one: Person) -> Person:
        self._people[one.uuid] = self._by_id[one.id] = one
        return one


def _person(row: Row[Any], key: int) -> Person:
    """Read a row of `person`, beside which other columns may stand."""
    keys = None if row.coordinator is None else msgspec.msgpack.decode(row.coordinator, type=Coordinator)
    return Person(key, row.uuid, row.office_of, row.role_of, row.verifier, keys, row.merged, bool(row.erased))


_PERSON = select(person, person.c.office.label("office_of"), person.c.role.label("role_of"))
_HOLDER = tuple(each.name for each in fields(Holder))
_COLUMNS = tuple(name for name in _HOLDER if name != "id")
# Written once: to build a query and to look up what it compiles to costs as much as a small query itself.
_BY_UUID = _PERSON.where(person.c.uuid == bindparam("of"))
_BY_ID = _PERSON.where(person.c.id == bindparam("of"))
_USE_CODE = update(person).where(person.c.id == bindparam("of")).values(verifier=b"")
_HOLDERS = select(*(holder.c[name] for name in _HOLDER))
_FIND = _HOLDERS.where(holder.c.profile == bindparam("of"), holder.c.signing == bindparam("key"))
_OF_PROFILE = _HOLDERS.where(holder.c.profile == bindparam("of"))
_OF_PERSON = _HOLDERS.where(holder.c.person == bindparam("of"))
_MEET = insert(holder).returning(holder.c.id)
_OFFICE_OF_PC = (
    select(holder.c.office).where(holder.c.pc == bindparam("of"), holder.c.person.is_not(None)).limit(1)
)
_WAITING = select(func.count()).select_from(holder).where(holder.c.person.is_(None))
_WAIT_ON_PC = _WAITING.where(holder.c.pc == bindparam("of"))
_HERE = holder.alias()
_KNOWN = select(_HERE.c.id).where(_HERE.c.pc == holder.c.pc, _HERE.c.person.is_not(None))
_STRANGERS = _WAITING.where(holder.c.claimed == bindparam("of"), ~_KNOWN.exists())
_LOAD = f"""
SELECT {", ".join(f"holder.{name}" for name in _HOLDER)}, person.id AS who, person.uuid, person.verifier,
    person.office AS office_of, person.role AS role_of, person.coordinator, person.merged, person.erased
FROM unnest(%(profiles)s::bytea[], %(signings)s::bytea[]) AS asked (profile, signing)
JOIN holder ON holder.profile = asked.profile AND holder.signing = asked.signing
LEFT JOIN person ON person.id = coalesce(holder.person, holder.claimed)
"""  # noqa: S608 - names of ours
