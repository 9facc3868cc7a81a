"""What an answer to a question is worth: pure, the same on every PC and at any time.

Shares follow Moodle's weights: a wrong ticked option takes off what its author said, matching gives an equal
share to each left side, ordering to each item that is followed by its right neighbour.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from desktop.assessment.answers import number_readings, places, same_words
from sync.packs.questions import (
    Matching,
    Multiple,
    Number,
    Option,
    Ordering,
    Question,
    ShortText,
    Single,
    TrueFalse,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one answer. `fraction` is exact, 0 to 1; `feedback` are the author's remarks, in order."""

    correct: bool
    fraction: Fraction
    feedback: tuple[str, ...] = ()


def grade(question: Question, answer: str) -> Mark:
    """Mark an answer as it stands in a `quiz.answered` statement. Anything unreadable earns nothing."""
    earned, remarks = _judge(question, answer)
    earned = min(max(earned, Fraction(0)), Fraction(1))
    said = tuple(remark for remark in (*remarks, question.feedback) if remark)
    return Mark(earned == 1, earned, said)


def _judge(  # noqa: PLR0911 - one return a kind
    question: Question, answer: str
) -> tuple[Fraction, tuple[str, ...]]:
    match question:
        case Single():
            return _chosen(question.options, places(answer, len(question.options)), most=1)
        case Multiple():
            return _chosen(
                question.options, places(answer, len(question.options)), most=len(question.options)
            )
        case TrueFalse():
            right = answer.strip() == ("1" if question.truth else "0")
            remark = question.when_right if right else question.when_wrong
            return Fraction(int(right)), (remark,) if answer.strip() in {"0", "1"} else ()
        case ShortText():
            return _best([(o.weight, o.feedback) for o in question.accepted if same_words(o.text, answer)])
        case Number():
            readings = number_readings(answer)
            return _best(
                [
                    (s.weight, s.feedback)
                    for s in question.spans
                    if any(s.low <= r <= s.high for r in readings)
                ]
            )
        case Matching():
            return _matched(question, answer), ()
        case Ordering():
            return _ordered(question, answer), ()
    assert_never(question)


def _chosen(
    options: tuple[Option, ...], chosen: tuple[int | None, ...], most: int
) -> tuple[Fraction, tuple[str, ...]]:
    ticked = sorted({place for place in chosen if place is not None})
    if len(ticked) > most:
        return Fraction(0), ()
    weight = sum((options[place].weight for place in ticked), start=Fraction(0))
    # Three times 33.33333 means the whole mark, so what is within a thousandth of it is the whole mark.
    if abs(weight - 1) < Fraction(1, 1000):
        weight = Fraction(1)
    return weight, tuple(options[place].feedback for place in ticked)


def _best(found: list[tuple[Fraction, str]]) -> tuple[Fraction, tuple[str, ...]]:
    """Take the answer that earns most; of equals the first, whose remark is the more particular."""
    if not found:
        return Fraction(0), ()
    weight, remark = max(found, key=lambda pair: pair[0])
    return weight, (remark,)


def _matched(question: Matching, answer: str) -> Fraction:
    given = places(answer, len(question.rights))
    if len(given) != len(question.key):
        return Fraction(0)
    hits = sum(1 for chosen, right in zip(given, question.key, strict=True) if chosen == right)
    return Fraction(hits, len(question.key))


def _ordered(question: Ordering, answer: str) -> Fraction:
    given = places(answer, len(question.items))
    if sorted(p for p in given if p is not None) != list(range(len(question.items))):
        return Fraction(0)
    following = set(pairwise(question.right))
    hits = sum(1 for pair in pairwise(given) if pair in following)
    return Fraction(hits, len(question.items) - 1)
