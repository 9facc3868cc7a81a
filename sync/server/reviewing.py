"""Peer review at the centre: a paper goes out without its author, its review home without the reviewer."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from sync.folds.assignments import PART, SUBMITTED, Submission, submissions
from sync.folds.pairing import Pair, pairs_of
from sync.folds.peers import FILE, PAPER, REVIEWED, paper_fields
from sync.journal.kind import Author
from sync.journal.passing import PASSED
from sync.journal.secret_fields import Secret, pack_fields
from sync.journal.statement import Fact, Value
from sync.refusal import Refusal
from sync.server.batch import TRAINERS
from sync.server.effects import Effects, facts_of
from sync.server.identity import Holder, Identities, Person
from sync.server.lending import markers_of
from sync.server.stored import original, originals
from sync.server.tables import segment
from sync.server.voice import Voice

TICKET = "peer.ticket"
_DAY = 86_400
_NOBODY = bytes(16)
_SAID = ("points", "comment", "counter")


@dataclass(frozen=True, slots=True)
class _Out:
    """One letter of this room: what is stated, as whose word, under which place, and when."""

    kind: str
    by: bytes
    place: bytes
    seq: int
    at: int


class Reviewing:
    """Gives papers out and brings reviews home, within one batch. Used by the writer alone.

    Nothing is written down of who reads whom: a paper goes out with a ticket that the centre alone can open,
    and a review counts when its ticket is the centre's own and names who has signed the review.
    """

    def __init__(self, effects: Effects, identities: Identities, voice: Voice) -> None:
        self._effects, self._identities, self._voice = effects, identities, voice

    def hand_out(self, connection: Connection, by: Holder, facts: Iterable[Fact]) -> None:
        """Pass papers to whom a trainer gives them: within one office, and never one's own."""
        if by.office is None or by.person is None or Author.TRAINER not in by.authors:
            return
        if not self._identities.marks(connection, by.person):
            return
        trainer = self._identities.person_of(connection, by.person)
        for fact in facts:
            held: dict[bytes, tuple[list[Submission], list[Fact]]] = {}
            for pair in pairs_of(fact):
                author, reviewer = (self._end(connection, one) for one in (pair.author, pair.reviewer))
                if author is None or reviewer is None or not may_read(by.office, author, reviewer):
                    continue
                works, parts = held.setdefault(author.uuid, self._held(connection, author))
                work = next((one for one in works if _is(one, pair)), None)
                if work is not None:
                    self._give(trainer, author, reviewer, work, parts, fact.wall)

    def bring_home(self, connection: Connection, by: Holder, facts: Iterable[Fact]) -> None:
        """Pass reviews to the author, without who it was, and to those who mark there, with it."""
        if by.person is None:
            return
        reviewer = self._identities.person_of(connection, by.person)
        for fact in facts:
            try:
                said = self._voice.open_letter(fact)
                ticket = self._voice.open_own(TICKET, _octets(said, "ticket"))
            except Refusal:
                continue
            id_ = _octets(said, "id")
            if not hmac.compare_digest(id_, self._name(ticket)):
                continue  # a ticket that this centre never wrote
            author = self._end(connection, _octets(ticket, "author"))
            reader = self._end(connection, _octets(ticket, "reviewer"))
            if author is None or author.erased or not was_given(reader, reviewer):
                continue
            self._tell(connection, author, reviewer, said, ticket, fact.wall)

    def _give(
        self,
        trainer: Person,
        author: Person,
        reviewer: Person,
        work: Submission,
        parts: Iterable[Fact],
        at: int,
    ) -> None:
        ticket: dict[str, Secret] = {
            "activity": work.activity,
            "author": author.uuid,
            "reviewer": reviewer.uuid,
            "work": work.work,
        }
        id_ = self._name(ticket)
        fields = paper_fields(id_, self._voice.seal_own(TICKET, ticket), work)
        self._speak(reviewer, _Out(PAPER, trainer.uuid, id_, 1, at), fields)
        files = {digest for _, digest in work.files}
        sent: set[tuple[bytes, int]] = set()
        for fact in parts:
            said = fact.statement.fields
            file, part = said["file"], said["part"]
            if not isinstance(file, bytes) or not isinstance(part, int):
                continue
            if file not in files or (file, part) in sent:
                continue
            sent.add((file, part))
            piece = {name: value for name, value in said.items() if isinstance(value, int | bytes)}
            place = self._voice.mark(b"file", id_, file)
            self._speak(reviewer, _Out(FILE, trainer.uuid, place, part, at), {**piece, "id": id_})

    def _tell(
        self,
        connection: Connection,
        author: Person,
        reviewer: Person,
        said: dict[str, Secret],
        ticket: dict[str, Secret],
        at: int,
    ) -> None:
        name = self._voice.mark(b"review", _octets(said, "id"))
        told = {key: value for key, value in said.items() if key in _SAID}
        told |= {"activity": ticket["activity"], "work": ticket["work"], "id": name}
        counter = said.get("counter")
        seq = counter if isinstance(counter, int) and 0 < counter < _DAY else 1
        # to the day: when somebody sat at the office's PC tells who it was
        self._speak(author, _Out(REVIEWED, _NOBODY, name, seq, at // _DAY * _DAY), told)
        for uuid in markers_of(connection, self._identities, author.office, at):
            marker = self._end(connection, uuid)
            if marker is None or marker.id in {author.id, reviewer.id}:
                continue
            self._speak(
                marker, _Out(REVIEWED, reviewer.uuid, name, seq, at), {**told, "learner": author.uuid}
            )

    def _speak(self, to: Person, out: _Out, fields: dict[str, Secret]) -> None:
        """Pass one on; its place is made up: the real one would tell whose log it is from."""
        said: dict[str, Value] = {
            "stated": out.kind,
            "author": out.by,
            "of_log": 1 + (int.from_bytes(out.place[:8]) >> 2),
            "of_seq": out.seq,
            "of_at": out.at,
            "fields": pack_fields(fields),
        }
        self._effects.speak(PASSED, said, None, to.id)

    def _held(self, connection: Connection, author: Person) -> tuple[list[Submission], list[Fact]]:
        """Return what somebody has handed in, and the pieces of their files."""
        keys = [one.id for one in self._identities.of_person(connection, author.id)]
        query = (
            originals(segment.c.fresh)
            .where(segment.c.holder.in_(keys), segment.c.flags.op("&")(TRAINERS) != 0)
            .order_by(segment.c.id)
        )
        facts = [
            fact
            for row in connection.execute(query).all()
            for fact in facts_of(original(row), {SUBMITTED, PART})
        ]
        works = submissions(facts, lambda _: author.uuid)
        parts = [fact for fact in facts if fact.statement.kind == PART]
        return [one for versions in works.values() for one in versions], parts

    def _end(self, connection: Connection, uuid: bytes) -> Person | None:
        one = self._identities.person(connection, uuid)
        return None if one is None else self._identities.person_of(connection, one.id)

    def _name(self, ticket: dict[str, Secret]) -> bytes:
        """Name a paper given out: the same each time, and known to nobody without the centre's key."""
        return self._voice.mark(b"paper", pack_fields(ticket))


def may_read(office: int, author: Person, reviewer: Person) -> bool:
    """Whether a trainer of an office may give one person's paper to the other."""
    if author.erased or reviewer.erased or author.id == reviewer.id:
        return False
    return author.office == reviewer.office == office


def was_given(reader: Person | None, reviewer: Person) -> bool:
    """Whether a paper was given to the very person who reviews it."""
    return reader is not None and reader.id == reviewer.id


def _is(work: Submission, pair: Pair) -> bool:
    return (work.activity, work.work) == (pair.activity, pair.work)


def _octets(said: dict[str, Secret], name: str) -> bytes:
    value = said.get(name)
    return value if isinstance(value, bytes) else b""
