"""Penilaian sejawat: papers given out, read blind by colleagues, and what they said brought home."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from desktop.errors import Problem
from desktop.language import tr
from desktop.store.facts import Scope
from desktop.store.profile import Profile
from sync.folds.assignments import SUBMITTED, submissions
from sync.folds.criteria import Points
from sync.folds.pairing import PAIRED, PAIRS_LIMIT, Pair, new_pairs, pair_fields, pairs_known
from sync.folds.peers import (
    FILE,
    PAPER,
    REVIEWED,
    PeerPaper,
    PeerReview,
    paper_file,
    papers,
    read_review,
    review_fields,
    reviews,
    reviews_told,
)
from sync.journal.authority import Authority
from sync.journal.passing import PASSED, Passed, passed
from sync.journal.secret_fields import open_fields, seal_fields
from sync.journal.statement import Fact, Value
from sync.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Circle:
    """One assignment as its trainer may give it out: how many handed in, and the pairs to be made."""

    activity: str
    works: int
    pairs: tuple[Pair, ...]

    @property
    def fresh(self) -> int:
        """How many papers get readers."""
        return len({one.author for one in self.pairs})


@dataclass(frozen=True, slots=True)
class Given:
    """A paper that was given to this person, and what they made of it; None while they have not."""

    paper: PeerPaper
    review: PeerReview | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What colleagues made of one person's assignment: `asked` is to how many it was given."""

    asked: int = 0
    reviews: tuple[PeerReview, ...] = ()


def circles(profile: Profile, wanted: Callable[[str], int]) -> tuple[Circle, ...]:
    """Tell what can be given out; `wanted` is how many colleagues an activity asks for, 0 for none.

    Only the own office's work: a trainer who is lent gives out nothing there.
    """
    known = profile.authority()
    pairs = _pairs(profile, known)
    return tuple(
        Circle(activity, len(of), new_pairs(activity, of, pairs, wanted(activity)))
        for activity, of in sorted(_works(profile, known).items())
        if wanted(activity)
    )


def ask_another(profile: Profile, person: bytes, activity: str) -> None:
    """Give one paper to one more colleague, since one does not answer. Raises Problem with nobody left."""
    known = profile.authority()
    works, pairs = _works(profile, known).get(activity, {}), _pairs(profile, known)
    mine = {person: works[person]} if person in works else {}
    made = new_pairs(activity, works, pairs, 0, mine)
    if not made:
        raise Problem(
            tr("Semua rekan sudah diminta."),
            tr("Nilai tugas tidak menunggu penilaian rekan: silakan menilai."),
        )
    profile.record(PAIRED, **pair_fields(made))


def _works(profile: Profile, known: Authority) -> dict[str, dict[bytes, tuple[str, bytes]]]:
    """Read version and work of what each person of the office handed in last, by activity."""
    works: dict[str, dict[bytes, tuple[str, bytes]]] = {}
    handed = submissions(known.accepted(profile.facts(kinds=(SUBMITTED,))), known.person_of)
    for (person, activity), versions in handed.items():
        newest = versions[-1]
        works.setdefault(activity, {})[person] = (newest.version, newest.work)
    return works


def _pairs(profile: Profile, known: Authority) -> tuple[Pair, ...]:
    """Read who was given whose paper, persons as who they are today."""
    of = known.aliases.of
    return tuple(
        replace(one, author=of(one.author), reviewer=of(one.reviewer))
        for one in sorted(pairs_known(known.accepted(profile.facts(kinds=(PAIRED,)))))
    )


def give_out(profile: Profile, circle: Circle) -> int:
    """State who reads whose paper; gives how many papers got readers. Raises Problem where there are none."""
    if not circle.pairs:
        raise Problem(
            tr("Belum ada naskah yang dapat dibagikan."),
            tr("Penilaian sejawat memerlukan sedikitnya dua naskah dari orang yang berbeda."),
        )
    items: list[tuple[str, Mapping[str, Value]]] = []
    for version in sorted({one.version for one in circle.pairs}):
        of = [one for one in circle.pairs if one.version == version]
        items += [(PAIRED, pair_fields(of[at : at + PAIRS_LIMIT])) for at in range(0, len(of), PAIRS_LIMIT)]
    profile.record_all(items)
    return circle.fresh


def heard_of(profile: Profile) -> Mapping[tuple[bytes, str], Heard]:
    """Tell a trainer what colleagues made of each assignment, by person and activity."""
    known = profile.authority()
    asked: dict[tuple[bytes, str], set[bytes]] = {}
    for one in _pairs(profile, known):
        asked.setdefault((one.author, one.activity), set()).add(one.reviewer)
    came: dict[tuple[bytes, str], list[PeerReview]] = {}
    for review in reviews_told(_words(profile, known, REVIEWED)):
        if review.learner:
            came.setdefault((known.aliases.of(review.learner), review.activity), []).append(review)
    return {
        key: Heard(max(len(asked.get(key, ())), len(came.get(key, ()))), tuple(came.get(key, ())))
        for key in {*asked, *came}
    }


def received(profile: Profile, activity: str = "") -> tuple[PeerReview, ...]:
    """Read what colleagues made of the own papers, of one activity or of all; by whom, nobody here knows."""
    told = reviews_told(_words(profile, profile.authority(), REVIEWED))
    return tuple(one for one in told if activity in {"", one.activity} and not one.learner)


def given_here(profile: Profile, activity: str = "") -> tuple[Given, ...]:
    """Read the papers given to this person, of one activity or of all, oldest first."""
    known = profile.authority()
    mine = {one.id: one for one in reviews(_own(profile, known))}
    return tuple(
        Given(one, mine.get(one.id))
        for one in papers(_words(profile, known, PAPER))
        if activity in {"", one.activity}
    )


def review(profile: Profile, id_: bytes, points: Points, comment: str) -> None:
    """Give what this person makes of a paper, again where they did before. Raises Problem.

    Words are asked for: points alone help nobody to write better.
    """
    office = profile.store.office()
    found = next((one for one in given_here(profile) if one.paper.id == id_), None)
    if office is None or found is None:
        raise Problem(tr("Naskah ini tidak ada lagi di sini."), tr("Tutup, lalu buka lagi tugasnya."))
    if not comment.strip():
        raise Problem(
            tr("Komentar belum ditulis."),
            tr("Tulis satu hal yang sudah baik dan satu yang dapat lebih baik."),
        )
    counter = 1 if found.review is None else found.review.counter + 1
    said = review_fields(found.paper, points, comment.strip(), counter)
    readers = (office.header.centre_letter, profile.keys.letter.public)
    profile.record(REVIEWED, sealed=seal_fields(REVIEWED, said, readers))


def peer_file(profile: Profile, digest: bytes) -> bytes | None:
    """Give a file of a colleague's paper; None until all of its parts have come."""
    return paper_file(_words(profile, profile.authority(), FILE), digest).data


def _words(profile: Profile, known: Authority, *kinds: str) -> tuple[Passed, ...]:
    return passed(known.accepted(profile.facts(Scope.PERSON, kinds=(PASSED,))), *kinds)


def _own(profile: Profile, known: Authority) -> list[PeerReview]:
    facts = known.accepted(profile.facts(Scope.OWN, Scope.PERSON, kinds=(REVIEWED,)))
    found = (_opened(profile, fact) for fact in facts)
    return [one for one in found if one is not None]


def _opened(profile: Profile, fact: Fact) -> PeerReview | None:
    sealed = fact.statement.fields.get("sealed")
    for key in (profile.keys.letter, *profile.keys.letters):
        try:
            said = open_fields(REVIEWED, sealed if isinstance(sealed, bytes) else b"", key)
        except Refusal:
            continue
        return read_review(said, fact.wall)
    return None
