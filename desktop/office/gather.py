"""What the desk knows, gathered: its facts folded into people, computers and keys that wait for a word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from desktop.office.report import DeskRow, Freshness, Gathered
from sync.folds.cohort import INACTIVE_AFTER, CohortFold, ComputerRow, PersonLine
from sync.folds.listing import Listing
from sync.folds.order import clock_offsets
from sync.journal.authority import Authority
from sync.journal.statement import Fact
from sync.officefile import PersonEntry


@dataclass(frozen=True, slots=True)
class Frame:
    """In what the desk counts: the roster, what courses are worth, the office's zone, trusted Unix time."""

    people: Sequence[PersonEntry]
    listing: Listing
    zone: ZoneInfo
    now: int


def gather(facts: Iterable[Fact], known: Authority, frame: Frame) -> Gathered:
    """Fold everything a desk holds; `facts` may repeat and come in any order, `known` says which count."""
    counted = known.accepted(facts)
    fold = CohortFold(clock_offsets(counted))
    for fact in counted:
        fold.add(fact)
    owners = {profile: known.aliases.of(person) for profile, person in known.people.items()}
    lines = [line_of(entry) for entry in frame.people]
    rows = fold.rows(lines, owners, frame.listing, frame.zone, frame.now)
    nips = {entry.person: nip_of(entry) for entry in frame.people}
    computers = fold.computers(owners)
    leading = known.roots.coordinators
    waiting = (key for key in known.waiting.values() if key.signing not in leading)
    return Gathered(
        tuple(DeskRow(row, nips[row.person]) for row in rows),
        computers,
        fold.waiting(waiting, owners),
        freshness_of(computers, frame.now),
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
