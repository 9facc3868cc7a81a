"""The cohort report: one row a person and one a computer, the same at the desk and at the centre."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from zoneinfo import ZoneInfo

from sync.folds.files import KIND as FILE
from sync.folds.jp import JpYear, day_of, jp_years
from sync.folds.listing import Listing
from sync.folds.order import NEVER, Moment, clock_offsets, moment, octets, text
from sync.folds.recount import VOIDED
from sync.folds.sessions import NO_RULES, SESSIONS, PeerRule, Session
from sync.folds.standing import LEARNING, StandingFold
from sync.folds.training import CLAIMED, Judgement, Training
from sync.folds.years import CALENDAR, Years
from sync.journal.passing import Passed
from sync.journal.statement import Fact
from sync.journal.vouching import Waiting

INACTIVE_AFTER = 14 * 24 * 3600
"""Seconds without learning after which a person is worth a call (people.md, C4)."""


SEEN = (LEARNING | {FILE}) - {"module.completed", "course.completed", "quiz.finished"}
"""Kinds that tell the report only when somebody was last seen: the last of a log says as much as all."""


class CohortState(Enum):
    """How a person stands, worst first in no sense: nobody is ranked. The value is stable on disk."""

    BELUM_ADA_DATA = 0
    """Nothing has come from this person yet; that is not the same as nothing done."""
    MENUNGGU_VERIFIKASI = 1
    """Work has come from a profile that says it is this person, and nobody has vouched for it."""
    BELUM_MULAI = 2
    """The person has a profile and has opened no lesson."""
    SEDANG_BERJALAN = 3
    """Some of the mandatory modules are done, and there was learning in the last 14 days."""
    TIDAK_AKTIF = 4
    """Not finished, and no learning for more than 14 days."""
    SELESAI = 5
    """Every mandatory module is done."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of the roster: who is expected. `nip_tail` is the last four digits, or empty."""

    person: bytes
    name: str
    nip_tail: str
    unit: str
    role: str = "learner"


@dataclass(frozen=True, slots=True)
class CohortRow:
    """A person in the report. None means *belum ada data*; it is never shown or summed as 0.

    `jp`, `jp_recognised` (a part of it) and `jp_claimed` (beside it: no signed source lists it yet) are
    hundredths of JP of the year that runs; `last_score` hundredths of a percent; `last_active` and `as_of`
    Unix seconds. `as_of` is the newest word from any PC the person has used.
    """

    person: bytes
    name: str
    nip_tail: str
    unit: str
    role: str
    state: CohortState
    jp: int | None
    jp_recognised: int | None
    modules_done: int | None
    modules_total: int
    last_score: int | None
    last_active: int | None
    as_of: int | None
    pcs: tuple[bytes, ...]
    jp_claimed: int | None = None


@dataclass(frozen=True, slots=True)
class ComputerRow:
    """A computer of the office: its name, how many people have used it, and how fresh its data are.

    `missing` counts its logs of which something is known to be missing, as far as whoever made the row has
    looked (`sync.folds.gaps`), and `missing_since` is the Unix second since which it is; 0 for none.
    """

    pc: bytes
    name: str
    people: int
    as_of: int
    missing: int = 0
    missing_since: int = 0


@dataclass(frozen=True, slots=True)
class WaitingProfile:
    """A key nobody has vouched for: what a coordinator sees before saying whose it is.

    `person` is whom the profile claims to be, or empty; `rekeyed` that it was vouched for and has new keys.
    """

    profile: bytes
    person: bytes
    pc: bytes
    pc_name: str
    signing: bytes
    letter: bytes
    at: int
    rekeyed: bool


class CohortFold:
    """Gathers an office's facts by profile; whose profile it is, is asked only when rows are made.

    So a vouching or merge that comes late, or is undone, rewrites nothing. Pass facts that count
    (`sync.journal.authority`).
    """

    __slots__ = (
        "_heard",
        "_judgements",
        "_names",
        "_offsets",
        "_opened",
        "_profiles",
        "_seats",
        "_voids",
        "_words",
    )

    def __init__(self, offsets: Mapping[int, int] | None = None) -> None:
        self._offsets = offsets or {}
        self._profiles: dict[bytes, StandingFold] = {}
        self._heard: dict[bytes, int] = {}
        self._seats: dict[bytes, set[bytes]] = {}
        self._opened: dict[bytes, tuple[Moment, bytes, Fact]] = {}
        self._names: dict[bytes, tuple[Moment, str]] = {}
        self._judgements: dict[bytes, list[Judgement]] = {}
        self._voids: list[Fact] = []
        self._words: dict[bytes, list[Passed]] = {}

    def add(self, fact: Fact) -> None:
        """Take in one fact of any profile."""
        kind, header = fact.statement.kind, fact.header
        when = moment(fact, self._offsets)
        if header.pc:
            self._heard[header.pc] = max(self._heard.get(header.pc, 0), when.at)
        if kind in LEARNING or kind == CLAIMED or kind in SESSIONS:
            self._seat(fact)
            fold = self._profiles.get(header.profile)
            if fold is None:
                fold = self._profiles[header.profile] = StandingFold(self._offsets)
            fold.add(fact)
        elif kind == VOIDED:
            self.void(fact)
        elif kind == "profile.opened":
            self._seat(fact)
            _latest(self._opened, fact, when)
            name = (when, text(fact, "pc_name"))
            self._names[header.pc] = max(self._names.get(header.pc, name), name)

    def void(self, fact: Fact) -> None:
        """Take in that a question was voided: for everybody but whoever said so."""
        self._voids.append(fact)

    def judge(self, person: bytes, judgement: Judgement | None) -> None:
        """Take in what a desk made of a claim by this person, after merges; nobody judges their own."""
        if judgement is not None and judgement.author != person:
            self._judgements.setdefault(person, []).append(judgement)

    def hear(self, person: bytes, letter: Passed) -> None:
        """Take in what one colleague has said of a session to this person, after merges."""
        if letter.author != person:
            self._words.setdefault(person, []).append(letter)

    def _seat(self, fact: Fact) -> None:
        self._seats.setdefault(fact.header.profile, set()).add(fact.header.pc)

    def fold_of(self, profiles: Iterable[bytes]) -> StandingFold | None:
        """Return what the given profiles learned together, or nothing where none of them was heard of."""
        known = [profile for profile in profiles if profile in self._seats]
        if not known:
            return None
        merged = StandingFold(self._offsets)
        for profile in known:
            if profile in self._profiles:
                merged.merge(self._profiles[profile])
        return merged

    def rows(
        self,
        people: Sequence[PersonLine],
        owners: Mapping[bytes, bytes],
        listing: Listing,
        zone: ZoneInfo,
        now: int,
        acked: Mapping[int, int] | None = None,
        years: Mapping[bytes, Years] | None = None,
        rules: Mapping[str, PeerRule] = NO_RULES,
        of: Callable[[bytes], bytes] = lambda person: person,
    ) -> tuple[CohortRow, ...]:
        """Make the report, in the roster's order; `owners` maps each vouched profile to its person.

        `years` says how the years run of people who do not count by the calendar, `of` who people are today.
        """
        profiles: dict[bytes, list[bytes]] = {}
        for profile, person in owners.items():
            profiles.setdefault(person, []).append(profile)
        claimed = self._claimed(owners)
        modules = frozenset(
            module for shape in listing.courses if shape.mandatory for module in shape.modules
        )
        rows = []
        for line in people:
            own = profiles.get(line.person, [])
            pcs = tuple(sorted({pc for profile in own for pc in self._seats.get(profile, ())}))
            as_of = max((self._heard[pc] for pc in pcs if pc in self._heard), default=None)
            fold = self.fold_of(own)
            if fold is not None:
                for judgement in self._judgements.get(line.person, ()):
                    fold.trainings.judge(judgement)
                fold.sessions.known_as(line.person, of)
                for letter in self._words.get(line.person, ()):
                    fold.sessions.hear(letter)
                for fact in self._voids:
                    if owners.get(fact.header.profile) != line.person:
                        fold.void(fact)
            rows.append(
                cohort_row(
                    line,
                    fold,
                    modules=modules,
                    listing=listing,
                    zone=zone,
                    now=now,
                    waiting=line.person in claimed,
                    as_of=as_of,
                    pcs=pcs,
                    acked=acked,
                    years=(years or {}).get(line.person, CALENDAR),
                    rules=rules,
                )
            )
        return tuple(rows)

    def computers(self, owners: Mapping[bytes, bytes]) -> tuple[ComputerRow, ...]:
        """List the computers heard of, the longest unheard first."""
        used: dict[bytes, set[bytes]] = {}
        for profile, pcs in self._seats.items():
            for pc in pcs:
                used.setdefault(pc, set()).add(owners.get(profile, profile))
        rows = (
            ComputerRow(pc, self._names.get(pc, (NEVER, ""))[1], len(people), self._heard.get(pc, 0))
            for pc, people in used.items()
        )
        return tuple(sorted(rows, key=lambda row: (row.as_of, row.pc)))

    def waiting(self, keys: Iterable[Waiting], owners: Mapping[bytes, bytes]) -> tuple[WaitingProfile, ...]:
        """List the keys that wait for vouching, the oldest first; `keys` are those of `Authority.waiting`.

        A profile whose person is known and that waits again has new keys after a PIN reset.
        """
        found = []
        for key in keys:
            opened = self._opened.get(key.profile)
            found.append(
                WaitingProfile(
                    key.profile,
                    owners.get(key.profile) or key.person or (octets(opened[2], "person") if opened else b""),
                    min(self._seats.get(key.profile, {b""})),
                    key.pc_name or (text(opened[2], "pc_name") if opened else ""),
                    key.signing,
                    key.letter,
                    opened[0].at if opened else 0,
                    rekeyed=key.profile in owners,
                )
            )
        return tuple(sorted(found, key=lambda one: (one.at, one.profile, one.signing)))

    def _claimed(self, owners: Mapping[bytes, bytes]) -> set[bytes]:
        """Tell which people profiles claim to be, of those that nobody has vouched for."""
        return {
            octets(fact, "person") for profile, (_, _, fact) in self._opened.items() if profile not in owners
        }


def _latest(words: dict[bytes, tuple[Moment, bytes, Fact]], fact: Fact, when: Moment) -> None:
    """Keep a profile's latest opening, one that names a person before others; a digest decides branches."""
    word = (when, fact.statement.digest, fact)
    if _rank(word) >= _rank(words.get(fact.header.profile, word)):
        words[fact.header.profile] = word


def _rank(word: tuple[Moment, bytes, Fact]) -> tuple[bool, Moment, bytes]:
    when, digest, fact = word
    return bool(octets(fact, "person")), when, digest


def cohort_row(
    line: PersonLine,
    fold: StandingFold | None,
    *,
    modules: frozenset[str],
    listing: Listing,
    zone: ZoneInfo,
    now: int,
    waiting: bool,
    as_of: int | None,
    pcs: tuple[bytes, ...],
    acked: Mapping[int, int] | None = None,
    years: Years = CALENDAR,
    rules: Mapping[str, PeerRule] = NO_RULES,
) -> CohortRow:
    """Make one person's row. `modules` are the mandatory ones of `listing`, `now` trusted Unix time."""
    if fold is None:
        state = CohortState.MENUNGGU_VERIFIKASI if waiting else CohortState.BELUM_ADA_DATA
        return CohortRow(
            line.person,
            line.name,
            line.nip_tail,
            line.unit,
            line.role,
            state,
            None,
            None,
            None,
            len(modules),
            None,
            None,
            None,
            (),
        )
    done = len(modules & fold.modules_done().keys())
    year = years.of(day_of(now, zone))
    entries, trainings = fold.entries(zone, acked or {}, listing, years), fold.trainings.trainings(years)
    outside: tuple[Training | Session, ...] = (*trainings, *fold.sessions.sessions(rules, years))
    hours = jp_years(entries, outside).get(year, JpYear(year))
    result = fold.last_result()
    return CohortRow(
        line.person,
        line.name,
        line.nip_tail,
        line.unit,
        line.role,
        _state(done, len(modules), fold.last_active(), now),
        hours.total,
        hours.recognised,
        done,
        len(modules),
        result.score if result else None,
        fold.last_active(),
        as_of,
        pcs,
        hours.claimed,
    )


def _state(done: int, total: int, last_active: int | None, now: int) -> CohortState:
    if last_active is None:
        return CohortState.BELUM_MULAI
    if total and done >= total:
        return CohortState.SELESAI
    if now - last_active > INACTIVE_AFTER:
        return CohortState.TIDAK_AKTIF
    return CohortState.SEDANG_BERJALAN


def cohort(
    facts: Iterable[Fact],
    people: Sequence[PersonLine],
    owners: Mapping[bytes, bytes],
    listing: Listing,
    zone: ZoneInfo,
    now: int,
) -> tuple[CohortRow, ...]:
    """Fold facts of an office, in any order and with any repetition, into its report."""
    held = list(facts)
    fold = CohortFold(clock_offsets(held))
    for fact in held:
        fold.add(fact)
    return fold.rows(people, owners, listing, zone, now)
