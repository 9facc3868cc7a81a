"""A real centre in a process of its own, an office on it, and PCs that talk to it over loopback."""

import base64
import http.client
import os
import re
import secrets
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from sqlalchemy import text

from sync.bundle import (
    Piece,
    SyncReply,
    SyncRequest,
    decode_reply,
    encode_request,
    open_piece,
)
from sync.catalogue import read_catalogue, sign_catalogue
from sync.folds.completion import CourseShape
from sync.journal.clock import Clock, SystemClock
from sync.journal.keys import LetterKey, SigningKey
from sync.journal.log import LogWriter
from sync.journal.segment import encode_segment
from sync.journal.statement import Identity, Statement, Value
from sync.officefile import Cost, OfficeFile, PersonEntry, read_office, unlock_coordinator
from sync.officefile_codes import enrolment_proof
from sync.server.centre import open_house
from sync.server.database import open_database
from sync.server.documents import Document, Documents, publish
from sync.server.home import ADDRESS, Home
from sync.server.office_new import OfficeWish, new_office
from sync.server.outdated import outdate
from sync.server.tables import metadata
from sync.signed_documents import CATALOGUE

ROSTER = """NIP;Nama;Unit;Peran
19860926 201505 1 001;Yohana Rumbiak;Distrik Waropen;koordinator
19870515 2022 21 2 007;Budi Wanggai;Puskesmas Urfas;peserta
19910217 2025 24 2 009;Maria Imbiri;Puskesmas Urfas;peserta
19900412 201505 1 003;Petrus Ayorbaba;Distrik Waropen;peserta
"""
YOHANA, BUDI, MARIA, PETRUS = (
    "198609262015051001",
    "198705152022212007",
    "199102172025242009",
    "199004122015051003",
)
CHEAP = Cost(memory=8, passes=1)


@dataclass
class Office:
    """An office file as it lies on a stick, and the paper list of codes."""

    file: OfficeFile
    codes: dict[str, str]

    def entry(self, nip: str) -> PersonEntry:
        found = self.file.find(nip)
        assert found is not None
        return found


def make_office(home: Home, out: Path, roster: str = ROSTER, name: str = "Kantor Distrik Waropen") -> Office:
    keys, database, _ = open_house(home)
    with database:
        wish = OfficeWish(name, "Asia/Jayapura", ("http://127.0.0.1:8750",), cost=CHEAP)
        made = new_office(database, keys, roster.encode(), wish, out)
    lines = made.codes.read_text(encoding="utf-8-sig").splitlines()[1:]
    codes = {line.split(";")[0].replace(" ", ""): line.split(";")[-1] for line in lines}
    return Office(read_office(made.file.read_bytes()), codes)


def list_courses(home: Home, version: str = "1", /, **hours: int) -> None:
    """Sign courses into the catalogue, without modules; version 1 is the one that `Pc.finishes` states."""
    keys, database, _ = open_house(home)
    with database, database.writing() as connection:
        documents = Documents.read(connection)
        held = {shape.course: shape for shape in read_catalogue(documents.catalogue.data)}
        held |= {
            name: CourseShape(name, name, jp, mandatory=False, version=version) for name, jp in hours.items()
        }
        signed = sign_catalogue(tuple(held.values()), keys.signing)
        publish(connection, CATALOGUE, Document(documents.catalogue.version + 1, signed))
        outdate(connection)


@dataclass
class Said:
    out: str
    err: str


class CentreProcess:
    """`python -m sync.server run --port 0`, started for real."""

    def __init__(self, home: Home, prelude: str = "", port: int = 0, words: Sequence[str] = ()) -> None:
        """`prelude` is Python run before the server: how a test plants a fault."""
        program = "import sys\nfrom sync.server.commands import main\n" + prelude + "\nsys.exit(main())"
        arguments = [
            sys.executable,
            "-c",
            program,
            "run",
            "--port",
            str(port),
            "--data",
            str(home.folder),
            *words,
        ]
        self.process = subprocess.Popen(
            arguments,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {ADDRESS: home.url},
        )
        assert self.process.stdout is not None
        self._heard: list[str] = []
        for line in self.process.stdout:
            self._heard.append(line)
            found = re.fullmatch(r"SULUH-READY https?://127\.0\.0\.1:(\d+)\n", line)
            if found:
                self.port = int(found[1])
                return
        raise AssertionError(self._reap())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.returncode is None:
            self.kill()

    def kill(self) -> None:
        self.process.kill()
        self._reap()

    def stop(self) -> Said:
        """End it politely; returns what it said."""
        self.process.send_signal(signal.SIGTERM)
        return self._reap()

    def _reap(self) -> Said:
        out, errors = self.process.communicate(timeout=20)
        return Said("".join(self._heard) + out, errors)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Line:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def send(
        self, body: bytes, path: str = "/v1/sync", method: str = "POST", headers: dict[str, str] | None = None
    ) -> Answer:
        self.connection.request(method, path, body, headers or {})
        response = self.connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())


@dataclass
class Pc:
    """One profile on one PC: it states, sends, and keeps what was acknowledged and what came."""

    centre_public: bytes
    clock: Clock = field(default_factory=SystemClock)
    signing: SigningKey = field(default_factory=SigningKey.generate)
    letter: LetterKey = field(default_factory=LetterKey.generate)
    profile: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    pc: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    cursors: dict[str, int] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    acks: dict[int, int] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    @classmethod
    def of(cls, office: Office, nip: str, **more: object) -> "Pc":
        """Sit a person of the roster down at a new PC, with the code from paper; opened, nothing sent."""
        entry = office.entry(nip)
        header = office.file.header
        keys = unlock_coordinator(entry, office.codes[nip]) if entry.coordinator else None
        if keys is not None:
            more = {"signing": keys.signing, "letter": keys.letter, **more}
        pc = cls(header.centre, **more)  # type: ignore[arg-type]
        pc.opens(entry.person, enrolment_proof(office.codes[nip], pc.signing.public))
        return pc

    def start(self) -> None:
        """Start the app: a new log."""
        before = None
        if getattr(self, "writer", None) is not None and self.writer.seq:
            before = Identity(self.writer.header.log, self.writer.seq)
        self.writer = LogWriter.start(self.profile, self.pc, before, self.clock)
        self.statements: list[Statement] = []

    def says(self, kind: str, **fields: Value) -> Statement:
        self.statements.append(self.writer.next(kind, fields))
        return self.statements[-1]

    def opens(self, person: bytes, proof: bytes = b"") -> None:
        self.says(
            "profile.opened",
            signing=self.signing.public,
            letter=self.letter.public,
            person=person,
            proof=proof,
            pc_name="PC Loket",
        )

    def reads(self, pages: int, activity: str = "kursus/m1/awal") -> None:
        for page in range(1, pages + 1):
            self.says("page.read", activity=activity, page=page, seconds=40, version="1")

    def finishes(self, course: str, jp: int) -> None:
        self.says("course.completed", course=course, version="1", jp=jp)

    def segment(self, first: int = 1, last: int = 0) -> bytes:
        """Cut statements first..last of this log into a segment."""
        part = self.statements[first - 1 : last or None]
        return encode_segment([self.writer.run(part)], self.signing)

    def request(
        self, segments: Sequence[bytes] = (), sealed: Sequence[bytes] = (), at: int | None = None
    ) -> bytes:
        asks = SyncRequest(
            self.profile,
            self.signing.public,
            dict(self.cursors),
            dict(self.versions),
            tuple(segments),
            tuple(sealed),
            self.clock.wall() if at is None else at,
            secrets.token_bytes(8),
        )
        return encode_request(asks, self.signing)

    def takes(self, answer: Answer, request: bytes) -> SyncReply:
        """Believe an answer and keep what it brought."""
        assert answer.status == 200, answer
        reply = decode_reply(answer.body, self.centre_public, request)
        self.acks |= {ack.log: ack.seq for ack in reply.acks}
        for data in reply.pieces:
            piece = open_piece(data, self.letter, self.centre_public)
            assert piece.start <= self.cursors.get(piece.scope, 0)
            self.pieces.append(piece)
        self.cursors |= reply.cursors
        self.versions |= reply.versions
        return reply

    def syncs(self, line: Line, *segments: bytes, sealed: Sequence[bytes] = ()) -> SyncReply:
        """Make one round trip; without segments named, all of this log goes."""
        body = self.request(segments or ((self.segment(),) if self.statements else ()), sealed)
        return self.takes(line.send(body), body)

    def fetches(self, line: Line) -> SyncReply:
        """Ask without bringing anything, until there is no more."""
        while True:
            body = self.request()
            reply = self.takes(line.send(body), body)
            if not reply.more:
                return reply

    def authorization(self) -> dict[str, str]:
        return {"Authorization": "Suluh " + base64.b64encode(self.request()).decode()}

    @property
    def log(self) -> int:
        return self.writer.header.log

    @property
    def acked(self) -> int:
        return self.acks.get(self.log, 0)

    def heard(self, scope: str, kind: str) -> list[tuple[bytes, int, int]]:
        """What came of one kind through one feed: profile, log, seq of each, once."""
        found = {
            (fact.header.profile, *fact.identity)
            for piece in self.pieces
            if piece.scope == scope
            for fact in piece.facts
            if fact.statement.kind == kind
        }
        return sorted(found)


def holds(home: Home, what: bytes) -> bool:
    """Whether a centre keeps these bytes anywhere: in a file of SQLite's with its log, in a row of PostgreSQL's."""
    if not home.url:
        return any(what in path.read_bytes() for path in home.folder.glob("pusat.db*"))
    with open_database(home) as database, database.reading() as connection:
        return any(
            what.hex() in row
            for table in metadata.sorted_tables
            for row in connection.execute(text(f'SELECT each::text FROM "{table.name}" AS each')).scalars()
        )
