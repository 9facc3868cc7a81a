"""What the learning screens show and what they ask for: frozen views and plain callables, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path

from desktop.player.progress import State
from desktop.screens.assignment_views import AssignmentActions, AssignmentBody
from desktop.screens.desk_views import DeskActions
from desktop.screens.offer_views import OfferActions
from desktop.screens.pack_views import PackActions
from sync.packs.outline import ActivityKind
from sync.packs.questions import TextFormat


class QuestionKind(Enum):
    """The seven kinds of question; the value is the name used in the pack."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    SHORT = "short_text"
    NUMBER = "number"
    MATCHING = "matching"
    ORDERING = "ordering"


def nothing(path: str) -> bytes | None:
    """Give the bytes of a path in a pack that holds none."""
    del path
    return None


# --- the shelf -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CourseCard:
    """One course on this computer as one person sees it; `jp` in hundredths of a lesson hour."""

    id: str
    title: str
    summary: str
    jp: int
    mandatory: bool
    modules: int
    modules_done: int
    version: str = ""
    publisher: str = ""
    started: bool = False
    done_on: date | None = None
    new: bool = False
    glyph: str = "book"
    withdrawn: bool = False  # closed by the centre; what was done in it stays


@dataclass(frozen=True, slots=True)
class LibraryView:
    """All courses on this computer, last opened first; `likeliest` names the one to go on with."""

    courses: tuple[CourseCard, ...]
    likeliest: str | None = None


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One line of an outline; `minutes` is the author's estimate, `detail` a number of pages or questions."""

    id: str
    title: str
    kind: ActivityKind
    minutes: int
    state: State
    count: int = 0


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """One module with its activities in the order they are meant."""

    id: str
    title: str
    minutes: int
    state: State
    activities: tuple[ActivityRow, ...]


@dataclass(frozen=True, slots=True)
class OutlineView:
    """A course opened: its modules, and the activity at which *Lanjutkan* goes on."""

    course: CourseCard
    modules: tuple[ModuleRow, ...]
    resume: str | None = None


# --- one activity ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PagesBody:
    """Markdown pages; `names` are their paths in the pack, `resource` gives the bytes of a path or None."""

    names: tuple[str, ...]
    texts: tuple[str, ...]
    resource: Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class PdfBody:
    """A document on this computer's disk."""

    path: Path


@dataclass(frozen=True, slots=True)
class ImageBody:
    """One picture (SVG, PNG, JPEG or WebP) and the sentence that says what is on it."""

    data: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True)
class MediaBody:
    """A recording on this computer's disk; `transcript` (Markdown) and `captions` (WebVTT) may be empty.

    `name` is the transcript's path in the pack, from which `resource` gives the pictures it shows.
    """

    path: Path
    transcript: str = ""
    captions: str = ""
    name: str = ""
    resource: Callable[[str], bytes | None] = nothing


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; `index` is its place in the source and is what an answer names."""

    index: int
    text: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question as it is asked: options already in the order of this attempt, no key inside."""

    id: int
    kind: QuestionKind
    text: str
    format: TextFormat = TextFormat.PLAIN
    options: tuple[Option, ...] = ()
    prompts: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True)
class AttemptView:
    """An attempt under way; `answers` are those the store has said it holds.

    `left` counts the seconds that remain, None without a clock. `interrupted` says that power or program
    ended in the middle of it; `fixed` that its clock ran on meanwhile.
    """

    number: int
    questions: tuple[QuestionView, ...]
    answers: Mapping[int, str] = field(default_factory=dict)
    interrupted: bool = False
    left: int | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class MarkView:
    """One question after the attempt, in the order shown: what was answered, what was right, and why.

    `voided` says why it no longer counts; empty for one that does.
    """

    question: int
    text: str
    correct: bool
    answered: str
    right: str = ""
    feedback: str = ""
    format: TextFormat = TextFormat.PLAIN
    voided: str = ""


@dataclass(frozen=True, slots=True)
class ResultView:
    """A finished attempt; `score` in hundredths of a percent, `attempts_left` None without a limit.

    `before` is the score it had until questions of it were voided, None where none was. Unless `told`, the
    pack keeps what is right to itself; then `marks` say nothing of it, or are empty.
    """

    attempt: int
    score: int
    correct: int
    total: int
    passed: bool
    attempts_left: int | None
    marks: tuple[MarkView, ...]
    before: int | None = None
    told: bool = True


@dataclass(frozen=True, slots=True)
class QuizBody:
    """The rules of a quiz before it starts; `pass_mark` in percent, `attempts` None without a limit.

    `limit` is in seconds, None without a clock; with `fixed` it runs on while the power is off. A `proctored`
    one begins with a code of its proctor.
    """

    questions: int
    pass_mark: int
    attempts: int | None
    used: int = 0
    best: int | None = None
    running: AttemptView | None = None
    last: ResultView | None = None
    limit: int | None = None
    fixed: bool = False
    proctored: bool = False


Body = PagesBody | PdfBody | ImageBody | MediaBody | QuizBody | AssignmentBody


@dataclass(frozen=True, slots=True)
class ActivityView:
    """One activity ready to open: where it stands, what it holds and the draft left at the last visit."""

    id: str
    title: str
    kind: ActivityKind
    course: str
    course_title: str
    module: ModuleRow
    module_number: int
    modules: int
    body: Body
    draft: bytes | None = None
    done: bool = False
    previous: str | None = None
    next: str | None = None


# --- what the screens ask for ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class QuizActions:
    """What a quiz asks for. Each call blocks until it is durable, so screens make it on the writer lane.

    `beat` is a sign of life while the clock runs, `away` says that the learner left the screen on purpose.
    `start_with` begins a proctored attempt, given the code of its proctor.
    """

    start: Callable[[str], AttemptView]
    answer: Callable[[str, int, int, str, int], None]  # activity, attempt, question, answer, seconds
    finish: Callable[[str, int], ResultView]
    beat: Callable[[str, int], None] = lambda _key, _attempt: None
    away: Callable[[str, int], None] = lambda _key, _attempt: None
    start_with: Callable[[str, str], AttemptView] | None = None


@dataclass(frozen=True, slots=True)
class LearningActions:
    """Everything the room *Belajar* needs from the rest of the house; all calls may block.

    The two that record say whether the activity is now completed, by the rule of its course.
    """

    load_library: Callable[[], LibraryView]
    load_outline: Callable[[str], OutlineView]
    open_activity: Callable[[str], ActivityView]
    record_page_read: Callable[[str, int, int], bool]  # activity, page from 1, seconds
    record_watched: Callable[[str, int, int, int], bool]  # activity, second reached, seconds up to it, length
    save_draft: Callable[[str, bytes], None]
    quiz: QuizActions
    packs: PackActions
    offers: OfferActions | None = None
    assignment: AssignmentActions | None = None
    desk: DeskActions | None = None
