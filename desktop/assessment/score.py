"""What an attempt adds up to: its score, whether it passed, and whether another may follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from desktop.assessment.grade import Mark, grade
from sync.packs.questions import Quiz


@dataclass(frozen=True, slots=True)
class Score:
    """The result of an attempt handed in. `score` is in hundredths of a percent (8750 = 87.5)."""

    correct: int
    total: int
    score: int
    passed: bool
    marks: tuple[tuple[int, Mark], ...]  # the question's number in the source, and its mark, as shown


def score(quiz: Quiz, questions: tuple[int, ...], answers: Mapping[int, str]) -> Score:
    """Add up an attempt. `questions` is the order shown; what was not answered earns nothing.

    Raises ValueError for a quiz whose keys were not opened: it would mark everything wrong.
    """
    if not quiz.keyed:
        raise ValueError("the keys of this quiz are not open")
    marks = tuple((number, grade(quiz.questions[number], answers.get(number, ""))) for number in questions)
    earned = sum((mark.fraction for _, mark in marks), start=Fraction(0))
    # Rounded down, so that 69.999 never becomes a pass by rounding.
    hundredths = int(earned * 10_000 / len(marks)) if marks else 0
    return Score(
        correct=sum(1 for _, mark in marks if mark.correct),
        total=len(marks),
        score=hundredths,
        passed=hundredths >= quiz.pass_mark * 100,
        marks=marks,
    )


def attempts_left(quiz: Quiz, used: int) -> int | None:
    """Count the attempts that remain, None where there is no limit. Attempts on another PC count too."""
    return None if quiz.attempts == 0 else max(0, quiz.attempts - used)
