"""Backups of one PC's databases: three of days and two of weeks, each encrypted as it is and read whole."""

import contextlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.store.ballast import ROOM, Ballast
from desktop.store.database import connect
from desktop.store.durable import RealDisk
from desktop.store.faults import Reason, StoreFault
from desktop.store.soundness import Verdict, is_damage, judge

FOLDER = "cadangan"
DAYS, WEEKS = 3, 2
DAY = 86_400
SIDES = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup: its number among those of its database, its Unix time, and its size in bytes."""

    path: Path
    number: int
    at: int
    size: int


def copies_of(data: Path, file: str) -> tuple[Copy, ...]:
    """List the backups of a database, the newest first: by number, since clocks go wrong."""
    found = []
    for path in (data / FOLDER).glob(f"{file}.*.*"):
        number, _, at = path.name[len(file) + 1 :].partition(".")
        if number.isdecimal() and at.isdecimal():
            with contextlib.suppress(OSError):
                found.append(Copy(path, int(number), int(at), path.stat().st_size))
    return tuple(sorted(found, key=lambda one: -one.number))


def kept(times: Sequence[int]) -> tuple[int, ...]:
    """Choose which backups stay, by their Unix times from the newest: of 3 days, then of 2 weeks.

    The last one of a day or week stays; the weeks lie before the days. Gives positions in `times`, the newest
    always among them.
    """
    days: set[int] = set()
    weeks: set[int] = set()
    weeks_of_days: set[int] = set()
    chosen: list[int] = []
    for position, at in enumerate(times):
        day, week = at // DAY, at // (7 * DAY)
        if day in days:
            continue
        if len(days) < DAYS:
            days.add(day)
            weeks_of_days.add(week)
            chosen.append(position)
        elif len(weeks) < WEEKS and week not in weeks | weeks_of_days:
            weeks.add(week)
            chosen.append(position)
    return tuple(chosen)


def is_due(data: Path, file: str, now: int) -> bool:
    """Tell whether today has no backup of a database yet; a day that was turned back is another day."""
    found = copies_of(data, file)
    return not found or found[0].at // DAY != now // DAY


def has_room(path: Path) -> bool:
    """Tell whether the disk has room for a copy and its log, and for answers besides."""
    size = sum(side.stat().st_size for end in SIDES if (side := path.with_name(path.name + end)).exists())
    return shutil.disk_usage(path.parent).free >= 2 * size + ROOM


def take_copy(data: Path, file: str, key: bytes, now: int) -> Copy | None:
    """Copy a database while it is in use, read the copy whole, then let the oldest go.

    None where the disk is short: then nothing was changed. Raises StoreFault(DAMAGED) when it is the database
    itself that is damaged; what backups there are stay.
    """
    source = data / file
    if not has_room(source):
        return None
    folder = data / FOLDER
    folder.mkdir(exist_ok=True)
    sweep_copies(data, file)
    before = copies_of(data, file)
    number = before[0].number + 1 if before else 1
    target = folder / f"{file}.{number:06d}.{now}"
    temporary = folder / f".{file}.tmp"
    disk = RealDisk()
    try:
        _copied(source, temporary, key)
        _read_whole(temporary, key)
        disk.sync(temporary)
        disk.rename(temporary, target)
        disk.sync(folder)
    except Exception as fault:
        if Ballast(data).blamed(fault):
            return None
        if is_damage(fault):
            raise StoreFault(Reason.DAMAGED, "source of a copy") from fault
        raise
    finally:
        sweep_copies(data, file)
    _let_go(data, file)
    return next(one for one in copies_of(data, file) if one.number == number)


def sweep_copies(data: Path, file: str) -> None:
    """Remove what a copy that never ended left behind."""
    for end in SIDES:
        with contextlib.suppress(OSError):
            (data / FOLDER / f".{file}.tmp{end}").unlink(missing_ok=True)


def forget_copies(data: Path, file: str) -> None:
    """Remove all backups of a database: its person was deleted from this PC."""
    sweep_copies(data, file)
    for one in copies_of(data, file):
        one.path.unlink(missing_ok=True)


def _copied(source: Path, target: Path, key: bytes) -> None:
    with contextlib.closing(connect(source, key)) as raw, contextlib.closing(connect(target, key)) as copy:
        raw.backup(copy)
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _read_whole(path: Path, key: bytes) -> None:
    if judge(path, key, closed=True) is not Verdict.SOUND:
        raise StoreFault(Reason.NOT_DURABLE, "copy")


def _let_go(data: Path, file: str) -> None:
    found = copies_of(data, file)
    chosen = kept([one.at for one in found])
    for position, one in enumerate(found):
        if position not in chosen:
            with contextlib.suppress(OSError):
                one.path.unlink(missing_ok=True)
