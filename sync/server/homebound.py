"""What goes home with a carrier: for each PC its acks and the feeds its people want, sealed to that PC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sync.bundle import OWN, PAPERS, Ack
from sync.journal.keys import SigningKey
from sync.postbag.document import Document, encode_document
from sync.postbag.homeward import Homeward, Letter, seal_homeward
from sync.postbag.outward import Want
from sync.refusal import Refusal
from sync.server.answers import EPOCH, OFFICE, Shelf, scope_of
from sync.server.carried import Brought
from sync.server.database import Database
from sync.server.documents import ROOT, TRUST
from sync.server.feed import REPLY_BYTES, Feeds, Reader, feeds, paper_feed
from sync.server.intake import Taken, Word
from sync.server.keys import CentreKeys

PC_BYTES = 1 << 20
"""Bytes of feed pieces for one PC in one answer: a month of a desk with fifty people; then it says `more`."""
LETTER_LIMIT = 200 * 1024
"""Bytes of a piece that still fits into a part; a larger one waits for a direct connection."""
REFUSALS_LIMIT = 64
_NOBODY = 0


@dataclass(slots=True)
class Bound:
    """One PC that is answered, and what its parts have come to so far."""

    pc: bytes
    office: bytes
    letter: bytes
    versions: Mapping[str, int]
    acks: dict[int, int] = field(default_factory=dict)
    parts: list[bytes] = field(default_factory=list)
    refusals: list[Word] = field(default_factory=list)
    wants: dict[tuple[bytes, bytes], Want] = field(default_factory=dict)
    offices: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, brought: Brought) -> Bound:
        """Begin with the PC that wrote a part."""
        outward = brought.outward
        return cls(outward.pc, brought.office, outward.letter, outward.versions)

    def add(self, brought: Brought, taken: Taken, *, stored: bool) -> None:
        """Count in one more part of this PC, and whether it need not come again."""
        if stored:
            self.parts.append(brought.digest)
        for log, seq in taken.acks:
            self.acks[log] = max(seq, self.acks.get(log, 0))
        self.refusals += taken.refusals[: REFUSALS_LIMIT - len(self.refusals)]
        for want in brought.outward.wants:
            asker = want.profile, want.signer
            self.wants[asker] = _widest(want, self.wants.get(asker, want))
        newer = {name: max(one, self.versions.get(name, 0)) for name, one in brought.outward.versions.items()}
        self.versions = {**self.versions, **newer}
        self.offices |= taken.offices


def _widest(one: Want, other: Want) -> Want:
    """Make one question of two by the same asker, whichever is the newer.

    From the lower end of each feed, since a piece that begins before a cursor leaves no hole; and with the
    greater number of own statements, as only those that are nowhere else have to come back.
    """
    feeds = set(one.cursors) & set(other.cursors) - {OWN}
    cursors = {scope: min(one.cursors[scope], other.cursors[scope]) for scope in feeds}
    own = [want.cursors[OWN] for want in (one, other) if OWN in want.cursors]
    return Want(one.profile, one.signer, cursors | ({OWN: max(own)} if own else {}))


@dataclass(frozen=True, slots=True)
class Answered:
    """The sealed parts for one PC, the documents it lacks, the bytes of feeds they hold, certificates."""

    homeward: tuple[bytes, ...]
    documents: Mapping[str, bytes]
    size: int
    issued: frozenset[tuple[int, int]] = frozenset()


def answer(
    database: Database,
    bound: Bound,
    readers: Iterable[Reader | None],
    office: int | None,
    shelf: Shelf,
    keys: CentreKeys,
    now: int,
    room: int,
) -> Answered:
    """Make one PC's answer from at most `room` bytes of feeds; `readers` stand for its wants, in order.

    `office` is the centre's number of the PC's office: its file goes only where somebody of it has spoken.
    """
    found = tuple(readers)
    spoken = bound.offices | {one.office for one in found if one is not None}
    key = office if office is not None and office in spoken else _NOBODY
    letters, more, issued = _letters(database, bound, found, keys.signing, min(room, PC_BYTES))
    homeward = Homeward(
        pc=bound.pc,
        time=now,
        epoch=shelf.epoch,
        acks=tuple(Ack(log, seq) for log, seq in sorted(bound.acks.items())),
        letters=letters,
        versions={name: one for name, one in shelf.versions(key).items() if name != EPOCH},
        refusals=tuple(bound.refusals),
        more=more,
        parts=tuple(bound.parts),
    )
    return Answered(
        seal_homeward(homeward, bound.office, (bound.letter,), keys.signing),
        _documents(bound, shelf, key),
        sum(len(one.piece) for one in letters),
        issued,
    )


def _letters(
    database: Database, bound: Bound, readers: tuple[Reader | None, ...], signing: SigningKey, room: int
) -> tuple[tuple[Letter, ...], bool, frozenset[tuple[int, int]]]:
    """Gather the feeds of everybody whom this PC asks for, as pieces small enough for a part."""
    letters: list[Letter] = []
    issued: frozenset[tuple[int, int]] = frozenset()
    more = False
    for papers in (False, True):  # nobody's results wait behind somebody's files
        for want, reader in zip(bound.wants.values(), readers, strict=True):
            if reader is None or (papers and more):
                continue
            found = _feeds_of(database, reader, _asked(want, papers=papers), signing, room)
            letters += [Letter(want.profile, piece) for piece in found.pieces]
            issued |= found.issued
            room -= sum(len(piece) for piece in found.pieces)
            more = more or found.more
    return tuple(letters), more, issued


def _asked(want: Want, *, papers: bool) -> dict[str, int]:
    """Return the cursors to answer first, and those to answer when all feeds are: of files, never told here.

    A carrier comes again in weeks, so files go along before their owner could have heard of any.
    """
    if not papers:
        return {scope: at for scope, at in want.cursors.items() if scope != PAPERS}
    return {PAPERS: want.cursors.get(PAPERS, 0)}


def _feeds_of(
    database: Database, reader: Reader, cursors: Mapping[str, int], signing: SigningKey, room: int
) -> Feeds:
    """Gather a reader's feeds from these cursors on, as pieces small enough for a part."""
    pieces: tuple[bytes, ...] = ()
    issued: frozenset[tuple[int, int]] = frozenset()
    alone = PAPERS in cursors
    while reader.has_papers(cursors) if alone else reader.has_news(cursors):
        if room <= 0:
            return Feeds(pieces, cursors, more=True, issued=issued)
        with database.reading(scope_of(reader)) as connection:
            if alone:
                found = paper_feed(connection, reader, cursors, signing, min(room, REPLY_BYTES))
            else:
                found = feeds(connection, reader, cursors, signing, min(room, REPLY_BYTES))
        if any(len(piece) > LETTER_LIMIT for piece in found.pieces):
            return Feeds(pieces, cursors, more=True, issued=issued)
        pieces += found.pieces
        issued |= found.issued
        room -= sum(len(piece) for piece in found.pieces)
        cursors = found.cursors
        if not found.more:
            break
    return Feeds(pieces, cursors, issued=issued)


def _documents(bound: Bound, shelf: Shelf, key: int) -> Mapping[str, bytes]:
    """Return as parts the documents of which the PC holds older versions."""
    versions = {name: one.version for name, one in shelf.documents.signed.items()}
    versions |= {TRUST: shelf.documents.trust.version, ROOT: shelf.documents.root.version}
    if key in shelf.offices:
        versions[OFFICE] = shelf.offices[key].version
    found: dict[str, bytes] = {}
    for name, data in shelf.newer(bound.versions, key).items():
        try:
            found[name] = encode_document(Document(name, versions[name], data), bound.office)
        except Refusal:  # larger than a stick should carry for everybody: it comes by a direct connection
            continue
    return found
