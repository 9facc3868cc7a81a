"""Sessions of two colleagues, as coaching: what both have stated, and what it is worth by the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from sync.folds.training import TrainingState
from sync.folds.years import CALENDAR, Years
from sync.journal.passing import Passed, passed
from sync.journal.statement import Fact

STATED, ANSWERED = "session.stated", "session.answered"
SESSIONS = (STATED, ANSWERED)
DAY = 24 * 60
"""Minutes of a day; no session is longer."""


@dataclass(frozen=True, slots=True)
class PeerRule:
    """What two colleagues may confirm of a form by themselves: hundredths of JP a session and at most a year.

    A session shorter than `minutes` counts nothing. With `both` it counts for the colleague too.
    """

    worth: int
    minutes: int
    cap: int
    both: bool = False


NO_RULES: Mapping[str, PeerRule] = MappingProxyType({})
"""What a table without a word on it allows: nothing."""


class Sheet(NamedTuple):
    """One version of a session, in the order in which versions win; `other` is who sat at the other side."""

    counter: int
    log: int
    seq: int
    digest: bytes
    id: str
    form: str
    day: int
    start: int
    minutes: int
    other: bytes

    @property
    def begin(self) -> int:
        """The minute in which it began, counted over days."""
        return self.day * DAY + self.start

    @property
    def content(self) -> tuple[str, str, int, int, int, bytes]:
        """All that it says in clear; whoever may not open its words cannot count its digest again."""
        return self.id, self.form, self.day, self.start, self.minutes, self.other


class Answer(NamedTuple):
    """What was answered to the session of that digest, by `other` or to them."""

    counter: int
    log: int
    seq: int
    session: bytes
    yes: bool
    other: bytes


Said = TypeVar("Said", Sheet, Answer)


class Why(Enum):
    """Why a session that both have stated counts less than the table says; the value is a sentence."""

    NONE = "It counts in full."
    FORM = "The table does not let two colleagues confirm this form for this person."
    SHORT = "It was too short."
    OVERLAP = "It lay in the time of another that counts."
    CAP = "The year's most was reached."


@dataclass(frozen=True, slots=True)
class Session:
    """A session as it stands for one person: `mine` who stated it; otherwise they are the colleague.

    `jp` in hundredths: what counts, or for one that is not confirmed what it would be worth.
    """

    sheet: Sheet
    state: TrainingState
    jp: int
    year: int
    mine: bool
    why: Why = Why.NONE

    @property
    def form(self) -> str:
        """The form of the table."""
        return self.sheet.form


def sheet_of(fields: Mapping[str, object], other: bytes, log: int, seq: int) -> Sheet | None:
    """Read a session; nothing where it is none, since a fold never fails on what arrived."""
    name, form, digest = fields.get("id"), fields.get("form"), fields.get("digest")
    day, start, minutes = fields.get("day"), fields.get("start"), fields.get("minutes")
    counter = fields.get("counter")
    if not (isinstance(name, str) and isinstance(form, str) and isinstance(digest, bytes)):
        return None
    if not (isinstance(day, int) and isinstance(start, int) and isinstance(minutes, int)):
        return None
    fits = date.min.toordinal() <= day <= date.max.toordinal() and 0 <= start < DAY and 0 < minutes <= DAY
    if not fits or not isinstance(counter, int):
        return None
    return Sheet(counter, log, seq, digest, name, form, day, start, minutes, other)


def answer_of(fields: Mapping[str, object], other: bytes, log: int, seq: int) -> Answer | None:
    """Read an answer; nothing where it is none."""
    session, yes, counter = fields.get("session"), fields.get("yes"), fields.get("counter")
    if not (isinstance(session, bytes) and yes in {0, 1} and isinstance(counter, int)):
        return None
    return Answer(counter, log, seq, session, yes == 1, other)


class SessionFold:
    """Gathers one person's sessions of both sides; order and repetition of adding change nothing.

    What the person said and what was said to them are kept apart: nobody answers their own.
    """

    __slots__ = ("_me", "_of", "answered", "answers", "stated", "told")

    def __init__(self) -> None:
        self._me = b""
        self._of: Callable[[bytes], bytes] = _as_named
        self.stated: set[Sheet] = set()
        self.answers: set[Answer] = set()
        self.told: set[Sheet] = set()
        self.answered: set[Answer] = set()

    def add(self, fact: Fact) -> None:
        """Take in the person's own word, or a letter of the centre; others are passed over.

        Pass facts that count: then only the centre can have passed a letter on.
        """
        said = fact.statement
        other = said.fields.get("person")
        if said.kind in SESSIONS and isinstance(other, bytes):
            self._put(said.kind, said.fields, other, said.log, said.seq, own=True)
            return
        for letter in passed((fact,), *SESSIONS):
            self.hear(letter)

    def hear(self, letter: Passed) -> None:
        """Take in what somebody else has said to this person; the centre or the desk says who."""
        self._put(letter.kind, letter.fields, letter.author, letter.log, letter.seq, own=False)

    def _put(
        self, kind: str, fields: Mapping[str, object], other: bytes, log: int, seq: int, *, own: bool
    ) -> None:
        if kind == STATED:
            sheet = sheet_of(fields, other, log, seq)
            if sheet is not None:
                (self.stated if own else self.told).add(sheet)
        elif kind == ANSWERED:
            answer = answer_of(fields, other, log, seq)
            if answer is not None:
                (self.answered if own else self.answers).add(answer)

    def known_as(self, me: bytes, of: Callable[[bytes], bytes]) -> None:
        """Say whose this is, and who everybody is after merges: nobody sits with themselves."""
        self._me, self._of = me, of

    def merge(self, other: SessionFold) -> None:
        """Take in all that another fold has gathered: the same person, another profile."""
        self.stated |= other.stated
        self.answers |= other.answers
        self.told |= other.told
        self.answered |= other.answered

    def sessions(
        self, rules: Mapping[str, PeerRule] = NO_RULES, years: Years = CALENDAR
    ) -> tuple[Session, ...]:
        """Return the sessions as they stand, by when they began.

        One counts once both have stated it, by the rule of its form; of two that overlap the one that began
        first counts, and in each year no more than the form's most.
        """
        found: list[Session] = []
        until, used = 0, dict[tuple[str, int], int]()
        for sheet, answer, mine in self._pairs():
            rule = rules.get(sheet.form)
            year = years.of(date.fromordinal(sheet.day))
            worth = 0 if rule is None or not (mine or rule.both) else rule.worth
            state, why = _state(answer), Why.NONE
            if rule is None or not worth:
                why = Why.FORM
            elif sheet.minutes < rule.minutes:
                worth, why = 0, Why.SHORT
            elif state is TrainingState.RECOGNISED and sheet.begin < until:
                worth, why = 0, Why.OVERLAP
            elif state is TrainingState.RECOGNISED:
                left = rule.cap - used.get((sheet.form, year), 0)
                worth, why = (worth, why) if worth <= left else (left, Why.CAP)
                used[sheet.form, year] = rule.cap - left + worth
                until = sheet.begin + sheet.minutes
            found.append(Session(sheet, state, worth, year, mine, why))
        return tuple(found)

    def _pairs(self) -> Iterable[tuple[Sheet, Answer | None, bool]]:
        """Pair the newest version of each session with the newest answer of just the other one to just it.

        A digest under which somebody has stated two things names neither: no answer is to it.
        """
        pairs = []
        for sheets, answers, mine in ((self.stated, self.answers, True), (self.told, self.answered, False)):
            newest: dict[tuple[bytes, str], Sheet] = {}
            named: dict[tuple[bytes, bytes], set[tuple[object, ...]]] = {}
            for sheet in self._settled(sheets):
                named.setdefault((b"" if mine else sheet.other, sheet.digest), set()).add(sheet.content)
                key = (b"" if mine else sheet.other, sheet.id)
                newest[key] = max(sheet, newest.get(key, sheet))
            words: dict[tuple[bytes, bytes], Answer] = {}
            for answer in self._settled(answers):
                place = (answer.session, answer.other)
                words[place] = max(answer, words.get(place, answer))
            for one in newest.values():
                clear = len(named[b"" if mine else one.other, one.digest]) == 1
                pairs.append((one, words.get((one.digest, one.other)) if clear else None, mine))
        return sorted(pairs, key=lambda pair: (pair[0].begin, pair[0], pair[2]))

    def _settled(self, words: Iterable[Said]) -> list[Said]:
        """Put who they are today at the other side, and leave out what one says with oneself."""
        known = [one._replace(other=self._of(one.other)) for one in words]
        return [one for one in known if one.other != self._me]


def _as_named(person: bytes) -> bytes:
    return person


def _state(answer: Answer | None) -> TrainingState:
    if answer is None:
        return TrainingState.WAITING
    return TrainingState.RECOGNISED if answer.yes else TrainingState.REJECTED
