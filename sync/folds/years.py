"""In which year an hour counts: the calendar's, or that of the contract for whom the table says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_FIRST, _LAST = date.min.year, date.max.year


@dataclass(frozen=True, slots=True)
class Years:
    """How somebody's years run. `starts` are the first days of contracts, in order; none: by the calendar.

    A year of contract bears the number of the calendar year in which it begins, and begins on the day of the
    newest contract that runs; days before the first contract are cut the same way. Where a new contract cuts
    a year short that began in the same calendar year, both are one year, so that no hour is lost.
    """

    starts: tuple[date, ...] = ()

    @property
    def by_contract(self) -> bool:
        """Whether they are years of a contract."""
        return bool(self.starts)

    def of(self, day: date) -> int:
        """Return the number of the year in which a day lies."""
        if not self.starts:
            return day.year
        running = max((one for one in self.starts if one <= day), default=self.starts[0])
        return max(_FIRST, day.year - (day < _again(running, day.year)))

    def span(self, year: int) -> tuple[date, date]:
        """Return the first and the last day of a year."""
        year = min(max(year, _FIRST), _LAST)
        return self._first(year), date.max if year == _LAST else self._first(year + 1) - timedelta(days=1)

    def _first(self, year: int) -> date:
        if year <= _FIRST:
            return date.min
        if not self.starts:
            return date(year, 1, 1)
        days = {_again(one, year) for one in self.starts} | {one for one in self.starts if one.year == year}
        return min(day for day in days if self.of(day) == year)


CALENDAR = Years()
"""The years of whoever has no contract, or of whose contract nothing is known."""


def contract_years(words: Iterable[str]) -> Years:
    """Read first days of contracts (ISO) in any order; what is no day is passed over."""
    found = set()
    for word in words:
        try:
            found.add(date.fromisoformat(word))
        except ValueError:
            continue
    return Years(tuple(sorted(found)))


def _again(start: date, year: int) -> date:
    """Return the day on which a year of this contract begins; one of 29 February on the 28th otherwise."""
    try:
        return start.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
