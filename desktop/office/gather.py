"""What the desk knows, gathered: its facts folded into people, computers and keys that wait for a word."""

import contextlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from desktop.office.report import ClockNote, DeskRow, Freshness, Gathered
from desktop.store.arrived import ArrivedLog
from desktop.store.erasure import is_erased
from sync.folds.clocks import BEGINNING, clock_doubts
from sync.folds.cohort import INACTIVE_AFTER, CohortFold, ComputerRow, PersonLine
from sync.folds.gaps import LogSeen, gaps
from sync.folds.jp import year_of
from sync.folds.listing import Listing
from sync.folds.order import clock_offsets, octets
from sync.folds.sessions import SESSIONS
from sync.folds.staff import staff
from sync.folds.training import JUDGED, Judgement, judgement_of
from sync.folds.years import Years
from sync.journal.authority import Authority
from sync.journal.keys import LetterKey
from sync.journal.passing import Passed, clear_of
from sync.journal.secret_fields import open_fields
from sync.journal.statement import Fact
from sync.journal.vouching import Key
from sync.jp_table import JpTable, shipped_table, years_for
from sync.officefile import PersonEntry
from sync.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Frame:
    """In what the desk counts: the roster, what courses are worth, the office's zone, trusted Unix time.

    With `keys`, those of the office, it reads what coordinators have sealed to the office. `table` says whose
    years run by contract.
    """

    people: Sequence[PersonEntry]
    listing: Listing
    zone: ZoneInfo
    now: int
    keys: tuple[LetterKey, ...] = ()
    table: JpTable = field(default_factory=shipped_table)

    def years(self) -> Mapping[bytes, Years]:
        """Say how the years run of each person of the roster."""
        return {entry.person: years_for(self.table, entry.nips) for entry in self.people}


def gather(
    facts: Iterable[Fact], known: Authority, frame: Frame, arrived: Sequence[ArrivedLog] = ()
) -> Gathered:
    """Fold everything a desk holds; `facts` may repeat and come in any order, `known` says which count.

    `arrived` tells of each log which numbers are here, those of facts that do not count too.
    """
    counted = known.accepted(facts)
    offsets = clock_offsets(counted)
    fold = CohortFold(offsets)
    for fact in counted:
        fold.add(fact)
    owners = {profile: known.aliases.of(person) for profile, person in known.people.items()}
    for person, judgement in judgements(counted, known, frame.keys):
        fold.judge(person, judgement)
    for person, letter in session_words(counted, known):
        fold.hear(person, letter)
    lines = staff(line_of(entry) for entry in frame.people if not is_erased(known, entry.person))
    years = frame.years()
    rules = frame.table.peers
    of = known.aliases.of
    rows = fold.rows(lines, owners, frame.listing, frame.zone, frame.now, years=years, rules=rules, of=of)
    nips = {entry.person: nip_of(entry) for entry in frame.people}
    expected = {entry.person for entry in frame.people}
    seen = _seen(arrived, counted, known, expected)
    computers = _with_gaps(fold.computers(owners), seen, known, offsets)
    leading = known.roots.coordinators
    waiting = (
        key
        for key in known.waiting.values()
        if key.signing not in leading and not is_erased(known, key.person)
    )
    return Gathered(
        tuple(DeskRow(row, nips[row.person], years[row.person]) for row in rows),
        computers,
        fold.waiting(waiting, owners),
        freshness_of(computers, frame.now),
        _clocks(counted, owners, {one.person: one.name for one in lines}, computers, frame),
    )


def judgements(
    counted: Iterable[Fact], known: Authority, keys: Sequence[LetterKey]
) -> Iterator[tuple[bytes, Judgement]]:
    """Open what coordinators have made of claims; gives whose claim it was, after merges. `counted` count."""
    for fact, author, fields in opened_words(JUDGED, counted, known, keys):
        found = judgement_of(fields, author, fact.statement.log, fact.statement.seq)
        if found is not None:
            yield known.aliases.of(octets(fact, "person")), found


def session_words(counted: Iterable[Fact], known: Authority) -> Iterator[tuple[bytes, Passed]]:
    """Give what colleagues have said of sessions, with whom it was said to, after merges. `counted` count."""
    for fact in counted:
        said, author = fact.statement, known.author_of(fact)
        if said.kind in SESSIONS and author is not None:
            letter = Passed(said.kind, author, said.log, said.seq, fact.wall, clear_of(fact))
            yield known.aliases.of(octets(fact, "person")), letter


def opened_words(
    kind: str, counted: Iterable[Fact], known: Authority, keys: Sequence[LetterKey]
) -> Iterator[tuple[Fact, bytes, Mapping[str, object]]]:
    """Open what the desk can read of a kind; gives each fact, who states it, and its fields."""
    for fact in counted:
        if fact.statement.kind != kind:
            continue
        author, fields = known.author_of(fact), opened_with(fact, keys)
        if author is not None and fields is not None:
            yield fact, author, fields


def opened_with(fact: Fact, keys: Iterable[LetterKey]) -> Mapping[str, object] | None:
    """Open what a fact holds sealed, with whichever key opens it; None where none does."""
    for key in keys:
        with contextlib.suppress(Refusal):
            return open_fields(fact.statement.kind, octets(fact, "sealed"), key)
    return None


def _clocks(
    counted: Iterable[Fact],
    owners: Mapping[bytes, bytes],
    names: Mapping[bytes, str],
    computers: Iterable[ComputerRow],
    frame: Frame,
) -> tuple[ClockNote, ...]:
    """List the doubtful times of people of the roster, by name; those of years gone by are let go of."""
    pcs = {one.pc: one.name for one in computers}
    year = year_of(frame.now, frame.zone)
    found = set()
    for doubt in clock_doubts(counted, frame.now):
        person = owners.get(doubt.profile, b"")
        at = max(doubt.said, doubt.earliest)
        if person in names and (at < BEGINNING or year_of(at, frame.zone) >= year):
            where = pcs.get(doubt.pc, "")
            found.add(ClockNote(person, names[person], where, doubt.said, doubt.earliest, doubt.latest))
    return tuple(sorted(found, key=lambda one: (one.name, one.pc, one.said, one.person)))


def _seen(
    arrived: Iterable[ArrivedLog], counted: Iterable[Fact], known: Authority, expected: Collection[bytes]
) -> list[LogSeen]:
    """Pick the logs whose word counts: by vouched keys of people of the roster who were not erased."""
    keyed = {(one.statement.log, one.signer) for one in counted if one.statement.kind == "profile.keyed"}
    vouched = known.holders.keys() | known.roots.own.keys()
    return [
        LogSeen(
            one.header,
            one.signer,
            one.held,
            keyed=(one.header.log, one.signer) in keyed,
            whole=one.endorsed,
        )
        for one in arrived
        if (Key(one.header.profile, one.signer) in vouched or one.signer in known.roots.coordinators)
        and (person := known.person_of(one.header.profile)) in expected
        and not is_erased(known, person or b"")
    ]


def _with_gaps(
    computers: Iterable[ComputerRow], seen: Iterable[LogSeen], known: Authority, offsets: Mapping[int, int]
) -> tuple[ComputerRow, ...]:
    """Say of each computer how many logs of it have not come, and since when that is known."""
    since: dict[bytes, list[int]] = {}
    for gap in gaps(seen, known.revoked, offsets):
        since.setdefault(gap.pc, []).append(gap.since)
    return tuple(
        replace(one, missing=len(since[one.pc]), missing_since=min(since[one.pc])) if one.pc in since else one
        for one in computers
    )


def freshness_of(computers: Sequence[ComputerRow], now: int) -> Freshness:
    """Say how fresh the data of some computers are."""
    fresh = sum(now - one.as_of <= INACTIVE_AFTER for one in computers)
    return Freshness(len(computers), fresh, min((one.as_of for one in computers), default=None))


def line_of(entry: PersonEntry) -> PersonLine:
    """Take a person's line of the report from the roster."""
    return PersonLine(entry.person, entry.name, nip_of(entry)[-4:], entry.unit, entry.role)


def nip_of(entry: PersonEntry) -> str:
    """Give a person's newest NIP, empty for a guest without one."""
    return entry.nips[-1].nip if entry.nips else ""
