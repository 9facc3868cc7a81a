"""A centre without its web server, and one history told to several of them: what each answers and keeps."""

import asyncio
import itertools
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from sync.bundle import decode_reply, open_piece, request_digest
from sync.journal.clock import Clock
from sync.journal.statement import Fact
from sync.postbag.homeward import open_homeward
from sync.postbag.part import Form, read_part
from sync.postbag.shipment import read_shipment
from sync.postbag.words import read_receipt
from sync.refusal import Refusal
from sync.server import rulings
from sync.server.answers import Answers, Shelf
from sync.server.carry import Carry
from sync.server.centre import open_house
from sync.server.checks import checked
from sync.server.database import Database, open_database
from sync.server.feed import fresh_facts
from sync.server.home import Home
from sync.server.intake import Offer, Taken
from sync.server.keys import CentreKeys
from sync.server.locked_places import LockNeededError
from sync.server.reports import cohort_report, office_named
from sync.server.shared_intake import make_intake
from sync.server.stored import original, originals
from sync.server.tables import document, meta, office, person, segment
from sync.server.voice import Voice, centre_profile
from tests.builders.centre import Office, Pc, make_office
from tests.builders.post import Machine

_number = itertools.count(1)


class Worker:
    """One process's part of a centre: its own connections, memory and voice."""

    def __init__(self, home: Home, keys: CentreKeys, clock: Clock) -> None:
        self.keys, self.clock = keys, clock
        self.database: Database = open_database(home)
        self.intake = make_intake(self.database, Voice(keys, clock))
        self.answers = Answers(self.database, keys, self.shelf())

    def shelf(self) -> Shelf:
        with self.database.reading() as connection:
            epoch = connection.execute(select(meta.c.value).where(meta.c.name == "epoch")).scalar_one()
            return Shelf.read(connection, epoch)

    def takes(self, bodies: Sequence[bytes]) -> list[bytes | Refusal]:
        """Keep several requests in one group, as the writer does, and answer them."""
        found: list[Any] = []
        for body in bodies:
            try:
                found.append(checked(body, self.keys.letter))
            except Refusal as refusal:
                found.append(refusal)
        taken = iter(self.keeps([one.offer for one in found if not isinstance(one, Refusal)]))
        return [
            one
            if isinstance(one, Refusal)
            else self.answers.answer(one.request, request_digest(body), next(taken), self.clock.wall())
            for body, one in zip(bodies, found, strict=True)
        ]

    def keeps(self, offers: Sequence[Offer]) -> Sequence[Taken]:
        """Keep offers in one group commit."""
        while True:
            connection = self.database.begin()
            try:
                if self.database.changed_outside(connection):
                    self.intake.forget()
                    self.answers.shelf = self.shelf()
                taken = self.intake.take(connection, offers)
            except LockNeededError:
                self.database.undo(connection)
                self.intake.forget()
                continue
            except BaseException:
                self.database.undo(connection)
                raise
            self.database.commit(connection)
            return taken

    def carries(self, parts: Sequence[bytes]) -> bytes:
        """Answer a carrier who brings these parts in one request."""
        visit = WorkerCarry(self).visit()

        async def visiting() -> bytes:
            for part in parts:
                await visit.take(read_part(part))
            return await visit.finish()

        return asyncio.run(visiting())


class WorkerCarry(Carry):
    """The centre's own code for carriers on one worker, without its threads."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(worker.keys, None, worker.answers, worker.database, worker.clock.wall)  # type: ignore[arg-type]
        self.worker = worker

    async def aside(self, work: Any) -> Any:
        return work()

    async def keep(self, offer: Offer) -> Taken:
        (taken,) = self.worker.keeps([offer])
        return taken


@dataclass
class Side:
    """One centre of several that are told the same; its workers take turns."""

    home: Home
    keys: CentreKeys
    workers: list[Worker]

    @classmethod
    def first(cls, home: Home, clock: Clock) -> "Side":
        """Begin a centre."""
        keys, database, _ = open_house(home)
        database.close()
        return cls(home, keys, [Worker(home, keys, clock)])

    @classmethod
    def like(cls, other: "Side", home: Home, clock: Clock, workers: int) -> "Side":
        """Make a second centre with the keys and documents of the first."""
        shutil.copytree(other.home.keys, home.keys)
        made = cls(home, other.keys, [Worker(home, other.keys, clock) for _ in range(workers)])
        with other.database.reading() as there, made.database.writing() as here:
            rows = [dict(row) for row in there.execute(select(document)).mappings()]
            here.execute(insert(document), rows)
            epoch = there.execute(select(meta.c.value).where(meta.c.name == "epoch")).scalar_one()
            here.execute(update(meta).where(meta.c.name == "epoch").values(value=epoch))
        for worker in made.workers:
            worker.answers.shelf = worker.shelf()
        return made

    @property
    def database(self) -> Database:
        """Where it keeps things."""
        return self.workers[0].database

    def founds(self, folder: Path) -> Office:
        """Make an office."""
        return make_office(self.home, folder, name=f"Kantor {next(_number)}")

    def adopts(self, other: "Side", made: Office) -> None:
        """Take over an office of another centre, person by person."""
        where = office.c.uuid == made.file.header.office
        with other.database.reading() as there, self.database.writing() as here:
            rows = there.execute(select(office).where(where)).mappings().all()
            here.execute(insert(office), [dict(row) for row in rows])
            people = there.execute(select(person).where(person.c.office == rows[0]["id"])).mappings()
            here.execute(insert(person), [dict(row) for row in people])

    def rules(self, deed: str, *names: bytes) -> str:
        """Let the operator rule, in a process of its own; gives what is said against it."""
        try:
            with open_database(self.home) as database, database.writing() as connection:
                if deed == "revoke":
                    return str(rulings.revoke(connection, self.keys, names[0], 1_795_600_000))
                getattr(rulings, deed)(connection, self.keys, *names)
        except (ValueError, LookupError) as fault:
            return str(fault)
        return ""

    def reports(self, name: str, now: int) -> object:
        """Give the rows of an office's report."""
        with self.database.reading() as connection:
            return cohort_report(connection, office_named(connection, name), now)

    def keeps(self, made: Office) -> list[object]:
        """Give everything kept of an office in the order it came, without the centre's own numbers."""
        columns = (
            person.c.uuid,
            segment.c.person_lsn,
            segment.c.office_lsn,
            segment.c.flags,
            segment.c.fresh,
        )
        here = select(office.c.id).where(office.c.uuid == made.file.header.office).scalar_subquery()
        query = (
            originals(*columns)
            .outerjoin(person, person.c.id == segment.c.person)
            .where(segment.c.office == here)
            .order_by(segment.c.id)
        )
        with self.database.reading() as connection:
            return [
                (*row[3:], tuple(self.plain(fact) for fact in fresh_facts(original(row), row.fresh)))
                for row in connection.execute(query)
            ]

    def plain(self, fact: Fact) -> object:
        """Write a fact down; what the centre states itself has another log at each."""
        ours = fact.header.profile == centre_profile(self.keys.signing.public)
        known = () if ours else (fact.identity, fact.statement.digest)
        return (fact.header.profile, *known, fact.statement.kind, dict(fact.statement.fields))

    def reads(self, pc: Pc, body: bytes, answer: bytes | Refusal) -> object:
        """Write an answer down, opened."""
        if isinstance(answer, Refusal):
            return (answer.code, dict(answer.values))
        reply = decode_reply(answer, self.keys.signing.public, body)
        pieces = [open_piece(data, pc.letter, self.keys.signing.public) for data in reply.pieces]
        told = [
            (one.scope, one.start, one.end, sorted(map(self.plain, one.facts), key=repr)) for one in pieces
        ]
        plain = (
            dict(reply.cursors),
            dict(reply.versions),
            sorted(reply.documents),
            reply.refusals,
            reply.more,
        )
        return (reply.acks, *plain, told)

    def reads_post(self, machine: Machine, answer: bytes) -> object:
        """Write an answer to a carrier down, opened."""
        parts = [part for part, _ in read_shipment([answer]).parts]
        told: list[object] = []
        for part in parts:
            if part.form is Form.RECEIPT:
                told.append(read_receipt(part, self.keys.signing.public).stored)
            if part.form is Form.HOMEWARD:
                home = open_homeward(part, machine.letter, self.keys.signing.public)
                letters = {one.profile: one for one in machine.people}
                pieces = [
                    open_piece(one.piece, letters[one.profile].letter, self.keys.signing.public)
                    for one in home.letters
                ]
                found = [
                    (one.scope, one.start, one.end, sorted(map(self.plain, one.facts), key=repr))
                    for one in pieces
                ]
                told.append((home.acks, home.parts, home.refusals, home.more, dict(home.versions), found))
        return told

    def closes(self) -> None:
        """Let go."""
        for worker in self.workers:
            worker.database.close()
