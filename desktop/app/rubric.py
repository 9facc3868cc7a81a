"""A rubric as the screens show it and as the folds need it, with points in words."""

from collections.abc import Mapping
from types import MappingProxyType

from desktop.formats import number
from desktop.screens.assignment_views import CriterionView
from sync.folds.assignments import Mark, Rule
from sync.packs.assignment import AssignmentRule

NONE: Mapping[str, str] = MappingProxyType({})


def fold_rule(rule: AssignmentRule) -> Rule:
    """Give a fold what it needs of a rubric."""
    return Rule(rule.markers, rule.limit)


def criteria_of(
    rule: AssignmentRule, mark: Mark | None = None, voided: Mapping[str, str] = NONE
) -> tuple[CriterionView, ...]:
    """Lay out a rubric, with the points of a mark where there is one, and why a criterion counts no more."""
    given = {} if mark is None else dict((*mark.points, *mark.void))
    return tuple(
        CriterionView(one.id, one.title, one.about, one.points, given.get(one.id), voided.get(one.id, ""))
        for one in rule.criteria
    )


def most_of(rule: AssignmentRule, voided: Mapping[str, str] = NONE) -> int:
    """Give the most whole points there are, without voided criteria."""
    return sum(one.points for one in rule.criteria if one.id not in voided)


def points_words(total: int) -> str:
    """Write a total of hundredths of a point: 71,5."""
    return number(total / 100, 0 if total % 100 == 0 else 1 if total % 10 == 0 else 2)
