"""Assignments: what was handed in, what markers made of it, and the one grade that counts. Pure."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from sync.folds.criteria import Points, parted, read_points, write_points
from sync.folds.order import number, octets, text
from sync.journal.secret_fields import Secret
from sync.journal.statement import Fact

SUBMITTED, PART, MARKED, GRADED = (
    "assignment.submitted",
    "assignment.part",
    "assignment.marked",
    "assignment.graded",
)
_DIGEST = 32


class Form(Enum):
    """What a trainer says of one work; the value is stable in what is stated."""

    MARK = "mark"
    """One marker's points; not yet what the learner hears, where two markers are asked for."""
    FINAL = "final"
    """The grade: of the only marker, agreed by two, settled in moderation, or given anew."""
    RETURN = "return"
    """To be revised; no points."""


class State(Enum):
    """How far a person's assignment is."""

    WAITING = "handed in, and marked by nobody"
    SECOND = "one of two marks is given"
    AGREED = "two marks within the limit; the grade is not stated yet"
    MODERATION = "two marks, or two grades, that differ too much: somebody settles it with a reason"
    RETURNED = "sent back for revision"
    GRADED = "graded"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a fold needs of the rubric: how many markers (1 or 2), and the greatest difference in points.

    `gone` are criteria that a trainer voided, as (version of the pack, criterion): no mark has them.
    """

    markers: int = 1
    limit: int = 0
    gone: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Submission:
    """One version handed in by `person`; `files` are names with SHA-256. `at` is Unix time."""

    person: bytes
    activity: str
    version: str
    text: str
    files: tuple[tuple[str, bytes], ...]
    work: bytes
    counter: int
    log: int
    seq: int
    at: int
    profile: bytes = b""

    @property
    def place(self) -> tuple[int, int, int]:
        """Which of two is newer; no clock decides."""
        return self.counter, self.log, self.seq


@dataclass(frozen=True, slots=True)
class Mark:
    """What one trainer made of one work of `person`.

    `id` is its own name, however many were told; `points` go by criterion, and `total` is their sum, or that
    of the mean of two that agree: all in hundredths of a point. `round` rises with each grade given anew,
    and with each mark that its author gives anew. `seconds` is how long its author worked on it. `void` are
    points for criteria voided since: a standing has them beside the rest, and a total without them.
    """

    id: bytes
    form: Form
    author: bytes
    person: bytes
    activity: str
    work: bytes
    points: Points
    total: int
    comment: str
    reason: str
    round: int
    at: int
    seconds: int = 0
    void: Points = ()

    @property
    def before(self) -> int:
        """The total as it was given, voided criteria among it."""
        return self.total + sum(given for _, given in self.void)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person's assignment stands.

    `submission` is the one that counts: the newest, or once graded the one the grade names. `newest` is what
    was handed in last. `marks` are of the work that counts, oldest first, `finals` every grade ever given, in
    their order; `grade` is the one in force.
    """

    submission: Submission
    newest: Submission
    state: State
    marks: tuple[Mark, ...]
    finals: tuple[Mark, ...]
    grade: Mark | None

    @property
    def newer(self) -> bool:
        """Whether something newer than what was graded has been handed in."""
        return self.newest.work != self.submission.work


def work_digest(activity: str, version: str, said: str, files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the SHA-256 that names a work: over its text and its files, each with its length before it."""
    found = hashlib.sha256(b"suluh work\0")
    for part in (activity.encode(), version.encode(), said.encode()):
        found.update(len(part).to_bytes(8) + part)
    for name, digest in files:
        found.update(len(name.encode()).to_bytes(8) + name.encode() + digest)
    return found.digest()


def submissions(
    facts: Iterable[Fact], whose: Callable[[bytes], bytes | None]
) -> Mapping[tuple[bytes, str], tuple[Submission, ...]]:
    """Read what was handed in by person and activity, oldest first. Pass facts that count.

    One whose digest is not that of its text and files is none: no receipt and no grade could name it.
    """
    found: dict[tuple[bytes, str], dict[tuple[int, int, int], Submission]] = {}
    for fact in sorted(facts, key=lambda one: (one.identity, one.statement.digest)):
        if fact.statement.kind != SUBMITTED:
            continue
        person = whose(fact.header.profile)
        one = None if person is None else _submission(fact, person)
        if one is not None:
            found.setdefault((one.person, one.activity), {}).setdefault(one.place, one)
    return {key: tuple(of[place] for place in sorted(of)) for key, of in found.items()}


def _submission(fact: Fact, person: bytes) -> Submission | None:
    said = fact.statement
    names, digests = said.fields.get("names", ()), octets(fact, "files")
    if not isinstance(names, tuple) or len(digests) != _DIGEST * len(names):
        return None
    cut = [digests[at : at + _DIGEST] for at in range(0, len(digests), _DIGEST)]
    files = tuple((str(name), digest) for name, digest in zip(names, cut, strict=True))
    activity, version, words = text(fact, "activity"), text(fact, "version"), text(fact, "text")
    work = octets(fact, "work")
    if work != work_digest(activity, version, words, files):
        return None
    counter = number(fact, "counter")
    profile = fact.header.profile
    return Submission(
        person, activity, version, words, files, work, counter, said.log, said.seq, fact.wall, profile
    )


def mark_fields(mark: Mark) -> dict[str, Secret]:
    """Return a mark as it travels, sealed. Inverse of `read_mark`, but for author and time."""
    return {
        "id": mark.id,
        "form": mark.form.value,
        "learner": mark.person,
        "activity": mark.activity,
        "work": mark.work,
        "points": write_points(mark.points),
        "total": mark.total,
        "comment": mark.comment,
        "reason": mark.reason,
        "round": mark.round,
        "seconds": mark.seconds,
    }


def read_mark(said: Mapping[str, Secret], author: bytes, at: int) -> Mark | None:
    """Read what was said of a work; None for what is not a mark, or comes from a newer program."""
    identity, learner, work = said.get("id"), said.get("learner"), said.get("work")
    total, turn, lines = said.get("total"), said.get("round"), said.get("points")
    if not (isinstance(identity, bytes) and isinstance(learner, bytes) and isinstance(work, bytes)):
        return None
    if not (isinstance(total, int) and isinstance(turn, int) and isinstance(lines, str)):
        return None
    try:
        form = Form(said.get("form"))
        points = read_points(lines)
    except ValueError:
        return None
    words = {name: str(said.get(name, "")) for name in ("activity", "comment", "reason")}
    spent = said.get("seconds")
    return Mark(
        identity, form, author, learner, words["activity"], work, points, total, words["comment"],
        words["reason"], turn, at, spent if isinstance(spent, int) and spent > 0 else 0,
    )  # fmt: skip


def standing(handed: Sequence[Submission], marks: Iterable[Mark], rule: Rule) -> Standing | None:
    """Tell where one person's assignment stands, from all that was handed in and said of it, in any order.

    The newest before grading counts; what was graded is the work the grade names, whatever came after. Two
    that differ by more than the limit are never settled by who came last. None where nothing was handed in.
    """
    if not handed:
        return None
    ordered = sorted(handed, key=lambda one: one.place)
    by_work = {one.work: one for one in reversed(ordered)}
    of_this = [_counted(one, by_work, rule) for one in marks if _is_of(one, ordered[-1], by_work)]
    known = sorted(
        {(one.id, one.author, one.form): one for one in of_this}.values(),
        key=lambda one: (one.round, one.form.value, one.id, one.author),
    )
    newest = ordered[-1]
    spoken = [one for one in known if one.form in {Form.FINAL, Form.RETURN}]
    finals = tuple(spoken)
    last = [one for one in spoken if one.round == spoken[-1].round] if spoken else []
    if last and (last[0].form is Form.FINAL or last[0].work == newest.work):
        works = {(one.form, one.work, one.total) for one in last}
        counted = by_work[last[0].work]
        of_work = tuple(one for one in known if one.work == counted.work and one.form is Form.MARK)
        if len(works) > 1:
            return Standing(counted, newest, State.MODERATION, of_work, finals, None)
        state = State.GRADED if last[0].form is Form.FINAL else State.RETURNED
        grade = last[0] if state is State.GRADED else None
        return Standing(counted, newest, state, of_work, finals, grade)
    of_work = tuple(one for one in known if one.work == newest.work and one.form is Form.MARK)
    return Standing(newest, newest, _marked(of_work, rule), of_work, finals, None)


def _is_of(mark: Mark, handed: Submission, works: Mapping[bytes, Submission]) -> bool:
    """Whether a mark is of this person's work: two who hand in the same words still are two."""
    return mark.work in works and (mark.person, mark.activity) == (handed.person, handed.activity)


def _counted(mark: Mark, works: Mapping[bytes, Submission], rule: Rule) -> Mark:
    """Take out of a mark what was given for voided criteria.

    It is counted from what was given at first, so that any number of times gives the same.
    """
    version = works[mark.work].version
    points, void = parted((*mark.points, *mark.void), {name for of, name in rule.gone if of == version})
    total = mark.before - sum(given for _, given in void)
    return replace(mark, points=points, void=void, total=max(total, 0))


def in_force(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return of each author only what they said last: a marker may think again before the grade is given."""
    every = tuple(marks)
    last: dict[bytes, int] = {}
    for one in every:
        last[one.author] = max(one.round, last.get(one.author, one.round))
    return tuple(one for one in every if one.round == last[one.author])


def _marked(marks: Sequence[Mark], rule: Rule) -> State:
    authors = {one.author for one in marks}
    totals = [one.total for one in in_force(marks)]
    if not totals:
        return State.WAITING
    if max(totals) - min(totals) > rule.limit * 100:
        return State.MODERATION
    return State.SECOND if len(authors) < rule.markers else State.AGREED


def agreed(marks: Sequence[Mark]) -> Points:
    """Return the mean of marks that agree, by criterion, in hundredths of a point, a half rounded up.

    What was given for voided criteria is in it as well: who takes such a criterion out of the mean takes it
    out of each.
    """
    marks = in_force(marks)
    given: dict[str, int] = {}
    for one in marks:
        for name, points in (*one.points, *one.void):
            given[name] = given.get(name, 0) + points
    return tuple((name, (2 * points + len(marks)) // (2 * len(marks))) for name, points in given.items())
