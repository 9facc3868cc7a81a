"""Quizzes wired: an attempt begins, each answer is kept, the score is stated; a power cut changes nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from desktop.app.quiz_clock import QuizClock
from desktop.app.wording import answer_words
from desktop.assessment.answers import right_answer
from desktop.assessment.exams import admitted, begun_fields
from desktop.assessment.layout import option_order, question_order, section_of
from desktop.assessment.quiz import read_quiz
from desktop.assessment.score import Score, attempts_left, score
from desktop.assessment.time_limit import GRACE, Spent
from desktop.errors import Problem
from desktop.language import tr
from desktop.library.shelf import InstalledCourse, Shelf
from desktop.player.attempt import Attempt, next_number, restore, used_attempts
from desktop.player.progress import done_of, due
from desktop.screens.learning_views import (
    AttemptView,
    MarkView,
    Option,
    QuestionKind,
    QuestionView,
    QuizBody,
    ResultView,
)
from desktop.store.facts import own_logs
from desktop.store.profile import Profile
from sync.folds.exams import BEGUN
from sync.folds.recount import Recount
from sync.journal.statement import Fact, Value
from sync.packs.questions import (
    Matching,
    Multiple,
    Number,
    Ordering,
    Question,
    Quiz,
    ShortText,
    Single,
    TrueFalse,
)

_KINDS = ("quiz.started", "quiz.ruled", "quiz.answered", "quiz.finished")
_NAMES: Mapping[type[Question], QuestionKind] = {
    Single: QuestionKind.SINGLE,
    Multiple: QuestionKind.MULTIPLE,
    TrueFalse: QuestionKind.TRUE_FALSE,
    ShortText: QuestionKind.SHORT,
    Number: QuestionKind.NUMBER,
    Matching: QuestionKind.MATCHING,
    Ordering: QuestionKind.ORDERING,
}


class Quizzing:
    """The quizzes of one signed-in person."""

    def __init__(self, profile: Profile, shelf: Shelf, noted: Callable[[], None]) -> None:
        """`noted` is called, on the thread that recorded, after each record."""
        self._profile = profile
        self._shelf = shelf
        self._noted = noted
        self._clock = QuizClock(profile)

    def body(self, key: str) -> QuizBody:
        """Show the rules, the attempts used, and an attempt left open by a power cut or a pause."""
        quiz, _ = self._quiz(key)
        facts = self._facts()
        running = self._running(facts, key)
        standing = self._profile.standing().quizzes.get(key)
        best = None if standing is None else standing.best
        return QuizBody(
            questions=quiz.asked,
            pass_mark=quiz.pass_mark,
            attempts=quiz.attempts or None,
            used=used_attempts(facts, key),
            best=None if best is None else best.score,
            running=None if running is None else self._view(running),
            last=self._last(facts, key),
            limit=quiz.limit or None,
            fixed=quiz.fixed_end,
            proctored=quiz.proctored,
        )

    def start(self, key: str, code: str = "") -> AttemptView:
        """Begin an attempt, or go on with the one that is open. Raises Problem when none is left.

        A proctored one begins with the `code` of its proctor, and goes on without. An attempt that was broken
        off is stated as `quiz.power_loss` once somebody goes on with it.
        """
        facts = self._facts()
        running = self._running(facts, key)
        if running is not None:
            view = self._view(running)
            found = self._clock.look(running)
            if found.cut:
                self._profile.record("quiz.power_loss", **_loss(running, found))
                self._noted()
            self._clock.resume(running)
            return view
        quiz, installed = self._quiz(key)
        if attempts_left(quiz, used_attempts(facts, key)) == 0:
            raise Problem(
                tr("Percobaan untuk kuis ini sudah habis."),
                tr("Nilai Anda tersimpan. Bicarakan dengan koordinator bila perlu mengulang."),
            )
        spot = admitted(self._profile, key, code) if quiz.proctored else None
        number = next_number(facts, self._profile.profile, key)
        questions = question_order(quiz, number, self._profile.profile)
        version = installed.course.version
        begun = Attempt(key, number, version, questions, limit=quiz.limit, fixed=quiz.fixed_end)
        started: dict[str, Value] = {
            "activity": key,
            "attempt": number,
            "version": version,
            "questions": questions,
        }
        stated: list[tuple[str, Mapping[str, Value]]] = [("quiz.started", started)]
        if quiz.limit or quiz.attempts:
            stated.append(("quiz.ruled", _ruled(quiz, key, number)))
        if spot is not None:
            stated.append((BEGUN, begun_fields(key, number, spot)))
        # The clock first: without it an attempt cut off here would look as if no beat had ever been kept.
        self._clock.begin(begun)
        self._profile.record_all(stated)
        self._noted()
        return self._view(begun)

    def answer(self, key: str, attempt: int, question: int, answer: str, seconds: int) -> None:
        """Keep one answer; when this returns it is on the disk, in the profile and in the outbox.

        Raises Problem for an answer that comes after the time was over.
        """
        if self._clock.over(key, attempt) > GRACE:
            raise Problem(
                tr("Waktu kuis sudah habis."),
                tr("Jawaban yang tersimpan sebelumnya tetap dihitung. Kumpulkan jawaban Anda."),
            )
        self._profile.record(
            "quiz.answered",
            activity=key,
            attempt=attempt,
            question=question,
            answer=answer,
            seconds=max(0, seconds),
        )
        self._clock.beat(key, attempt)
        self._noted()

    def beat(self, key: str, attempt: int) -> None:
        """Keep a sign of life of the attempt, so that a power cut costs nobody more than the time since."""
        self._clock.beat(key, attempt)

    def away(self, key: str, attempt: int) -> None:
        """Note that the learner leaves the attempt on purpose: its time runs on, and no power was lost."""
        self._clock.beat(key, attempt, away=True)

    def farewell(self) -> None:
        """Note before the profile closes that no power was lost."""
        self._clock.farewell()

    def finish(self, key: str, attempt: int) -> ResultView:
        """Hand in: mark the attempt by the version it began with, state the score, and what it completes."""
        facts = self._facts()
        running = self._running(facts, key)
        if running is None or running.number != attempt:
            last = self._last(facts, key)
            if last is None:
                raise Problem(tr("Percobaan ini tidak ditemukan."), tr("Jawaban Anda tetap tersimpan."))
            return last  # handed in already: a second click changes nothing
        quiz, installed = self._quiz(key, running.version, keys=True)
        result = score(quiz, running.questions, running.answers)
        fields: dict[str, Value] = {
            "activity": key,
            "attempt": attempt,
            "correct": result.correct,
            "total": result.total,
            "score": result.score,
            "passed": int(result.passed),
        }
        done = done_of(self._profile.standing())
        after = replace(
            done,
            finished=done.finished | {key},
            passed=done.passed | {key} if result.passed else done.passed,
            opened=done.opened | {key},
        )
        steps = [
            ("quiz.finished", fields),
            ("quiz.marked", _marked(quiz, running, result)),
            *((s.kind, s.fields) for s in due(installed.course, after)),
        ]
        found = self._clock.look(running)
        if found.cut:  # its time ended while the power was off
            steps.insert(0, ("quiz.power_loss", _loss(running, found)))
        self._profile.record_all(steps)
        self._clock.end(key, attempt)
        self._noted()
        return self._result(quiz, running, result, used_attempts(facts, key))

    def _facts(self) -> tuple[Fact, ...]:
        return self._profile.facts(kinds=_KINDS)

    def _restore(self, facts: Iterable[Fact], key: str) -> Attempt | None:
        with self._profile.database.read() as connection:
            logs = [own.header for own in own_logs(connection)]
        return restore(facts, self._profile.profile, key, logs=logs)

    def _running(self, facts: tuple[Fact, ...], key: str) -> Attempt | None:
        """Find the open attempt; it was interrupted where its clock has beaten last without a farewell."""
        found = self._restore(facts, key)
        if found is None:
            return None
        return replace(found, interrupted=self._clock.look(found).cut)

    def _quiz(
        self, key: str, version: str | None = None, *, keys: bool = False
    ) -> tuple[Quiz, InstalledCourse]:
        """Read a quiz in one version of its course, the active one where that version is gone.

        Its `keys` are opened for an attempt that ends or has ended, and for nothing else.
        """
        name = key.partition("/")[0]
        installed = (self._shelf.course(name, version) if version else None) or self._shelf.course(name)
        found = None if installed is None else installed.course.find(key)
        if installed is None or found is None:
            raise Problem(
                tr("Kuis ini tidak terpasang lagi di komputer ini."),
                tr("Jawaban Anda aman. Pasang lagi paketnya dari flashdisk."),
            )
        _, activity = found
        return read_quiz(key, activity, installed.text(activity.source), keys=keys), installed

    def _view(self, attempt: Attempt) -> AttemptView:
        quiz, _ = self._quiz(attempt.activity, attempt.version)
        salt = self._profile.profile
        views = tuple(
            _question_view(quiz, number, option_order(quiz, number, attempt.number, salt))
            for number in attempt.questions
            if number < len(quiz.questions)
        )
        return AttemptView(
            attempt.number,
            views,
            dict(attempt.answers),
            attempt.interrupted,
            max(0, attempt.limit - self._clock.look(attempt).used) if attempt.limit else None,
            attempt.fixed,
        )

    def _last(self, facts: tuple[Fact, ...], key: str) -> ResultView | None:
        """Show again the attempt this profile handed in last, from its answers."""
        mine = [fact for fact in facts if fact.header.profile == self._profile.profile]
        ended = [
            int(fact.statement.fields["attempt"])  # type: ignore[arg-type]  # the register says it is a number
            for fact in mine
            if fact.statement.kind == "quiz.finished" and fact.statement.fields.get("activity") == key
        ]
        if not ended:
            return None
        number = max(ended)
        until = [
            fact
            for fact in mine
            if fact.statement.kind != "quiz.finished" and fact.statement.fields.get("attempt") == number
        ]
        attempt = self._restore(until, key)
        if attempt is None:
            return None
        quiz, _ = self._quiz(key, attempt.version, keys=True)
        result = score(quiz, attempt.questions, attempt.answers)
        shown = self._result(quiz, attempt, result, used_attempts(facts, key))
        again = self._recount(key, number)
        return shown if again is None else _counted_again(shown, again)

    def _recount(self, key: str, attempt: int) -> Recount | None:
        standing = self._profile.standing().quizzes.get(key)
        mine = (self._profile.profile, attempt)
        found = () if standing is None else standing.recounts
        return next((one for one in found if (one.profile, one.attempt) == mine), None)

    def _result(self, quiz: Quiz, attempt: Attempt, result: Score, used: int) -> ResultView:
        marks = []
        for number, mark in result.marks:
            question = quiz.questions[number]
            given = attempt.answers.get(number, "")
            marks.append(
                MarkView(
                    question=number,
                    text=question.text,
                    correct=mark.correct,
                    answered=answer_words(question, given) if given else "",
                    right=answer_words(question, right_answer(question)) if quiz.review == "full" else "",
                    feedback="\n".join(mark.feedback) if quiz.review == "full" else "",
                    format=question.format,
                )
            )
        return ResultView(
            attempt=attempt.number,
            score=result.score,
            correct=result.correct,
            total=result.total,
            passed=result.passed,
            attempts_left=attempts_left(quiz, used),
            marks=() if quiz.review == "score" else tuple(marks),
            told=quiz.review == "full",
        )


def _counted_again(shown: ResultView, again: Recount) -> ResultView:
    """Show an attempt without its voided questions, and say of each why it no longer counts."""
    why = {question: word.reason for question, word in zip(again.without, again.words, strict=True)}
    kept = [mark for mark in shown.marks if mark.question not in why]
    return replace(
        shown,
        score=again.counted,
        passed=again.passed,
        before=again.before,
        correct=sum(mark.correct for mark in kept) if kept else shown.correct,
        total=len(kept) or shown.total,
        marks=tuple(replace(mark, voided=why.get(mark.question, "")) for mark in shown.marks),
    )


def _question_view(quiz: Quiz, number: int, order: tuple[int, ...]) -> QuestionView:
    question = quiz.questions[number]
    match question:
        case Single() | Multiple():
            words = [option.text for option in question.options]
        case Matching():
            words = list(question.rights)
        case Ordering():
            words = list(question.items)
        case _:
            words = []
    return QuestionView(
        id=number,
        kind=_NAMES[type(question)],
        text=question.text,
        format=question.format,
        options=tuple(Option(place, words[place]) for place in order) if words else (),
        prompts=question.lefts if isinstance(question, Matching) else (),
        section=section_of(quiz, number),
    )


def _ruled(quiz: Quiz, key: str, number: int) -> Mapping[str, Value]:
    return {
        "activity": key,
        "attempt": number,
        "limit": quiz.limit,
        "fixed": int(quiz.fixed_end),
        "tries": quiz.attempts,
    }


def _marked(quiz: Quiz, attempt: Attempt, result: Score) -> Mapping[str, Value]:
    return {
        "activity": attempt.activity,
        "attempt": attempt.number,
        "marks": tuple(int(mark.fraction * 10_000) for _, mark in result.marks),
        "need": quiz.pass_mark * 100,
    }


def _loss(attempt: Attempt, found: Spent) -> Mapping[str, Value]:
    return {
        "activity": attempt.activity,
        "attempt": attempt.number,
        "used": found.used,
        "gone": found.gone,
    }
