"""The operator's commands on the conversion table: show the one that counts, and sign a newer one."""

import argparse

from sync.jp_table import parse_jp_table, read_jp_table, shipped_table, sign_jp_table
from sync.server.documents import Document, Documents, publish
from sync.server.home import Home
from sync.server.operations import house
from sync.server.outdated import outdate
from sync.signed_documents import JP_TABLE


def jp_table_set(home: Home, options: argparse.Namespace) -> int:
    """Sign a table and send it to all PCs. Raises ValueError for one that is not newer than the held."""
    data = options.file.read_bytes()
    table = parse_jp_table(data)
    with house(home) as (database, keys), database.writing() as connection:
        publish(connection, JP_TABLE, Document(table.version, sign_jp_table(data, keys.signing)))
        outdate(connection)  # whose years run by contract, and how, the table says
    open_points = sum(form.unconfirmed for form in table.forms)
    open_points += sum(target.unconfirmed for target in table.targets)
    print(f"Tabel konversi JP versi {table.version} ({table.dated.isoformat()}) kini berlaku.")
    print(f"{len(table.forms)} bentuk pelatihan, {open_points} baris belum dipastikan.")
    return 0


def jp_table_show(home: Home, options: argparse.Namespace) -> int:
    """Print the table that counts: the signed one, or the one in the app while there is none."""
    del options
    with house(home) as (database, keys), database.reading() as connection:
        held = Documents.read(connection).signed.get(JP_TABLE)
        table = shipped_table() if held is None else read_jp_table(held.data, keys.signing.public)
    print(f"Tabel konversi JP versi {table.version} ({table.dated.isoformat()})")
    for form in table.forms:
        mark = " (belum dipastikan)" if form.unconfirmed else ""
        print(f"  {form.id}: {form.name}, per {form.unit.value}{mark}")
    for target in table.targets:
        mark = " (belum dipastikan)" if target.unconfirmed else ""
        print(f"  target {target.status}: {target.jp / 100:g} JP per {target.period}{mark}")
    return 0
