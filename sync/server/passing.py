"""Passing on: what somebody states for one person is opened, judged, and put into that person's feed."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from sync.folds.assignments import GRADED, MARKED
from sync.folds.lent import WORK
from sync.folds.pairing import PAIRED
from sync.folds.peers import REVIEWED
from sync.folds.sessions import SESSIONS
from sync.journal.passing import PASSED, clear_of, is_for_one, passed_on
from sync.journal.segment import SegmentPeek, peek_segment
from sync.journal.statement import Fact
from sync.officefile import Role
from sync.refusal import Refusal
from sync.server.effects import OPENED, VOUCHED, Effects, facts_of, octets_of, within
from sync.server.identity import CENTRE, Holder, Identities, Person
from sync.server.lending import Lending, is_guest
from sync.server.reviewing import Reviewing
from sync.server.stored import original, originals
from sync.server.tables import segment
from sync.server.voice import Voice

_REVIEWS = {PAIRED, REVIEWED}
_MARKING = {MARKED, GRADED}
_OF_OFFICE = {Role.COORDINATOR.value, Role.TRAINER.value}
Part = Sequence[tuple[int, int, int]]
_RUNS = list[tuple[int, int, int]]


class Passing:
    """Passes letters on within one batch. Used by the writer alone."""

    def __init__(self, effects: Effects, identities: Identities, voice: Voice) -> None:
        self._effects = effects
        self._identities = identities
        self._voice = voice

    def pass_on(
        self, connection: Connection, holder: Holder, data: bytes, peek: SegmentPeek, part: Part | None
    ) -> None:
        """Pass on what a new segment states for others; `part` are its runs that are new, None for all.

        What a key states that nobody has vouched for waits for that (`pass_late`). What is handed in goes to
        trainers lent to the office, once it is known whose it is.
        """
        self._lend(connection, holder, data, peek, part)
        wanted = _wanted(peek)
        if wanted and holder.person is not None:
            self._tell(connection, holder, _new(data, wanted, part))

    def pass_late(self, connection: Connection) -> None:
        """Pass on what keys had stated for others before this batch vouched for them, each once.

        Call it when everything of the batch is judged: who was vouched for stays so, even where the very
        segment that proved it is refused.
        """
        late, self._effects.late = self._effects.late, []
        for waited, numbers in late:
            holder = self._identities.find(connection, waited.profile, waited.signing)
            if holder is None or holder.person is None:
                continue
            whose = segment.c.person == self._identities.person_of(connection, holder.person).id
            query = originals(segment.c.fresh).where(whose, segment.c.id.in_(numbers)).order_by(segment.c.id)
            for row in connection.execute(query).all():
                data = original(row)
                wanted = _wanted(peek_segment(data))
                if wanted:
                    part = msgspec.msgpack.decode(row.fresh, type=_RUNS) if row.fresh else None
                    self._tell(connection, holder, _new(data, wanted, part))

    def _tell(self, connection: Connection, holder: Holder, facts: Sequence[Fact]) -> None:
        """Pass on facts of a key that is vouched for, each by the rule of its kind."""
        reviewing = Reviewing(self._effects, self._identities, self._voice)
        for kind, deed in ((PAIRED, reviewing.hand_out), (REVIEWED, reviewing.bring_home)):
            deed(connection, holder, [fact for fact in facts if fact.statement.kind == kind])
        self._letters(connection, holder, [fact for fact in facts if is_for_one(fact.statement.kind)])

    def _letters(self, connection: Connection, holder: Holder, facts: Sequence[Fact]) -> None:
        """Open letters and put each into the feed of whom it is for."""
        if holder.person is None or holder.role == CENTRE or not facts:
            return
        author = self._identities.person_of(connection, holder.person)
        for fact in facts:
            to = self._identities.person(connection, octets_of(fact.statement.fields.get("person")))
            if to is None or not self._may(connection, holder, author, to, fact):
                continue
            end = self._identities.person_of(connection, to.id)
            if end.id == author.id:
                continue  # what one states for another is never a word on oneself
            try:
                fields = self._voice.open_letter(fact)
            except Refusal:
                continue  # sealed to somebody else: kept as it is, and passed to nobody
            self._effects.speak(
                PASSED, passed_on(fact, author.uuid, {**fields, **clear_of(fact)}, fact.wall), None, end.id
            )

    def _may(self, connection: Connection, holder: Holder, author: Person, to: Person, fact: Fact) -> bool:
        """Whether this author may write to that person: desk and trainers only within the own office.

        Marks and grades also go between an office and who is lent to it; a mark to who marks there, alone.
        """
        known, kind, at = self._identities, fact.statement.kind, fact.wall
        end = known.person_of(connection, to.id)
        if end.erased:
            return False
        if holder.role not in _OF_OFFICE or kind in SESSIONS:
            return True
        at_home = end.office == holder.office
        if kind not in _MARKING:
            return at_home
        if kind == GRADED:
            return at_home or is_guest(connection, known, author, end.office, at)
        if at_home:
            return known.marks(connection, to.id) or is_guest(connection, known, end, end.office, at)
        lent_here = holder.office is not None and is_guest(connection, known, end, holder.office, at)
        together = is_guest(connection, known, author, end.office, at) and known.marks(connection, to.id)
        return lent_here or together

    def _lend(
        self, connection: Connection, holder: Holder, data: bytes, peek: SegmentPeek, part: Part | None
    ) -> None:
        """Pass on what is handed in here, and what was before somebody vouched for its key."""
        kinds = set(peek.kinds)
        lending = Lending(self._effects, self._identities)
        if not kinds.isdisjoint(WORK):
            facts = facts_of(data, kinds)
            lending.pass_work(connection, holder, [one for one in facts if part is None or within(one, part)])
        if OPENED in kinds and holder.person is not None:
            lending.pass_held(connection, (holder,))
        if VOUCHED in kinds and holder.person is not None:
            lending.pass_held(connection, self._vouched(connection, data))

    def _vouched(self, connection: Connection, data: bytes) -> list[Holder]:
        """Find the keys that a segment vouches for, where they are vouched for now."""
        found = (
            self._identities.find(
                connection,
                octets_of(one.statement.fields.get("profile")),
                octets_of(one.statement.fields.get("signing")),
            )
            for one in facts_of(data, {VOUCHED})
        )
        return [one for one in found if one is not None and one.person is not None]


def _wanted(peek: SegmentPeek) -> set[str]:
    """Name the kinds of a segment that are passed on to somebody."""
    return {kind for kind in peek.kinds if kind in _REVIEWS or is_for_one(kind)}


def _new(data: bytes, kinds: set[str], part: Part | None) -> list[Fact]:
    """Return the facts of some kinds in what is new of a segment."""
    return [fact for fact in facts_of(data, kinds) if part is None or within(fact, part)]
