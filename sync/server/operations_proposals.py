"""The operator's commands about rosters that coordinators propose: list them, take one, or decline it."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from sync.journal.secret_fields import seal_fields
from sync.journal.segment import peek_segment
from sync.journal.statement import Fact, Value
from sync.officefile import Role, read_office
from sync.refusal import Refusal
from sync.roster.proposal import ANSWERED, PROPOSED, Outcome, Proposal, unpack_lines
from sync.roster.proposal import proposals as fold
from sync.server.feed import fresh_facts
from sync.server.home import Home
from sync.server.identity import CENTRE
from sync.server.keys import CentreKeys
from sync.server.office_moves import Move
from sync.server.office_plan import UpdateWish, plan_update
from sync.server.operations import house
from sync.server.operations_office import make, tell
from sync.server.reports import office_named, offices
from sync.server.rulings import answer_office
from sync.server.stored import original, originals
from sync.server.tables import holder, office, segment
from sync.server.voice import Voice

_NEWER = "Usulan yang lebih baru sudah diterima."


@dataclass(frozen=True, slots=True)
class _Found:
    """A proposal with the office it is for, and the statement that made it."""

    number: int
    office: str
    proposal: Proposal
    fact: Fact


def proposals(home: Home, options: argparse.Namespace) -> int:
    """Print what coordinators have proposed, the newest first, with what each would change."""
    with house(home) as (database, keys), database.reading() as connection:
        wanted = office_named(connection, options.office) if options.office else None
        found = [one for one in _all(connection) if wanted in {None, one.number}]
        for one in found:
            _print(connection, one)
            for move in _moves(connection, keys, one) if _open(one) else ():
                print(f"  {move}")
    if not found:
        print("Tidak ada usulan daftar pegawai.")
    return 0


def accept(home: Home, options: argparse.Namespace) -> int:
    """Take a proposal into the next version of the office file; older ones are answered with it."""
    with house(home) as (database, keys):
        with database.reading() as connection:
            one = _one(connection, options.proposal)
            older = [each for each in _all(connection) if each.number == one.number and _open(each)]
            roster = _roster(keys, one)
            wish = UpdateWish(
                office=one.office,
                accept_odd=options.accept_odd,
                accept_gone=options.accept_gone,
                accept_moves=options.accept_moves,
            )
            plan = plan_update(connection, roster, wish)
        tell(plan)
        if options.dry_run:
            print("Belum ada yang diubah. Jalankan tanpa --dry-run untuk menyimpannya.")
            return 0
        letter = plan.before.header.office_letter

        def answered(connection: Connection) -> None:
            _one(connection, options.proposal)  # somebody may have declined it since the plan was made
            said = [_answer(each, letter, 0, _NEWER) for each in older if each.proposal != one.proposal]
            answer_office(connection, keys, one.number, [*said, _answer(one, letter, plan.version, "")])

        make(database, keys, plan, options.out, answered)
        database.fold_log()
    return 0


def decline(home: Home, options: argparse.Namespace) -> int:
    """Answer a proposal with a reason; nothing changes."""
    with house(home) as (database, keys):
        with database.writing() as connection:
            one = _one(connection, options.proposal)
            row = connection.execute(select(office.c.file).where(office.c.id == one.number)).scalar_one()
            answer = _answer(one, read_office(row).header.office_letter, 0, options.why)
            answer_office(connection, keys, one.number, [answer])
        database.fold_log()
    print(f"Usulan {one.proposal.mark} ditolak. Koordinator mengetahuinya pada pengiriman berikutnya.")
    return 0


def _all(connection: Connection) -> tuple[_Found, ...]:
    return tuple(
        _Found(number, name, one, said[one.log, one.seq])
        for number, _, name in offices(connection)
        for said in [_proposed(connection, number)]
        for one in fold([*said.values(), *_answers(connection, number)])
    )


def _proposed(connection: Connection, number: int) -> dict[tuple[int, int], Fact]:
    """Read what coordinators of an office stated; nobody else's word about it is stored."""
    query = originals(segment.c.fresh).where(
        holder.c.office == number, holder.c.role == Role.COORDINATOR.value
    )
    facts = _facts(connection, query, PROPOSED)
    return {(fact.statement.log, fact.statement.seq): fact for fact in facts}


def _answers(connection: Connection, number: int) -> Iterator[Fact]:
    query = originals(segment.c.fresh).where(segment.c.office == number, holder.c.role == CENTRE)
    return _facts(connection, query, ANSWERED)


def _facts(connection: Connection, query: object, kind: str) -> Iterator[Fact]:
    for row in connection.execute(query):  # type: ignore[call-overload]
        data = original(row)
        if kind in peek_segment(data).kinds:
            yield from (one for one in fresh_facts(data, row.fresh) if one.statement.kind == kind)


def _one(connection: Connection, mark: str) -> _Found:
    """Find the open proposal with a mark. Raises LookupError or ValueError in words."""
    found = [one for one in _all(connection) if one.proposal.mark == mark.strip().lower()]
    if not found:
        raise LookupError(f"Usulan {mark} tidak ada. Lihat: suluh server office proposals")
    if not _open(found[0]):
        raise ValueError(f"Usulan {mark} sudah dijawab.")
    return found[0]


def _open(one: _Found) -> bool:
    return one.proposal.outcome is Outcome.WAITING


def _roster(keys: CentreKeys, one: _Found) -> bytes:
    try:
        packed = Voice(keys).open_letter(one.fact).get("lines")
    except Refusal as fault:
        raise ValueError("Usulan ini disegel untuk pusat lain dan tidak dapat dibuka.") from fault
    if not isinstance(packed, bytes):
        raise ValueError("Usulan ini tidak memuat daftar.")  # noqa: TRY004 - said to the operator
    return unpack_lines(packed)


def _moves(connection: Connection, keys: CentreKeys, one: _Found) -> tuple[Move, ...]:
    """Find who would come from another office; nothing where the list cannot be taken as it is."""
    wish = UpdateWish(office=one.office, accept_odd=True, accept_gone=True)
    try:
        return plan_update(connection, _roster(keys, one), wish).moves
    except ValueError:
        return ()


def _answer(one: _Found, letter: bytes, version: int, why: str) -> tuple[str, dict[str, Value]]:
    """Give the answer to a proposal; the reason is for the desk alone, since it may name people."""
    fields: dict[str, Value] = {
        "of_log": one.proposal.log,
        "of_seq": one.proposal.seq,
        "taken": int(version > 0),
        "version": version,
        "sealed": seal_fields(ANSWERED, {"why": why.strip()[:500]}, (letter,)),
    }
    return ANSWERED, fields


def _print(connection: Connection, found: _Found) -> None:
    one = found.proposal
    zone = connection.execute(select(office.c.zone).where(office.c.id == found.number)).scalar_one()
    made = datetime.fromtimestamp(one.at, ZoneInfo(zone))
    state = {
        Outcome.WAITING: "menunggu",
        Outcome.TAKEN: f"diterima, berkas kantor versi {one.version}",
        Outcome.DECLINED: "ditolak",
    }[one.outcome]
    print(f"{one.mark}  {found.office}  {made:%d-%m-%Y %H.%M}  {state}")
    print(
        f"  {one.coming} masuk, {one.changing} berubah, {one.going} keluar,"
        f" dibuat di atas versi {one.basis} berkas kantor."
    )
