"""A month of forty-two people at six PCs of one office: who sits where, what they do, and who carries it."""

import http.client
import random
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.app.custody import position
from desktop.demo.people import COORDINATOR, Invented
from desktop.office.carry import Carried, to_centre
from desktop.office.desk import Desk
from desktop.office.exchange_stick import Exchanged, exchange
from desktop.office.merge import Merged, merge
from desktop.office.on_stick import load_stick
from desktop.office.report import Filter
from desktop.people.vouching import vouch, waiting_keys
from desktop.screens.status_line import StatusView, status_words
from desktop.store.custody import Whereabouts
from desktop.store.facts import Scope
from desktop.store.post import LAN, Post
from desktop.store.profile import Profile
from sync.client.carrying import Carrying
from sync.client.faults import Failure
from sync.client.hub import HubLink
from sync.client.stick import Stick
from sync.client.transport import Transport
from sync.folds.cohort import CohortRow
from sync.postbag.part import Form
from tests.builders.centre import Line
from tests.builders.form import form, link, submits
from tests.builders.hub import PATIENCE
from tests.builders.road import FILM, READ, WATCH, Handed, Pc, Town, jp_of, take_quiz
from tests.fakes.clock import HandClock

DAYS, WEEKS, DAY = 41, 4, 86_400
UNITS = {"Distrik Waropen Bawah": 14, "Puskesmas Urfas": 9, "Distrik Inggerus": 19}
LOKET, ARSIP, RUANG_1, RUANG_2, INGGERUS, MEJA = (
    "PC Loket Waropen",
    "PC Arsip Waropen",
    "PC Puskesmas Satu",
    "PC Puskesmas Dua",
    "PC Loket Inggerus",
    "PC Sekretariat",
)
SEATS = {LOKET: 7, ARSIP: 7, RUANG_1: 5, RUANG_2: 4, INGGERUS: 10, MEJA: 9}
"""How many people learn at each PC; at the last one the coordinator has the desk as well."""
LATE = frozenset({3, 12, 20, 30, 41})
"""The five who do not finish, by their number."""
BOOK = "kepemimpinan-melayani"
"""A course that all read in all month and nobody finishes."""
TAKEN = (Form.HOMEWARD, Form.RECEIPT, Form.DOCUMENT, Form.CUSTODY)
"""What a carrier brings, in the order in which a PC takes it: the answer says which documents to believe."""
_GIVEN = ("Bernadus", "Dorce", "Ferdinand", "Helena", "Naftali", "Ruth")
_FAMILY = ("Wanggai", "Sawaki", "Tebai", "Bonay", "Imbiri", "Puraro", "Maniagasi")


def everybody() -> tuple[Invented, ...]:
    """Give the forty-two, who do not exist, each with the unit of their office."""
    units = [unit for unit, count in UNITS.items() for _ in range(count)]
    return tuple(
        Invented(
            f"{_GIVEN[n // 7]} {_FAMILY[n % 7]}", f"198{n % 9}0{1 + n % 9}1{n % 9}2015031{n + 1:03}", unit
        )
        for n, unit in enumerate(units)
    )


@contextmanager
def no_network() -> Iterator[None]:
    """Where a PC uses no network: any connection that is tried ends the story."""

    def refuse(*_: object) -> None:
        raise AssertionError("a network was called")

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@dataclass
class Month:
    """The office with its PCs and people; `pem` proves the centre's address to who asks it."""

    town: Town
    office: Handed
    pem: Path
    folder: Path
    clock: HandClock = field(default_factory=lambda: HandClock(int(time.time()) - DAYS * DAY))
    pcs: dict[str, Pc] = field(default_factory=dict)
    seats: dict[int, str] = field(default_factory=dict)
    people: dict[int, Profile] = field(default_factory=dict)
    carrying: Carrying = field(default_factory=Carrying)
    dice: random.Random = field(default_factory=lambda: random.Random(42))

    def prepares(self, name: str) -> Path:
        """The coordinator prepares a stick; it has files of its own on it already."""
        root = self.folder / name
        root.mkdir()
        (root / "foto.jpg").write_bytes(b"\xff\xd8" + bytes(400))
        self.stick(root).prepare()
        return root

    def begins(self, pack: Path) -> None:
        """The trainer's stick brings the pack to six PCs, and forty-two people sign up."""
        names = [name for name, count in SEATS.items() for _ in range(count)]
        for name in SEATS:
            self.pcs[name] = Pc(self.folder / name, name, self.office, self.clock)
            self.pcs[name].install(pack)
        for number, one in enumerate(everybody()):
            self.seats[number] = names[number]
            self.people[number] = self.pcs[names[number]].sit(one)
        self.desk = self.pcs[MEJA].sit(COORDINATOR)

    def week(self, number: int) -> None:
        """One more week: everybody reads and writes, and on the last day takes the quiz; the PCs were off once."""
        if number == WEEKS // 2:
            self.clock.restart(self.clock.wall() + (DAYS // WEEKS) * DAY)
            self.desk.close()
            self.desk = self.pcs[MEJA].enter(self.desk.profile)
        else:
            self.clock.wait((DAYS // WEEKS) * DAY)
        for who, before in tuple(self.people.items()):
            pc, profile = self.pcs[self.seats[who]], before
            if number == WEEKS // 2:
                before.close()
                profile = self.people[who] = pc.enter(before.profile)
            profile.record_all(self._book(number))
            learning = pc.learning(profile)
            if number == WEEKS - 1 and who not in LATE:
                take_quiz(learning)
            elif number < 2:
                learning.page_read(READ, number + 1, 60)
            else:
                learning.watched(WATCH, FILM, FILM, FILM)

    def _book(self, week: int) -> list[tuple[str, dict[str, Any]]]:
        read = [
            ("page.read", {"activity": f"{BOOK}/m{week}/baca", "page": page, "seconds": 40, "version": "1"})
            for page in range(1, 7)
        ]
        words = "".join(self.dice.choices("aiueokstrnmgbpl ", k=400))
        quiz = f"{BOOK}/m{week}/esai"
        told = {
            "activity": quiz,
            "attempt": 1,
            "question": week,
            "answer": f"JAWABANKU {words}",
            "seconds": 300,
        }
        return [*read, ("quiz.answered", told)]

    def ends(self) -> None:
        """Everybody goes home."""
        for one in (*self.people.values(), self.desk):
            one.close()
        for pc in self.pcs.values():
            pc.off()

    # --- roads -------------------------------------------------------------------------------------------

    def visits(self, name: str, root: Path) -> Exchanged:
        """Tukar data at a PC; everybody may be locked, and nobody needs a network."""
        store = self.pcs[name].store
        with no_network():
            return exchange(store, Stick(root, store.office()))

    def merges(self, root: Path) -> Merged:
        """Gabungkan at the desk."""
        with no_network():
            return merge(self.desk, self.stick(root))

    def gives_the_hub(self, name: str, address: str) -> None:
        """A PC gives its post to the office's hub, and takes what the hub has."""
        post = Post(self.pcs[name].store)
        road = HubLink(address, post.key())
        for packed in post.outward():
            shipment = road.carry(packed.part)
            assert not isinstance(shipment, Failure), shipment
            post.handed(packed, LAN)
            for _, data in sorted(shipment.parts, key=lambda one: TAKEN.index(one[0].form)):
                refused = post.take(data).refused
                assert refused is None, refused
        road.close()

    def asks_the_hub_until(self, name: str, address: str, enough: Callable[[], bool]) -> None:
        """Ask the hub again and again until what it brings is what the story waits for."""
        end = time.monotonic() + PATIENCE
        while not enough():
            assert time.monotonic() < end, "the hub never had it"
            self.gives_the_hub(name, address)

    def stick(self, root: Path) -> Stick:
        """The desk looks at a stick."""
        return Stick(root, self.desk.store.office())

    def line(self, url: str) -> Transport:
        """A way to the centre by TLS."""
        return Transport(url.replace("http:", "https:"), verify=str(self.pem))

    def to_centre(self, road: Transport) -> Carried:
        """Ke pusat: bring what the desk carries, PC by PC."""

        def bring(part: bytes) -> bytes | Failure:
            answer = self.carrying.bring(road, part)
            return answer if isinstance(answer, Failure) else answer.body

        return to_centre(self.desk, bring)

    def borrows_a_pc(self, root: Path) -> str:
        """In town: give the stick's one file to the page, save the answer on the stick; gives what it says."""
        with Line(0) as line:
            context = ssl.create_default_context(cafile=str(self.pem))
            port = int(self.town.url.rpartition(":")[2])
            line.connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=context)
            page = submits(line, form((root / "KIRIM-KE-PUSAT.suluh").read_bytes()))
            assert page.status == 200, page
            answer = line.send(b"", link(page), "GET")
            (root / "JAWABAN-PUSAT.suluh").write_bytes(answer.body)
        return re.sub(r"<[^>]+>", " ", page.body.decode())

    def spreads(self, root: Path) -> None:
        """The stick is loaded with what came, and every PC is visited again; everybody is away."""
        load_stick(self.desk.store, self.stick(root))
        for name in SEATS:
            self.visits(name, root)

    def signs_in(self) -> None:
        """Everybody signs in and takes what has waited for them."""
        for profile in self.people.values():
            profile.take_waiting()

    def verifies(self) -> int:
        """The coordinator says of every waiting key whose it is; gives how many waited."""
        waiting = waiting_keys(self.desk)
        for key in waiting:
            vouch(self.desk, key, key.person)
        return len(waiting)

    # --- looking -----------------------------------------------------------------------------------------

    def at(self, name: str) -> list[Profile]:
        """Who learns at a PC."""
        return [self.people[who] for who, seat in self.seats.items() if seat == name]

    def where(self, name: str, *kinds: str) -> set[Whereabouts]:
        """How far the work of everybody at a PC has come."""
        post = Post(self.pcs[name].store)
        facts = [fact for one in self.at(name) for fact in one.facts(Scope.OWN, kinds=kinds)]
        return {one.whereabouts for one in post.chains(fact.identity for fact in facts).values()}

    def told(self, name: str) -> set[str]:
        """What the status line tells everybody at a PC, up to its number or its day."""
        found = [position(one) for one in self.at(name)]
        today = datetime.fromtimestamp(self.clock.wall(), UTC).date()
        words = [status_words(StatusView(one.place, one.unsent - one.held, today)) for one in found]
        return {re.split(r",? \(?\d", one)[0] for one in words}

    def recognised(self, who: int) -> int:
        """Hours that count for somebody, as their own PC says, in hundredths of JP."""
        return sum(year.recognised for year in self.people[who].standing().jp.values())

    def report(self) -> dict[str, CohortRow]:
        """What the coordinator prints, by name."""
        desk = Desk(self.desk)
        desk.renew()
        rows = desk.table.rows(desk.table.ids(Filter()))
        return {one.row.name: one.row for one in rows if one.row.name != COORDINATOR.name}

    def at_the_centre(self) -> dict[str, Any]:
        """What the centre's report says, by name."""
        found = self.town.report(self.office)
        return {one["name"]: one for one in found if one["name"] != COORDINATOR.name}

    def readable(self, *roots: Path) -> list[str]:
        """Which names, NIPs, titles, answers and PCs somebody reads who finds these folders.

        An office file names the office and its coordinator, a catalogue its courses: of those nobody looks.
        """
        found = b"\0".join(
            str(path.relative_to(root)).encode() + b"\0" + path.read_bytes()
            for root in roots
            for path in root.rglob("*")
            if path.is_file()
        )
        words = [*SEATS, BOOK, "JAWABANKU", READ, *_GIVEN, *_FAMILY]
        words += [word for one in everybody() for word in (one.name, one.nip, self.office.codes[one.nip])]
        words += [COORDINATOR.nip, self.office.codes[COORDINATOR.nip]]
        codings = ("utf-8", "utf-16-le", "utf-16-be")
        return [word for word in words if any(word.encode(one) in found for one in codings)]

    def sums(self) -> tuple[int, int, int]:
        """JP on the PCs, in the coordinator's report, and at the centre, in hundredths."""
        return (
            sum(jp_of(one) for one in self.people.values()),
            sum(row.jp or 0 for row in self.report().values()),
            sum(one["jp"] or 0 for one in self.at_the_centre().values()),
        )
