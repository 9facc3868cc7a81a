"""A quiz attempt as it stands: begun, answered, handed in, and found again after a power cut."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from sync.folds.order import log_order
from sync.journal.statement import Fact, LogHeader, Value


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of this profile. `answers` are those the store has confirmed, by question number.

    `version` is the version of the course it began with, and it ends on that one. `seconds` counts the time
    spent on answered questions, so that a power cut of three hours costs nobody three hours.
    """

    activity: str
    number: int
    version: str
    questions: tuple[int, ...]
    answers: Mapping[int, str] = field(default_factory=dict)
    seconds: int = 0
    interrupted: bool = False
    latest: int | None = None  # the question answered last
    limit: int = 0  # seconds it may last, 0 without a clock
    fixed: bool = False  # whether they run on while the power is off

    @property
    def open(self) -> tuple[int, ...]:
        """The questions without an answer, in the order shown."""
        return tuple(q for q in self.questions if not self.answers.get(q))

    @property
    def position(self) -> int:
        """The place (from 0) to go on at: the first open question after the one answered last."""
        if self.latest is not None and self.latest in self.questions:
            after = self.questions.index(self.latest) + 1
            for place in chain(range(after, len(self.questions)), range(after)):
                if not self.answers.get(self.questions[place]):
                    return place
            return self.questions.index(self.latest)
        return 0

    def with_answer(self, question: int, answer: str, seconds: int) -> "Attempt":
        """Return the attempt with one more answer, once the store has confirmed it."""
        return replace(
            self,
            answers={**self.answers, question: answer},
            seconds=self.seconds + seconds,
            latest=question,
        )


def in_order(facts: Iterable[Fact], logs: Iterable[LogHeader] = ()) -> list[Fact]:
    """Put one profile's facts in the order they were recorded: log after log, never by the clock.

    Each log names the one before it, so a clock that was set back between two starts changes nothing. `logs`
    are all of the profile: where only some kinds were read, whole logs are missing from the facts, and with
    them the word on what came before.
    """
    held: dict[int, list[Fact]] = {}
    headers = {header.log: header for header in logs}
    for fact in facts:
        held.setdefault(fact.statement.log, []).append(fact)
        headers[fact.statement.log] = fact.header
    ordered: list[Fact] = []
    for log in log_order(headers):
        ordered.extend(sorted(held.get(log, ()), key=lambda fact: fact.statement.seq))
    return ordered


def restore(
    facts: Iterable[Fact],
    profile: bytes,
    activity: str,
    running_log: int = 0,
    logs: Iterable[LogHeader] = (),
) -> Attempt | None:
    """Find the attempt that this profile began and has not handed in; None where there is none.

    `running_log` is the log of this start of the app: an attempt begun in another one was interrupted.
    `logs` are all that the profile made here, also those in which nothing of a quiz stands.
    """
    found: Attempt | None = None
    for fact in in_order((f for f in facts if f.header.profile == profile), logs):
        fields = fact.statement.fields
        if fields.get("activity") != activity:
            continue
        match fact.statement.kind:
            case "quiz.started":
                found = Attempt(
                    activity,
                    _whole(fields, "attempt"),
                    str(fields.get("version", "")),
                    _wholes(fields, "questions"),
                    interrupted=fact.statement.log != running_log,
                )
            case "quiz.ruled" if found and _whole(fields, "attempt") == found.number:
                found = replace(found, limit=_whole(fields, "limit"), fixed=_whole(fields, "fixed") == 1)
            case "quiz.answered" if found and _whole(fields, "attempt") == found.number:
                question, answer = _whole(fields, "question"), str(fields.get("answer", ""))
                found = found.with_answer(question, answer, _whole(fields, "seconds"))
            case "quiz.finished" if found and _whole(fields, "attempt") == found.number:
                found = None
    return found


def used_attempts(facts: Iterable[Fact], activity: str) -> int:
    """Count the attempts begun at a quiz on every PC of this person; each counts, whatever its number."""
    return len(
        {
            (fact.header.profile, _whole(fact.statement.fields, "attempt"))
            for fact in facts
            if fact.statement.kind in {"quiz.started", "quiz.finished"}
            and fact.statement.fields.get("activity") == activity
        }
    )


def next_number(facts: Iterable[Fact], profile: bytes, activity: str) -> int:
    """Return the number of this profile's next attempt: one more than the greatest it has used."""
    return 1 + max(
        (
            _whole(fact.statement.fields, "attempt")
            for fact in facts
            if fact.header.profile == profile
            and fact.statement.kind.startswith("quiz.")
            and fact.statement.fields.get("activity") == activity
        ),
        default=0,
    )


def _whole(fields: Mapping[str, Value], name: str) -> int:
    value = fields.get(name, 0)
    return value if isinstance(value, int) else 0


def _wholes(fields: Mapping[str, Value], name: str) -> tuple[int, ...]:
    value = fields.get(name, ())
    return tuple(item for item in value if isinstance(item, int)) if isinstance(value, tuple) else ()
