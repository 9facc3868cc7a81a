"""The questions of quizzes over many people: how each did, and attempts counted again without voided ones."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sync.folds.order import CLOCKS, NEVER, Moment, clock_offsets, moment, number, numbers, text
from sync.folds.recount import VOIDED, WHOLE, Marked, Recount, Voided, Voids, recount
from sync.journal.statement import Fact

KINDS = ("quiz.started", "quiz.answered", "quiz.finished", "quiz.marked", VOIDED, *CLOCKS)
"""What this fold reads."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question of one version of a quiz over all finished attempts that asked it.

    `earned` is the mean of its marks and `apart` how much more those earned who did better in the rest of
    the quiz than those who did worse, both in hundredths of a percent; `apart` is None below ten attempts.
    `given` counts the last answers as they were stated, `wrong` those among them that earned less than all.
    """

    activity: str
    version: str
    question: int
    asked: int
    earned: int
    apart: int | None
    given: Mapping[str, int]
    wrong: Mapping[str, int]
    voided: Voided | None


_Key = tuple[str, bytes, int]
Where = TypeVar("Where")
Word = TypeVar("Word", bound=tuple[Any, ...])


class ItemFold:
    """Gathers what was asked, earned and voided. Facts must already count (`sync.journal.authority`).

    `person_of` says whose a profile is: nobody voids a question for themselves.
    """

    def __init__(
        self, offsets: Mapping[int, int], person_of: Callable[[bytes], bytes | None] = lambda one: one
    ) -> None:
        self._offsets = offsets
        self._person_of = person_of
        self._speakers: set[bytes] = set()
        self._started: dict[_Key, tuple[Moment, str, tuple[int, ...]]] = {}
        self._answered: dict[tuple[_Key, int], tuple[Moment, str]] = {}
        self._finished: dict[_Key, tuple[Moment, int, bool]] = {}
        self._marked: dict[_Key, tuple[Moment, tuple[int, ...], int]] = {}
        self._voids = Voids()

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
        elif kind == VOIDED:
            self._speakers.add(fact.header.profile)
            self._voids.add(fact, when)

    def items(self) -> tuple[Item, ...]:
        """Return every question that a finished attempt asked, by quiz, version and number."""
        asked: dict[tuple[str, str, int], list[tuple[_Key, int, int]]] = {}
        for one in self._attempts():
            total = sum(one.marks)
            for question, mark in zip(one.questions, one.marks, strict=True):
                which = (one.activity, one.version, question)
                asked.setdefault(which, []).append(
                    ((one.activity, one.profile, one.attempt), mark, total - mark)
                )
        return tuple(self._item(which, rows) for which, rows in sorted(asked.items()))

    def recounts(self) -> tuple[Recount, ...]:
        """Return every finished attempt that had a voided question: the log of what was counted again."""
        found = []
        for one in self._attempts():
            own = self._person_of(one.profile)
            besides = {by for by in self._speakers if own is not None and self._person_of(by) == own}
            counted = recount(one, self._voids.of(one.activity, one.version, besides | {one.profile}))
            if counted is not None:
                found.append(counted)
        return tuple(found)

    def counts(self) -> Mapping[tuple[str, str], int]:
        """Count the attempts of each version of a quiz that say what their questions earned."""
        return Counter((one.activity, one.version) for one in self._attempts())

    def asked(self, activity: str, version: str, question: int) -> int:
        """Count the attempts that asked a question."""
        return sum(
            (one.activity, one.version) == (activity, version) and question in one.questions
            for one in self._attempts()
        )

    def without(self, activity: str, version: str, question: int) -> tuple[Recount, ...]:
        """Tell what voiding one more question would do; nothing is voided by asking."""
        more = {question: Voided("", b"", NEVER)}
        found = []
        for one in self._attempts():
            if (one.activity, one.version) == (activity, version) and question in one.questions:
                counted = recount(one, {**self._voids.of(activity, version), **more})
                before = recount(one, self._voids.of(activity, version))
                if counted is not None and not (before is not None and before.passed):
                    found.append(counted)
        return tuple(found)

    def _attempts(self) -> Iterable[Marked]:
        for key in sorted(self._finished.keys() & self._marked.keys() & self._started.keys()):
            _, version, questions = self._started[key]
            _, marks, need = self._marked[key]
            _, score, passed = self._finished[key]
            if len(marks) == len(questions):
                yield Marked(*key, version, questions, marks, need, score, passed)

    def _item(self, which: tuple[str, str, int], rows: list[tuple[_Key, int, int]]) -> Item:
        answers = [
            (self._answered[key, which[2]][1], mark)
            for key, mark, _ in rows
            if (key, which[2]) in self._answered
        ]
        given = Counter(answer for answer, _ in answers)
        wrong = Counter(answer for answer, mark in answers if mark < WHOLE)
        void = self._voids.of(*which[:2]).get(which[2])
        return Item(
            *which,
            asked=len(rows),
            earned=sum(mark for _, mark, _ in rows) // len(rows),
            apart=_apart(rows),
            given=dict(sorted(given.items())),
            wrong=dict(sorted(wrong.items())),
            voided=void,
        )


def item_fold(
    facts: Iterable[Fact], person_of: Callable[[bytes], bytes | None] = lambda one: one
) -> ItemFold:
    """Fold facts of many people, in any order and with any repetition."""
    held = list(facts)
    fold = ItemFold(clock_offsets(held), person_of)
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
