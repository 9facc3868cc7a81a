"""What people's facts add up to, one row a person: folded behind intake, by the code of every PC."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, Select, delete, func, insert, select, update

from sync.catalogue import read_catalogue
from sync.folds.cohort import INACTIVE_AFTER, CohortFold, CohortRow, CohortState, PersonLine
from sync.folds.jp import JpEntry, day_of
from sync.folds.listing import Listing
from sync.folds.order import clock_offsets, moment
from sync.folds.sessions import SESSIONS
from sync.folds.standing import StandingFold
from sync.folds.training import JUDGED, judgement_of
from sync.folds.years import CALENDAR, Years
from sync.journal.clock import Clock
from sync.journal.kinds import check_received
from sync.journal.passing import passed
from sync.journal.statement import Fact
from sync.jp_table import JpTable, read_jp_table, shipped_table, years_for
from sync.officefile import NipRecord
from sync.refusal import Refusal
from sync.server.database import Database
from sync.server.documents import Documents
from sync.server.feed import fresh_facts
from sync.server.horizon import passable
from sync.server.identity import Identities
from sync.server.outdated import outdated
from sync.server.receipts import day_name, note_day
from sync.server.stored import original, originals
from sync.server.tables import clock, holder, meta, office, person, segment, standing
from sync.server.unarrived import Arrived, Revoked, revoked_in
from sync.server.voice import NO_PC
from sync.server.voided import voided_in
from sync.signed_documents import JP_TABLE

FOREVER = 1 << 40
STEP = 4
"""People folded in one step."""
_MARK = "folded_5"
"""Its number rises with the rules by which sums are made: then every row is folded anew."""


class Stood(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A row of the report as it is kept: the row, the PCs of the person with their newest word.

    `missing` counts the person's logs of which something is known to be missing (`sync.folds.gaps`), and
    `missing_since` is the Unix second since which it is; nearly nobody has any, and what is 0 is not written.
    """

    row: CohortRow
    heard: Mapping[bytes, int]
    missing: int = 0
    missing_since: int = 0


_ENCODE = msgspec.msgpack.Encoder()
_DECODE = msgspec.msgpack.Decoder(Stood)


def pack(stood: Stood) -> bytes:
    """Write a standing as it is stored."""
    return _ENCODE.encode(stood)


def unpack(data: bytes) -> Stood:
    """Read what `pack` wrote."""
    return _DECODE.decode(data)


class Standings:
    """Keeps the rows up with what came in. `step` is called in a thread while no sync comes."""

    def __init__(self, database: Database, source: Clock) -> None:
        self._database = database
        self._clock = source
        self._day = ""

    def step(self) -> bool:
        """Fold a few people whose rows are missing or out of date; say whether there may be more.

        Reading and folding hold up no writer; the rows are written at the end. Work that comes in between
        is beyond the mark, so the next step sets those rows aside again; after a change of another sort
        nothing of this step is kept.
        """
        with self._database.folder() as mine:
            return mine and self._step(self._clock.wall())

    def _note_day(self, now: int) -> None:
        """Note with which segment a day begins, so that a receipt can tell when work came."""
        name = day_name(now)
        if name != self._day:
            with self._database.folding() as connection:
                note_day(connection, now)
            self._day = name

    def _step(self, now: int) -> bool:
        self._note_day(now)
        with self._database.reading() as connection:
            if not work_waits(connection, now):
                return False
        with self._database.folding() as connection:
            set_aside(connection, now)
        with self._database.reading() as connection:
            seen = outdated(connection)
            rows, more = folded(connection, now, STEP)
        with self._database.folding() as connection:
            if outdated(connection, hold=True) != seen:
                return True
            keep(connection, rows)
        return more


def work_waits(connection: Connection, now: int) -> bool:
    """Whether any row is missing or out of date."""
    mark, last = _marks(connection)
    if mark is None or last > mark:
        return True
    expired = select(standing.c.person).where(standing.c.until <= now).limit(1)
    missing = _missing().limit(1)
    return connection.execute(expired).first() is not None or connection.execute(missing).first() is not None


def set_aside(connection: Connection, now: int) -> None:
    """Drop the rows that are out of date: of people with new segments, and those whose time has passed."""
    mark, last = _marks(connection)
    if mark is None:
        connection.execute(delete(standing))
        connection.execute(insert(meta).values(name=_MARK, value=0))
    elif last > mark:
        passed = passable(connection, last)
        connection.execute(delete(standing).where(standing.c.person.in_(_touched(mark))))
        if passed > mark:
            connection.execute(update(meta).where(meta.c.name == _MARK).values(value=passed))
    connection.execute(delete(standing).where(standing.c.until <= now))


def folded(connection: Connection, now: int, most: int) -> tuple[list[dict[str, object]], bool]:
    """Fold at most so many people who have no row; give their rows, and whether others remain."""
    missing = connection.execute(_missing().limit(most + 1)).scalars().all()
    frames: dict[int, Frame] = {}
    rows: list[dict[str, object]] = []
    for key in missing[:most]:
        where, nips = connection.execute(_WHERE.where(person.c.id == key)).one()
        if where not in frames:
            frames[where] = Frame.read(connection, where, now)
        stood = fold_person(connection, key, frames[where])
        until = good_until(stood.row, frames[where], frames[where].years(nips))
        upto = connection.execute(_newest.where(segment.c.person == key)).scalar() or 0
        rows.append({"person": key, "office": where, "until": until, "upto": upto, "row": pack(stood)})
    return rows, len(missing) > most


def keep(connection: Connection, rows: Sequence[Mapping[str, object]]) -> None:
    """Store folded rows, in place of any that another process has stored meanwhile."""
    if rows:
        connection.execute(delete(standing).where(standing.c.person.in_([row["person"] for row in rows])))
        connection.execute(insert(standing), rows)


@dataclass(frozen=True, slots=True)
class Frame:
    """What every row of an office is counted in; good within the transaction in which it was read."""

    zone: ZoneInfo
    listing: Listing
    now: int
    revoked: Callable[[], Revoked]
    voided: tuple[Fact, ...] = ()
    table: JpTable = field(default_factory=shipped_table)

    @classmethod
    def read(cls, connection: Connection, key: int, now: int) -> "Frame":
        """Read the frame of an office."""
        zone = connection.execute(select(office.c.zone).where(office.c.id == key)).scalar_one()
        documents = Documents.read(connection)
        shapes, held = read_catalogue(documents.catalogue.data), documents.signed.get(JP_TABLE)
        table = shipped_table() if held is None else read_jp_table(held.data)
        revoked = cache(lambda: revoked_in(connection, key))
        listing, voided = Listing.of_catalogue(shapes), voided_in(connection, key)
        return cls(ZoneInfo(zone), listing, now, revoked, voided, table)

    def years(self, nips: bytes) -> Years:
        """Say how the years of somebody with these NIPs run, as they are stored."""
        return years_for(self.table, msgspec.msgpack.decode(nips, type=tuple[NipRecord, ...]))


def fold_person(connection: Connection, key: int, frame: Frame) -> Stood:
    """Add up one person from the stored segments. A few milliseconds for a year of study."""
    who = connection.execute(select(person).where(person.c.id == key)).one()
    line = PersonLine(who.uuid, who.name, nip_tail(who.nips), who.unit, who.role)
    arrived = Arrived()
    letters: list[Fact] = []
    facts = tuple(_facts(connection, key, arrived, letters))
    fixes = fixes_of(connection, facts)
    fold = CohortFold(fixes)
    heard: dict[bytes, int] = {}
    for fact in facts:
        fold.add(fact)
        at = moment(fact, fixes).at
        heard[fact.header.pc] = max(heard.get(fact.header.pc, 0), at)
    for fact in frame.voided:
        fold.void(fact)
    for letter in passed(letters, JUDGED):
        fold.judge(who.uuid, judgement_of(letter.fields, letter.author, letter.log, letter.seq))
    for letter in passed(letters, *SESSIONS):
        fold.hear(who.uuid, letter)
    owners = {fact.header.profile: who.uuid for fact in facts}
    years = {who.uuid: frame.years(who.nips)}
    rules = frame.table.peers
    of = _who(connection)
    (row,) = fold.rows([line], owners, frame.listing, frame.zone, frame.now, years=years, rules=rules, of=of)
    if not facts and _claimed(connection, key):
        row = replace(row, state=CohortState.MENUNGGU_VERIFIKASI)
    late = arrived.gaps(frame.revoked, fixes)
    return Stood(row, heard, len(late), min((gap.since for gap in late), default=0))


def _who(connection: Connection) -> Callable[[bytes], bytes]:
    """Give who a person is today, after merges; whom nobody knows is who they are."""
    known = Identities()

    def of(uuid: bytes) -> bytes:
        found = known.person(connection, uuid)
        return uuid if found is None else known.person_of(connection, found.id).uuid

    return of


def jp_by_year(connection: Connection, key: int, frame: Frame) -> Mapping[int, int]:
    """Add up what one person has in each year, in hundredths of JP, as their row does for this one."""
    who = connection.execute(select(person.c.uuid, person.c.nips).where(person.c.id == key)).one()
    letters: list[Fact] = []
    facts = tuple(_facts(connection, key, Arrived(), letters))
    own = {fact.header.profile for fact in facts}
    fold = StandingFold(fixes_of(connection, facts))
    for fact in facts:
        fold.add(fact)
    for fact in frame.voided:
        if fact.header.profile not in own:
            fold.void(fact)
    for letter in passed(letters, JUDGED):
        word = judgement_of(letter.fields, letter.author, letter.log, letter.seq)
        if word is not None and word.author != who.uuid:
            fold.trainings.judge(word)
    for letter in passed(letters, *SESSIONS):
        fold.sessions.hear(letter)
    fold.sessions.known_as(who.uuid, _who(connection))
    terms, rules = frame.years(who.nips), frame.table.peers
    years = fold.standing(frame.zone, listing=frame.listing, years=terms, rules=rules).jp
    return {year: one.total for year, one in years.items() if one.total}


def finished(connection: Connection, key: int, frame: Frame) -> tuple[JpEntry, ...]:
    """List the courses that a person finished, and what each is worth by the catalogue."""
    facts = tuple(_facts(connection, key, Arrived(), []))
    fold = StandingFold(fixes_of(connection, facts))
    for fact in facts:
        fold.add(fact)
    return fold.entries(frame.zone, {}, frame.listing)


def good_until(row: CohortRow, frame: Frame, years: Years = CALENDAR) -> int:
    """Return the Unix time at which a row turns wrong by itself: a new year, or two weeks of silence."""
    if row.last_active is None:
        return FOREVER
    today = day_of(frame.now, frame.zone)
    first = years.span(years.of(today) + 1)[0]
    new_year = int(datetime(first.year, first.month, first.day, tzinfo=frame.zone).timestamp())
    if row.state is CohortState.SEDANG_BERJALAN:
        return min(new_year, row.last_active + INACTIVE_AFTER + 1)
    return new_year


def nip_tail(nips: bytes) -> str:
    """Return the last four digits of a person's newest NIP."""
    found: Sequence[Mapping[str, str]] = msgspec.msgpack.decode(nips)
    return found[-1]["nip"][-4:] if found else ""


def _facts(connection: Connection, key: int, arrived: Arrived, letters: list[Fact]) -> Iterable[Fact]:
    """Give a person's facts that can be folded; merged people's work lies under who they are now.

    What the centre said to the person is none of them: it would pass for news from a PC of theirs. It goes
    into `letters`.
    """
    query = originals(segment.c.fresh).where(segment.c.person == key).order_by(segment.c.person_lsn)
    for row in connection.execute(query):
        for fact in fresh_facts(original(row), row.fresh):
            if fact.header.pc == NO_PC:
                letters.append(fact)
                continue
            arrived.add(fact)
            try:
                check_received(fact.statement)
            except Refusal:
                continue
            yield fact


def fixes_of(connection: Connection, facts: Sequence[Fact]) -> Mapping[int, int]:
    """Return the clock fixes of the logs in which these facts stand, and what their PCs noted themselves."""
    logs = {fact.statement.log for fact in facts}
    fixed = {row.log: row.shift for row in connection.execute(select(clock)) if row.log in logs}
    return {**clock_offsets(facts), **fixed}


def _claimed(connection: Connection, key: int) -> bool:
    """Whether work has come from a profile that says it is this person and waits for vouching."""
    query = select(holder.c.id).where(holder.c.claimed == key, holder.c.person.is_(None)).limit(1)
    return connection.execute(query).first() is not None


def _missing() -> Select[int]:
    """Select the people who have no row, merged and erased ones aside."""
    return (
        select(person.c.id)
        .outerjoin(standing, standing.c.person == person.c.id)
        .where(standing.c.person.is_(None), person.c.merged.is_(None), person.c.erased == 0)
    )


def stale(connection: Connection, key: int, now: int) -> frozenset[int]:
    """Return the people of an office whose kept rows are out of date."""
    mark, last = _marks(connection)
    query = select(standing.c.person).where(standing.c.office == key, standing.c.until <= now)
    late = set(connection.execute(query).scalars())
    if mark is None:
        late |= set(connection.execute(select(standing.c.person).where(standing.c.office == key)).scalars())
    elif last > mark:
        late |= set(connection.execute(_touched(mark)).scalars())
    return frozenset(late)


_WHERE = select(person.c.office, person.c.nips)
_newest = select(func.max(segment.c.id))


def _marks(connection: Connection) -> tuple[int | None, int]:
    """Return up to which segment all are folded, None before the first time; and the last there is."""
    mark = connection.execute(select(meta.c.value).where(meta.c.name == _MARK)).scalar()
    return mark, connection.execute(_newest.where(segment.c.id > (mark or 0))).scalar() or 0


def _touched(mark: int) -> Select[int]:
    """Select the people of whom a segment beyond the mark has come since their row was counted."""
    newest = func.max(segment.c.id)
    query = select(standing.c.person).join(segment, segment.c.person == standing.c.person)
    return (
        query.where(segment.c.id > mark)
        .group_by(standing.c.person)
        .having(newest > func.max(standing.c.upto))
    )
