"""What a person has finished and where they stopped: activities, modules, courses, pages, seconds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sync.folds.order import Moment, number, text
from sync.journal.statement import Fact


@dataclass(frozen=True, slots=True)
class Done:
    """Something finished, at its first moment: doing it again never makes it later or undone."""

    key: str
    when: Moment
    version: str


@dataclass(frozen=True, slots=True)
class CourseDone:
    """A finished course with its claim: `jp` in hundredths of a lesson hour (600 = 6 JP)."""

    course: str
    when: Moment
    version: str
    jp: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person last was in an activity: a page (from 1) of a text or a second of a recording."""

    activity: str
    page: int
    second: int
    when: Moment
    version: str


class CompletionFold:
    """Gathers completions and places; adding in any order and any number of times gives the same."""

    __slots__ = ("claims", "firsts", "latest", "read")

    def __init__(self) -> None:
        self.firsts: dict[tuple[str, str], Done] = {}
        self.claims: set[CourseDone] = set()
        self.latest: dict[str, Place] = {}
        self.read: dict[str, set[int]] = {}

    def add(self, fact: Fact, when: Moment) -> None:
        """Take in one fact; kinds that finish nothing are passed over."""
        match fact.statement.kind:
            case "lesson.completed":
                self._finish("activity", Done(text(fact, "activity"), when, text(fact, "version")))
            case "module.completed":
                self._finish("module", Done(text(fact, "module"), when, text(fact, "version")))
            case "course.completed":
                course = CourseDone(text(fact, "course"), when, text(fact, "version"), number(fact, "jp"))
                self.claims.add(course)
            case "page.read":
                activity, page = text(fact, "activity"), number(fact, "page")
                self.read.setdefault(activity, set()).add(page)
                self._stand(Place(activity, page, 0, when, text(fact, "version")))
            case "media.watched":
                second = number(fact, "second")
                self._stand(Place(text(fact, "activity"), 0, second, when, text(fact, "version")))
            case _:
                return

    def merge(self, other: "CompletionFold") -> None:
        """Take in all that another fold has gathered (the same person on another PC)."""
        for (kind, _), done in other.firsts.items():
            self._finish(kind, done)
        self.claims.update(other.claims)
        for place in other.latest.values():
            self._stand(place)
        for activity, pages in other.read.items():
            self.read.setdefault(activity, set()).update(pages)

    def done(self, kind: str) -> Mapping[str, Done]:
        """Return what is finished of a kind, `activity` or `module`, by its key."""
        return {key: done for (which, key), done in sorted(self.firsts.items()) if which == kind}

    def course_claims(self) -> Iterator[CourseDone]:
        """Give every statement of a finished course, first moment first: JP picks which one counts."""
        return iter(sorted(self.claims, key=claim_order))

    def places(self) -> Mapping[str, Place]:
        """Return the last place in each activity."""
        return dict(sorted(self.latest.items()))

    def pages(self) -> Mapping[str, frozenset[int]]:
        """Return which pages of each text were read."""
        return {activity: frozenset(pages) for activity, pages in sorted(self.read.items())}

    def last_place(self) -> Place | None:
        """Return the place of the latest moment: what *Lanjutkan* opens."""
        return max(self.latest.values(), key=_place_order, default=None)

    def _finish(self, kind: str, done: Done) -> None:
        before = self.firsts.get((kind, done.key))
        if before is None or (done.when, done.version) < (before.when, before.version):
            self.firsts[kind, done.key] = done

    def _stand(self, place: Place) -> None:
        before = self.latest.get(place.activity)
        if before is None or _place_order(place) > _place_order(before):
            self.latest[place.activity] = place


def claim_order(claim: CourseDone) -> tuple[Moment, str, str, int]:
    """Order claims by moment; the rest decides between branches of one log, which share a moment.

    What is claimed comes last, so that it never decides which version counts.
    """
    return (claim.when, claim.course, claim.version, claim.jp)


def _place_order(place: Place) -> tuple[Moment, str, int, int, str]:
    return (place.when, place.activity, place.page, place.second, place.version)


@dataclass(frozen=True, slots=True)
class VersionShape:
    """An earlier version of a course, which people have finished and may still finish; `jp` in hundredths."""

    version: str
    jp: int
    modules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseShape:
    """What the signed catalogue says of a course: the frame in which completions are counted.

    All but `earlier` is about its newest `version`. Both came later than the rest: whoever does not know
    them reads the newest version as before.
    """

    course: str
    title: str = ""
    jp: int = 0
    modules: tuple[str, ...] = ()
    mandatory: bool = True
    module_titles: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    earlier: tuple[VersionShape, ...] = ()
