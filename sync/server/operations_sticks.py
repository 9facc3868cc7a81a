"""The operator's commands about sticks: those reported lost, and receipts for what was carried."""

import argparse
import json
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from sync.folds.losses import LOST, Loss
from sync.folds.losses import losses as fold_losses
from sync.journal.receipt import read_receipt_code
from sync.journal.segment import peek_segment
from sync.journal.statement import Fact
from sync.server.feed import fresh_facts
from sync.server.home import Home
from sync.server.operations import house
from sync.server.receipts import find_receipts
from sync.server.reports import office_named, offices
from sync.server.stored import original, originals
from sync.server.tables import holder, office, person, segment

_COORDINATOR = "coordinator"
NAMES = {
    "quiz.finished": "kuis selesai",
    "module.completed": "modul selesai",
    "course.completed": "mata pelatihan selesai",
    "assignment.submitted": "tugas dikumpulkan",
}
"""What each kind of work that has a receipt is called."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A loss with what an operator needs: the office's name and zone, and names of persons by UUID."""

    office: str
    zone: str
    loss: Loss
    names: Mapping[bytes, str]


def losses(home: Home, options: argparse.Namespace) -> int:
    """Print the sticks that coordinators have reported lost, the newest first, with the persons by name."""
    now, found = int(time.time()), list[_Told]()
    with house(home) as (database, _), database.reading() as connection:
        wanted = office_named(connection, options.office) if options.office else None
        for key, _uuid, name in offices(connection):
            if wanted in {None, key}:
                found += _told(connection, key, name)
    found.sort(key=lambda one: -one.loss.at)
    if options.json:
        json.dump({"losses": [_plain(one, now) for one in found]}, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    for one in found:
        _print(one, now)
    if not found:
        print("Tidak ada flashdisk yang dilaporkan hilang.")
    return 0


def receipt(home: Home, options: argparse.Namespace) -> int:
    """Look a receipt's code up. Raises ValueError for what is no code."""
    mark = read_receipt_code(options.code)
    if mark is None:
        raise ValueError(f"{options.code} bukan kode tanda terima. Contoh: ABCD-EFGH.")
    count = 0
    with house(home) as (database, _), database.reading() as connection:
        wanted = office_named(connection, options.office) if options.office else None
        for key, _uuid, name in offices(connection):
            for one in find_receipts(connection, key, mark) if wanted in {None, key} else ():
                count += 1
                done = datetime.fromtimestamp(one.done, _zone(connection, key))
                came = f"{one.came:%d-%m-%Y}" if one.came else "(harinya tidak dicatat)"
                print(f"{name}: {NAMES[one.kind]}, dikerjakan {done:%d-%m-%Y}, diterima pusat {came}.")
    if count > 1:
        print(f"Kode ini cocok dengan {count} pekerjaan: cocokkan jenis dan tanggalnya.")
    if not count:
        print("Belum ada pekerjaan dengan kode ini di pusat.")
    return 0 if count else 1


def _zone(connection: Connection, key: int) -> ZoneInfo:
    return ZoneInfo(connection.execute(select(office.c.zone).where(office.c.id == key)).scalar_one())


def lost_in(connection: Connection, key: int) -> tuple[Loss, ...]:
    """List what the coordinators of an office have reported; nobody else's word about it is stored."""
    return fold_losses(_facts(connection, key))


def _facts(connection: Connection, key: int) -> Iterator[Fact]:
    query = originals(segment.c.fresh).where(holder.c.office == key, holder.c.role == _COORDINATOR)
    for row in connection.execute(query):
        data = original(row)
        if LOST in peek_segment(data).kinds:
            yield from fresh_facts(data, row.fresh)


def _told(connection: Connection, key: int, name: str) -> Iterator[_Told]:
    zone = connection.execute(select(office.c.zone).where(office.c.id == key)).scalar_one()
    for one in lost_in(connection, key):
        rows = connection.execute(select(person.c.uuid, person.c.name).where(person.c.uuid.in_(one.people)))
        yield _Told(name, zone, one, {row.uuid: row.name for row in rows})


def _plain(one: _Told, now: int) -> dict[str, object]:
    """Turn a loss into plain values; times are Unix seconds, `left` those of the three days, at least 0."""
    loss = one.loss
    return {
        "office": one.office,
        "at": loss.at,
        "seen": loss.seen or None,
        "until": loss.until,
        "left": max(0, loss.until - now),
        "about": loss.about,
        "computers": [pc.hex() for pc in loss.pcs],
        "people": [
            {"person": str(uuid.UUID(bytes=who)), "name": one.names.get(who, "")} for who in loss.people
        ],
    }


def _print(one: _Told, now: int) -> None:
    loss, zone = one.loss, ZoneInfo(one.zone)
    at, until = datetime.fromtimestamp(loss.at, zone), datetime.fromtimestamp(loss.until, zone)
    left = loss.until - now
    rest = f"{left // 3600} jam lagi" if left > 0 else "sudah lewat"
    print(f"{one.office}: flashdisk dilaporkan hilang {at:%d-%m-%Y %H.%M}.")
    print(f"  Batas 3 x 24 jam: {until:%d-%m-%Y %H.%M}, {rest}. Isinya terkunci.")
    print(f"  Mungkin memuat pekerjaan {len(loss.people)} orang dari {len(loss.pcs)} komputer:")
    for who in loss.people:
        print(f"  - {one.names.get(who) or uuid.UUID(bytes=who)}")
    if loss.about:
        print(f"  Catatan koordinator: {loss.about}")
