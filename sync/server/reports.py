"""The cohort report at the centre: kept rows, and those not yet folded behind are folded on the spot."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import Connection, select

from sync.folds.cohort import CohortRow, CohortState
from sync.folds.staff import is_staff
from sync.server.standings import Frame, Stood, fold_person, unpack
from sync.server.standings import stale as stale_people
from sync.server.tables import departed, office, person, standing


class Missing(NamedTuple):
    """A person of whom work is known to exist that has not come: so many logs, since a Unix second."""

    person: bytes
    logs: int
    since: int


@dataclass(frozen=True, slots=True)
class CohortReport:
    """An office's report. Sums are hundredths of JP of this year and leave out *belum ada data*.

    `missing` names the few whose sums will still grow by what has not come yet, in the roster's order.
    """

    office: bytes
    name: str
    at: int
    rows: tuple[CohortRow, ...]
    missing: tuple[Missing, ...] = ()

    @property
    def jp(self) -> int:
        """The hours of all rows that have data."""
        return sum(row.jp for row in self.rows if row.jp is not None)

    @property
    def finished(self) -> int:
        """How many have done every mandatory module."""
        return sum(row.state is CohortState.SELESAI for row in self.rows)

    @property
    def silent(self) -> int:
        """From how many nothing has come yet."""
        return sum(row.jp is None for row in self.rows)


class NoSuchOfficeError(LookupError):
    """No office of this centre has the name or id asked for."""


def offices(connection: Connection) -> tuple[tuple[int, bytes, str], ...]:
    """List the offices by the centre's number, UUID and name."""
    rows = connection.execute(select(office.c.id, office.c.uuid, office.c.name).order_by(office.c.name))
    return tuple((row.id, row.uuid, row.name) for row in rows)


def office_named(connection: Connection, wanted: str) -> int:
    """Return the number of an office by name or UUID in hexadecimal. Raises NoSuchOfficeError."""
    for number, uuid, name in offices(connection):
        if wanted.strip().lower() in {name.lower(), uuid.hex()}:
            return number
    raise NoSuchOfficeError(wanted)


def cohort_report(connection: Connection, key: int, now: int) -> CohortReport:
    """Make the report of an office, in the roster's order; as at the desk without guests and who has left."""
    which = connection.execute(select(office.c.uuid, office.c.name).where(office.c.id == key)).one()
    with _unswept():
        kept = [one for one in _kept(connection, key, now) if is_staff(one.row)]
        missing = tuple(
            Missing(one.row.person, one.missing, one.missing_since) for one in kept if one.missing
        )
        return CohortReport(which.uuid, which.name, now, fresh_dates(kept), missing)


@contextmanager
def _unswept() -> Iterator[None]:
    """Keep the collector out of a burst of rows that all stay: among 30,000 it would take half the time."""
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


def fresh_dates(kept: Sequence[Stood]) -> tuple[CohortRow, ...]:
    """Give each row the newest word of any PC its person has used, whoever of the office brought it."""
    heard: dict[bytes, int] = {}
    for one in kept:
        for pc, at in one.heard.items():
            if heard.get(pc, 0) < at:
                heard[pc] = at
    rows = []
    for one in kept:
        newest = max(map(heard.__getitem__, one.row.pcs), default=None)
        rows.append(one.row if newest == one.row.as_of else replace(one.row, as_of=newest))
    return tuple(rows)


def _kept(connection: Connection, key: int, now: int) -> list[Stood]:
    """Read the kept rows of an office, folding what is missing or out of date."""
    late = stale_people(connection, key, now)
    held = select(standing.c.person, standing.c.row).where(standing.c.office == key)
    found = dict(map(tuple, connection.execute(held).all()))
    query = (
        select(person.c.id)
        .where(person.c.office == key, person.c.merged.is_(None), person.c.erased == 0)
        .where(person.c.id.not_in(select(departed.c.person)))
        .order_by(person.c.id)
    )
    frame: Frame | None = None
    rows: list[Stood] = []
    for number in connection.execute(query).scalars().all():
        if number in found and number not in late:
            rows.append(unpack(found[number]))
            continue
        frame = frame or Frame.read(connection, key, now)
        rows.append(fold_person(connection, number, frame))
    return rows
