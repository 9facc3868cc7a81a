"""The feeds: what one profile has not seen, picked out, sealed to its letter key, signed by the centre."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import ColumnElement, Connection

from sync.bundle import OWN, PAPERS, seal_piece
from sync.journal.keys import SigningKey
from sync.journal.kind import Audience, Author
from sync.journal.kinds import KINDS
from sync.journal.segment import decode_segment
from sync.journal.statement import Fact
from sync.refusal import Refusal
from sync.server.batch import LONG, PUBLIC, TRAINERS
from sync.server.identity import Holder
from sync.server.stored import original, originals
from sync.server.tables import EVERYBODYS, segment

PERSON, OFFICE = "person", "office"
REPLY_BYTES = 48 * 1024
"""Bytes of stored segments that one reply goes through: a few seconds at 64 kbit/s, then it says `more`."""

PAPER_BYTES = 24 * 1024
"""Bytes of files in one reply: three seconds at 64 kbit/s, then results have a turn; a cut costs no more."""

_SELF = frozenset({Author.SELF})
_PART = msgspec.msgpack.Decoder(tuple[tuple[int, int, int], ...])
_ISSUED, _SIGNED = "certificate.issued", "certificate.signed"


@dataclass(frozen=True, slots=True)
class Reader:
    """A vouched profile and how far its feeds reached when its offer was taken.

    `desk` is whether it reads everybody's work of the office, `trainer` whether it reads what is handed in
    to be marked. The news are the places of the newest thing
    in each feed that is for it and not by it: a cursor at or past them has nothing to fetch.
    """

    holder: Holder
    person: int
    office: int
    desk: bool
    person_top: int
    person_news: int
    office_top: int
    office_news: int
    held: int
    trainer: bool = False

    @property
    def flags(self) -> int:
        """Which segments of others in the office it reads anything of."""
        return PUBLIC | TRAINERS if self.trainer else PUBLIC

    def starts(self, cursors: Mapping[str, int]) -> tuple[int, int]:
        """Return where its cursors stand; one ahead of the feed knew a centre since restored."""
        person, office = cursors.get(PERSON, 0), cursors.get(OFFICE, 0)
        return (
            person if person <= self.person_top else 0,
            office if office <= self.office_top else 0,
        )

    def has_news(self, cursors: Mapping[str, int]) -> bool:
        """Whether anything waits beyond its cursors."""
        person, office = self.starts(cursors)
        news = person < self.person_news or office < self.office_news
        return news or self.lacks(cursors) or self.has_papers(cursors)

    def has_papers(self, cursors: Mapping[str, int]) -> bool:
        """Whether there may be files beyond the cursor of one who was told of any."""
        return PAPERS in cursors and self.paper_start(cursors) < self.person_news

    def paper_start(self, cursors: Mapping[str, int]) -> int:
        """Return where the cursor of the files stands, which lie in the places of the person's feed."""
        found = cursors.get(PAPERS, 0)
        return found if found <= self.person_top else 0

    def lacks(self, cursors: Mapping[str, int]) -> bool:
        """Whether the asker holds less of its own work than the centre: it came back from a backup."""
        return OWN in cursors and cursors[OWN] < self.held


@dataclass(frozen=True, slots=True)
class Feeds:
    """What a reply carries of both feeds; `issued` are certificates among it, by log and number."""

    pieces: tuple[bytes, ...] = ()
    cursors: Mapping[str, int] = field(default_factory=dict)
    more: bool = False
    issued: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Page:
    """Facts that bring a cursor to `end`; `left` bytes may still be read, `more` lies beyond."""

    end: int
    facts: list[Fact]
    left: int
    more: bool


def standstill(reader: Reader) -> Feeds:
    """Return the feeds of a profile for whom nothing waits: its cursors pass over its own work."""
    return Feeds((), {PERSON: reader.person_top, OFFICE: reader.office_top})


def feeds(
    connection: Connection,
    reader: Reader,
    cursors: Mapping[str, int],
    centre: SigningKey,
    limit: int = REPLY_BYTES,
) -> Feeds:
    """Gather what a profile has not seen, from about `limit` stored bytes.

    The person's own work goes first, and files last, for who asks for them: nothing waits behind a file.
    """
    person, office = reader.starts(cursors)
    mine = _page(
        connection,
        segment.c.person_lsn,
        (segment.c.person == reader.person) & (segment.c.flags.op("&")(LONG) == 0),
        (person, reader.person_top),
        reader,
        for_person,
        limit,
    )
    measure = segment.c.office == reader.office
    ours = _page(
        connection,
        segment.c.office_lsn,
        measure if reader.desk else measure & _flagged(reader.flags),
        (office, reader.office_top),
        reader,
        for_desk if reader.desk else for_trainer if reader.trainer else for_everybody,
        mine.left,
    )
    pages = ((PERSON, person, mine), (OFFICE, office, ours))
    pieces = tuple(
        seal_piece(scope, start, page.end, page.facts, reader.holder.letter, centre)
        for scope, start, page in pages
        if page.facts
    )
    if reader.lacks(cursors):
        pieces += tuple(
            seal_piece(OWN, 0, 0, own, reader.holder.letter, centre) for own in _own(connection, reader)
        )
    issued = frozenset(
        (fact.statement.log, fact.statement.seq) for fact in mine.facts if fact.statement.kind == _ISSUED
    )
    # who hears of a file for the first time asks for it at once
    told = PAPERS not in cursors and any(fact.statement.kind == _SIGNED for fact in mine.facts)
    files = paper_feed(connection, reader, cursors, centre, ours.left) if PAPERS in cursors else Feeds()
    return Feeds(
        pieces + files.pieces,
        {PERSON: mine.end, OFFICE: ours.end, **files.cursors},
        more=told or mine.more or ours.more or files.more,
        issued=issued,
    )


def paper_feed(
    connection: Connection, reader: Reader, cursors: Mapping[str, int], centre: SigningKey, limit: int
) -> Feeds:
    """Gather files of the centre for this person, as far as the rest of a reply leaves room."""
    start = reader.paper_start(cursors)
    page = _page(
        connection,
        segment.c.person_lsn,
        (segment.c.person == reader.person) & (segment.c.flags.op("&")(LONG) != 0),
        (start, reader.person_top),
        reader,
        for_papers,
        min(limit, PAPER_BYTES),
    )
    pieces = (
        (seal_piece(PAPERS, start, page.end, page.facts, reader.holder.letter, centre),) if page.facts else ()
    )
    return Feeds(pieces, {PAPERS: page.end}, more=page.more)


def _own(connection: Connection, reader: Reader) -> Iterator[list[Fact]]:
    """Gather everything this very key has stated, in pieces: its profile has forgotten some of it."""
    query = (
        originals(segment.c.fresh)
        .where(segment.c.person == reader.person, segment.c.holder == reader.holder.id)
        .order_by(segment.c.person_lsn)
    )
    facts: list[Fact] = []
    size = 0
    for row in connection.execute(query):
        facts += fresh_facts(original(row), row.fresh)
        size += len(row.body)
        if size >= REPLY_BYTES:
            yield facts
            facts, size = [], 0
    yield facts


def _page(
    connection: Connection,
    place: ColumnElement[int | None],
    measure: ColumnElement[bool],
    span: tuple[int, int],
    reader: Reader,
    readable: Callable[[str], bool],
    limit: int,
) -> _Page:
    """Read one feed from the first place of `span` to the last, as far as `limit` allows."""
    start, top = span
    query = (
        originals(place.label("lsn"), segment.c.person, segment.c.flags, segment.c.fresh)
        .where(measure, place > start, place <= top, segment.c.holder != reader.holder.id)
        .order_by(place)
    )
    facts: list[Fact] = []
    end, left = start, limit
    rows = connection.execute(query)
    for row in rows:
        if left <= 0:
            rows.close()
            return _Page(end, facts, 0, more=True)
        waiting = row.person is None and not row.flags & PUBLIC
        found = [
            fact
            for fact in fresh_facts(original(row), row.fresh)
            if readable(fact.statement.kind) and (not waiting or KINDS[fact.statement.kind].opening)
        ]
        if found:
            facts += found
            left -= len(row.body)
        end = row.lsn
    return _Page(top, facts, left, more=False)


def _flagged(flags: int) -> ColumnElement[bool]:
    """Pick what others of an office read anything of; trainers read most of it, and need no index for it."""
    return EVERYBODYS if flags == PUBLIC else segment.c.flags.op("&")(flags) != 0


def fresh_facts(data: bytes, part: bytes | None) -> list[Fact]:
    """Return the facts of a stored segment that were new when it came; one that does not unpack has none."""
    try:
        facts = decode_segment(data).facts
    except Refusal:
        return []
    endorsed = [Fact(fact.header, fact.statement, fact.signer, endorsed=True) for fact in facts]
    if not part:
        return endorsed
    spans = _PART.decode(part)
    return [
        fact
        for fact in endorsed
        if any(
            number == fact.statement.log and first <= fact.statement.seq <= last
            for number, first, last in spans
        )
    ]


def for_person(kind: str) -> bool:
    """Whether the person's PCs read a kind that lies in their feed; one this centre does not know they do.

    What is for one person alone lies in that person's feed because the centre has put it there. What is for
    the centre alone goes to nobody, not even to its author's other PCs.
    """
    row = KINDS.get(kind)
    if row is None:
        return True
    return not row.papers and row.audience in {Audience.OFFICE, Audience.PERSON, Audience.ONE}


def for_papers(kind: str) -> bool:
    """Whether a kind is a piece of a file, which is read in a scope of its own."""
    row = KINDS.get(kind)
    return row is not None and row.papers


def for_desk(kind: str) -> bool:
    """Whether a coordinator reads a kind by anybody of the office.

    Among it what another coordinator has stated for one person, which is sealed to the office's key as well.
    """
    row = KINDS.get(kind)
    if row is None:
        return False
    by_the_desk = row.audience is Audience.ONE and (row.desk or Author.COORDINATOR in row.authors)
    return by_the_desk or row.audience in {Audience.OFFICE, Audience.COORDINATOR}


def for_trainer(kind: str) -> bool:
    """Whether a trainer of the office reads a kind: what all read, and what is handed in to be marked."""
    row = KINDS.get(kind)
    return for_everybody(kind) or (row is not None and row.trainers)


def for_everybody(kind: str) -> bool:
    """Whether everybody of the office reads a kind: what the desk or the centre says to all."""
    row = KINDS.get(kind)
    return row is not None and row.audience is Audience.OFFICE and row.authors != _SELF
