"""The operator's commands besides running: each does one thing and says what it did."""

import argparse
import csv
import json
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sync.folds.cohort import CohortRow, CohortState
from sync.score import shown
from sync.server.centre import open_house
from sync.server.database import Database, database_begun
from sync.server.home import Home
from sync.server.keys import CentreKeys
from sync.server.reports import CohortReport, cohort_report, office_named, offices

STATES = {
    CohortState.BELUM_ADA_DATA: "belum ada data",
    CohortState.MENUNGGU_VERIFIKASI: "menunggu verifikasi",
    CohortState.BELUM_MULAI: "belum mulai",
    CohortState.SEDANG_BERJALAN: "sedang berjalan",
    CohortState.TIDAK_AKTIF: "tidak aktif",
    CohortState.SELESAI: "selesai",
}


@contextmanager
def house(home: Home, *, make: bool = False) -> Iterator[tuple[Database, CentreKeys]]:
    """Open a centre's folder; only where `make` says so a new centre may begin in it."""
    if not make and not database_begun(home):
        raise LookupError(
            f"Belum ada pusat di {home.folder}. Jalankan: suluh server run --data {home.folder}"
        )
    keys, database, _ = open_house(home)
    with database:
        yield database, keys


def report(home: Home, options: argparse.Namespace) -> int:
    """Print the cohort report of one office or of all."""
    with house(home) as (database, _), database.reading() as connection:
        if options.office:
            wanted = [office_named(connection, options.office)]
        else:
            wanted = [number for number, _, _ in offices(connection)]
        found = [cohort_report(connection, number, int(time.time())) for number in wanted]
    if options.json:
        json.dump({"offices": [_plain(one) for one in found]}, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for one in found:
            _table(one)
    return 0


def publisher_add(home: Home, options: argparse.Namespace) -> int:
    """Add a publisher to the trust list."""
    from sync.packs.trust import Publisher  # noqa: PLC0415 - TUF takes a while to import
    from sync.server.first_run import add_publisher  # noqa: PLC0415 - as above
    from sync.server.keys import open_list_key  # noqa: PLC0415 - as above
    from sync.server.public_key import read_public  # noqa: PLC0415 - as above

    name = options.id or options.key.stem
    publisher = Publisher(
        name, options.title or name, (read_public(options.key.read_bytes()),), tuple(options.prefix or ("",))
    )
    signer = open_list_key(options.keys or home.roots)
    with house(home) as (database, _), database.writing() as connection:
        version = add_publisher(connection, publisher, signer)
    print(f"{publisher.title} kini dipercaya. Daftar kepercayaan versi {version}.")
    return 0


def papers(home: Home, options: argparse.Namespace) -> int:
    """Write the root and the trust list as files: packs carry them to PCs without an office."""
    from sync.server.documents import Documents  # noqa: PLC0415 - only this command writes them out

    with house(home) as (database, _), database.reading() as connection:
        documents = Documents.read(connection)
    options.folder.mkdir(parents=True, exist_ok=True)
    (options.folder / f"{documents.root.version}.root.json").write_bytes(documents.root.data)
    (options.folder / "trust.json").write_bytes(documents.trust.data)
    print(f"Akar dan daftar kepercayaan versi {documents.trust.version}: {options.folder}")
    print("Pakai saat membuat paket: suluh pack build … --trust FOLDER")
    return 0


def catalogue_add(home: Home, options: argparse.Namespace) -> int:
    """Put a pack's course into the catalogue."""
    from sync.server.catalogue import add_pack  # noqa: PLC0415 - TUF takes a while to import

    with house(home) as (database, keys), database.writing() as connection:
        course = add_pack(connection, options.pack, keys.signing)
    print(f"{course.title} ({course.version}) masuk katalog: {len(course.modules)} modul.")
    return 0


def person_merge(home: Home, options: argparse.Namespace) -> int:
    """State that two UUIDs are one person."""
    return _people(home, "merge", options.source, options.target)


def person_unmerge(home: Home, options: argparse.Namespace) -> int:
    """State that they were not."""
    return _people(home, "unmerge", options.source, options.target)


def person_erase(home: Home, options: argparse.Namespace) -> int:
    """Erase a person's data."""
    return _people(home, "erase", options.person)


def _people(home: Home, deed: str, *names: str) -> int:
    from sync.server import rulings  # noqa: PLC0415 - only these commands rule

    people = [read_uuid(name) for name in names]
    with house(home) as (database, keys):
        with database.writing() as connection:
            if deed == "erase":
                rulings.erase(connection, keys, people[0])
            else:
                (rulings.merge if deed == "merge" else rulings.unmerge)(
                    connection, keys, people[0], people[1]
                )
        database.fold_log()
    print("Selesai. Komputer peserta mengetahuinya pada pengiriman berikutnya.")
    return 0


def read_uuid(text: str) -> bytes:
    """Read a person's UUID. Raises ValueError in words."""
    try:
        return uuid.UUID(text).bytes
    except ValueError:
        raise ValueError(f"{text} bukan UUID. Lihat kolom person pada laporan --json.") from None


def restored(home: Home, _: argparse.Namespace) -> int:
    """Say that the database was put back from a copy: PCs then send again what the copy does not hold."""
    with house(home) as (database, _keys):
        database.new_epoch()
    print("Dicatat. Komputer peserta mengirim ulang yang belum ada di sini pada pengiriman berikutnya.")
    return 0


def key_revoke(home: Home, options: argparse.Namespace) -> int:
    """Revoke a person's signing key."""
    from sync.server.public_key import read_public  # noqa: PLC0415 - only these commands need it
    from sync.server.rulings import revoke  # noqa: PLC0415 - as above

    with house(home) as (database, keys), database.writing() as connection:
        kept = revoke(connection, keys, read_public(options.signing.encode()), int(time.time()))
    print(f"Kunci dicabut. {kept} catatan belajar yang sudah diterima tetap berlaku.")
    return 0


def _plain(one: CohortReport) -> dict[str, object]:
    """Turn a report into plain values: hours in hundredths of JP, times in Unix seconds, null for no data.

    `missing` counts logs of which something is known to be missing (a start of the app each), in all and for
    each person; `missing_since` is null where nothing is.
    """
    late = {each.person: each for each in one.missing}
    return {
        "office": str(uuid.UUID(bytes=one.office)),
        "name": one.name,
        "at": one.at,
        "jp": one.jp,
        "finished": one.finished,
        "silent": one.silent,
        "missing": sum(each.logs for each in one.missing),
        "people": [
            {
                "person": str(uuid.UUID(bytes=row.person)),
                "name": row.name,
                "unit": row.unit,
                "role": row.role,
                "state": row.state.name.lower(),
                "jp": row.jp,
                "jp_recognised": row.jp_recognised,
                "jp_claimed": row.jp_claimed,
                "modules_done": row.modules_done,
                "modules_total": row.modules_total,
                "last_score": row.last_score,
                "last_active": row.last_active,
                "as_of": row.as_of,
                "missing": late[row.person].logs if row.person in late else 0,
                "missing_since": late[row.person].since if row.person in late else None,
            }
            for row in one.rows
        ],
    }


def _table(one: CohortReport) -> None:
    """Print a report as lines a spreadsheet takes."""
    late = {each.person: each.logs for each in one.missing}
    missing = f", {sum(late.values())} sesi belum sampai" if late else ""
    print(f"{one.name}: {len(one.rows)} orang, {one.finished} selesai, {one.silent} belum ada data{missing}")
    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    writer.writerow(
        [
            "Nama",
            "Unit",
            "Keadaan",
            "JP",
            "Modul",
            "Nilai terakhir",
            "Data per tanggal",
            "JP menunggu",
            "Sesi belum sampai",
        ]
    )
    for row in one.rows:
        writer.writerow([*_cells(row), late.get(row.person, "")])


def _cells(row: CohortRow) -> list[str]:
    day = "" if row.as_of is None else time.strftime("%Y-%m-%d", time.localtime(row.as_of))
    modules = "" if row.modules_done is None else f"{row.modules_done}/{row.modules_total}"
    return [
        row.name,
        row.unit,
        STATES[row.state],
        _hundredths(row.jp),
        modules,
        _hundredths(None if row.last_score is None else shown(row.last_score)),
        day,
        _hundredths(row.jp_claimed),
    ]


def _hundredths(value: int | None) -> str:
    """Write hundredths the Indonesian way; nothing where there is no data."""
    return "" if value is None else f"{value / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")
