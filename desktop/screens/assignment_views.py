"""What an assignment and its marking look like on the glass: frozen views and plain callables, no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.screens.paper_sheet import PaperActions
    from desktop.screens.peer_views import CircleView, PeerActions, PeerReviewView, PeersView


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One line of a rubric; `given` in hundredths of a point, None while nobody has given any.

    `voided` says why it counts no more, empty while it does.
    """

    id: str
    title: str
    about: str
    points: int
    given: int | None = None
    voided: str = ""


@dataclass(frozen=True, slots=True)
class FileView:
    """A file added or handed in; `size` in bytes, 0 where it is not told."""

    name: str
    digest: bytes
    size: int = 0


@dataclass(frozen=True, slots=True)
class HandedView:
    """A version handed in: its number, day, and the code of its receipt; `late` after the deadline.

    `counts` says by what it is judged, empty without a deadline; `looked_at` is whether somebody has to.
    """

    version: int
    day: date
    code: str
    late: bool = False
    counts: str = ""
    looked_at: bool = False


@dataclass(frozen=True, slots=True)
class GradeView:
    """What came back: `total` in words, empty where it was returned; `code` names the work it is of.

    `before` is what it was before a criterion was voided, in words.
    """

    total: str
    most: int
    lines: tuple[CriterionView, ...]
    comment: str
    reason: str
    code: str
    earlier: tuple[str, ...] = ()
    before: str = ""

    @property
    def returned(self) -> bool:
        """Whether it is to be revised."""
        return not self.total


@dataclass(frozen=True, slots=True)
class AssignmentBody:
    """An assignment of one learner: what is asked, what is drafted, what was handed in and came back.

    `until` is its deadline in words, in the learner's own zone, empty without one; `promise` is what counts.
    """

    name: str
    instruction: str
    resource: Callable[[str], bytes | None]
    criteria: tuple[CriterionView, ...]
    until: str
    most_files: int
    text: str = ""
    files: tuple[FileView, ...] = ()
    handed: HandedView | None = None
    grade: GradeView | None = None
    promise: str = ""
    peers: PeersView | None = None


@dataclass(frozen=True, slots=True)
class AssignmentActions:
    """What an assignment asks for; each call blocks until it is durable. `load` gives its body anew."""

    load: Callable[[str], AssignmentBody]
    keep_text: Callable[[str, str], None]
    add_file: Callable[[str, str], AssignmentBody]  # activity, path
    drop_file: Callable[[str, bytes], AssignmentBody]
    hand_in: Callable[[str], AssignmentBody]
    peers: PeerActions | None = None


@dataclass(frozen=True, slots=True)
class MarkView:
    """One mark as others may see it, in words: by whom, its total, its comment.

    `before` is what the total was before a criterion was voided.
    """

    by: str
    total: str
    comment: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class TimingView:
    """One work whose time needs a person: who or what it is, a line about it, and the evidence.

    `lines` are pairs of what and when; `key` names it; `own` is one's own, which somebody else decides.
    Unless it `waits` somebody may decide and nobody has to.
    """

    key: str
    title: str
    about: str
    lines: tuple[tuple[str, str], ...]
    own: bool = False
    waits: bool = True


@dataclass(frozen=True, slots=True)
class PaperView:
    """One work in the queue, without its learner's name. `need` is what there is to do, empty for nothing.

    `marks` and `grades` are empty as long as this trainer may not see them. `draft` is whether `criteria`,
    `comment` and `reason` are what was typed and not saved; `seconds` is how long it took so far. `office`
    names the other office it comes from, empty for the own. `peers` is what colleagues made of it,
    `peers_late` whether one who was asked has not answered,
    `timing` the evidence where somebody has to decide whether it came in time.
    """

    key: str
    code: str
    task: str
    about: str
    state: str
    kind: str
    need: str
    text: str
    files: tuple[FileView, ...]
    criteria: tuple[CriterionView, ...]
    comment: str = ""
    marks: tuple[MarkView, ...] = ()
    grades: tuple[MarkView, ...] = ()
    reason: str = ""
    draft: bool = False
    seconds: int = 0
    office: str = ""
    peers: tuple[PeerReviewView, ...] = ()
    peers_about: str = ""
    peers_late: bool = False
    timing: TimingView | None = None


@dataclass(frozen=True, slots=True)
class QueueView:
    """Everything handed in that this PC knows of, what waits first; `circles` ask for colleagues."""

    papers: tuple[PaperView, ...]
    waiting: int
    circles: tuple[CircleView, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """What a trainer has typed of one work: whole points by criterion, words, and seconds spent on it."""

    points: tuple[tuple[str, int], ...] = ()
    comment: str = ""
    reason: str = ""
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class MarkingActions:
    """What marking asks for; each takes the key of a paper. All but `load` and `hours` block until durable.

    `void` takes a criterion and a reason; `hours` gives what proves them as a paper,
    `another` gives a paper to one more colleague,
    `share` gives an activity's papers to colleagues, and says how many.
    """

    load: Callable[[], QueueView]
    keep: Callable[[str, Typed], None]
    give: Callable[[str, Typed], None]
    settle: Callable[[str, Typed], None]
    agree: Callable[[str], None]
    back: Callable[[str, Typed], None]
    void: Callable[[str, str, str], None]
    save_file: Callable[[str, bytes, str], None]  # paper, digest, path
    hours: PaperActions | None = None
    share: Callable[[str], str] | None = None
    decide: Callable[[str, bool, str], None] | None = None  # paper, on time, reason
    another: Callable[[str], str] | None = None
