"""One person at the desk: courses, hours, attempts down to the single answer, and where they were seen."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.office.contacts import Contact, contacts
from desktop.office.desk import roster_of
from desktop.office.gather import judgements, session_words
from desktop.store.facts import logs_of
from desktop.store.jp_table import jp_table_of
from sync.folds.jp import JpEntry, JpYear, day_of
from sync.folds.order import CLOCKS, clock_offsets, log_order, moment, number, text
from sync.folds.quiz import Answer, QuizResult, QuizStanding
from sync.folds.recount import VOIDED
from sync.folds.sessions import SESSIONS
from sync.folds.standing import LEARNING, StandingFold
from sync.folds.training import CLAIMED, JUDGED
from sync.folds.years import CALENDAR, Years
from sync.journal.authority import Authority
from sync.journal.statement import Fact
from sync.jp_table import years_for

if TYPE_CHECKING:
    from desktop.store.profile import Profile


_Key = tuple[str, bytes, int]
"""An attempt: the quiz's activity, the profile, and the attempt's number there."""
OUTSIDE = (CLAIMED, JUDGED, *SESSIONS)
"""Kinds that say what was learned outside, and what a desk made of it."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a quiz: its score in hundredths of a percent (None: not finished), begun on which PC.

    `answers` are the last given to each question, by its number from 0, as they were stated; `losses` counts
    power cuts, `version` is that of the quiz, `without` are questions that the score does not count, and
    `worded` says that the answers were put in the words of their pack.
    """

    number: int
    score: int | None
    passed: bool
    at: int
    pc: str
    answers: Mapping[int, Answer]
    losses: int = 0
    version: str = ""
    without: tuple[int, ...] = ()
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz with every attempt, in the order they were begun or finished."""

    standing: QuizStanding
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A PC a person has used: its name and Unix time of the last word of theirs from there."""

    pc: str
    at: int


@dataclass(frozen=True, slots=True)
class PersonFile:
    """All that the desk knows of a person; `at_centre` of `stated` statements are at the centre.

    `span` are the first and the last day of a `year` of contract; None for the calendar's.
    """

    person: bytes
    year: JpYear
    courses: tuple[JpEntry, ...]
    modules: tuple[str, ...]
    quizzes: tuple[Quiz, ...]
    seen: tuple[Seen, ...]
    contacts: tuple[Contact, ...]
    last_active: int | None
    stated: int
    at_centre: int
    span: tuple[date, date] | None = None


def person_file(profile: "Profile", person: bytes) -> PersonFile:
    """Read all that counts of one person, on whichever PCs and profiles; a tenth of a second in an office."""
    known = profile.authority()
    own = {one for one, whose in known.people.items() if known.aliases.of(whose) == person}
    every = profile.facts(kinds=(*LEARNING, *OUTSIDE, VOIDED, "profile.opened", *CLOCKS))
    counted = known.accepted(every)
    offsets = clock_offsets(counted)
    acked = profile.store.outbox.acks()
    names: dict[bytes, str] = {}
    fold, seen = StandingFold(offsets), dict[bytes, int]()
    given = list[Fact]()
    where: dict[_Key, bytes] = {}
    stated = set[tuple[int, int]]()
    held = set[tuple[int, int]]()
    for fact in counted:
        header, said = fact.header, fact.statement
        if said.kind == "profile.opened":
            names[header.pc] = text(fact, "pc_name") or names.get(header.pc, "")
        if header.profile not in own:
            if said.kind == VOIDED:
                fold.void(fact)
            continue
        at = moment(fact, offsets).at
        seen[header.pc] = max(seen.get(header.pc, 0), at)
        fold.add(fact)
        if said.kind == "quiz.answered":
            given.append(fact)
        if said.kind not in LEARNING:
            continue
        stated.add((said.log, said.seq))
        if fact.endorsed or acked.get(said.log, 0) >= said.seq:
            held.add((said.log, said.seq))
        attempt = said.fields.get("attempt")
        if isinstance(attempt, int):
            where[text(fact, "activity"), header.profile, attempt] = header.pc
    _hear(profile, person, counted, known, fold)
    zone = profile.zone()
    years, today = _years_of(profile, person), day_of(profile.store.now(), zone)
    standing = fold.standing(zone, acked, profile.listing(), years, jp_table_of(profile.store).peers)
    places = {key: names.get(pc, "") for key, pc in where.items()}
    answers = _last_answers(given, _ranks(profile, own), offsets)
    return PersonFile(
        person,
        standing.jp_of(years.of(today)),
        standing.courses,
        tuple(standing.modules),
        tuple(Quiz(one, _attempts(one, fold, places, answers)) for one in standing.quizzes.values()),
        tuple(
            Seen(names.get(pc, ""), at) for pc, at in sorted(seen.items(), key=lambda one: (-one[1], one[0]))
        ),
        contacts(profile).get(person, ()),
        standing.last_active,
        len(stated),
        len(held),
        years.span(years.of(today)) if years.by_contract else None,
    )


def _hear(
    profile: "Profile", person: bytes, counted: Sequence[Fact], known: Authority, fold: StandingFold
) -> None:
    """Take in what desks and colleagues have said to somebody; never what they said of themselves."""
    for whose, word in judgements(counted, known, tuple(profile.keys.office.values())):
        if whose == person != word.author:
            fold.trainings.judge(word)
    fold.sessions.known_as(person, known.aliases.of)
    for whose, letter in session_words(counted, known):
        if whose == person != letter.author:
            fold.sessions.hear(letter)


def _ranks(profile: "Profile", own: Iterable[bytes]) -> Mapping[tuple[bytes, int], int]:
    """Number the logs of each profile in the order they were begun, whatever the clock said."""
    with profile.database.read() as connection:
        held = logs_of(connection, own)
    return {(one, log): at for one, logs in held.items() for at, log in enumerate(log_order(logs))}


def _last_answers(
    given: Iterable[Fact], ranks: Mapping[tuple[bytes, int], int], offsets: Mapping[int, int]
) -> Mapping[_Key, Mapping[int, Answer]]:
    """Give the last answer to each question of each attempt, in the order the learner's PC goes by."""

    def order(fact: Fact) -> tuple[int, int, int, bytes]:
        said = fact.statement
        return ranks.get((fact.header.profile, said.log), -1), said.log, said.seq, said.digest

    found: dict[_Key, dict[int, Answer]] = {}
    for fact in sorted(given, key=order):
        key = (text(fact, "activity"), fact.header.profile, number(fact, "attempt"))
        answer = Answer(text(fact, "answer"), number(fact, "seconds"), moment(fact, offsets))
        found.setdefault(key, {})[number(fact, "question")] = answer
    return {key: dict(sorted(answers.items())) for key, answers in found.items()}


def _attempts(
    one: QuizStanding,
    fold: StandingFold,
    places: Mapping[_Key, str],
    given: Mapping[_Key, Mapping[int, Answer]],
) -> tuple[Attempt, ...]:
    """List the attempts at a quiz, finished ones first in the order they were, then those still open."""
    found = []
    cuts = Counter((loss.profile, loss.attempt) for loss in one.losses)
    for result in one.results:
        key = (one.activity, result.profile, result.attempt)
        answers = given.get(key, {})
        pc, lost = places.get(key, ""), cuts[key[1:]]
        counted, begun_as = one.counted(result), fold.quiz.started.get(key)
        version = "" if begun_as is None else begun_as.version
        without = _without(one, result)
        found.append(
            Attempt(
                result.attempt,
                counted.score,
                counted.passed,
                result.when.at,
                pc,
                answers,
                lost,
                version,
                without,
            )
        )
    for begun in one.open:
        key = (one.activity, begun.profile, begun.attempt)
        pc, lost = places.get(key, ""), cuts[key[1:]]
        found.append(
            Attempt(begun.attempt, None, False, begun.when.at, pc, given.get(key, {}), lost, begun.version)
        )
    return tuple(found)


def _without(one: QuizStanding, result: QuizResult) -> tuple[int, ...]:
    """Tell which questions a result was counted again without."""
    again = one.recount_of(result)
    return () if again is None else again.without


def _years_of(profile: "Profile", person: bytes) -> Years:
    """Say how the years of somebody of the roster run."""
    entry = next((one for one in roster_of(profile) if one.person == person), None)
    return CALENDAR if entry is None else years_for(jp_table_of(profile.store), entry.nips)
