"""Passing on: what somebody states for one person is opened, judged, and put into that person's feed."""

from collections.abc import Sequence

from sqlalchemy import Connection

from sync.journal.passing import PASSED, is_for_one, passed_on
from sync.journal.segment import SegmentPeek
from sync.officefile import Role
from sync.refusal import Refusal
from sync.server.effects import Effects, facts_of, octets_of, within
from sync.server.identity import CENTRE, Holder, Identities, Person
from sync.server.voice import Voice

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

        A key that nobody has vouched for may state nothing of the sort, so nothing has to wait here.
        """
        kinds = {kind for kind in peek.kinds if is_for_one(kind)}
        if not kinds or holder.person is None or holder.role == CENTRE:
            return
        author = self._identities.person_of(connection, holder.person)
        for fact in facts_of(data, kinds):
            if part is not None and not within(fact, part):
                continue
            to = self._identities.person(connection, octets_of(fact.statement.fields.get("person")))
            if to is None or not self._may(connection, holder, to):
                continue
            end = self._identities.person_of(connection, to.id)
            if end.id == author.id:
                continue  # what one states for another is never a word on oneself
            try:
                fields = self._voice.open_letter(fact)
            except Refusal:
                continue  # sealed to somebody else: kept as it is, and passed to nobody
            self._effects.speak(PASSED, passed_on(fact, author.uuid, fields, fact.wall), None, end.id)

    def _may(self, connection: Connection, holder: Holder, to: Person) -> bool:
        """Whether this author may write to that person: desk and trainers only within the own office."""
        end = self._identities.person_of(connection, to.id)
        if end.erased:
            return False
        return holder.role not in _OF_OFFICE or end.office == holder.office
