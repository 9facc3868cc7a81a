"""Passing on: what somebody states for one person is opened, judged, and put into that person's feed."""

from collections.abc import Sequence

from sqlalchemy import Connection

from sync.folds.assignments import GRADED, MARKED
from sync.folds.lent import WORK
from sync.folds.pairing import PAIRED
from sync.folds.peers import REVIEWED
from sync.folds.sessions import SESSIONS
from sync.journal.passing import PASSED, clear_of, is_for_one, passed_on
from sync.journal.segment import SegmentPeek
from sync.journal.statement import Fact
from sync.officefile import Role
from sync.refusal import Refusal
from sync.server.effects import OPENED, VOUCHED, Effects, facts_of, octets_of, within
from sync.server.identity import CENTRE, Holder, Identities, Person
from sync.server.lending import Lending, is_guest
from sync.server.reviewing import Reviewing
from sync.server.voice import Voice

_MARKING = {MARKED, GRADED}
_OF_OFFICE = {Role.COORDINATOR.value, Role.TRAINER.value}
Part = Sequence[tuple[int, int, int]]


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

        A key that nobody has vouched for may state nothing of the sort, so nothing has to wait here. What is
        handed in goes to trainers lent to the office, once it is known whose it is.
        """
        self._lend(connection, holder, data, peek, part)
        self._review(connection, holder, data, peek, part)
        kinds = {kind for kind in peek.kinds if is_for_one(kind)}
        if not kinds or holder.person is None or holder.role == CENTRE:
            return
        author = self._identities.person_of(connection, holder.person)
        for fact in facts_of(data, kinds):
            if part is not None and not within(fact, part):
                continue
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

    def _review(
        self, connection: Connection, holder: Holder, data: bytes, peek: SegmentPeek, part: Part | None
    ) -> None:
        """Give out papers of colleagues, and bring what was made of them home."""
        if holder.person is None or {PAIRED, REVIEWED}.isdisjoint(peek.kinds):
            return
        reviewing = Reviewing(self._effects, self._identities, self._voice)
        for kind, deed in ((PAIRED, reviewing.hand_out), (REVIEWED, reviewing.bring_home)):
            facts = facts_of(data, {kind}) if kind in peek.kinds else []
            deed(connection, holder, [one for one in facts if part is None or within(one, part)])

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
