"""Facts for tests of folds: a person's PC as a few lines of story, without keys or segments."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.folds.completion import CourseShape
from sync.folds.listing import Listing
from sync.journal.statement import Fact, LogHeader, Statement, Value

NOON = 1_795_665_600
"""26 November 2026, 12.00 WIT."""
LISTING = Listing.of_catalogue(CourseShape(name, jp=jp, version="1") for name, jp in (("k", 600), ("l", 200)))
"""A catalogue of the courses of these stories: 6 and 2 JP, without modules that would have to be done."""


@dataclass
class PC:
    """One profile on one PC; each `start` is a new log, as each start of the app is."""

    profile: bytes = b"p" * 16
    pc: bytes = b"c" * 16
    log: int = 100
    wall: int = NOON
    seq: int = 0
    facts: list[Fact] = field(default_factory=list)
    endorsed: bool = False
    signer: bytes = b"s" * 32

    def start(self, log: int, wall: int) -> "PC":
        self.log, self.wall, self.seq = log, wall, 0
        return self

    def says(self, kind: str, at: int = 0, **fields: Value) -> Fact:
        self.seq += 1
        return self.again(self.seq, kind, at, fields)

    def again(self, seq: int, kind: str, at: int, fields: Mapping[str, Value]) -> Fact:
        header = LogHeader(self.log, self.profile, self.pc, 0, 0, self.wall, 0, b"b" * 8)
        fact = Fact(header, Statement(self.log, seq, kind, at, fields), self.signer, self.endorsed)
        self.facts.append(fact)
        return fact

    def reads(self, activity: str, page: int, at: int = 0) -> Fact:
        return self.says("page.read", at, activity=activity, page=page, seconds=30, version="1")

    def finishes(self, activity: str, at: int = 0) -> Fact:
        return self.says("lesson.completed", at, activity=activity, version="1")

    def finishes_module(self, module: str, at: int = 0) -> Fact:
        return self.says("module.completed", at, module=module, version="1")

    def finishes_course(self, course: str, jp: int, at: int = 0) -> Fact:
        return self.says("course.completed", at, course=course, version="1", jp=jp)

    def starts_quiz(self, activity: str, attempt: int, at: int = 0) -> Fact:
        return self.says(
            "quiz.started", at, activity=activity, attempt=attempt, version="1", questions=(0, 1, 2)
        )

    def answers(self, activity: str, attempt: int, question: int, answer: str, at: int = 0) -> Fact:
        return self.says(
            "quiz.answered",
            at,
            activity=activity,
            attempt=attempt,
            question=question,
            answer=answer,
            seconds=9,
        )

    def scores(self, activity: str, attempt: int, score: int, at: int = 0) -> Fact:
        passed = int(score >= 7000)
        return self.says(
            "quiz.finished",
            at,
            activity=activity,
            attempt=attempt,
            correct=score // 1000,
            total=10,
            score=score,
            passed=passed,
        )

    def writes(self, value: bytes, counter: int, base: int, at: int = 0) -> Fact:
        return self.says(
            "note.put", at, activity="k/m/a", field="n1", sealed=value, counter=counter, base=base
        )
