"""The operator's commands about offices: founded, changed, and handed over."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sync.roster.lines import Remark, RosterFaultError
from sync.server.home import Home
from sync.server.operations import house

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

    from sync.server.database import Database
    from sync.server.keys import CentreKeys
    from sync.server.office_moves import Move
    from sync.server.office_plan import Plan


def office_new(home: Home, options: argparse.Namespace) -> int:
    """Make an office from a roster."""
    from sync.server.office_new import OfficeWish, new_office  # noqa: PLC0415 - only this command locks NIPs

    wish = OfficeWish(options.name, options.zone, tuple(options.url), options.accept_odd)
    print("Berkas kantor disiapkan; sekitar 0,2 detik per orang.", flush=True)
    with house(home, make=True) as (database, keys):
        made = new_office(database, keys, options.roster.read_bytes(), wish, options.out)
    _remark(made.odd)
    print(f"{made.people} orang.")
    print(f"Berkas kantor: {made.file}")
    print(f"Kode pendaftaran: {made.codes}")
    print(f"Kode pemulihan: {made.recovery}")
    print("Kode hanya tercetak sekali. Bagikan satu per orang, lalu hapus berkas kode.")
    return 0


def office_update(home: Home, options: argparse.Namespace) -> int:
    """Change an office by a newer roster; with --dry-run only tell what would change."""
    return _change(home, options, options.roster)


def office_hand_over(home: Home, options: argparse.Namespace) -> int:
    """Give the office a new key and a new recovery code, whoever coordinates it."""
    return _change(home, options, options.roster, new_key=True)


def _change(home: Home, options: argparse.Namespace, roster: Path | None, *, new_key: bool = False) -> int:
    from sync.server.office_plan import UpdateWish, plan_update  # noqa: PLC0415 - only these commands lock NIPs

    wish = UpdateWish(
        office=options.office,
        name=options.name or "",
        zone=options.zone or "",
        servers=tuple(options.url or ()),
        new_key=new_key,
        accept_odd=options.accept_odd,
        accept_gone=options.accept_gone,
        accept_moves=options.accept_moves,
    )
    with house(home) as (database, keys):
        with database.reading() as connection:
            plan = plan_update(connection, None if roster is None else roster.read_bytes(), wish)
        tell(plan)
        if options.dry_run:
            print("Belum ada yang diubah. Jalankan tanpa --dry-run untuk menyimpannya.")
            return 0
        make(database, keys, plan, options.out)
    return 0


def tell(plan: "Plan") -> None:
    """Print what a plan changes, and what the operator should look at."""
    from sync.server.office_plan import told  # noqa: PLC0415 - as above

    for line in told(plan):
        print(line)
    _remark(plan.odd + plan.changes.remarks)


def make(
    database: "Database",
    keys: "CentreKeys",
    plan: "Plan",
    out: Path,
    also: "Callable[[Connection], None] | None" = None,
) -> None:
    """Make the next version as planned, and print where it lies."""
    from sync.server.office_update import update_office  # noqa: PLC0415 - as above

    print("Berkas kantor disiapkan; sekitar 0,2 detik per NIP.", flush=True)
    made = update_office(database, keys, plan, out, also)
    print(f"{made.people} orang.")
    print(f"Berkas kantor: {made.file}")
    print("Komputer yang terhubung menerimanya sendiri; yang lain dari flashdisk, lewat Setelan.")
    if made.codes is not None:
        print(f"Kode pendaftaran, hanya untuk yang belum punya: {made.codes}")
    if made.recovery is not None:
        print(f"Kode pemulihan: {made.recovery}")
    if made.codes is not None or made.recovery is not None:
        print("Kode hanya tercetak sekali. Bagikan, lalu hapus berkas kode.")
    for number in dict.fromkeys(one.office for one in plan.moving if one.listed):
        _left(database, keys, [one for one in plan.moving if one.office == number], out)


def _left(database: "Database", keys: "CentreKeys", gone: "Sequence[Move]", out: Path) -> None:
    """Make the next file of the office that people left, without them, beside that of the new one."""
    from sync.server.office_new import slug  # noqa: PLC0415 - as above
    from sync.server.office_plan import UpdateWish, plan_update  # noqa: PLC0415 - as above

    name = gone[0].office_name
    with database.reading() as connection:
        try:
            left = plan_update(
                connection, None, UpdateWish(name, accept_gone=True), {one.source for one in gone}
            )
        except RosterFaultError as fault:
            print(f"{name} belum mendapat berkas baru: {fault} Lalu jalankan office update untuk kantor itu.")
            return
    tell(left)
    make(database, keys, left, out / f"kantor-lama-{slug(name)}")


def _remark(remarks: tuple[Remark, ...]) -> None:
    for remark in remarks:
        print(f"Perlu diperiksa. {remark}")
