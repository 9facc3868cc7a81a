"""Facts in a profile's database: how they are written once, whatever road they came by, and read again."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from types import MappingProxyType
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, and_, bindparam, func, insert, select, text, update
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.store.tables import log, statement
from sync.journal.log import chain
from sync.journal.statement import Fact, Identity, LogHeader, Statement, Value

_BATCH = 500


class Scope(IntEnum):
    """By which road a fact is here; the number is written on the disk and never changes."""

    OWN = 0
    """Stated on this PC by this profile."""
    PERSON = 1
    """Brought by the person's feed: grades, and what the same person did on other PCs."""
    OFFICE = 2
    """Brought by the office's feed: announcements, key matters, and for the desk everybody's work."""


@dataclass(frozen=True, slots=True)
class OwnLog:
    """A log of this profile on this PC: its row, its header, the key that signed it, its last number."""

    row: int
    header: LogHeader
    signer: bytes
    last: int


def _keeping() -> Insert:
    write = upsert(statement)
    return write.on_conflict_do_update(
        index_elements=["log", "seq", "digest"],
        set_={
            "endorsed": func.max(statement.c.endorsed, write.excluded.endorsed),
            "scope": func.min(statement.c.scope, write.excluded.scope),
        },
    )


def _columns() -> "Select[Any]":
    columns = statement.c
    return select(
        columns.header, columns.log, columns.seq, columns.kind, columns.at, columns.fields, columns.endorsed
    )


# What is asked at every visit is built once: to build such a query takes longer than to run it.
_KEEP = _keeping()
_COUNT = select(func.count()).select_from(statement)
_LAST_ROW = select(func.max(log.c.id))
_LOGS_NAMED = select(log).where(log.c.log.in_(bindparam("ids", expanding=True)))
_LOGS_OF = select(log).where(log.c.profile.in_(bindparam("profiles", expanding=True))).order_by(log.c.id)
_LOGS_AT = select(log).where(log.c.id.in_(bindparam("ids", expanding=True)))
_LAST = (
    select(statement.c.seq)
    .where(statement.c.log == log.c.log, statement.c.header == log.c.id, statement.c.scope == int(Scope.OWN))
    .order_by(statement.c.seq.desc())
    .limit(1)
    .scalar_subquery()
)
_OWN_LOGS = select(log, _LAST.label("last")).where(log.c.own == 1).order_by(log.c.id)
_OWN_SIGNERS = select(log.c.signer).where(log.c.own == 1).distinct()
_BY_KEY = and_(log.c.profile == bindparam("profile"), log.c.signer == bindparam("signer"))
_HELD_OF = (
    select(func.count())
    .select_from(log)
    .join(statement, and_(statement.c.log == log.c.log, statement.c.header == log.c.id))
    .where(_BY_KEY)
)
_CAME = select(statement.c.header).where(statement.c.scope == int(Scope.PERSON)).distinct()
_CAME_BACK = select(log.c.id).where(_BY_KEY, log.c.id.in_(_CAME))
# The own statements of a log, by the key the table is sorted by.
_OF = and_(
    statement.c.log == bindparam("named"),
    statement.c.header == bindparam("row"),
    statement.c.scope == int(Scope.OWN),
    statement.c.seq.between(bindparam("first"), bindparam("last")),
)
_RUN = _columns().where(_OF).order_by(statement.c.seq)
_DIGESTS = select(statement.c.digest).where(_OF).order_by(statement.c.seq)

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder()


def add_own(
    connection: Connection, row: int | None, header: LogHeader, signer: bytes, made: Sequence[Statement]
) -> int:
    """Write what this profile states; gives the row of its log, which the first statement makes."""
    if row is None:
        row = _new_rows(connection, [(header, signer)], Scope.OWN)[header, signer]
    connection.execute(insert(statement), [_row(one, row, Scope.OWN, endorsed=False) for one in made])
    return row


def add_endorsed(connection: Connection, facts: Iterable[Fact], scope: Scope) -> int:
    """Write facts that the centre endorses; gives how many were new.

    One that is here already is not written twice: it only learns that the centre endorses it, and keeps the
    nearest scope. Another digest under the same identity is a branch, and is kept beside the first.
    """
    return _add(connection, list(facts), scope, endorsed=True)


def add_collected(connection: Connection, facts: Iterable[Fact]) -> tuple[int, int]:
    """Write facts that a coordinator collected and no centre has endorsed: authority says what counts.

    Gives how many were new, and how many of these stand beside another statement of the same number: a log
    that branched.
    """
    held = list(facts)
    logs = {fact.header.log for fact in held}
    before = _branches(connection, logs)
    new = _add(connection, held, Scope.OFFICE, endorsed=False)
    return new, _branches(connection, logs) - before


def _branches(connection: Connection, logs: Iterable[int]) -> int:
    """Count the statements of some logs that share their number with an earlier one."""
    wanted, found = list(logs), 0
    for start in range(0, len(wanted), _BATCH):
        query = (
            select(func.count() - func.count(statement.c.seq.distinct()))
            .where(statement.c.log.in_(wanted[start : start + _BATCH]))
            .group_by(statement.c.log)
        )
        found += sum(connection.execute(query).scalars())
    return found


def _add(connection: Connection, held: Sequence[Fact], scope: Scope, *, endorsed: bool) -> int:
    logs = _rows_of(connection, dict.fromkeys((fact.header, fact.signer) for fact in held), scope)
    rows = [_row(fact.statement, logs[fact.header, fact.signer], scope, endorsed=endorsed) for fact in held]
    before = connection.execute(_COUNT).scalar_one()
    for start in range(0, len(rows), _BATCH):
        connection.execute(_KEEP, rows[start : start + _BATCH])
    return int(connection.execute(_COUNT).scalar_one() - before)


def read_facts(connection: Connection, scopes: Iterable[Scope], kinds: Iterable[str] = ()) -> Iterator[Fact]:
    """Read the facts of some scopes, of some kinds or of all; in no order that means anything."""
    named = tuple(kinds)
    query = _facts_of(frozenset(scopes), named=bool(named))
    yield from _facts(connection, query, {"kinds": named} if named else {})


@cache
def _facts_of(scopes: frozenset[Scope], *, named: bool) -> "Select[Any]":
    """Make the query for the facts of some scopes, and of the kinds that are named."""
    query = _columns()
    if Scope.OFFICE not in scopes:
        query = query.where(text("scope < 2"))  # as the index says it: a desk holds far more of others' work
    if scopes != frozenset(Scope):
        query = query.where(statement.c.scope.in_(sorted(map(int, scopes))))
    return query.where(statement.c.kind.in_(bindparam("kinds", expanding=True))) if named else query


def read_latest(connection: Connection, kinds: Iterable[str]) -> Iterator[Fact]:
    """Read of each log only its last statement among some kinds; where it has a branch, every version."""
    columns = statement.c
    among = columns.kind.in_(tuple(kinds))
    seq = func.max(columns.seq).label("seq")
    last = (
        select(columns.header, columns.log, seq).where(among).group_by(columns.header, columns.log).subquery()
    )
    here = and_(columns.log == last.c.log, columns.seq == last.c.seq, columns.header == last.c.header)
    yield from _facts(connection, _columns().join(last, here).where(among))


def _facts(
    connection: Connection, query: "Select[Any]", values: Mapping[str, object] = MappingProxyType({})
) -> Iterator[Fact]:
    rows = connection.execute(query, values).all()
    headers = _headers(connection, {row.header for row in rows})
    for row in rows:
        header, signer = headers[row.header]
        yield Fact(header, _statement(row), signer, endorsed=bool(row.endorsed))


def read_run(connection: Connection, own: OwnLog, first: int, last: int) -> tuple[Statement, ...]:
    """Read own statements of one log from number `first` to `last`."""
    values = {"named": own.header.log, "row": own.row, "first": first, "last": last}
    return tuple(_statement(row) for row in connection.execute(_RUN, values))


def chain_before(connection: Connection, own: OwnLog, seq: int) -> bytes:
    """Give the chain value before statement `seq` of an own log, from the digests that are kept."""
    value = chain(own.header)
    values = {"named": own.header.log, "row": own.row, "first": 1, "last": seq - 1}
    for digest in connection.execute(_DIGESTS, values).scalars():
        value = hashlib.sha256(value + digest).digest()
    return value


def own_logs(connection: Connection) -> list[OwnLog]:
    """List the own logs, oldest first."""
    return [OwnLog(row.id, header_of(row), row.signer, row.last) for row in connection.execute(_OWN_LOGS)]


def logs_of(connection: Connection, profiles: Iterable[bytes]) -> dict[bytes, dict[int, LogHeader]]:
    """Give every log of some profiles by its id, also those of whose facts only other kinds are here."""
    found: dict[bytes, dict[int, LogHeader]] = {profile: {} for profile in profiles}
    for row in connection.execute(_LOGS_OF, {"profiles": list(found)}):
        found[row.profile][row.log] = header_of(row)
    return found


def held_of(connection: Connection, profile: bytes, signer: bytes) -> int:
    """Count the statements that are here of one key of a profile, by whatever road they came."""
    return int(connection.execute(_HELD_OF, {"profile": profile, "signer": signer}).scalar_one())


def adopt_returned(connection: Connection, profile: bytes, signer: bytes) -> int:
    """Make own again what the centre brought back of this very key; gives how many statements.

    A PC that was restored from a backup gets its later work back, but as something that came. Once own, it is
    offered again should the centre lose it too. Only what follows an own log without a gap, and stands under
    no number twice: which version of a branch follows which, nobody can tell any more. No log may be open.
    """
    adopted = 0
    for header in connection.execute(_CAME_BACK, {"profile": profile, "signer": signer}).scalars().all():
        query = select(statement.c.seq, statement.c.scope).where(statement.c.header == header)
        rows = connection.execute(query.order_by(statement.c.seq)).all()
        numbers = [row.seq for row in rows]
        own = sum(row.scope == int(Scope.OWN) for row in rows)
        end = next((place for place, number in enumerate(numbers, 1) if number != place), len(rows) + 1) - 1
        if end <= own or len(set(numbers)) != len(numbers):
            continue
        here = (statement.c.header == header) & (statement.c.seq <= end)
        connection.execute(update(statement).where(here).values(scope=int(Scope.OWN)))
        connection.execute(update(log).where(log.c.id == header).values(own=1))
        adopted += end - own
    return adopted


def own_signers(connection: Connection) -> frozenset[bytes]:
    """Tell every signing key this profile has used on this PC."""
    return frozenset(connection.execute(_OWN_SIGNERS).scalars())


def last_own(connection: Connection) -> Identity | None:
    """Tell the last statement this profile made on this PC; None before the first."""
    logs = own_logs(connection)
    return Identity(logs[-1].header.log, logs[-1].last) if logs else None


def own_end(connection: Connection) -> int:
    """Tell when this profile's last log on this PC ended, as Unix seconds by its own clock; 0 before any."""
    for own in reversed(own_logs(connection)):
        for one in read_run(connection, own, own.last, own.last):
            return own.header.wall + one.at
    return 0


def _rows_of(
    connection: Connection, wanted: Iterable[tuple[LogHeader, bytes]], scope: Scope
) -> dict[tuple[LogHeader, bytes], int]:
    """Find the rows of log headers with their signers, making those that are missing."""
    missing, found = list(wanted), dict[tuple[LogHeader, bytes], int]()
    for start in range(0, len(missing), _BATCH):
        ids = [header.log for header, _ in missing[start : start + _BATCH]]
        for row in connection.execute(_LOGS_NAMED, {"ids": ids}):
            found[header_of(row), row.signer] = row.id
    return found | _new_rows(connection, [one for one in missing if one not in found], scope)


def _new_rows(
    connection: Connection, logs: Sequence[tuple[LogHeader, bytes]], scope: Scope
) -> dict[tuple[LogHeader, bytes], int]:
    """Make rows for logs; the write lock is held, so the numbers after the greatest are free."""
    if not logs:
        return {}
    first = 1 + (connection.execute(_LAST_ROW).scalar() or 0)
    made = dict(zip(logs, range(first, first + len(logs)), strict=True))
    connection.execute(
        insert(log),
        [
            {
                "id": row,
                "log": header.log,
                "profile": header.profile,
                "pc": header.pc,
                "previous_log": header.previous_log,
                "previous_seq": header.previous_seq,
                "wall": header.wall,
                "monotonic": header.monotonic,
                "boot": header.boot,
                "signer": signer,
                "own": int(scope is Scope.OWN),
            }
            for (header, signer), row in made.items()
        ],
    )
    return made


def _row(one: Statement, log_row: int, scope: Scope, *, endorsed: bool) -> dict[str, Any]:
    return {
        "log": one.log,
        "seq": one.seq,
        "digest": one.digest,
        "header": log_row,
        "kind": one.kind,
        "at": one.at,
        "fields": _encoder.encode(one.fields),
        "scope": int(scope),
        "endorsed": int(endorsed),
    }


def _headers(connection: Connection, rows: set[int]) -> dict[int, tuple[LogHeader, bytes]]:
    """Read log headers with their signers: those asked for, or simply all where many are."""
    if len(rows) > _BATCH:
        found = connection.execute(select(log))
    else:
        found = connection.execute(_LOGS_AT, {"ids": list(rows)})
    return {row.id: (header_of(row), row.signer) for row in found}


def header_of(row: Any) -> LogHeader:
    """Make a log header of its row."""
    return LogHeader(
        row.log, row.profile, row.pc, row.previous_log, row.previous_seq, row.wall, row.monotonic, row.boot
    )


def _statement(row: Any) -> Statement:
    return Statement(row.log, row.seq, row.kind, row.at, _fields(row.fields))


def _fields(data: bytes) -> Mapping[str, Value]:
    fields: dict[str, Any] = _decoder.decode(data)
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
