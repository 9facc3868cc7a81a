"""The operator's commands about people's own data: who asks for deletion, and which PCs carried one out."""

import argparse
import json
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from sync.folds.reach import KINDS_OF_REACH, Erasure, erasures
from sync.folds.requests import DECLINED, DELETION, WITHDRAWN, Request, State, requests
from sync.journal.segment import peek_segment
from sync.journal.statement import Fact
from sync.refusal import Refusal
from sync.server.feed import fresh_facts
from sync.server.home import Home
from sync.server.identity import CENTRE
from sync.server.keys import CentreKeys
from sync.server.operations import house
from sync.server.reports import office_named, offices
from sync.server.rulings import decline_deletion
from sync.server.stored import original, originals
from sync.server.tables import holder, office, person, segment
from sync.server.voice import Voice

_STATES = {
    State.WAITING: "menunggu keputusan",
    State.DECLINED: "ditolak",
    State.WITHDRAWN: "ditarik kembali",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request with who asks: the centre's number of the person, their UUID, name and office."""

    number: int
    who: bytes
    name: str
    office: str
    zone: str
    request: Request

    @property
    def mark(self) -> str:
        """What the operator types to mean this request."""
        return f"{self.request.log & 0xFFFFFF:06x}-{self.request.seq}"


def deletion_list(home: Home, options: argparse.Namespace) -> int:
    """Print who has asked that their data be deleted, the newest first."""
    with house(home) as (database, keys), database.reading() as connection:
        found = _asked(connection, keys)
    shown = [one for one in found if options.all or one.request.state is State.WAITING]
    for one in shown:
        asked = datetime.fromtimestamp(one.request.at, ZoneInfo(one.zone))
        print(
            f"{one.mark}  {asked:%d-%m-%Y}  {one.name}, {one.office}: {_STATES[one.request.state]}\n"
            f"  Alasan: {one.request.reason or '-'}\n  Bila diterima: suluh server person erase"
            f" {uuid.UUID(bytes=one.who)}"
        )
    if not shown:
        print("Tidak ada permintaan hapus data yang menunggu.")
    return 0


def deletion_decline(home: Home, options: argparse.Namespace) -> int:
    """Answer a request for deletion with a reason, which the person reads. Raises LookupError, ValueError."""
    with house(home) as (database, keys):
        with database.writing() as connection:
            wanted = options.request.strip().lower()
            one = next((each for each in _asked(connection, keys) if each.mark == wanted), None)
            if one is None:
                raise LookupError(
                    f"Permintaan {options.request} tidak ada. Lihat: suluh server person deletions"
                )
            if one.request.state is not State.WAITING:
                raise ValueError(f"Permintaan ini sudah {_STATES[one.request.state]}.")
            decline_deletion(connection, keys, one.number, one.request, options.reason)
        database.fold_log()
    print("Permintaan ditolak. Orangnya membaca alasannya pada pengiriman berikutnya.")
    return 0


def reach(home: Home, options: argparse.Namespace) -> int:
    """Print for each erased person which PCs of the office have carried it out, and which are still to."""
    with house(home) as (database, _), database.reading() as connection:
        wanted = office_named(connection, options.office) if options.office else None
        told = [
            (name, _zone(connection, key), one)
            for key, _, name in offices(connection)
            if wanted in {None, key}
            for one in erasures(_of_centre(connection, key))
        ]
    if options.json:
        json.dump({"erasures": [_plain(*one) for one in told]}, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    for name, zone, one in told:
        print(
            f"{name}: {uuid.UUID(bytes=one.person)} dihapus {datetime.fromtimestamp(one.at, zone):%d-%m-%Y}."
        )
        print(f"  Sudah: {len(one.due) - len(one.waiting)} dari {len(one.due)} komputer.")
        for pc, due in sorted(one.due.items(), key=lambda each: each[1].name):
            word = one.words.get(pc)
            if pc in one.waiting or word is None:
                print(f"  - {due.name}: belum memberi tahu")
            else:
                own = ", profilnya ikut dihapus" if word.own else ""
                print(f"  - {due.name}: {datetime.fromtimestamp(word.at, zone):%d-%m-%Y %H.%M}{own}")
    if not told:
        print("Belum ada data yang dihapus.")
    return 0


def _plain(name: str, zone: ZoneInfo, one: Erasure) -> dict[str, object]:
    """Turn an erasure into plain values; times are Unix seconds."""
    return {
        "office": name,
        "zone": zone.key,
        "person": str(uuid.UUID(bytes=one.person)),
        "at": one.at,
        "computers": [
            {
                "id": pc.hex(),
                "name": due.name,
                "done": None if pc in one.waiting else one.words[pc].at,
                "own": pc in one.words and one.words[pc].own,
            }
            for pc, due in sorted(one.due.items())
        ],
    }


def _of_centre(connection: Connection, key: int) -> Iterator[Fact]:
    query = originals(segment.c.fresh).where(segment.c.office == key, holder.c.role == CENTRE)
    return _facts(connection, query, set(KINDS_OF_REACH))


def _asked(connection: Connection, keys: CentreKeys) -> tuple[_Asked, ...]:
    voice = Voice(keys)
    columns = (person.c.id, person.c.uuid, person.c.name, office.c.name.label("office"), office.c.zone)
    people = select(*columns).join(office, office.c.id == person.c.office).where(person.c.erased == 0)
    found: list[_Asked] = []
    for row in connection.execute(people).all():
        mine = originals(segment.c.fresh).where(segment.c.person == row.id)
        said = tuple(_facts(connection, mine, {DELETION, WITHDRAWN, DECLINED}))
        if not any(fact.statement.kind == DELETION for fact in said):
            continue
        found += [
            _Asked(row.id, row.uuid, row.name, row.office, row.zone, one)
            for one in requests(_opened(voice, fact) for fact in said)
        ]
    return tuple(sorted(found, key=lambda one: -one.request.at))


def _opened(voice: Voice, fact: Fact) -> Fact:
    try:
        fields = {**voice.open_letter(fact), **fact.statement.fields}
    except Refusal:
        return fact
    return replace(fact, statement=replace(fact.statement, fields=fields))


def _facts(connection: Connection, query: object, kinds: set[str]) -> Iterator[Fact]:
    for row in connection.execute(query).all():  # type: ignore[call-overload]
        data = original(row)
        if not kinds.isdisjoint(peek_segment(data).kinds):
            yield from (one for one in fresh_facts(data, row.fresh) if one.statement.kind in kinds)


def _zone(connection: Connection, key: int) -> ZoneInfo:
    return ZoneInfo(connection.execute(select(office.c.zone).where(office.c.id == key)).scalar_one())
