"""Perbarui daftar pegawai: what a file would change, told before anything is stated, and the proposal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desktop.errors import Problem
from desktop.formats import long_day
from desktop.language import tr
from desktop.office.roster_file import read_rows
from desktop.office.roster_words import remark_words, role_names
from desktop.office.stick_words import without_key
from desktop.people.roles import role_of
from sync.journal.secret_fields import opened, seal_fields
from sync.journal.statement import Fact
from sync.officefile import PersonEntry
from sync.refusal import Refusal
from sync.roster.changes import Changes, Known, Placed, as_before, changes, contract_moved, is_renewal
from sync.roster.lines import Line, Remark, RosterFaultError, judge
from sync.roster.moves import MOVED, Moved, moved
from sync.roster.names import natural, settled
from sync.roster.proposal import ANSWERED, PROPOSED, Outcome, Proposal, pack_lines, proposals
from sync.roster.sheet import Row, titled, without_coordinator

if TYPE_CHECKING:
    from desktop.store.profile import Profile


class Sort(Enum):
    """What a line of the preview tells; in the order in which they are shown."""

    FAULT = "must be put right first"
    ODD = "looks odd"
    GONE = "no longer in the list"
    NEW = "somebody new"
    MOVED = "another unit"
    RENAMED = "another name"
    NIP = "another NIP or contract"
    ROLE = "another role"
    SKIPPED = "a row that names nobody"


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the preview: whom it is about, and what changes; `line` is its row in the file, or 0."""

    sort: Sort
    line: int
    who: str
    says: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would change, and the lines that would be proposed; nothing of it is kept anywhere."""

    people: int
    told: tuple[Told, ...]
    coming: int = 0
    going: int = 0
    changing: int = 0
    before: int = 0
    lines: tuple[Line, ...] = field(default=(), repr=False)

    @property
    def faulty(self) -> bool:
        """Whether something must be put right in the file first."""
        return any(one.sort is Sort.FAULT for one in self.told)

    @property
    def changes(self) -> int:
        """How many people it touches."""
        return self.coming + self.going + self.changing


@dataclass(frozen=True, slots=True)
class ProposalState:
    """A proposal as the desk shows it; `why` is the centre's reason, empty where it gave none."""

    proposal: Proposal
    why: str


def read_preview(profile: "Profile", file: Path) -> Preview:
    """Read a roster and say what it would change. States and keeps nothing. Raises Problem."""
    office = profile.store.office()
    key = None if office is None else profile.keys.office.get(office.header.generation)
    if office is None or key is None:
        raise without_key()
    today = datetime.fromtimestamp(profile.store.now(), profile.zone()).date()
    return preview(read_rows(file), office.desk(key), today)


def preview(rows: Sequence[Row], people: Sequence[PersonEntry], today: date) -> Preview:
    """Say what rows would change in an office; pure."""
    known = tuple(map(_known, people))
    listed = {record.nip for one in people for record in one.nips}
    try:
        judged = judge(titled(rows), today, listed=listed)
    except RosterFaultError as fault:
        return Preview(0, tuple(_remarks(Sort.FAULT, fault.remarks, {})))
    names = {line.number: line.name for line in judged.lines}
    lines = [*judged.lines, *_without_nip(known, judged.lines)]
    aside = (*_remarks(Sort.ODD, judged.odd, names), *_remarks(Sort.SKIPPED, judged.skipped, names))
    if judged.faults:
        faulty = (*_remarks(Sort.FAULT, judged.faults, names), *aside)
        return Preview(len(judged.lines), faulty, before=len(known))
    try:
        found = changes(lines, known, today)
    except RosterFaultError as fault:
        return Preview(len(lines), (*_remarks(Sort.FAULT, fault.remarks, names), *aside), before=len(known))
    placed = tuple(map(_spelt, found.placed))
    found = replace(found, placed=placed)
    faults = _remarks(Sort.FAULT, without_coordinator(one.line.role for one in placed), names)
    told = [*faults, *_remarks(Sort.ODD, found.remarks, names), *aside, *_changes(found)]
    order = list(Sort)
    return Preview(
        len(placed),
        tuple(sorted(told, key=lambda one: (order.index(one.sort), one.line))),
        sum(one.known is None for one in placed),
        len(found.gone),
        sum(1 for one in placed if one.known is not None and any(True for _ in _differs(one))),
        len(known),
        tuple(replace(one.line, person=one.known.person if one.known else b"") for one in placed),
    )


def propose(profile: "Profile", found: Preview) -> None:
    """State a roster as the proposal of this coordinator, sealed to the centre. Raises Problem."""
    office = profile.store.office()
    if office is None or not profile.keys.office:
        raise without_key()
    if found.faulty or not found.changes:
        raise Problem(tr("Tidak ada yang dapat diusulkan."), tr("Perbaiki berkasnya, lalu pilih lagi."))
    try:
        packed = pack_lines(found.lines)
    except Refusal as fault:
        raise Problem(
            tr("Daftar ini terlalu besar untuk satu usulan."), tr("Serahkan berkasnya langsung kepada pusat.")
        ) from fault
    profile.record(
        PROPOSED,
        basis=office.header.version,
        coming=found.coming,
        going=found.going,
        changing=found.changing,
        sealed=seal_fields(PROPOSED, {"lines": packed}, (office.header.centre_letter,)),
    )


def proposed(profile: "Profile") -> tuple[ProposalState, ...]:
    """List what this coordinator has proposed, the newest first, with what became of it."""
    facts = profile.authority().accepted(profile.facts(kinds=(PROPOSED, ANSWERED)))
    return tuple(ProposalState(one, _why(profile, one)) for one in proposals(facts))


def state_words(one: ProposalState) -> str:
    """Say what became of a proposal."""
    if one.proposal.outcome is Outcome.TAKEN:
        return tr("Diterima pusat: berkas kantor versi {n}.").format(n=one.proposal.version)
    if one.proposal.outcome is Outcome.DECLINED:
        return tr("Tidak diambil pusat: {alasan}").format(alasan=one.why or tr("tanpa alasan"))
    return tr("Menunggu pusat.")


def moves(profile: "Profile") -> tuple[Moved, ...]:
    """List who moved to this office or from it, as the centre says, the newest first."""
    facts = profile.authority().accepted(profile.facts(kinds=(MOVED,)))
    return moved(facts, lambda fact: _read(profile, fact))


def move_words(one: Moved, zone: ZoneInfo) -> str:
    """Say where somebody moved, and from which day on their work is read there."""
    says = tr("Pindah dari {kantor}, {tgl}") if one.came else tr("Pindah ke {kantor}, {tgl}")
    return says.format(kantor=one.other, tgl=long_day(datetime.fromtimestamp(one.since, zone).date()))


def _why(profile: "Profile", one: Proposal) -> str:
    said = "" if one.answer is None else _read(profile, one.answer).get("why")
    return said if isinstance(said, str) else ""


def _read(profile: "Profile", fact: Fact) -> Mapping[str, object]:
    """Open what the centre sealed to this office's desk, by any of its keys; nothing where none fits."""
    for key in profile.keys.office.values():
        try:
            return opened(fact, key).statement.fields
        except Refusal:
            continue
    return {}


def _known(entry: PersonEntry) -> Known:
    return Known(entry.person, entry.name, entry.unit, role_of(entry.role), entry.nips, until=entry.until)


def _without_nip(known: Sequence[Known], lines: Iterable[Line]) -> tuple[Line, ...]:
    """Keep practitioners without NIP: a list of civil servants cannot name them, so they are not gone."""
    named = {line.person for line in lines}
    kept = as_before([one for one in known if not one.newest and one.person not in named])
    return tuple(replace(line, number=-number) for number, line in enumerate(kept, 1))


def _spelt(one: Placed) -> Placed:
    """Keep the spelling of a name and a unit that SIMPEG only writes in capitals, and take new titles."""
    read = one.line.name
    if one.known is None:
        return replace(one, line=replace(one.line, name=natural(read)))
    unit, held = one.line.unit, one.known.unit
    unit = held if unit.casefold() == held.casefold() else unit
    return replace(one, line=replace(one.line, name=settled(one.known.name, read), unit=unit))


def _remarks(sort: Sort, remarks: Iterable[Remark], names: dict[int, str]) -> Iterable[Told]:
    return [Told(sort, one.line, names.get(one.line, ""), remark_words(one)) for one in remarks]


def _changes(found: Changes) -> Iterable[Told]:
    for one in found.placed:
        if one.known is None:
            about = one.line.unit if one.line.nip else tr("{unit}, tanpa NIP").format(unit=one.line.unit)
            yield Told(Sort.NEW, one.line.number, one.line.name, about)
        else:
            for sort, says in _differs(one):
                yield Told(sort, one.line.number, one.line.name, says)
    for known in found.gone:
        yield Told(Sort.GONE, 0, known.name, known.unit)


def _differs(one: Placed) -> Iterable[tuple[Sort, str]]:
    line, known = one.line, one.known
    if known is None:
        return
    if known.unit != line.unit:
        yield Sort.MOVED, tr("dari {lama} ke {baru}").format(lama=known.unit, baru=line.unit)
    if known.name != line.name:
        yield Sort.RENAMED, tr("sebelumnya {lama}").format(lama=known.name)
    if line.nip and known.newest != line.nip:
        yield Sort.NIP, tr("NIP baru, riwayat belajarnya tetap")
    if start := contract_moved(one):
        says = tr("kontrak baru mulai {tgl}, yang lama tetap tercatat")
        says = says if is_renewal(one) else tr("kontrak mulai {tgl}")
        yield Sort.NIP, says.format(tgl=long_day(date.fromisoformat(start)))
    if known.role is not line.role or known.until != line.until:
        yield Sort.ROLE, role_words(line)


def role_words(line: Line) -> str:
    """Say a role, and its last day where it has one."""
    role = role_names()[line.role]
    if not line.until:
        return role
    return tr("{peran} sampai {tgl}").format(peran=role, tgl=long_day(date.fromisoformat(line.until)))
