"""What a later version of an office file would change: read, judged and told before anything is made."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, select

from sync.journal.keys import LetterKey
from sync.officefile import Cost, NipRecord, OfficeFile, Role, read_office
from sync.roster.changes import Changes, Known, as_before, changes
from sync.roster.lines import Line, Remark, RosterFaultError
from sync.roster.sheet import read_roster, without_coordinator
from sync.server.office_moves import Move, moves_of
from sync.server.office_new import OfficeFaultError, OfficeWish, judge_wish
from sync.server.reports import office_named
from sync.server.tables import departed, office, person


@dataclass(frozen=True, slots=True)
class UpdateWish:
    """What the operator asks for; what is empty stays as it is. `new_key` hands the office's key over anyway.

    `accept_gone` lets more than half of the people leave at once: mostly that is another office's roster.
    `accept_moves` lets those come along with their history who have worked in another office.
    """

    office: str
    name: str = ""
    zone: str = ""
    servers: tuple[str, ...] = ()
    new_key: bool = False
    accept_odd: bool = False
    accept_gone: bool = False
    accept_moves: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change would do, before it is done."""

    number: int
    before: OfficeFile = field(repr=False)
    keys: Mapping[int, bytes] = field(repr=False)
    wish: OfficeWish
    changes: Changes
    odd: tuple[Remark, ...]
    hands_over: bool
    moves: tuple[Move, ...] = ()
    accept_moves: bool = False

    @property
    def moving(self) -> tuple[Move, ...]:
        """Who comes along with their history: only whom the operator means to move."""
        return self.moves if self.accept_moves else ()

    @property
    def version(self) -> int:
        """The version of the file to come."""
        return self.before.header.version + 1

    @property
    def losing(self) -> tuple[tuple[Known, bytes], ...]:
        """Who coordinates no more, with the signing key that the operator may revoke."""
        stay = {one.known.person for one in self.changes.placed if one.known and leads(one.line)}
        known = {one.known.person: one.known for one in self.changes.placed if one.known}
        known |= {one.person: one for one in self.changes.gone}
        before = self.before.header.coordinators
        return tuple((known[one.person], one.signing) for one in before if one.person in known.keys() - stay)


def plan_update(
    connection: Connection, roster: bytes | None, wish: UpdateWish, without: Collection[bytes] = ()
) -> Plan:
    """Say what a roster and a wish change in an office; None for the roster leaves the people as they are.

    `without` are those of them who moved away.

    Raises RosterFaultError with every fault by its line, OfficeFaultError, LookupError for an unknown office.
    """
    number = office_named(connection, wish.office)
    row = connection.execute(select(office).where(office.c.id == number)).mappings().one()
    before = read_office(row["file"])
    header = before.header
    full = OfficeWish(
        wish.name or header.name,
        wish.zone or header.zone,
        wish.servers or header.servers,
        wish.accept_odd,
        Cost(header.memory, header.passes),
    )
    judge_wish(full)
    refuse_taken(connection, number, full.name)
    today = datetime.now(ZoneInfo(full.zone)).date()
    keys = msgspec.msgpack.decode(row["keys"], type=dict[int, bytes])
    ends = {one.person: one.until for one in before.desk(LetterKey(keys[header.generation]))}
    known = _known(connection, number, ends)
    odd: tuple[Remark, ...] = ()
    if roster is None:
        lines = as_before([one for one in known if one.person not in without])
    else:
        listed = {record.nip for one in known if one.here for record in one.nips}
        read = read_roster(roster, today, accept_odd=wish.accept_odd, listed=listed, lead=False)
        lines, odd = read.lines, read.odd
    found = changes(lines, known, today)
    missing = without_coordinator(one.line.role for one in found.placed)
    if missing:
        raise RosterFaultError(missing)
    here = sum(one.here for one in known)
    if len(found.gone) * 2 > here and not wish.accept_gone:
        raise OfficeFaultError(
            f"{len(found.gone)} dari {here} orang akan keluar. Periksa apakah ini daftar kantor yang benar; "
            "bila benar, tambahkan --accept-gone."
        )
    hands_over = wish.new_key or found.coordinators_change
    moves = moves_of(connection, number, found.placed)
    return Plan(number, before, keys, full, found, odd, hands_over, moves, wish.accept_moves)


def told(plan: Plan) -> Iterable[str]:
    """Tell what a plan changes, line by line, for the operator who decides."""
    before, after = plan.before.header, plan.wish
    yield f"{before.name}: berkas kantor versi {before.version} menjadi {plan.version}."
    if after.name != before.name:
        yield f"Nama kantor: {after.name}"
    if after.zone != before.zone:
        yield f"Zona waktu: {before.zone} menjadi {after.zone}"
    if after.servers != before.servers:
        yield f"Alamat pusat: {', '.join(after.servers)}"
    yield from plan.changes.says
    yield from map(str, plan.moves)
    if plan.moves and not plan.moving:
        yield "Mereka belum dipindahkan; catatan belajarnya tetap terpisah. Bila memang pindah ke sini:"
        yield "  --accept-moves: riwayatnya ikut, dan kantor lama mendapat berkas kantor tanpa mereka."
    if not plan.changes.says:
        yield "Daftar pegawai tidak berubah."
    if plan.hands_over:
        yield "Kunci kantor baru: kiriman sesudahnya hanya terbuka bagi pusat dan koordinator versi ini."
    for one, signing in plan.losing:
        yield f"Bukan koordinator lagi: {one.name}. Cabut kuncinya setelah kiriman terakhirnya sampai:"
        yield f"  suluh server key revoke {signing.hex()}"


def refuse_taken(connection: Connection, number: int, name: str) -> None:
    """Raise OfficeFaultError when another office of this centre has the name."""
    query = select(office.c.id).where(office.c.name == name, office.c.id != number)
    if connection.execute(query).first() is not None:
        raise OfficeFaultError(f"Kantor {name} sudah ada di pusat ini.")


def leads(line: Line) -> bool:
    """Whether a line names a coordinator."""
    return line.role is Role.COORDINATOR


def _known(connection: Connection, number: int, ends: Mapping[bytes, str]) -> tuple[Known, ...]:
    """List everybody the office has or had, in the order they came; erased people are nobody any more."""
    query = (
        select(person, departed.c.version.label("left"))
        .outerjoin(departed, departed.c.person == person.c.id)
        .where(person.c.office == number, person.c.erased == 0)
        .order_by(person.c.id)
    )
    return tuple(
        Known(
            row.uuid,
            row.name,
            row.unit,
            Role(row.role),
            msgspec.msgpack.decode(row.nips, type=tuple[NipRecord, ...]),
            row.left is None,
            ends.get(row.uuid, ""),
        )
        for row in connection.execute(query)
    )
