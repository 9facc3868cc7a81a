"""What a new roster changes: whom each line means, who comes, goes and moves. Pure, and told before saved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import msgspec

from sync.nip import birth_of
from sync.officefile import NipRecord, Role
from sync.roster.lines import ROLE_NAMES, Line, Remark, RosterFaultError
from sync.roster.names import bare

TWIN = "Nama dan tanggal lahir seperti orang yang keluar. Bila orangnya sama, isi kolom NIP lama."

SHORTEST_CONTRACT = timedelta(days=330)
"""A first day that comes later by less than this is the same contract, put right. A wrong year may pass for a
renewal, which changes nothing: both begin their years on the same day."""


@dataclass(frozen=True, slots=True)
class Known:
    """A person as the centre has them; `here` says whether the present office file lists them.

    `until` is the last day of the role (ISO), empty for no end.
    """

    person: bytes
    name: str
    unit: str
    role: Role
    nips: tuple[NipRecord, ...]
    here: bool = True
    until: str = ""

    @property
    def newest(self) -> str:
        """The NIP of today; empty for a person without one."""
        return self.nips[-1].nip if self.nips else ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with the person it means (None: somebody new), and the NIPs that person has from now on."""

    line: Line
    known: Known | None
    nips: tuple[NipRecord, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All that a roster would change; `says` tells it line by line, `remarks` what a clerk should look at."""

    placed: tuple[Placed, ...]
    gone: tuple[Known, ...]
    says: tuple[str, ...]
    remarks: tuple[Remark, ...]

    @property
    def coordinators_change(self) -> bool:
        """Whether other people than before coordinate: then the office's key changes hands."""
        before = {one.known.person for one in self.placed if one.known and _leads(one.known)}
        before |= {known.person for known in self.gone if _leads(known)}
        after = [one.known and one.known.person for one in self.placed if one.line.role is Role.COORDINATOR]
        return None in after or before != set(after)


def changes(lines: Sequence[Line], known: Sequence[Known], today: date) -> Changes:
    """Say whom each line means, and what that changes. Raises RosterFaultError, every fault by its line.

    The UUID decides where a line has one; then the NIP of today, then any earlier NIP, then the *NIP lama* of
    the line. Nobody is matched by name: namesakes are common, and a mistake would give away somebody's work.
    """
    matched = _matched(lines, known)
    taken = {line.nip for line in lines}
    placed = tuple(
        Placed(_in_role(line, whom, today), whom, _nips(line, whom, taken, today))
        for line, whom in zip(lines, matched, strict=True)
    )
    stay = {whom.person for whom in matched if whom is not None}
    gone = tuple(one for one in known if one.here and one.person not in stay)
    return Changes(placed, gone, tuple(_say(placed, gone)), tuple(_twins(placed, gone)))


def _matched(lines: Sequence[Line], known: Sequence[Known]) -> list[Known | None]:
    """Give for each line the person it means; each person is claimed once."""
    claims = _Claims(known)
    for line in lines:
        claims.by_uuid(line)
    for owners in (_owners(known, newest_only=True), _owners(known, newest_only=False)):
        for line in lines:
            claims.by_nip(line, owners.get(line.nip))
    owners = _owners(known, newest_only=False)
    for line in lines:
        if line.former:
            claims.by_former(line, owners.get(line.former))
    if claims.faults:
        raise RosterFaultError(tuple(sorted(claims.faults, key=lambda remark: remark.line)))
    return [claims.found.get(line.number) for line in lines]


class _Claims:
    """Which line claims whom, and what is wrong with that."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.found: dict[int, Known] = {}
        self.faults: list[Remark] = []
        self._people = {one.person: one for one in known}
        self._by: dict[bytes, Line] = {}

    def by_uuid(self, line: Line) -> None:
        if line.person and line.person in self._people:
            self._claim(line, self._people[line.person])
        elif line.person:
            self.faults.append(Remark(line.number, "UUID ini tidak ada di kantor ini."))

    def by_nip(self, line: Line, one: Known | None) -> None:
        if one and not line.person and line.number not in self.found and one.person not in self._by:
            self._claim(line, one)

    def by_former(self, line: Line, one: Known | None) -> None:
        if one is None:
            self.faults.append(Remark(line.number, "NIP lama ini tidak ada di kantor ini."))
        elif self.found.get(line.number, one) is not one:
            self.faults.append(Remark(line.number, "NIP dan NIP lama milik dua orang yang berbeda."))
        elif line.number not in self.found:
            self._claim(line, one)

    def _claim(self, line: Line, one: Known) -> None:
        other = self._by.setdefault(one.person, line)
        if other is not line:
            self.faults.append(Remark(line.number, "Orang yang sama dengan baris {0}.", (other.number,)))
        self.found[line.number] = one


def _owners(known: Iterable[Known], *, newest_only: bool) -> dict[str, Known]:
    """Tell whose each NIP is; who is here goes before who has left."""
    owners: dict[str, Known] = {}
    for one in sorted(known, key=lambda each: not each.here):
        for nip in [one.newest] if newest_only else [record.nip for record in one.nips]:
            if nip:
                owners.setdefault(nip, one)
    return owners


def _in_role(line: Line, whom: Known | None, today: date) -> Line:
    """Give a line its role: where the file says none, that of before; one whose last day is over, none."""
    if line.role_as_before and whom is not None and whom.here:
        line = replace(line, role=whom.role, until=line.until or whom.until)
    # who has no NIP is here for the role alone: they stay in the file as somebody whose time is over
    if line.until and line.nip and line.until < today.isoformat():
        return replace(line, role=Role.LEARNER, until="")
    return line


def _nips(line: Line, whom: Known | None, taken: set[str], today: date) -> tuple[NipRecord, ...]:
    """Give the history of NIPs, today's last; one that another line has now was a slip of the pen."""
    if whom is None:
        return first_nips(line)
    if not line.nip:
        return tuple(one for one in whom.nips if one.nip not in taken)
    if whom.newest == line.nip:
        held = _dated(whom.nips[-1], line.contract)
        return (*(one for one in whom.nips[:-1] if one.nip not in taken), held)
    day = today.isoformat()
    before = [one for one in whom.nips if one.nip not in taken]
    if before and not before[-1].valid_to:
        before[-1] = msgspec.structs.replace(before[-1], valid_to=day)
    return (*before, NipRecord(line.nip, line.kind, day, contract=line.contract))


def _dated(held: NipRecord, start: str) -> NipRecord:
    """Give a number its newest contract: a renewed one keeps those before, a date put right does not."""
    if not start or start == held.contract:
        return held
    before = tuple(one for one in held.contracts if _renews(one, start))
    return msgspec.structs.replace(held, contract=start, earlier=before)


def _renews(before: str, start: str) -> bool:
    """Whether a contract may follow another: nearer than that, the date of one was put right."""
    return date.fromisoformat(start) - date.fromisoformat(before) >= SHORTEST_CONTRACT


def first_nips(line: Line) -> tuple[NipRecord, ...]:
    """Give the NIP with which somebody new begins; none for who has none."""
    return (NipRecord(line.nip, line.kind, contract=line.contract),) if line.nip else ()


def contract_moved(one: Placed) -> str:
    """Give the first day of the contract (ISO) where a roster says another than is known; else nothing."""
    before = one.known.nips[-1].contract if one.known and one.known.nips else ""
    return one.line.contract if one.line.nip and one.line.contract != before else ""


def is_renewal(one: Placed) -> bool:
    """Whether a contract that moved is a new one under the same number, beside those before it."""
    held = one.known.nips[-1] if one.known and one.known.nips else None
    return held is not None and bool(held.contract) and held.contract in one.nips[-1].earlier


def _say(placed: Sequence[Placed], gone: Sequence[Known]) -> Iterable[str]:
    for one in placed:
        line, whom = one.line, one.known
        if whom is None:
            yield f"Baru: {line.name} ({line.unit}, {ROLE_NAMES[line.role]})"
            continue
        if not whom.here:
            yield f"Kembali: {line.name} ({line.unit}, {ROLE_NAMES[line.role]})"
        yield from _say_numbers(one, whom)
        if whom.name != line.name:
            yield f"Nama: {whom.name} menjadi {line.name}"
        if whom.here and whom.unit != line.unit:
            yield f"Pindah unit: {line.name}, dari {whom.unit} ke {line.unit}"
        if whom.here and whom.role is not line.role:
            yield f"Peran: {line.name}, dari {ROLE_NAMES[whom.role]} menjadi {ROLE_NAMES[line.role]}"
        if whom.here and line.until and whom.until != line.until:
            yield f"Akhir peran: {line.name}, {ROLE_NAMES[line.role]} sampai {line.until}"
    for known in gone:
        yield f"Keluar dari daftar: {known.name} ({known.unit}, {ROLE_NAMES[known.role]})"


def _say_numbers(one: Placed, whom: Known) -> Iterable[str]:
    if one.line.nip and whom.newest != one.line.nip:
        yield f"NIP baru: {one.line.name}"
    if whom.here and (start := contract_moved(one)):
        yield f"{'Kontrak baru' if is_renewal(one) else 'Mulai kontrak'}: {one.line.name}, {start}"


def _twins(placed: Sequence[Placed], gone: Sequence[Known]) -> Iterable[Remark]:
    """Point at somebody new who has the name and birth date of somebody gone: maybe a new contract."""
    left = {(bare(one.name), birth_of(one.newest)): one for one in gone if one.newest}
    for one in placed:
        if one.known is None and (bare(one.line.name), birth_of(one.line.nip)) in left:
            yield Remark(one.line.number, TWIN)


def as_before(known: Sequence[Known]) -> tuple[Line, ...]:
    """Give the present roster as lines, for a change that leaves the people alone."""
    return tuple(
        Line(
            number,
            one.newest,
            one.nips[-1].kind if one.nips else "",
            one.name,
            one.unit,
            one.role,
            one.person,
            until=one.until,
        )
        for number, one in enumerate(known, 1)
        if one.here
    )


def _leads(known: Known) -> bool:
    return known.here and known.role is Role.COORDINATOR
