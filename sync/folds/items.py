"""The questions of quizzes over many people: how each did, and attempts counted again without voided ones."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sync.folds.order import Moment, clock_offsets, moment, number, numbers, text
from sync.journal.statement import Fact

KINDS = ("quiz.started", "quiz.answered", "quiz.finished", "quiz.marked", "question.voided", "clock.fixed")
"""What this fold reads."""
WHOLE = 10_000
"""The whole mark, in hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class Voided:
    """Why a question no longer counts; `by` is the profile that said it first."""

    reason: str
    by: bytes
    when: Moment


@dataclass(frozen=True, slots=True)
class Item:
    """One question of one version of a quiz over all finished attempts that asked it.

    `earned` is the mean of its marks and `apart` how much more those earned who did better in the rest of
    the quiz than those who did worse, both in hundredths of a percent; `apart` is None below ten attempts.
    `given` counts the last answers as they were stated.
    """

    activity: str
    version: str
    question: int
    asked: int
    earned: int
    apart: int | None
    given: Mapping[str, int]
    voided: Voided | None


@dataclass(frozen=True, slots=True)
class Recount:
    """A finished attempt counted again without its voided questions; scores in hundredths of a percent.

    Nobody falls: who had passed keeps the pass, and `falls` asks a person to look. `rises` is who passes now.
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


_Key = tuple[str, bytes, int]
Where = TypeVar("Where")
Word = TypeVar("Word", bound=tuple[Any, ...])


@dataclass(frozen=True, slots=True)
class _Attempt:
    key: _Key
    version: str
    questions: tuple[int, ...]
    marks: tuple[int, ...]
    need: int
    score: int
    passed: bool


class ItemFold:
    """Gathers what was asked, earned and voided. Facts must already count (`sync.journal.authority`)."""

    def __init__(self, offsets: Mapping[int, int]) -> None:
        self._offsets = offsets
        self._started: dict[_Key, tuple[Moment, str, tuple[int, ...]]] = {}
        self._answered: dict[tuple[_Key, int], tuple[Moment, str]] = {}
        self._finished: dict[_Key, tuple[Moment, int, bool]] = {}
        self._marked: dict[_Key, tuple[Moment, tuple[int, ...], int]] = {}
        self._voided: dict[tuple[str, str, int], tuple[Moment, str, bytes]] = {}

    def add(self, fact: Fact) -> None:
        """Take in one fact; the newest word on an attempt counts, the first on a voided question."""
        when, kind = moment(fact, self._offsets), fact.statement.kind
        key = (text(fact, "activity"), fact.header.profile, number(fact, "attempt"))
        if kind == "quiz.started":
            _newest(self._started, key, (when, text(fact, "version"), numbers(fact, "questions")))
        elif kind == "quiz.answered":
            _newest(self._answered, (key, number(fact, "question")), (when, text(fact, "answer")))
        elif kind == "quiz.finished":
            _newest(self._finished, key, (when, number(fact, "score"), number(fact, "passed") == 1))
        elif kind == "quiz.marked":
            _newest(self._marked, key, (when, numbers(fact, "marks"), number(fact, "need")))
        elif kind == "question.voided":
            which = (key[0], text(fact, "version"), number(fact, "question"))
            word = (when, text(fact, "reason"), fact.header.profile)
            self._voided[which] = min(self._voided.get(which, word), word)

    def items(self) -> tuple[Item, ...]:
        """Return every question that a finished attempt asked, by quiz, version and number."""
        asked: dict[tuple[str, str, int], list[tuple[_Key, int, int]]] = {}
        for one in self._attempts():
            total = sum(one.marks)
            for question, mark in zip(one.questions, one.marks, strict=True):
                which = (one.key[0], one.version, question)
                asked.setdefault(which, []).append((one.key, mark, total - mark))
        return tuple(self._item(which, rows) for which, rows in sorted(asked.items()))

    def recounts(self) -> tuple[Recount, ...]:
        """Return every finished attempt that had a voided question: the log of what was counted again."""
        found = []
        for one in self._attempts():
            activity, profile, attempt = one.key
            without = tuple(q for q in one.questions if (activity, one.version, q) in self._voided)
            if not without:
                continue
            kept = [mark for q, mark in zip(one.questions, one.marks, strict=True) if q not in without]
            after = sum(kept) // len(kept) if kept else WHOLE
            reached = after >= one.need
            found.append(
                Recount(
                    activity,
                    profile,
                    attempt,
                    one.version,
                    without,
                    one.score,
                    after,
                    passed=one.passed or reached,
                    rises=reached and not one.passed,
                    falls=one.passed and not reached,
                )
            )
        return tuple(found)

    def _attempts(self) -> Iterable[_Attempt]:
        for key in sorted(self._finished.keys() & self._marked.keys() & self._started.keys()):
            _, version, questions = self._started[key]
            _, marks, need = self._marked[key]
            _, score, passed = self._finished[key]
            if len(marks) == len(questions):
                yield _Attempt(key, version, questions, marks, need, score, passed)

    def _item(self, which: tuple[str, str, int], rows: list[tuple[_Key, int, int]]) -> Item:
        given = Counter(
            self._answered[key, which[2]][1] for key, _, _ in rows if (key, which[2]) in self._answered
        )
        void = self._voided.get(which)
        return Item(
            *which,
            asked=len(rows),
            earned=sum(mark for _, mark, _ in rows) // len(rows),
            apart=_apart(rows),
            given=dict(sorted(given.items())),
            voided=None if void is None else Voided(void[1], void[2], void[0]),
        )


def item_fold(facts: Iterable[Fact]) -> ItemFold:
    """Fold facts of many people, in any order and with any repetition."""
    held = list(facts)
    fold = ItemFold(clock_offsets(held))
    for fact in held:
        fold.add(fact)
    return fold


def _newest(held: dict[Where, Word], where: Where, word: Word) -> None:
    before = held.get(where)
    if before is None or word > before:
        held[where] = word


def _apart(rows: list[tuple[_Key, int, int]]) -> int | None:
    """Compare the better third with the worse one, by what they earned in the rest of the quiz."""
    if len(rows) < 10:
        return None
    third = len(rows) // 3
    order = sorted(rows, key=lambda one: (one[2], one[0]))
    worse, better = order[:third], order[-third:]
    return (sum(mark for _, mark, _ in better) - sum(mark for _, mark, _ in worse)) // third
