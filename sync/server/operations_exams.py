"""The operator's command about the page of exams: who may read it, and until when."""

import argparse
import time
from datetime import datetime

from sqlalchemy import select

from sync.officefile_codes import group_code
from sync.server.exam_access import give, take_back
from sync.server.home import Home
from sync.server.operations import house
from sync.server.reports import office_named
from sync.server.tables import office

LONGEST = 366
"""Most days for which a word holds."""
_DAY = 86_400


def exam_access(home: Home, options: argparse.Namespace) -> int:
    """Give a word that shows the exams of some offices, or end every word that shows one of them."""
    if not 1 <= options.days <= LONGEST:
        raise ValueError(f"Lamanya 1 sampai {LONGEST} hari.")
    now = int(time.time())
    until = now + options.days * _DAY
    with house(home) as (database, _), database.writing() as connection:
        numbers = [office_named(connection, name) for name in options.office]
        uuids = connection.execute(select(office.c.uuid).where(office.c.id.in_(numbers))).scalars().all()
        if options.end:
            ended = sum(take_back(connection, uuid) for uuid in uuids)
            print(f"{ended} kata masuk diakhiri.")
            return 0
        word = give(connection, uuids, until, now)
    print(f"Kata masuk untuk halaman /ujian: {group_code(word)}")
    print(f"Berlaku sampai {datetime.fromtimestamp(until):%d-%m-%Y %H.%M} menurut jam server ini.")  # noqa: DTZ006 - the server's own
    print("Kata ini tidak disimpan dan tidak ditampilkan lagi. Berikan kepada satu orang saja.")
    return 0
