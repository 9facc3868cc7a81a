"""What a course consists of: courses, modules, activities, and the rules by which each is completed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sync.packs.assignment import AssignmentRule, assignment_document, assignment_of


class ActivityKind(Enum):
    """What an activity is made of, and so which player opens it."""

    PAGE = "page"  # one or more Markdown pages
    PDF = "pdf"  # one document
    AUDIO = "audio"  # one recording
    VIDEO = "video"  # one film
    IMAGE = "image"  # one drawing or photograph
    QUIZ = "quiz"  # one GIFT file of questions
    ASSIGNMENT = "tugas"  # one Markdown page that asks for a text or files, marked by a trainer


class Completion(Enum):
    """When an activity counts as completed."""

    READ = "read"  # every page was read; a document or picture counts when it was opened
    WATCHED = "watched"  # it was played to within five hundredths of its end
    PASSED = "passed"  # an attempt reached the pass mark
    FINISHED = "finished"  # an attempt or an assignment was handed in, whatever its score
    OPTIONAL = "optional"  # never asked for


USUAL_COMPLETION = {
    ActivityKind.PAGE: Completion.READ,
    ActivityKind.PDF: Completion.READ,
    ActivityKind.IMAGE: Completion.READ,
    ActivityKind.AUDIO: Completion.WATCHED,
    ActivityKind.VIDEO: Completion.WATCHED,
    ActivityKind.QUIZ: Completion.PASSED,
    ActivityKind.ASSIGNMENT: Completion.FINISHED,
}


REVIEWS = ("full", "marks", "score")
"""What is told of an attempt that ended: everything, which questions were right, or the score alone."""


@dataclass(frozen=True, slots=True)
class QuizSection:
    """A part of a quiz: `draw` questions out of one bank (a `$CATEGORY` of its file), 0 for all of them."""

    title: str
    bank: str
    draw: int


@dataclass(frozen=True, slots=True)
class QuizRule:
    """The rules shown before a quiz starts. `pass_mark` is in percent; `attempts` 0 means without limit.

    `minutes` 0 means without a clock; with `fixed_end` the clock runs on while the power is off. A
    `proctored` one begins with a code of the proctor. `review` says what is told of an attempt that ended.
    """

    pass_mark: int = 70
    attempts: int = 0
    shuffle: bool = True
    questions: int = 0  # how many an attempt asks; filled in when the source is read
    minutes: int = 0
    fixed_end: bool = False
    sections: tuple[QuizSection, ...] = ()
    proctored: bool = False
    review: str = "full"


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing a learner does. `paths` name objects of the pack: the pages in order, or the one file."""

    id: str
    title: str
    kind: ActivityKind
    minutes: int
    paths: tuple[str, ...]
    completion: Completion
    quiz: QuizRule | None = None
    captions: str = ""  # path of the WebVTT text of a film, "" where there is none
    transcript: str = ""  # path of a Markdown transcript, "" where there is none
    assignment: AssignmentRule | None = None

    @property
    def pages(self) -> int:
        """How many pages it has; 1 for everything that is not made of pages."""
        return len(self.paths)

    @property
    def source(self) -> str:
        """The first object: the only one for everything but pages."""
        return self.paths[0]


@dataclass(frozen=True, slots=True)
class Module:
    """One sitting of a course."""

    id: str
    title: str
    minutes: int
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A course as its publisher signed it. `jp` is in hundredths of a lesson hour (600 = 6 JP)."""

    id: str
    title: str
    summary: str
    jp: int
    version: str
    publisher: str
    mandatory: bool
    modules: tuple[Module, ...]
    language: str = "id"
    change_note: str = ""
    competences: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    glyph: str = "book"  # the icon its cover is drawn with

    @property
    def minutes(self) -> int:
        """How long the whole course takes, in minutes, as its author judged."""
        return sum(module.minutes for module in self.modules)

    def activities(self) -> Iterator[tuple[Module, Activity]]:
        """Every activity in the order of study."""
        for module in self.modules:
            for activity in module.activities:
                yield module, activity

    def module_key(self, module: Module) -> str:
        """Return the name of a module in statements: `course/module`."""
        return f"{self.id}/{module.id}"

    def key(self, module: Module, activity: Activity) -> str:
        """Return the name of an activity in statements: `course/module/activity`."""
        return f"{self.id}/{module.id}/{activity.id}"

    def find(self, key: str) -> tuple[Module, Activity] | None:
        """Return the activity a statement names, or None where this version does not have it."""
        for module, activity in self.activities():
            if self.key(module, activity) == key:
                return module, activity
        return None


@dataclass(frozen=True, slots=True)
class PackObject:
    """One file of a pack as the manifest lists it. `sha256` is lower-case hexadecimal, `size` bytes.

    `packed` is the SHA-256 of its deflated form where the pack carries it deflated, "" where stored.
    """

    path: str
    size: int
    sha256: str
    media_type: str
    packed: str = ""


@dataclass(frozen=True, slots=True)
class PackContent:
    """A course together with the objects its pages and players read."""

    course: Course
    objects: tuple[PackObject, ...] = field(default=())

    @property
    def size(self) -> int:
        """Bytes of all objects, counted once each."""
        return sum({o.sha256: o.size for o in self.objects}.values())


def version_number(version: str) -> int:
    """Turn "1.2.3" into the whole number that ratchets: 1,002,003.

    Raises ValueError for anything but one to three numbers below 1,000 (the first below 2,000).
    """
    parts = version.split(".")
    if not 1 <= len(parts) <= 3 or not all(p.isascii() and p.isdigit() and len(p) <= 4 for p in parts):
        raise ValueError(version)
    major, minor, patch = ([int(p) for p in parts] + [0, 0])[:3]
    if major >= 2000 or minor >= 1000 or patch >= 1000 or major + minor + patch == 0:
        raise ValueError(version)
    return major * 1_000_000 + minor * 1_000 + patch


def version_text(number: int) -> str:
    """Write a version number as authors do: 1,002,000 is "1.2"."""
    major, minor, patch = number // 1_000_000, number // 1_000 % 1_000, number % 1_000
    return f"{major}.{minor}.{patch}" if patch else f"{major}.{minor}"


def course_document(course: Course) -> dict[str, Any]:
    """Turn a course into the plain values its manifest carries. Inverse of `course_of`."""
    return {
        "id": course.id,
        "title": course.title,
        "summary": course.summary,
        "jp": course.jp,
        "version": course.version,
        "publisher": course.publisher,
        "mandatory": course.mandatory,
        "language": course.language,
        "change_note": course.change_note,
        "competences": list(course.competences),
        "prerequisites": list(course.prerequisites),
        "glyph": course.glyph,
        "modules": [
            {
                "id": module.id,
                "title": module.title,
                "minutes": module.minutes,
                "activities": [_activity_document(activity) for activity in module.activities],
            }
            for module in course.modules
        ],
    }


def _activity_document(activity: Activity) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": activity.id,
        "title": activity.title,
        "kind": activity.kind.value,
        "minutes": activity.minutes,
        "paths": list(activity.paths),
        "completion": activity.completion.value,
        "captions": activity.captions,
        "transcript": activity.transcript,
    }
    if activity.quiz is not None:
        document["quiz"] = _rule_document(activity.quiz)
    if activity.assignment is not None:
        document["assignment"] = assignment_document(activity.assignment)
    return document


def _rule_document(rule: QuizRule) -> dict[str, Any]:
    document: dict[str, Any] = {
        "pass_mark": rule.pass_mark,
        "attempts": rule.attempts,
        "shuffle": rule.shuffle,
        "questions": rule.questions,
    }
    if rule.minutes:
        document["clock"] = {"minutes": rule.minutes, "fixed_end": rule.fixed_end}
    if rule.sections:
        document["sections"] = [
            {"title": one.title, "bank": one.bank, "draw": one.draw} for one in rule.sections
        ]
    if rule.proctored:
        document["proctored"] = True
    if rule.review != REVIEWS[0]:
        document["review"] = rule.review
    return document


def _rule_of(document: Mapping[str, Any]) -> QuizRule:
    clock = document.get("clock")
    return QuizRule(
        pass_mark=_count(document["pass_mark"]),
        attempts=_count(document["attempts"]),
        shuffle=_flag(document["shuffle"]),
        questions=_count(document["questions"]),
        minutes=0 if clock is None else _count(clock["minutes"]),
        fixed_end=clock is not None and _flag(clock["fixed_end"]),
        sections=tuple(
            QuizSection(_text(one["title"]), _text(one["bank"]), _count(one["draw"]))
            for one in document.get("sections", ())
        ),
        proctored=_flag(document.get("proctored", False)),
        review=_review(document.get("review", REVIEWS[0])),
    )


def _review(value: Any) -> str:
    if value not in REVIEWS:
        raise ValueError("review")
    return str(value)


def course_of(document: Mapping[str, Any]) -> Course:
    """Read a course out of a verified manifest. Raises KeyError, TypeError or ValueError."""
    modules = tuple(
        Module(
            id=_text(m["id"]),
            title=_text(m["title"]),
            minutes=_count(m["minutes"]),
            activities=tuple(_activity_of(a) for a in m["activities"]),
        )
        for m in document["modules"]
    )
    return Course(
        id=_text(document["id"]),
        title=_text(document["title"]),
        summary=_text(document["summary"]),
        jp=_count(document["jp"]),
        version=_text(document["version"]),
        publisher=_text(document["publisher"]),
        mandatory=_flag(document["mandatory"]),
        modules=modules,
        language=_text(document["language"]),
        change_note=_text(document["change_note"]),
        competences=tuple(_text(c) for c in document["competences"]),
        prerequisites=tuple(_text(p) for p in document["prerequisites"]),
        glyph=_text(document["glyph"]),
    )


def _activity_of(document: Mapping[str, Any]) -> Activity:
    rule, asked = document.get("quiz"), document.get("assignment")
    return Activity(
        id=_text(document["id"]),
        title=_text(document["title"]),
        kind=ActivityKind(document["kind"]),
        minutes=_count(document["minutes"]),
        paths=tuple(_text(p) for p in document["paths"]),
        completion=Completion(document["completion"]),
        captions=_text(document["captions"]),
        transcript=_text(document["transcript"]),
        quiz=None if rule is None else _rule_of(rule),
        assignment=None if asked is None else assignment_of(asked),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 4000:
        raise TypeError("text expected")
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10_000_000:
        raise TypeError("whole number expected")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false expected")
    return value
