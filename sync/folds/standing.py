"""What one person has done, added up: the fold behind Beranda, Belajar, Bukti & JP and the centre's count."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import msgspec

from sync.folds.completion import CompletionFold, CourseDone, Done, Place
from sync.folds.jp import Held, JpEntry, JpYear, jp_entries, jp_years
from sync.folds.listing import NOTHING, Listing
from sync.folds.order import Moment, clock_offsets, moment
from sync.folds.put import Field, PutFold
from sync.folds.quiz import QuizFold, QuizResult, QuizStanding
from sync.folds.sessions import NO_RULES, SESSIONS, PeerRule, Session, SessionFold
from sync.folds.training import CLAIMED, Claim, Training, TrainingFold
from sync.folds.years import CALENDAR, Years
from sync.journal.passing import PASSED
from sync.journal.statement import Fact

LEARNING = frozenset(
    {
        "page.read",
        "media.watched",
        "lesson.completed",
        "module.completed",
        "course.completed",
        "quiz.started",
        "quiz.answered",
        "quiz.finished",
        "quiz.ruled",
        "quiz.marked",
        "quiz.power_loss",
        "note.put",
    }
)
"""Kinds that say a person was learning; the rest is about keys, profiles and the office."""

OUTSIDE = frozenset({CLAIMED, PASSED, *SESSIONS})
"""Kinds that say what was learned outside and what became of it: hours, but no learning that is seen."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's standing. Two machines with the same facts have the same `state_hash`.

    `state_hash` covers what was done, not where it is kept nor what it is worth: hours differ between a PC
    that has its ack or the catalogue and one that has not, and the hash does not.
    """

    activities: Mapping[str, Done]
    modules: Mapping[str, Done]
    courses: tuple[JpEntry, ...]
    jp: Mapping[int, JpYear]
    quizzes: Mapping[str, QuizStanding]
    places: Mapping[str, Place]
    pages: Mapping[str, frozenset[int]]
    notes: Mapping[tuple[str, str], Field]
    resume: Place | None
    last_result: QuizResult | None
    last_active: int | None
    state_hash: bytes
    trainings: tuple[Training, ...] = ()
    sessions: tuple[Session, ...] = ()

    def jp_of(self, year: int) -> JpYear:
        """Return a year's hours; a year without any is a year of zero."""
        return self.jp.get(year, JpYear(year))


class StandingFold:
    """Gathers one person's facts. Cheap to add to; `clock.fixed` changes moments, so then fold anew.

    `offsets` are the clock fixes (see `clock_offsets`). Facts must already count (`sync.journal.authority`).
    """

    __slots__ = ("_offsets", "completion", "endorsed", "last", "puts", "quiz", "sessions", "trainings")

    def __init__(self, offsets: Mapping[int, int] | None = None) -> None:
        self._offsets = offsets or {}
        self.completion = CompletionFold()
        self.quiz = QuizFold()
        self.puts = PutFold()
        self.trainings = TrainingFold()
        self.sessions = SessionFold()
        self.endorsed: set[tuple[int, int]] = set()
        self.last = 0

    def add(self, fact: Fact) -> None:
        """Take in one fact, new or known; what is no learning is passed over."""
        if fact.statement.kind in OUTSIDE:
            self.trainings.add(fact)
            self.sessions.add(fact)
        if fact.statement.kind not in LEARNING:
            return
        when = moment(fact, self._offsets)
        self.last = max(self.last, when.at)
        self.completion.add(fact, when)
        self.quiz.add(fact, when)
        self.puts.add(fact, when)
        if fact.endorsed and fact.statement.kind == "course.completed":
            self.endorsed.add((when.log, when.seq))

    def void(self, fact: Fact) -> None:
        """Take in that somebody voided a question, for whoever is folded here: never their own word."""
        self.quiz.voids.add(fact, moment(fact, self._offsets))

    def merge(self, other: "StandingFold") -> None:
        """Take in all that another fold has gathered: the same person, another profile."""
        self.completion.merge(other.completion)
        self.quiz.merge(other.quiz)
        self.puts.merge(other.puts)
        self.trainings.merge(other.trainings)
        self.sessions.merge(other.sessions)
        self.endorsed |= other.endorsed
        self.last = max(self.last, other.last)

    def modules_done(self) -> Mapping[str, Done]:
        """Return the finished modules."""
        return self.completion.done("module")

    def entries(
        self, zone: ZoneInfo, acked: Mapping[int, int], listing: Listing, years: Years = CALENDAR
    ) -> tuple[JpEntry, ...]:
        """Return the finished courses in order of completion; `listing` says what they are worth."""
        held = Held(frozenset(self.endorsed), acked)
        claims, modules = self.completion.course_claims(), self.modules_done().keys()
        return jp_entries(claims, modules, zone, held, listing, years)

    def last_result(self) -> QuizResult | None:
        """Return the quiz result finished last."""
        return self.quiz.last_result()

    def last_active(self) -> int | None:
        """Return the Unix time of the latest learning, or nothing where there was none."""
        return self.last or None

    def standing(
        self,
        zone: ZoneInfo,
        acked: Mapping[int, int] | None = None,
        listing: Listing = NOTHING,
        years: Years = CALENDAR,
        rules: Mapping[str, PeerRule] = NO_RULES,
    ) -> Standing:
        """Add up. `zone` is the office's; `acked` the last sequence of each log the centre has signed for.

        `listing` says what courses are worth; without one all hours are only claimed.
        `years` says how the years of this person run, `rules` what two colleagues may confirm themselves.
        """
        entries = self.entries(zone, acked or {}, listing, years)
        trainings, sessions = self.trainings.trainings(years), self.sessions.sessions(rules, years)
        activities, modules = self.completion.done("activity"), self.modules_done()
        quizzes, places, pages = self.quiz.quizzes(), self.completion.places(), self.completion.pages()
        notes = self.puts.fields()
        return Standing(
            activities=activities,
            modules=modules,
            courses=entries,
            jp=jp_years(entries, (*trainings, *sessions)),
            quizzes=quizzes,
            places=places,
            pages=pages,
            notes=notes,
            resume=self.completion.last_place(),
            last_result=self.last_result(),
            last_active=self.last_active(),
            state_hash=_hash(
                activities,
                modules,
                self.completion.course_claims(),
                quizzes,
                places,
                pages,
                notes,
                self.trainings.claimed(),
            ),
            trainings=trainings,
            sessions=sessions,
        )


def standing(
    facts: Iterable[Fact],
    zone: ZoneInfo,
    *,
    acked: Mapping[int, int] | None = None,
    listing: Listing = NOTHING,
    years: Years = CALENDAR,
) -> Standing:
    """Fold facts of one person, in any order and with any repetition, into a standing."""
    held = list(facts)
    fold = StandingFold(clock_offsets(held))
    for fact in held:
        fold.add(fact)
    return fold.standing(zone, acked, listing, years)


def _hash(
    activities: Mapping[str, Done],
    modules: Mapping[str, Done],
    claims: Iterable[CourseDone],
    quizzes: Mapping[str, QuizStanding],
    places: Mapping[str, Place],
    pages: Mapping[str, frozenset[int]],
    notes: Mapping[tuple[str, str], Field],
    trainings: Iterable[Claim],
) -> bytes:
    """Hash the parts in a fixed order; mappings come sorted, sets are sorted here."""
    parts = (
        [_done(done) for done in activities.values()],
        [_done(done) for done in modules.values()],
        [(claim.course, claim.when, claim.version, claim.jp) for claim in claims],
        [replace(quiz, recounts=()) for quiz in quizzes.values()],
        list(places.values()),
        [(activity, sorted(read)) for activity, read in pages.items()],
        list(notes.values()),
        list(trainings),
    )
    return hashlib.sha256(msgspec.msgpack.encode(parts)).digest()


def _done(done: Done) -> tuple[str, Moment, str]:
    return (done.key, done.when, done.version)
