"""A new office: from a clerk's roster to the signed office file and the one-time codes, or nothing at all."""

import csv
import io
import os
import re
import time
import unicodedata
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from sqlalchemy import Connection, insert, select

from sync.journal.keys import LetterKey
from sync.nip import spaced
from sync.officefile import (
    Cost,
    EnrolmentCode,
    OfficeDraft,
    PersonDraft,
    Role,
    close_recovery,
    write_office,
)
from sync.officefile_codes import group_code
from sync.roster.changes import first_nips
from sync.roster.lines import ROLE_NAMES, Line, Remark
from sync.roster.sheet import read_roster
from sync.server.database import Database
from sync.server.documents import Documents
from sync.server.endings import end_roles
from sync.server.home import PRIVATE, PUBLIC, write_file
from sync.server.keys import CentreKeys
from sync.server.rulings import answer_office
from sync.server.tables import office, person

CODES = "kode-pendaftaran.csv"
RECOVERY = "kode-pemulihan.txt"
SUFFIX = ".suluh-kantor"
_ADDRESS = re.compile(r"^https?://[^\s/?#@]+(/[^\s?#]*)?$")


RECOVERY_SAYS = """\
KODE PEMULIHAN KANTOR

{code}

Kantor: {name}
Berlaku sejak berkas kantor versi {version}.

Dengan kode ini koordinator pengganti dapat membuka kiriman kantor tanpa menunggu pusat:
masuk ke Suluh dengan profilnya sendiri, lalu ketik kode ini di tempat kode pendaftaran.
Cetak, masukkan ke amplop tertutup, simpan di brankas kantor, lalu hapus berkas ini.
Siapa pun yang memegangnya dapat membaca hasil belajar kantor ini.
Setiap serah terima membuat kode baru; kode lama hanya membuka kiriman lama.
"""


class OfficeFaultError(ValueError):
    """An office that cannot be made as asked; the message is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class OfficeWish:
    """What the operator asks for. `servers` are the addresses under which PCs reach this centre."""

    name: str
    zone: str
    servers: tuple[str, ...]
    accept_odd: bool = False
    cost: Cost = field(default_factory=Cost)


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What was made: the three files, how many people, and what looked odd in the roster."""

    uuid: bytes
    file: Path
    codes: Path
    recovery: Path
    people: int
    odd: tuple[Remark, ...]


def new_office(database: Database, keys: CentreKeys, roster: bytes, wish: OfficeWish, out: Path) -> NewOffice:
    """Make an office, its signed file, its one-time codes and its recovery code in the folder `out`.

    The files are written before the database commits, and are taken away again if it does not; existing
    files are never replaced. Raises RosterFaultError for a faulty roster and OfficeFaultError for the rest.
    """
    judge_wish(wish)
    read = read_roster(roster, datetime.now(ZoneInfo(wish.zone)).date(), accept_odd=wish.accept_odd)
    out.mkdir(parents=True, exist_ok=True)
    files = (out / (slug(wish.name) + SUFFIX), out / CODES, out / RECOVERY)
    refuse_existing(files)
    people = [_person(line) for line in read.lines]
    identity = uuid.uuid4().bytes
    secrets = {1: LetterKey.generate().raw}
    with database.reading() as connection:
        _refuse_known(connection, wish.name)
        documents = Documents.read(connection)
    recovery = close_recovery(identity, secrets)
    lead = next(line.name for line in read.lines if line.role is Role.COORDINATOR)
    draft = OfficeDraft(
        office=identity,
        name=wish.name,
        zone=wish.zone,
        version=1,
        issued=int(time.time()),
        coordinator=lead,
        servers=wish.servers,
        centre_letter=keys.letter.public,
        office_keys=secrets,
        units=tuple(dict.fromkeys(line.unit for line in read.lines)),
        people=tuple(people),
        root=documents.root.data,
        trust=documents.trust.data,
        salt=os.urandom(16),
        recovery=recovery.closed,
        cost=wish.cost,
    )
    signed, codes = write_office(draft, keys.signing)
    try:
        with database.writing() as connection:
            _refuse_known(connection, wish.name)
            number = _keep(connection, draft, signed, codes)
            ended = end_roles(connection, people, draft.zone, draft.issued)
            answer_office(connection, keys, number, ended)
            write_file(files[0], signed, PUBLIC)
            write_file(files[1], code_list(zip(read.lines, people, strict=True), codes), PRIVATE)
            write_file(files[2], recovery_paper(recovery.code, draft), PRIVATE)
    except BaseException:
        for path in files:
            path.unlink(missing_ok=True)
        raise
    return NewOffice(identity, *files, len(people), read.odd)


def judge_wish(wish: OfficeWish) -> None:
    """Return when an office can be made or changed as asked; raises OfficeFaultError in words."""
    if not wish.name.strip():
        raise OfficeFaultError("Nama kantor belum diisi.")
    if wish.zone not in available_timezones():
        raise OfficeFaultError(f"Zona waktu {wish.zone} tidak dikenal. Contoh: Asia/Jayapura.")
    for address in wish.servers:
        if not _ADDRESS.match(address):
            raise OfficeFaultError(f"Alamat {address} tidak dapat dipakai. Contoh: http://192.168.1.10:8750")
    if not wish.servers:
        raise OfficeFaultError("Isi paling sedikit satu alamat server dengan --url.")


def refuse_existing(files: Sequence[Path]) -> None:
    """Raise OfficeFaultError where a file would be replaced: it may be the only copy of codes."""
    for path in files:
        if path.exists():
            raise OfficeFaultError(f"{path} sudah ada dan tidak ditimpa.")


def _refuse_known(connection: Connection, name: str) -> None:
    if connection.execute(select(office.c.id).where(office.c.name == name)).first() is not None:
        raise OfficeFaultError(f"Kantor {name} sudah ada di pusat ini.")


def _person(line: Line) -> PersonDraft:
    return PersonDraft(
        person=uuid.uuid4().bytes,
        nips=first_nips(line),
        name=line.name,
        unit=line.unit,
        role=line.role,
        until=line.until,
    )


def _keep(connection: Connection, draft: OfficeDraft, signed: bytes, codes: Sequence[EnrolmentCode]) -> int:
    """Store the office and its people, and give its number; the codes themselves are kept only on paper."""
    number = connection.execute(
        insert(office)
        .values(
            uuid=draft.office,
            name=draft.name,
            zone=draft.zone,
            version=draft.version,
            file=signed,
            keys=msgspec.msgpack.encode(dict(draft.office_keys)),
        )
        .returning(office.c.id)
    ).scalar_one()
    issued = {code.person: code for code in codes}
    rows = []
    for one in draft.people:
        code = issued.get(one.person)
        lead = None if code is None else code.coordinator
        coordinator = None if lead is None else msgspec.msgpack.encode(lead)
        rows.append(
            {
                "uuid": one.person,
                "office": number,
                "name": one.name,
                "unit": one.unit,
                "role": one.role.value,
                "nips": msgspec.msgpack.encode(one.nips),
                "verifier": b"" if code is None else code.verifier,
                "coordinator": coordinator,
            }
        )
    connection.execute(insert(person), rows)
    return int(number)


def code_list(people: Iterable[tuple[Line, PersonDraft]], codes: Sequence[EnrolmentCode]) -> bytes:
    """Write fresh one-time codes as an Indonesian Excel opens them: semicolons, UTF-8 with its mark."""
    issued = {code.person: group_code(code.code) for code in codes}
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["NIP", "Nama", "Unit", "Peran", "Kode pendaftaran"])
    for line, one in people:
        if one.person in issued:
            # a NIP in groups stays text in a spreadsheet; as one number it would lose its last digits
            nip = spaced(line.nip) if line.nip else ""
            writer.writerow([nip, line.name, line.unit, ROLE_NAMES[line.role], issued[one.person]])
    return text.getvalue().encode("utf-8-sig")


def recovery_paper(code: str, draft: OfficeDraft) -> bytes:
    """Write the sheet with the recovery code that goes into the office's safe."""
    return RECOVERY_SAYS.format(code=group_code(code), name=draft.name, version=draft.version).encode("utf-8")


def slug(name: str) -> str:
    """Make a file name of an office's name, in letters every file system takes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "kantor"
