"""Peer review as it is told: papers without their author, and reviews without their reviewer. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.folds.assignments import Submission
from sync.folds.criteria import Points, read_points, write_points
from sync.folds.files import Arrived, put_together
from sync.journal.passing import Passed
from sync.journal.secret_fields import Secret

PAPER, FILE, REVIEWED, TAKEN = "peer.paper", "peer.file", "peer.reviewed", "peer.taken"
"""What the centre passes on: a paper to its reader, a piece of its files, a review to author and trainers,
and that a paper was taken back, since its author was erased.
"""
WORDS = 4000
"""Letters of a review."""
_DIGEST = 32


@dataclass(frozen=True, slots=True)
class PeerPaper:
    """A colleague's paper as its reader has it. `id` names it; `ticket` is for the centre alone to read.

    `files` are names with SHA-256. `at` is the Unix time at which it was given out.
    """

    id: bytes
    ticket: bytes
    activity: str
    version: str
    text: str
    files: tuple[tuple[str, bytes], ...]
    at: int


@dataclass(frozen=True, slots=True)
class PeerReview:
    """What a colleague made of a work; `points` in hundredths. `id` names it, and says nothing of who it was.

    `counter` rises with each time it is given anew. `learner` and `reviewer` are told to trainers alone.
    """

    id: bytes
    activity: str
    work: bytes
    points: Points
    comment: str
    counter: int
    at: int
    learner: bytes = b""
    reviewer: bytes = b""

    @property
    def total(self) -> int:
        """The sum, in hundredths of a point."""
        return sum(given for _, given in self.points)


def paper_fields(id_: bytes, ticket: bytes, work: Submission) -> dict[str, Secret]:
    """Return what a reader is told of a work: nothing of whose it is, nor where and when it was stated."""
    return {
        "id": id_,
        "ticket": ticket,
        "activity": work.activity,
        "version": work.version,
        "text": work.text,
        "names": "/".join(name for name, _ in work.files),
        "files": b"".join(digest for _, digest in work.files),
    }


def papers(words: Iterable[Passed]) -> tuple[PeerPaper, ...]:
    """Read the papers given to this person, each once, oldest first."""
    found: dict[bytes, PeerPaper] = {}
    for word in words:
        if word.kind != PAPER:
            continue
        said = word.fields
        digests, listed = _octets(said, "files"), _text(said, "names")
        names = listed.split("/") if digests else []
        id_, ticket = _octets(said, "id"), _octets(said, "ticket")
        if not id_ or len(digests) != _DIGEST * len(names):
            continue
        files = tuple((name, digests[_DIGEST * at : _DIGEST * (at + 1)]) for at, name in enumerate(names))
        activity, version, told = (_text(said, name) for name in ("activity", "version", "text"))
        one = PeerPaper(id_, ticket, activity, version, told, files, word.at)
        found[id_] = min(found.get(id_, one), one, key=lambda each: (each.at, each.ticket))
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.id)))


def taken(words: Iterable[Passed]) -> frozenset[bytes]:
    """Tell the names of papers that were taken back: nothing of them may stay."""
    return frozenset(_octets(word.fields, "id") for word in words if word.kind == TAKEN) - {b""}


def paper_file(words: Iterable[Passed], file: bytes) -> Arrived:
    """Put together a file of a colleague's paper."""
    return put_together(
        (
            (_number(one.fields, "part"), _number(one.fields, "parts"), _octets(one.fields, "data"))
            for one in words
            if one.kind == FILE and one.fields.get("file") == file
        ),
        file,
    )


def review_fields(paper: PeerPaper, points: Points, comment: str, counter: int) -> dict[str, Secret]:
    """Return a review as its reader seals it to the centre."""
    return {
        "id": paper.id,
        "ticket": paper.ticket,
        "points": write_points(points),
        "comment": comment[:WORDS],
        "counter": counter,
    }


def read_review(said: Mapping[str, Secret], at: int, reviewer: bytes = b"") -> PeerReview | None:
    """Read a review; None for what is none."""
    try:
        points = read_points(_text(said, "points"))
    except ValueError:
        return None
    id_ = _octets(said, "id")
    if not id_ or any(given < 0 for _, given in points):
        return None
    return PeerReview(
        id_, _text(said, "activity"), _octets(said, "work"), points, _text(said, "comment"),
        _number(said, "counter"), at, _octets(said, "learner"), reviewer,
    )  # fmt: skip


def reviews(found: Iterable[PeerReview]) -> tuple[PeerReview, ...]:
    """Return each review as it was given last, in an order that tells nothing: by its name."""
    last: dict[bytes, PeerReview] = {}
    for one in found:
        last[one.id] = max(last.get(one.id, one), one, key=_newer)
    return tuple(last[id_] for id_ in sorted(last))


def reviews_told(words: Iterable[Passed]) -> tuple[PeerReview, ...]:
    """Read the reviews passed to this person, as author or as trainer."""
    read = (
        read_review(word.fields, word.at, word.author if "learner" in word.fields else b"")
        for word in words
        if word.kind == REVIEWED
    )
    return reviews(one for one in read if one is not None)


def _newer(one: PeerReview) -> tuple[int, str, str]:
    return one.counter, one.comment, write_points(one.points)


def _text(said: Mapping[str, Secret], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _octets(said: Mapping[str, Secret], name: str) -> bytes:
    value = said.get(name)
    return value if isinstance(value, bytes) else b""


def _number(said: Mapping[str, Secret], name: str) -> int:
    value = said.get(name)
    return value if isinstance(value, int) else 0
