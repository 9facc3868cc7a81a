"""Attempts counted again without the questions that were voided: nothing that was reached is taken away."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sync.folds.order import Moment, number, text
from sync.journal.statement import Fact

VOIDED = "question.voided"
WHOLE = 10_000
"""The whole mark, in hundredths of a percent."""
NOBODY: AbstractSet[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Voided:
    """Why a question no longer counts; `by` is the profile that said it first."""

    reason: str
    by: bytes
    when: Moment


@dataclass(frozen=True, slots=True)
class Recount:
    """A finished attempt counted again without its voided questions; scores in hundredths of a percent.

    Nobody falls: who had passed keeps the pass, and `falls` asks a person to look. `rises` is who passes now.
    `words` say why, a word for each of the questions in `without`.
    """

    activity: str
    profile: bytes
    attempt: int
    version: str
    without: tuple[int, ...]
    before: int
    after: int
    passed: bool
    rises: bool
    falls: bool
    words: tuple[Voided, ...] = ()

    @property
    def counted(self) -> int:
        """The score that holds: a wrong question takes no points from whoever had earned them."""
        return max(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Marked:
    """A finished attempt with what each of its questions earned, as far as a recount must know it."""

    activity: str
    profile: bytes
    attempt: int
    version: str
    questions: tuple[int, ...]
    marks: tuple[int, ...]
    need: int
    score: int
    passed: bool


class Voids:
    """What was declared void. Every word is kept, and the first counts; facts must already count."""

    __slots__ = ("said",)

    def __init__(self) -> None:
        self.said: dict[tuple[str, str], dict[int, set[tuple[Moment, str, bytes]]]] = {}

    def __bool__(self) -> bool:
        return bool(self.said)

    def add(self, fact: Fact, when: Moment) -> None:
        """Take in one fact; kinds that void nothing are passed over."""
        if fact.statement.kind == VOIDED:
            said = self.said.setdefault((text(fact, "activity"), text(fact, "version")), {})
            word = (when, text(fact, "reason"), fact.header.profile)
            said.setdefault(number(fact, "question"), set()).add(word)

    def merge(self, other: "Voids") -> None:
        """Take in all that another has gathered."""
        for version, said in other.said.items():
            mine = self.said.setdefault(version, {})
            for question, words in said.items():
                mine.setdefault(question, set()).update(words)

    def of(self, activity: str, version: str, besides: AbstractSet[bytes] = NOBODY) -> Mapping[int, Voided]:
        """Tell the void questions of a version. Words by the profiles `besides` are passed over.

        Nobody voids a question for themselves.
        """
        found = {}
        for question, words in sorted(self.said.get((activity, version), {}).items()):
            first = min((word for word in words if word[2] not in besides), default=None)
            if first is not None:
                found[question] = Voided(first[1], first[2], first[0])
        return found


def recount(one: Marked, voided: Mapping[int, Voided]) -> Recount | None:
    """Count an attempt again; None where none of its questions is void, or its marks are not those asked.

    Of whom every question was void, everything is given.
    """
    without = tuple(question for question in one.questions if question in voided)
    if not without or len(one.marks) != len(one.questions):
        return None
    kept = [mark for question, mark in zip(one.questions, one.marks, strict=True) if question not in without]
    after = _mean(kept)
    reached = after >= one.need
    return Recount(
        one.activity,
        one.profile,
        one.attempt,
        one.version,
        without,
        one.score,
        after,
        passed=one.passed or reached,
        rises=reached and not one.passed,
        falls=one.passed and not reached,
        words=tuple(voided[question] for question in without),
    )


def _mean(marks: Iterable[int]) -> int:
    kept = list(marks)
    return sum(kept) // len(kept) if kept else WHOLE
