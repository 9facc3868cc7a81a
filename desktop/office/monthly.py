"""Laporan bulanan: what an office's report says, ready for the glass, for paper and for a workbook."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desktop.formats import long_day, moment_of, month_name, short_day
from desktop.language import SEVERAL, tr, trn
from desktop.office.cohort_table import collation
from desktop.office.follow_up import Paces
from desktop.office.report import FOLLOW_UP, ClockNote, DeskRow, Freshness, Gathered
from desktop.office.timings import TimedWork
from sync.folds.cohort import CohortState, ComputerRow
from sync.folds.deadlines import Timing
from sync.folds.follow import Pace, reasons
from sync.folds.losses import Loss
from sync.folds.weeks import Week


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the report; hundredths of JP, None where nothing is known."""

    one: DeskRow
    pace: Pace
    clock: bool = False
    """Some of it was recorded while a clock was wrong, or came too late: somebody should look at the time."""

    @property
    def waiting(self) -> int | None:
        """Hours that count and are not recognised yet."""
        row = self.one.row
        return None if row.jp is None or row.jp_recognised is None else row.jp - row.jp_recognised

    @property
    def lacking(self) -> int | None:
        """Hours that the year still asks for."""
        return None if self.one.row.jp is None else max(0, self.pace.target - self.one.row.jp)

    @property
    def follow(self) -> bool:
        """Whether a word is due."""
        return bool(reasons(self.one.row, self.pace))


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit: its people, how many have finished, and how many are unknown."""

    unit: str
    people: int
    done: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Monthly:
    """The report of an office as of Unix `now`; people by unit and name, computers the oldest data first."""

    office: str
    zone: ZoneInfo
    now: int
    lines: tuple[Line, ...]
    units: tuple[UnitLine, ...]
    weeks: tuple[Week, ...]
    computers: tuple[ComputerRow, ...]
    losses: tuple[Loss, ...]
    freshness: Freshness
    coordinator: str = ""
    nip: str = ""
    clocks: tuple[ClockNote, ...] = ()
    works: tuple[TimedWork, ...] = ()

    @property
    def day(self) -> date:
        """The day of the report where the office is."""
        return datetime.fromtimestamp(self.now, self.zone).date()

    def day_of(self, at: int | None) -> date | None:
        """A time as a day where the office is."""
        return None if at is None else moment_of(at, self.zone).date()

    @property
    def jp(self) -> int:
        """Hundredths of JP of everybody of whom anything is known."""
        return sum(line.one.row.jp or 0 for line in self.lines)

    def count(self, *states: CohortState) -> int:
        """Count people in some states."""
        return sum(line.one.row.state in states for line in self.lines)


def monthly(
    found: Gathered,
    paces: Paces,
    weeks: Sequence[Week],
    losses: Iterable[Loss],
    frame: tuple[str, ZoneInfo, int],
    signer: tuple[str, str] = ("", ""),
    works: Sequence[TimedWork] = (),
) -> Monthly:
    """Put a report together; `frame`: the office's name, zone and trusted Unix time; `signer`: who signs.

    `works` are those whose time of handing in needs a person, or was decided by one.
    """
    office, zone, now = frame
    ordered = sorted(found.rows, key=lambda one: (_as_read(one.row.unit), collation(one.row.name), one.nip))
    doubted = {one.person for one in found.clocks} | {one.person for one in works if one.waits}
    lines = tuple(Line(one, paces.of(one), one.row.person in doubted) for one in ordered)
    return Monthly(
        office, zone, now, lines, units_of(found.rows), tuple(weeks), found.computers, tuple(losses),
        found.freshness, *signer, clocks=found.clocks, works=tuple(works),
    )  # fmt: skip


def units_of(rows: Iterable[DeskRow]) -> tuple[UnitLine, ...]:
    """Count by unit, by name."""
    found: dict[str, list[int]] = {}
    for one in rows:
        sums = found.setdefault(one.row.unit, [0, 0, 0])
        sums[0] += 1
        sums[1] += one.row.state is CohortState.SELESAI
        sums[2] += one.row.jp is None
    return tuple(UnitLine(unit, *found[unit]) for unit in sorted(found, key=_as_read))


def _as_read(unit: str) -> tuple[tuple[bool, int, str], ...]:
    """Order units as people count: Distrik 2 stands before Distrik 10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", unit)
    return tuple(
        (not one[0].isdecimal(), int(one) if one[0].isdecimal() else 0, collation(one)) for one in parts
    )


def title_of(report: Monthly) -> str:
    """The report's title: `Laporan bulanan November 2026`."""
    return tr("Laporan bulanan {bulan}").format(bulan=month_name(report.day))


def fresh_line(report: Monthly) -> str:
    """Say how complete the data are, as every page of a report should."""
    fresh = report.freshness
    if fresh.oldest is None:
        return tr("Belum ada data dari komputer mana pun.")
    oldest = report.day_of(fresh.oldest)
    return tr("Keadaan per {hari}; data dari {a} dari {b} komputer, terlama {tgl}.").format(
        hari=long_day(report.day), a=fresh.fresh, b=fresh.computers, tgl=long_day(oldest or report.day)
    )


def summary(report: Monthly) -> Mapping[str, int]:
    """The numbers at the head of the report, by their words."""
    return {
        trn("Peserta", SEVERAL): len(report.lines),
        tr("Selesai"): report.count(CohortState.SELESAI),
        tr("Sedang berjalan"): report.count(CohortState.SEDANG_BERJALAN),
        tr("Perlu ditindaklanjuti"): report.count(*FOLLOW_UP),
        tr("Belum ada data"): report.count(CohortState.BELUM_ADA_DATA),
    }


def contract_words(line: Line, report: Monthly) -> str:
    """Say until when the year runs of somebody who counts by contract; nothing for everybody else."""
    years = line.one.years
    if not years.by_contract:
        return ""
    return tr("tahun kontrak sampai {tgl}").format(tgl=short_day(years.span(years.of(report.day))[1]))


def contracts_line(report: Monthly) -> str:
    """Say how many people count by the year of their contract; nothing where nobody does."""
    many = sum(line.one.years.by_contract for line in report.lines)
    if not many:
        return ""
    return tr("Dihitung menurut tahun kontrak (PPPK): {n} orang.").format(n=many)


def hours_head(report: Monthly) -> str:
    """Head the hours of the year: its number, but only where it is everybody's."""
    if any(line.one.years.by_contract for line in report.lines):
        return tr("JP tahun berjalan")
    return tr("JP {tahun}").format(tahun=report.day.year)


def clock_words() -> str:
    """Say that somebody should look at a time."""
    return tr("Waktu perlu diperiksa")


def bounds(one: ClockNote, report: Monthly) -> tuple[date | None, date | None, date | None]:
    """Give three days: what the computer said, and between which it must have been."""
    return report.day_of(one.said), report.day_of(one.earliest or None), report.day_of(one.latest)


def computer_words(one: ComputerRow, report: Monthly) -> str:
    """Say what is missing of a computer; nothing known says so."""
    if not one.missing:
        return tr("Lengkap sejauh diketahui")
    since = long_day(report.day_of(one.missing_since) or report.day)
    return trn("{n} sesi belajar belum sampai, sejak {tgl}", one.missing).format(n=one.missing, tgl=since)


def timing_words(one: TimedWork) -> str:
    """Say what holds of the time of a work: that it waits, or what was decided and why."""
    if one.waits or one.judged.decision is None:
        return clock_words()
    words = tr("Tepat waktu") if one.judged.counts is Timing.ON_TIME else tr("Terlambat")
    return f"{words}: {one.judged.decision.reason}"
