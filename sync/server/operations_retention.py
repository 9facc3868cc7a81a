"""The operator's commands on retention: the schedule that counts, whose term ends, and ending it."""

import argparse
import time
import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from sync.retention import Schedule, parse_schedule, read_schedule, shipped_schedule, sign_schedule
from sync.server.documents import Document, Documents, publish
from sync.server.home import Home
from sync.server.keys import CentreKeys
from sync.server.operations import house
from sync.server.tables import office
from sync.server.terms import Held, Leaver, end, kept_sums, leavers, tell
from sync.signed_documents import RETENTION


def retention_set(home: Home, options: argparse.Namespace) -> int:
    """Sign a schedule and send it to all PCs. Raises ValueError for one that is not newer than the held."""
    data = options.file.read_bytes()
    schedule = parse_schedule(data)
    with house(home) as (database, keys), database.writing() as connection:
        publish(connection, RETENTION, Document(schedule.version, sign_schedule(data, keys.signing)))
    open_points = sum(one.unconfirmed for one in schedule.kinds)
    print(f"Jadwal retensi versi {schedule.version} ({schedule.dated.isoformat()}) kini berlaku.")
    print(f"{len(schedule.kinds)} jenis data, {open_points} baris belum dipastikan.")
    return 0


def retention_show(home: Home, options: argparse.Namespace) -> int:
    """Print the schedule that counts: the signed one, or the one in the app while there is none."""
    del options
    with house(home) as (database, keys), database.reading() as connection:
        schedule = schedule_of(connection, keys)
    print(f"Jadwal retensi versi {schedule.version} ({schedule.dated.isoformat()})")
    print(f"Diberitahukan {schedule.notice_days} hari sebelum dihapus.")
    for one in schedule.kinds:
        mark = " (belum dipastikan)" if one.unconfirmed else ""
        term = "tanpa batas waktu" if one.days is None else f"{one.days} hari {one.since[0]}"
        print(f"  {one.id}: {one.name[0]}: {term}{mark}")
    return 0


def retention_due(home: Home, options: argparse.Namespace) -> int:
    """List who comes to the end of their term, and tell their offices; nothing is erased."""
    del options
    with house(home) as (database, keys):
        with database.writing() as connection:
            now, schedule = int(time.time()), schedule_of(connection, keys)
            found = leavers(connection, schedule, now)
            tell(connection, keys, found, schedule.version, now)
            lines = [_line(connection, one) for one in found]
        database.fold_log()
    print(*lines or ["Belum ada yang masa simpannya segera habis."], sep="\n")
    return 0


def retention_end(home: Home, options: argparse.Namespace) -> int:
    """Erase those who were told of long enough ago; sums and certificates stay."""
    with house(home) as (database, keys):
        with database.writing() as connection:
            now, schedule = int(time.time()), schedule_of(connection, keys)
            found = leavers(connection, schedule, now)
            count = 0 if options.dry_run else end(connection, keys, found, schedule.version, now)
            over = sum(one.told and 0 < one.goes <= now for one in found)
        database.fold_log()
    if options.dry_run:
        print(f"{over} orang akan dihapus. Jalankan lagi tanpa --dry-run.")
    else:
        print(f"{count} orang dihapus. Jumlah JP per tahun dan sertifikatnya tetap.")
    return 0


def retention_kept(home: Home, options: argparse.Namespace) -> int:
    """Print what stayed of people whose term has ended: JP by year, under the UUID of their certificates."""
    del options
    with house(home) as (database, _), database.reading() as connection:
        found = kept_sums(connection)
    for who, years in sorted(found.items()):
        sums = ", ".join(f"{year}: {jp / 100:g} JP" for year, jp in sorted(years.items()))
        print(f"{uuid.UUID(bytes=who)}  {sums}")
    if not found:
        print("Belum ada yang masa simpannya habis.")
    return 0


def _line(connection: Connection, one: Leaver) -> str:
    name, zone = connection.execute(
        select(office.c.name, office.c.zone).where(office.c.id == one.office)
    ).one()
    day = datetime.fromtimestamp(one.goes or one.due, ZoneInfo(zone))
    fate = f"dihapus paling cepat {day:%d-%m-%Y}"
    if one.held is not Held.NO:
        fate = f"masa simpan habis {day:%d-%m-%Y}, disimpan: {one.held.value}"
    return f"{uuid.UUID(bytes=one.uuid)}  {name}: {fate}"


def schedule_of(connection: Connection, keys: CentreKeys) -> Schedule:
    """Read the schedule that counts at this centre."""
    held = Documents.read(connection).signed.get(RETENTION)
    return shipped_schedule() if held is None else read_schedule(held.data, keys.signing.public)
