"""Proctored exams: who was asked, who was there, what happened, and which attempts belong to none."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum

from sync.folds.order import Moment, clock_offsets, moment, number, text
from sync.journal.statement import Fact

OPENED, ATTENDED, NOTED, BEGUN = "exam.opened", "exam.attended", "exam.noted", "exam.begun"
WORDS = (OPENED, ATTENDED, NOTED)
"""Kinds by proctors; what they say is sealed to the desk, the centre and who said it.

Which quiz and day an exam is of and whom it asked, as ids, other trainers read as well.
"""
TAKEN = (BEGUN, "quiz.started", "quiz.ruled", "quiz.power_loss", "quiz.finished")
"""Kinds by those who sit the exam."""
PERSON = 16


class Seat(Enum):
    """Whether somebody was there."""

    UNKNOWN = "nobody said"
    CODE = "began with their code"
    HERE = "ticked by the proctor"
    ABSENT = "ticked as absent"


@dataclass(frozen=True, slots=True)
class Word:
    """What a proctor said, opened; `by` is their person."""

    kind: str
    when: Moment
    by: bytes
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person of an exam: whether there, when begun (0: not), and the score in hundredths, None open."""

    person: bytes
    name: str
    seat: Seat
    begun: int = 0
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that happened at Unix `at`; `power` for one that the program noted by itself.

    `person` is empty for the whole room; `gone` are the seconds without power.
    """

    at: int
    person: bytes
    words: str
    power: bool = False
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Exam:
    """One exam; `day` as `date.toordinal`, `sitting` the how manieth of the quiz on that day."""

    id: bytes
    activity: str
    day: int
    sitting: int
    place: str
    by: bytes
    opened: int
    candidates: tuple[Candidate, ...]
    incidents: tuple[Incident, ...]


@dataclass(frozen=True, slots=True)
class Stray:
    """An attempt at a proctored quiz that no exam here asked for; `coded` when it states a code."""

    person: bytes
    activity: str
    at: int
    coded: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """An exam of any proctor as other trainers know it: for whom codes were made, and no name."""

    activity: str
    day: int
    sitting: int
    people: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Exams:
    """All exams, the newest day first, and the attempts that belong to none of them.

    `sittings` are activity, day and sitting of every exam heard of, those of other proctors among them.
    """

    exams: tuple[Exam, ...]
    strays: tuple[Stray, ...]
    sittings: AbstractSet[tuple[str, int, int]] = frozenset()


_Key = tuple[str, bytes, int]


class _Attempts:
    """The attempts as those who took them stated them."""

    def __init__(self, facts: Iterable[Fact], fixes: Mapping[int, int] | None) -> None:
        held = list(facts)
        offsets = clock_offsets(held) if fixes is None else fixes
        self.begun: dict[_Key, tuple[Moment, int, int]] = {}
        self.started: dict[_Key, Moment] = {}
        self.fixed: set[_Key] = set()
        self.score: dict[_Key, tuple[Moment, int]] = {}
        self.losses: dict[_Key, set[tuple[Moment, int]]] = {}
        for fact in held:
            if fact.statement.kind in TAKEN:
                self._add(fact, moment(fact, offsets))

    def _add(self, fact: Fact, when: Moment) -> None:
        key = (text(fact, "activity"), fact.header.profile, number(fact, "attempt"))
        kind = fact.statement.kind
        if kind == BEGUN:
            word = (when, number(fact, "day"), number(fact, "sitting"))
            self.begun[key] = min(self.begun.get(key, word), word)
        elif kind == "quiz.started":
            self.started[key] = min(self.started.get(key, when), when)
        elif kind == "quiz.ruled":
            if number(fact, "fixed") == 1:
                self.fixed.add(key)
        elif kind == "quiz.power_loss":
            self.losses.setdefault(key, set()).add((when, number(fact, "gone")))
        else:
            result = (when, number(fact, "score"))
            self.score[key] = max(self.score.get(key, result), result)


def exams(
    words: Iterable[Word],
    facts: Iterable[Fact],
    person_of: Callable[[bytes], bytes | None],
    proctored: AbstractSet[str] = frozenset(),
    listed: Iterable[Listed] = (),
    fixes: Mapping[int, int] | None = None,
) -> Exams:
    """Fold what proctors said and what was taken, in any order and with any repetition.

    `facts` must count; `proctored` are the quizzes that ask for a code by their pack, `listed` the exams of
    other proctors, whose attempts are no strays. `fixes` are the seconds that clocks were off, where they are
    known already. Of two words on one person the greater (turn, log, seq)
    holds. A first word on an exam cannot be changed by a later one.
    """
    taken = _Attempts(facts, fixes)
    opened: dict[bytes, Word] = {}
    ticks: dict[tuple[bytes, bytes], tuple[int, int, int, int]] = {}
    notes: dict[bytes, set[tuple[int, bytes, str, Moment]]] = {}
    for word in words:
        exam = _octets(word, "exam")
        if len(exam) != PERSON:
            continue
        if word.kind == OPENED:
            before = opened.get(exam)
            if before is None or (word.when, word.by) < (before.when, before.by):
                opened[exam] = word
        elif word.kind == ATTENDED:
            where = (exam, _octets(word, "person"))
            tick = (_whole(word, "turn"), word.when.log, word.when.seq, _whole(word, "here"))
            ticks[where] = max(ticks.get(where, tick), tick)
        elif word.kind == NOTED:
            note = (_whole(word, "at"), _octets(word, "person"), _text(word, "text"), word.when)
            notes.setdefault(exam, set()).add(note)
    found = [_exam(word, ticks, notes, taken, person_of) for word in opened.values()]
    heard = [*listed, *(_listed(one) for one in found)]
    asked = {(one.activity, one.day, one.sitting, person) for one in heard for person in one.people}
    ordered = sorted(found, key=lambda one: (-one.day, -one.sitting, one.activity, one.id))
    sittings = frozenset((one.activity, one.day, one.sitting) for one in heard)
    return Exams(tuple(ordered), _strays(taken, person_of, proctored, asked), sittings)


def apart(packed: bytes) -> tuple[bytes, ...]:
    """Take ids apart that were written end to end; a rest that is no id is left out."""
    return tuple(packed[at : at + PERSON] for at in range(0, len(packed) - PERSON + 1, PERSON))


def _listed(exam: Exam) -> Listed:
    return Listed(exam.activity, exam.day, exam.sitting, tuple(one.person for one in exam.candidates))


def _exam(
    word: Word,
    ticks: Mapping[tuple[bytes, bytes], tuple[int, int, int, int]],
    notes: Mapping[bytes, set[tuple[int, bytes, str, Moment]]],
    taken: _Attempts,
    person_of: Callable[[bytes], bytes | None],
) -> Exam:
    exam, activity = _octets(word, "exam"), _text(word, "activity")
    day, sitting = _whole(word, "day"), _whole(word, "sitting")
    people = apart(_octets(word, "people"))
    names = _text(word, "names").split("\n")
    here: dict[bytes, _Key] = {}
    for key, (_, of_day, of_sitting) in sorted(taken.begun.items()):
        person = person_of(key[1])
        if (key[0], of_day, of_sitting) == (activity, day, sitting) and person is not None:
            here.setdefault(person, key)
    candidates, incidents = [], []
    for place, person in enumerate(dict.fromkeys(people)):
        mine = here.get(person)
        seat = _seat(ticks.get((exam, person)), begun=mine is not None)
        score = None if mine is None or mine not in taken.score else taken.score[mine][1]
        begun = 0 if mine is None else taken.begun[mine][0].at
        name = names[place] if place < len(names) else ""
        candidates.append(Candidate(person, name, seat, begun, score))
        if mine is not None and mine in taken.fixed:
            incidents += [
                Incident(when.at, person, "", power=True, gone=gone)
                for when, gone in taken.losses.get(mine, ())
            ]
    incidents += [Incident(at, person, words) for at, person, words, _ in notes.get(exam, ())]
    incidents.sort(key=lambda one: (one.at, one.person, one.words, one.gone))
    place_ = _text(word, "place")
    return Exam(
        exam, activity, day, sitting, place_, word.by, word.when.at, tuple(candidates), tuple(incidents)
    )


def _seat(tick: tuple[int, int, int, int] | None, *, begun: bool) -> Seat:
    """Say whether somebody was there: who began with their code was, whatever was ticked."""
    if begun:
        return Seat.CODE
    if tick is None:
        return Seat.UNKNOWN
    return Seat.HERE if tick[3] == 1 else Seat.ABSENT


def _strays(
    taken: _Attempts,
    person_of: Callable[[bytes], bytes | None],
    proctored: AbstractSet[str],
    asked: AbstractSet[tuple[str, int, int, bytes]],
) -> tuple[Stray, ...]:
    found = []
    for key in sorted(taken.begun.keys() | {one for one in taken.started if one[0] in proctored}):
        person = person_of(key[1])
        if person is None:
            continue
        begun = taken.begun.get(key)
        if begun is None:
            found.append(Stray(person, key[0], taken.started[key].at, coded=False))
        elif (key[0], begun[1], begun[2], person) not in asked:
            found.append(Stray(person, key[0], begun[0].at, coded=True))
    return tuple(sorted(found, key=lambda one: (-one.at, one.activity, one.person)))


def _octets(word: Word, name: str) -> bytes:
    value = word.fields.get(name)
    return value if isinstance(value, bytes) else b""


def _text(word: Word, name: str) -> str:
    value = word.fields.get(name)
    return value if isinstance(value, str) else ""


def _whole(word: Word, name: str) -> int:
    value = word.fields.get(name)
    return value if isinstance(value, int) else 0
