"""The operator's commands about trainers lent to other offices."""

import argparse
import uuid
from datetime import date

from sqlalchemy import select

from sync.folds.lent import PROPOSED
from sync.journal.segment import peek_segment
from sync.officefile import Role
from sync.refusal import Refusal
from sync.roster.lines import read_day
from sync.server.effects import octets_of
from sync.server.feed import fresh_facts
from sync.server.home import Home
from sync.server.lending import lend
from sync.server.operations import house, read_uuid
from sync.server.reports import office_named
from sync.server.stored import original, originals
from sync.server.tables import holder, office, person, segment
from sync.server.voice import Voice


def trainer_lend(home: Home, options: argparse.Namespace) -> int:
    """Let a trainer of another office mark what an office hands in, what came before among it."""
    until = read_day(options.until) if options.until else ""
    if options.until and not until:
        raise ValueError("Hari terakhir ditulis seperti 31-12-2026.")
    name, count = _lend(home, options, active=True, until=until)
    end = f" Hari terakhirnya {date.fromisoformat(until):%d-%m-%Y}." if until else ""
    print(f"Ia kini menilai tugas {name}.{end}")
    print(f"{count} kiriman menuju komputernya pada pengiriman berikutnya.")
    return 0


def trainer_recall(home: Home, options: argparse.Namespace) -> int:
    """End it: nothing more is passed to them, and no mark of theirs reaches that office."""
    name, _ = _lend(home, options, active=False)
    print(f"Penugasannya di {name} berakhir. Nilai yang sudah diberikan tetap.")
    return 0


def trainer_decline(home: Home, options: argparse.Namespace) -> int:
    """Say no to what a coordinator proposed; whoever is lent already is called back instead."""
    name, _ = _lend(home, options, active=False)
    print(f"Ia tidak dipinjamkan kepada {name}. Koordinatornya mengetahuinya pada pengiriman berikutnya.")
    return 0


def trainer_proposals(home: Home, _: argparse.Namespace) -> int:
    """Print what coordinators proposed, the newest first; `trainer lend` with the same words grants it."""
    with house(home) as (database, keys), database.reading() as connection:
        voice, count = Voice(keys), 0
        query = (
            originals(segment.c.fresh, office.c.name)
            .join(office, office.c.id == holder.c.office)
            .where(holder.c.role == Role.COORDINATOR.value, holder.c.person.is_not(None))
            .order_by(segment.c.id.desc())
        )
        for row in connection.execute(query):
            data = original(row)
            if PROPOSED not in peek_segment(data).kinds:
                continue
            for fact in reversed(fresh_facts(data, row.fresh)):
                whose = octets_of(fact.statement.fields.get("person"))
                known = select(person.c.name).where(person.c.uuid == whose, person.c.erased == 0)
                name = connection.execute(known).scalar()
                if fact.statement.kind != PROPOSED or name is None:
                    continue
                try:
                    said = voice.open_letter(fact)
                except Refusal:
                    continue  # sealed to another centre
                count += 1
                print(f"{uuid.UUID(bytes=whose)}  {name}, {row.name}")
                where, until = str(said.get("office", "")), str(said.get("until", ""))
                print(f"  diusulkan untuk {where}, hari terakhir {until or '(tidak ada)'}")
    if not count:
        print("Tidak ada usulan peminjaman widyaiswara.")
    return 0


def _lend(home: Home, options: argparse.Namespace, *, active: bool, until: str = "") -> tuple[str, int]:
    who = read_uuid(options.person)
    with house(home) as (database, keys):
        with database.writing() as connection:
            where = office_named(connection, options.office)
            found = lend(connection, keys, who, where, active=active, until=until)
        database.fold_log()
    return found
