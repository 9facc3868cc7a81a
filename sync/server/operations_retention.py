"""The operator's commands on the retention schedule: show the one that counts, and sign a newer one."""

import argparse

from sqlalchemy import Connection

from sync.retention import Schedule, parse_schedule, read_schedule, shipped_schedule, sign_schedule
from sync.server.documents import Document, Documents, publish
from sync.server.home import Home
from sync.server.keys import CentreKeys
from sync.server.operations import house
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


def schedule_of(connection: Connection, keys: CentreKeys) -> Schedule:
    """Read the schedule that counts at this centre."""
    held = Documents.read(connection).signed.get(RETENTION)
    return shipped_schedule() if held is None else read_schedule(held.data, keys.signing.public)
