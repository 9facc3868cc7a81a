"""The cohort as a table of its own: ids in any order at once, rows in pages, nothing recounted on screen."""

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import msgspec

from desktop.office.report import DeskRow, Filter, Sort
from desktop.store.database import Database
from sync.folds.cohort import CohortRow, CohortState

if TYPE_CHECKING:
    from collections.abc import Iterator

_decode = msgspec.json.Decoder(list[int]).decode
PAGE = 200
"""Rows read at once."""

_MAKE = """CREATE TABLE IF NOT EXISTS cohort_2 (
    n INTEGER NOT NULL PRIMARY KEY,
    person BLOB NOT NULL,
    name TEXT NOT NULL,
    nip TEXT NOT NULL,
    nip_tail TEXT NOT NULL,
    unit TEXT NOT NULL,
    role TEXT NOT NULL,
    state INTEGER NOT NULL,
    jp INTEGER,
    jp_recognised INTEGER,
    jp_claimed INTEGER,
    modules_done INTEGER,
    modules_total INTEGER NOT NULL,
    last_score INTEGER,
    last_active INTEGER,
    as_of INTEGER,
    search TEXT NOT NULL
)"""
_MAKE_STAMP = "CREATE TABLE IF NOT EXISTS cohort_2_stamp (renewed INTEGER PRIMARY KEY AUTOINCREMENT)"
_INDEXES = {
    "tail": "nip_tail",
    "unit": "unit",
    "state": "state",
    "jp": "jp",
    "modules": "modules_done",
    "score": "last_score",
    "as_of": "as_of",
    "search": "search, unit, state",
}
_OUTGROWN = ("cohort_1", "cohort_1_stamp")
"""Tables of earlier versions of Suluh, which had fewer columns."""
_COLUMNS = (
    "person, name, nip_tail, unit, role, state, jp, jp_recognised, jp_claimed, modules_done,"
    " modules_total, last_score, last_active, as_of, nip"
)


@dataclass(frozen=True, slots=True)
class _Order:
    """All numbers in one ascending order; `lacking` are those without a value, which come last either way."""

    sort: Sort
    stamp: int
    known: "array[int]"
    lacking: "array[int]"

    def straight(self) -> "array[int]":
        return self.known + self.lacking

    def turned(self) -> "array[int]":
        return self.known[::-1] + self.lacking

    def pick(self, found: "array[int]", *, descending: bool, by_name: bool) -> "array[int]":
        if by_name:
            return array("i", sorted(found, reverse=descending))
        chosen = set(found)
        order = self.turned() if descending else self.straight()
        return array("i", [number for number in order if number in chosen])


class CohortTable:
    """The table in the coordinator's own database. It holds nothing that cannot be folded again.

    Safe to use from several threads: who reads sees one finished state while another is written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: _Order | None = None

    def renew(self, rows: Iterable[DeskRow]) -> None:
        """Replace all rows in one transaction. Rows are numbered by name, so that order costs nothing."""
        ordered = sorted(rows, key=lambda one: (collation(one.row.name), one.row.person))
        values = [(place, *_values(one)) for place, one in enumerate(ordered)]
        marks = ", ".join("?" * len(values[0])) if values else ""
        with self._database.write() as connection:
            raw = _raw(connection)
            for name in _INDEXES:
                raw.execute(f"DROP INDEX IF EXISTS cohort_2_{name}")
            for table in ("cohort_2", *_OUTGROWN):
                raw.execute(f"DROP TABLE IF EXISTS {table}")
            raw.execute(_MAKE)
            raw.execute(_MAKE_STAMP)
            if values:
                raw.executemany(f"INSERT INTO cohort_2 VALUES ({marks})", values)  # noqa: S608 - question marks
            for name, columns in _INDEXES.items():
                raw.execute(f"CREATE INDEX cohort_2_{name} ON cohort_2 ({columns})")
            raw.execute("INSERT INTO cohort_2_stamp (renewed) VALUES (NULL)")
            raw.execute(
                "DELETE FROM cohort_2_stamp WHERE renewed < (SELECT max(renewed) FROM cohort_2_stamp)"
            )

    def ids(self, wanted: Filter, sort: Sort = Sort.NAME, *, descending: bool = False) -> "array[int]":
        """Give the numbers of the rows that are wanted, in order. Without data comes last either way."""
        where, values = _where(wanted)
        with self._reading() as raw:
            order = self._order(raw, sort)
            if not where:
                return order.turned() if descending else order.straight()
            # Words are looked for in one narrow index; the planner would rather visit rows by state.
            by = "INDEXED BY cohort_2_search" if wanted.words.strip() and order.stamp else ""
            query = f"SELECT n FROM cohort_2 {by} WHERE {where}"  # noqa: S608 - own names, values apart
            found = _numbers(raw, query, values)
        return order.pick(found, descending=descending, by_name=sort is Sort.NAME)

    def forget(self) -> None:
        """Give back the memory of the order that was asked for last."""
        self._kept = None

    def _order(self, raw: sqlite3.Connection, sort: Sort) -> "_Order":
        """Give all numbers in one order. The last one asked for is kept: filters then only pick from it."""
        (stamp,) = raw.execute("SELECT coalesce(max(renewed), 0) FROM cohort_2_stamp").fetchone()
        kept = self._kept
        if kept is not None and kept.sort is sort and kept.stamp == stamp:
            return kept
        if sort is Sort.NAME:
            (count,) = raw.execute("SELECT count(*) FROM cohort_2").fetchone()
            made = _Order(sort, stamp, array("i", range(count)), array("i"))
        else:
            column = sort.value  # from the Enum above, never from outside
            known = f"SELECT n FROM cohort_2 WHERE {column} IS NOT NULL ORDER BY {column}, n"  # noqa: S608
            lacking = f"SELECT n FROM cohort_2 WHERE {column} IS NULL ORDER BY n"  # noqa: S608
            made = _Order(sort, stamp, _numbers(raw, known), _numbers(raw, lacking))
        self._kept = made
        return made

    def rows(self, numbers: Sequence[int]) -> tuple[DeskRow, ...]:
        """Read rows by their numbers, in the order asked for; one that is gone meanwhile is left out."""
        found: dict[int, DeskRow] = {}
        with self._reading() as raw:
            for start in range(0, len(numbers), PAGE):
                part = [int(number) for number in numbers[start : start + PAGE]]
                marks = ", ".join("?" * len(part))
                query = f"SELECT n, {_COLUMNS} FROM cohort_2 WHERE n IN ({marks})"  # noqa: S608 - question marks
                found.update((values[0], _row(values[1:])) for values in raw.execute(query, part))
        return tuple(found[number] for number in numbers if number in found)

    def counts(self, unit: str = "") -> Mapping[CohortState, int]:
        """Count people by state, in one unit or in all."""
        where, values = _where(Filter(unit=unit))
        query = f"SELECT state, count(*) FROM cohort_2 WHERE {where or 1} GROUP BY state"  # noqa: S608 - own names
        with self._reading() as raw:
            found = dict(raw.execute(query, values).fetchall())
        return {state: found.get(state.value, 0) for state in CohortState}

    def units(self) -> tuple[str, ...]:
        """List the units there are, by name."""
        with self._reading() as raw:
            names = [name for (name,) in raw.execute("SELECT DISTINCT unit FROM cohort_2")]
        return tuple(sorted(names, key=collation))

    @contextmanager
    def _reading(self) -> "Iterator[sqlite3.Connection]":
        with self._database.read() as connection:
            raw = _raw(connection)
            if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'cohort_2'").fetchone():
                raw = _empty()
            yield raw


def collation(text: str) -> str:
    """Give the form by which names are ordered and found: without case, accents and double spaces."""
    import unicodedata  # noqa: PLC0415 - only the desk orders names

    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def _where(wanted: Filter) -> tuple[str, list[object]]:
    """Word a filter in SQL. Every word must be found, in any order; digits look in the NIP."""
    parts: list[str] = []
    values: list[object] = []
    for word in collation(wanted.words).split():
        parts.append("search LIKE ? ESCAPE '!'")
        values.append("%" + "".join(f"!{sign}" if sign in "!%_" else sign for sign in word) + "%")
    if wanted.unit:
        parts.append("unit = ?")
        values.append(wanted.unit)
    if wanted.states:
        parts.append(f"state IN ({', '.join('?' * len(wanted.states))})")
        values.extend(sorted(state.value for state in wanted.states))
    return " AND ".join(parts), values


def _numbers(raw: sqlite3.Connection, query: str, values: Sequence[object] = ()) -> "array[int]":
    """Read one column of numbers as one text: a third of the time that 100,000 rows would take."""
    (found,) = raw.execute(f"SELECT json_group_array(n) FROM ({query})", values).fetchone()  # noqa: S608 - own
    return array("i", _decode(found))


def _raw(connection: Any) -> sqlite3.Connection:
    """Take the driver's connection out of Core: 100,000 numbers need no wrapping each."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def _empty() -> sqlite3.Connection:
    """Stand in for the table before the first fold."""
    made = sqlite3.connect(":memory:")
    made.execute(_MAKE)
    made.execute(_MAKE_STAMP)
    return made


def _values(one: DeskRow) -> tuple[object, ...]:
    row = one.row
    return (
        row.person,
        row.name,
        one.nip,
        row.nip_tail,
        row.unit,
        row.role,
        row.state.value,
        row.jp,
        row.jp_recognised,
        row.jp_claimed,
        row.modules_done,
        row.modules_total,
        row.last_score,
        row.last_active,
        row.as_of,
        f"{collation(row.name)} {one.nip}",
    )


def _row(values: Sequence[Any]) -> DeskRow:
    person, name, tail, unit, role, state, hours, recognised, claimed, done, total, *last, nip = values
    score, active, as_of = last
    row = CohortRow(
        person,
        name,
        tail,
        unit,
        role,
        CohortState(state),
        hours,
        recognised,
        done,
        total,
        score,
        active,
        as_of,
        pcs=(),
        jp_claimed=claimed,
    )
    return DeskRow(row, nip)
