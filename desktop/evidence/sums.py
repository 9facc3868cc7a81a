"""A year's counted hours by route and form: classroom or not, and by which kind of training."""

from collections.abc import Iterable
from dataclasses import dataclass

from sync.folds.jp import JpEntry
from sync.folds.sessions import Session
from sync.folds.training import Training, TrainingState
from sync.jp_table import JpTable

COURSES = ""
"""Stands for the form of what was learned in courses here."""
_AS = "e-learning"
"""The form of the table whose route courses here have."""
KLASIKAL, NONKLASIKAL = "klasikal", "nonklasikal"
"""The two routes of training; a table may name others (a degree is none of them)."""
COUNTED = frozenset({TrainingState.RECOGNISED})
"""States in which a training outside counts."""
_ORDER = (KLASIKAL, NONKLASIKAL)


@dataclass(frozen=True, slots=True)
class RouteSum:
    """Hundredths of JP of one route, and of each form of it, the most first; `route` is the table's word.

    The route is empty where the table that counts here does not say it.
    """

    route: str
    jp: int
    forms: tuple[tuple[str, int], ...]


def by_route(
    table: JpTable, courses: Iterable[JpEntry], trainings: Iterable[Training | Session], year: int
) -> tuple[RouteSum, ...]:
    """Add up what counts in a year, recognised and waiting, as `JpYear.total` does; classroom first."""
    found: dict[str, dict[str, int]] = {}

    def put(form: str, hours: int) -> None:
        route = route_of(table, form)
        forms = found.setdefault(route, {})
        forms[form] = forms.get(form, 0) + hours

    for entry in courses:
        if entry.year == year and entry.listed:
            put(COURSES, entry.jp)
    for one in trainings:
        if one.year == year and one.state in COUNTED and one.jp:
            put(one.form, one.jp)
    return tuple(
        RouteSum(route, sum(found[route].values()), tuple(sorted(found[route].items(), key=_most_first)))
        for route in sorted(found, key=_place)
    )


def route_of(table: JpTable, form: str) -> str:
    """Tell the route of a form; empty for one that this table does not know."""
    held = table.form(form or _AS)
    if held is None:
        return "" if form else NONKLASIKAL
    return held.route


def _most_first(one: tuple[str, int]) -> tuple[int, str]:
    return -one[1], one[0]


def _place(route: str) -> tuple[int, str]:
    return (_ORDER.index(route) if route in _ORDER else len(_ORDER) + (not route)), route
