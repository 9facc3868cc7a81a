"""When a page, lesson, module or course is completed, which statements say so, and what comes next. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from sync.folds.standing import Standing
from sync.journal.statement import Fact, Value
from sync.packs.outline import Activity, Completion, Course, Module

# A recording counts as played when no more than this share is missing: credits are nobody's lesson.
MAY_BE_MISSING = 0.05


class State(Enum):
    """How far somebody is with one thing."""

    NEW = "not opened yet"
    STARTED = "opened, not finished"
    DONE = "finished"


@dataclass(frozen=True, slots=True)
class Done:
    """What one person has done, by the names used in statements. Pages are counted from 1."""

    activities: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()
    courses: frozenset[str] = frozenset()
    pages: Mapping[str, frozenset[int]] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    finished: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """A statement that is due: its kind and its fields, as the write door takes them."""

    kind: str
    fields: Mapping[str, Value]


def done_of(standing: Standing) -> Done:
    """Take from a standing what the rules of completion look at."""
    quizzes = standing.quizzes
    return Done(
        activities=frozenset(standing.activities),
        modules=frozenset(standing.modules),
        courses=frozenset(entry.course for entry in standing.courses),
        pages=standing.pages,
        passed=frozenset(key for key, quiz in quizzes.items() if quiz.passed),
        finished=frozenset(key for key, quiz in quizzes.items() if quiz.results),
        opened=frozenset(standing.places) | frozenset(standing.pages) | frozenset(quizzes),
    )


def due(course: Course, done: Done, played: Iterable[str] = ()) -> tuple[Step, ...]:
    """Return the completions that are now reached and not yet stated, innermost first.

    `played` names recordings that have just run to their end. What was completed once stays completed,
    whatever a later version of the course adds, and nothing is ever stated twice.
    """
    ended = frozenset(played)
    lessons = set(done.activities)
    steps: list[Step] = []
    for module, activity in course.activities():
        key = course.key(module, activity)
        if key not in lessons and _reached(key, activity, done, ended):
            lessons.add(key)
            steps.append(Step("lesson.completed", {"activity": key, "version": course.version}))
    modules = set(done.modules)
    for module in course.modules:
        key = course.module_key(module)
        if key not in modules and _required(course, module) <= lessons:
            modules.add(key)
            steps.append(Step("module.completed", {"module": key, "version": course.version}))
    if course.id not in done.courses and {course.module_key(m) for m in course.modules} <= modules:
        steps.append(
            Step("course.completed", {"course": course.id, "version": course.version, "jp": course.jp})
        )
    return tuple(steps)


def _reached(key: str, activity: Activity, done: Done, ended: frozenset[str]) -> bool:
    match activity.completion:
        case Completion.READ:
            return frozenset(range(1, activity.pages + 1)) <= done.pages.get(key, frozenset())
        case Completion.WATCHED:
            return key in ended
        case Completion.PASSED:
            return key in done.passed
        case Completion.FINISHED:
            return key in done.finished
        case Completion.OPTIONAL:
            return False


def _required(course: Course, module: Module) -> set[str]:
    return {course.key(module, a) for a in module.activities if a.completion is not Completion.OPTIONAL}


def played_out(seconds: Iterable[tuple[int, int]], length: float) -> bool:
    """Tell whether the spans of seconds played (from, to) cover a recording of `length` seconds.

    Skipping to the end is not watching: the covered share counts, not the furthest point.
    """
    if length <= 0:
        return False
    covered, reached = 0.0, 0.0
    for start, end in sorted(seconds):
        first, last = max(float(start), reached), min(float(end), length)
        if last > first:
            covered += last - first
            reached = last
    return covered >= length * (1 - MAY_BE_MISSING)


def spans_played(facts: Iterable[Fact], key: str) -> list[tuple[int, int]]:
    """Collect the spans of a recording that `media.watched` statements say were played."""
    spans: list[tuple[int, int]] = []
    for fact in facts:
        fields = fact.statement.fields
        if fact.statement.kind == "media.watched" and fields.get("activity") == key:
            second, seconds = fields.get("second"), fields.get("seconds")
            if isinstance(second, int) and isinstance(seconds, int):
                spans.append((max(0, second - seconds), second))
    return spans


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """One module as one person sees it."""

    module: Module
    state: State
    activities: tuple[tuple[Activity, State], ...]


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """A course as one person sees it. `next` is where *Lanjutkan* goes on, None when nothing is left."""

    course: Course
    modules: tuple[ModuleProgress, ...]
    next: tuple[Module, Activity] | None

    @property
    def modules_done(self) -> int:
        """Count the modules completed."""
        return sum(1 for module in self.modules if module.state is State.DONE)

    @property
    def state(self) -> State:
        """Tell whether the course is new, under way or done."""
        return _sum([module.state for module in self.modules])


def progress(course: Course, done: Done, last: str | None = None) -> CourseProgress:
    """Lay what was done over an outline. `last` names the activity last open: it goes first if unfinished."""
    rows: list[ModuleProgress] = []
    unfinished: tuple[Module, Activity] | None = None
    for module in course.modules:
        states: list[tuple[Activity, State]] = []
        for activity in module.activities:
            state = _state(course.key(module, activity), done)
            states.append((activity, state))
            if state is not State.DONE and activity.completion is not Completion.OPTIONAL:
                unfinished = unfinished or (module, activity)
        whole = (
            State.DONE
            if course.module_key(module) in done.modules
            else _begun([state for _, state in states])
        )
        rows.append(ModuleProgress(module, whole, tuple(states)))
    found = course.find(last) if last is not None and last not in done.activities else None
    return CourseProgress(course, tuple(rows), found or unfinished)


def _state(key: str, done: Done) -> State:
    if key in done.activities:
        return State.DONE
    return State.STARTED if key in done.opened else State.NEW


def _begun(states: list[State]) -> State:
    return State.NEW if all(state is State.NEW for state in states) else State.STARTED


def _sum(states: list[State]) -> State:
    if states and all(state is State.DONE for state in states):
        return State.DONE
    return _begun(states)
