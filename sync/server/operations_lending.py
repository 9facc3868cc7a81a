"""The operator's commands about trainers lent to other offices."""

import argparse

from sync.server.home import Home
from sync.server.lending import lend
from sync.server.operations import house, read_uuid
from sync.server.reports import office_named


def trainer_lend(home: Home, options: argparse.Namespace) -> int:
    """Let a trainer of another office mark what an office hands in, what came before among it."""
    name, count = _lend(home, options, active=True)
    print(f"Ia kini menilai tugas {name}. {count} kiriman menuju komputernya pada pengiriman berikutnya.")
    return 0


def trainer_recall(home: Home, options: argparse.Namespace) -> int:
    """End it: nothing more is passed to them, and no mark of theirs reaches that office."""
    name, _ = _lend(home, options, active=False)
    print(f"Penugasannya di {name} berakhir. Nilai yang sudah diberikan tetap.")
    return 0


def _lend(home: Home, options: argparse.Namespace, *, active: bool) -> tuple[str, int]:
    who = read_uuid(options.person)
    with house(home) as (database, keys):
        with database.writing() as connection:
            found = lend(connection, keys, who, office_named(connection, options.office), active=active)
        database.fold_log()
    return found
