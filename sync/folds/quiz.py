"""Quiz attempts and results: every attempt from every PC is kept; best and last are both told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sync.folds.order import NEVER, Moment, number, numbers, text
from sync.folds.recount import Marked, Recount, Voids, recount
from sync.journal.statement import Fact


@dataclass(frozen=True, slots=True)
class QuizResult:
    """A finished attempt; `score` in hundredths of a percent (8750 = 87,5)."""

    activity: str
    profile: bytes
    attempt: int
    correct: int
    total: int
    score: int
    passed: bool
    when: Moment


@dataclass(frozen=True, slots=True)
class Answer:
    """The last answer given to a question of an attempt."""

    text: str
    seconds: int
    when: Moment


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """An attempt begun and not finished: what a power cut left, to go on with."""

    activity: str
    profile: bytes
    attempt: int
    version: str
    questions: tuple[int, ...]
    answers: Mapping[int, Answer]
    when: Moment


@dataclass(frozen=True, slots=True)
class PowerLoss:
    """An attempt was broken off after `used` seconds and found again `gone` seconds later."""

    profile: bytes
    attempt: int
    used: int
    gone: int
    when: Moment


@dataclass(frozen=True, slots=True)
class QuizStanding:
    """All that is known of a person and one quiz; `results` in the order they were finished.

    `limit` is how many attempts the quiz allows by the newest word of a PC that began one, 0 without limit.
    A PC that knew of fewer let them begin, so all count: `best` is the best of all, and nothing that was
    reached is ever taken away by what comes from another PC. `surplus` is for a person to look at.
    `recounts` are attempts counted again without voided questions; `results` stay as they were stated.
    """

    activity: str
    results: tuple[QuizResult, ...]
    open: tuple[OpenAttempt, ...]
    attempts: int
    limit: int = 0
    losses: tuple[PowerLoss, ...] = ()
    recounts: tuple[Recount, ...] = ()

    def counted(self, result: QuizResult) -> QuizResult:
        """Return what a result is worth without voided questions; it is never worth less than before."""
        return _counted(result, self.recounts)

    def recount_of(self, result: QuizResult) -> Recount | None:
        """Return how a result was counted again; None where none of its questions is void."""
        return _recount_of(result, self.recounts)

    @property
    def surplus(self) -> int:
        """How many attempts there are beyond the limit."""
        return max(0, self.attempts - self.limit) if self.limit else 0

    @property
    def best(self) -> QuizResult | None:
        """The result with the greatest score as it counts, the earliest of equals."""
        counted = (self.counted(result) for result in self.results)
        return max(counted, key=lambda result: (result.score, _earlier(result.when)), default=None)

    @property
    def last(self) -> QuizResult | None:
        """The result finished last."""
        return self.results[-1] if self.results else None

    @property
    def passed(self) -> bool:
        """Whether any attempt passed: a later failure takes nothing away."""
        return any(self.counted(result).passed for result in self.results)

    def of_profile(self, profile: bytes) -> int:
        """Return the greatest attempt number that profile has used: its next one is one more."""
        used = [result.attempt for result in self.results if result.profile == profile]
        used += [attempt.attempt for attempt in self.open if attempt.profile == profile]
        return max(used, default=0)


@dataclass(frozen=True, slots=True)
class _Started:
    version: str
    questions: tuple[int, ...]
    when: Moment


_Key = tuple[str, bytes, int]


class QuizFold:
    """Gathers quizzes. An attempt is named by activity, profile and number: two PCs may both have a first.

    A profile restored from a backup may use a number twice; both results are kept, because a result is named
    by the statement that finished it. Branches of one log share a moment: what they say decides the order.
    """

    __slots__ = ("answered", "finished", "losses", "marked", "ruled", "started", "voids")

    def __init__(self) -> None:
        self.started: dict[_Key, _Started] = {}
        self.answered: dict[_Key, dict[int, Answer]] = {}
        self.finished: dict[_Key, set[QuizResult]] = {}
        self.ruled: dict[str, tuple[Moment, int]] = {}
        self.losses: dict[str, set[PowerLoss]] = {}
        self.marked: dict[_Key, tuple[Moment, tuple[int, ...], int]] = {}
        self.voids = Voids()

    def add(self, fact: Fact, when: Moment) -> None:
        """Take in one fact; kinds that are no quiz are passed over."""
        kind = fact.statement.kind
        if not kind.startswith("quiz."):
            return
        key = (text(fact, "activity"), fact.header.profile, number(fact, "attempt"))
        if kind == "quiz.started":
            self._start(key, _Started(text(fact, "version"), numbers(fact, "questions"), when))
        elif kind == "quiz.answered":
            answer = Answer(text(fact, "answer"), number(fact, "seconds"), when)
            self._answer(key, number(fact, "question"), answer)
        elif kind == "quiz.ruled":
            self._rule(key[0], (when, number(fact, "tries")))
        elif kind == "quiz.power_loss":
            loss = PowerLoss(*key[1:], number(fact, "used"), number(fact, "gone"), when)
            self.losses.setdefault(key[0], set()).add(loss)
        elif kind == "quiz.marked":
            self._mark(key, (when, numbers(fact, "marks"), number(fact, "need")))
        elif kind == "quiz.finished":
            result = QuizResult(
                *key,
                correct=number(fact, "correct"),
                total=number(fact, "total"),
                score=number(fact, "score"),
                passed=number(fact, "passed") == 1,
                when=when,
            )
            self.finished.setdefault(key, set()).add(result)

    def merge(self, other: "QuizFold") -> None:
        """Take in all that another fold has gathered."""
        for key, started in other.started.items():
            self._start(key, started)
        for key, answers in other.answered.items():
            for question, answer in answers.items():
                self._answer(key, question, answer)
        for key, finished in other.finished.items():
            self.finished.setdefault(key, set()).update(finished)
        for activity, rule in other.ruled.items():
            self._rule(activity, rule)
        for activity, losses in other.losses.items():
            self.losses.setdefault(activity, set()).update(losses)
        for key, marked in other.marked.items():
            self._mark(key, marked)
        self.voids.merge(other.voids)

    def quizzes(self) -> Mapping[str, QuizStanding]:
        """Return each quiz's standing by its activity."""
        keys = sorted(self.started.keys() | self.finished.keys() | self.answered.keys())
        results: dict[str, list[QuizResult]] = {}
        still_open: dict[str, list[OpenAttempt]] = {}
        for key in keys:
            activity = key[0]
            finished = self.finished.get(key)
            if finished:
                results.setdefault(activity, []).extend(finished)
            else:
                still_open.setdefault(activity, []).append(self._open(key))
        standings = {}
        for activity in sorted(results.keys() | still_open.keys()):
            done = tuple(sorted(results.get(activity, ()), key=_result_order))
            begun = tuple(sorted(still_open.get(activity, ()), key=lambda attempt: attempt.when))
            limit = self.ruled.get(activity, (NEVER, 0))[1]
            losses = tuple(sorted(self.losses.get(activity, ()), key=_loss_order))
            standings[activity] = QuizStanding(
                activity, done, begun, len(done) + len(begun), limit, losses, self._recounts(done)
            )
        return standings

    def last_result(self) -> QuizResult | None:
        """Return the result finished last in any quiz, as it counts."""
        every = (result for finished in self.finished.values() for result in finished)
        last = max(every, key=_result_order, default=None)
        return None if last is None else _counted(last, self._recounts((last,)))

    def _recounts(self, results: tuple[QuizResult, ...]) -> tuple[Recount, ...]:
        """Count results again; of a number used twice only the later one, to which its marks belong."""
        if not self.voids:
            return ()
        found = []
        for result in results:
            key = (result.activity, result.profile, result.attempt)
            started, marked = self.started.get(key), self.marked.get(key)
            if started is None or marked is None or result != max(self.finished[key], key=_result_order):
                continue
            one = Marked(*key, started.version, started.questions, *marked[1:], result.score, result.passed)
            again = recount(one, self.voids.of(result.activity, started.version))
            if again is not None:
                found.append(again)
        return tuple(found)

    def _open(self, key: _Key) -> OpenAttempt:
        answers = dict(sorted(self.answered.get(key, {}).items()))
        started = self.started.get(key)
        if started is None:
            first = min(answer.when for answer in answers.values())
            return OpenAttempt(*key, "", (), answers, first)
        return OpenAttempt(*key, started.version, started.questions, answers, started.when)

    def _rule(self, activity: str, rule: tuple[Moment, int]) -> None:
        self.ruled[activity] = max(self.ruled.get(activity, rule), rule)

    def _mark(self, key: _Key, marked: tuple[Moment, tuple[int, ...], int]) -> None:
        self.marked[key] = max(self.marked.get(key, marked), marked)

    def _start(self, key: _Key, started: _Started) -> None:
        before = self.started.get(key)
        if before is None or _start_order(started) > _start_order(before):
            self.started[key] = started

    def _answer(self, key: _Key, question: int, answer: Answer) -> None:
        answers = self.answered.setdefault(key, {})
        before = answers.get(question)
        if before is None or _answer_order(answer) > _answer_order(before):
            answers[question] = answer


def _counted(result: QuizResult, recounts: tuple[Recount, ...]) -> QuizResult:
    again = _recount_of(result, recounts)
    return result if again is None else replace(result, score=again.counted, passed=again.passed)


def _recount_of(result: QuizResult, recounts: tuple[Recount, ...]) -> Recount | None:
    where = (result.profile, result.attempt, result.score)
    return next((one for one in recounts if (one.profile, one.attempt, one.before) == where), None)


def _earlier(when: Moment) -> tuple[int, int, int]:
    return (-when.at, -when.log, -when.seq)


def _result_order(result: QuizResult) -> tuple[Moment, str, bytes, int, int, int, int, bool]:
    return (
        result.when,
        result.activity,
        result.profile,
        result.attempt,
        result.score,
        result.correct,
        result.total,
        result.passed,
    )


def _loss_order(loss: PowerLoss) -> tuple[Moment, bytes, int, int, int]:
    return (loss.when, loss.profile, loss.attempt, loss.used, loss.gone)


def _start_order(started: _Started) -> tuple[Moment, str, tuple[int, ...]]:
    return (started.when, started.version, started.questions)


def _answer_order(answer: Answer) -> tuple[Moment, str, int]:
    return (answer.when, answer.text, answer.seconds)
