"""A whole road for journeys: a centre in a process of its own, its publisher, offices, and PCs with real folders."""

import contextlib
import io
import itertools
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.app.learning import Learning
from desktop.assessment.answers import right_answer
from desktop.demo.centre import Centre
from desktop.demo.people import OFFICE, PIN, ZONE, Invented, read_codes, write_roster
from desktop.library.belief import Belief
from desktop.library.index import DeviceIndex
from desktop.library.install import Installer
from desktop.library.shelf import Shelf
from desktop.office.carry import Carried, to_centre
from desktop.office.desk import Desk as OfficeDesk
from desktop.office.report import Filter
from desktop.people.office import adopt_office, inspect_office
from desktop.people.profiles import SignUp, reset_pin, sign_in, sign_up
from desktop.store.device import Store
from desktop.store.profile import Profile
from sync.client.deliver import SyncOutcome, deliver
from sync.client.faults import Failure
from sync.client.transport import Transport
from sync.folds.cohort import CohortRow
from sync.journal.clock import Clock
from sync.journal.keys import SigningKey
from sync.journal.statement import Fact
from sync.packs.build import TrustPapers, build_pack
from sync.packs.documents import key_id
from sync.packs.sealed_quiz import read_questions, seal_quiz
from sync.packs.source import read_source
from sync.packs.trust import Revoked, TrustStore, Withdrawal, read_trust
from sync.packs.trust_making import TrustDraft, sign_trust
from sync.server import commands
from sync.server.centre import open_house
from sync.server.database import open_database
from sync.server.documents import TRUST, Document, Documents, publish
from sync.server.feed import fresh_facts
from sync.server.home import Home
from sync.server.keys import open_list_key
from sync.server.office_new import OfficeWish, new_office
from sync.server.stored import original, originals
from sync.server.tables import holder, segment
from tests.builders.centre import CHEAP
from tests.builders.packs import GIFT, print_nothing, write_course

COURSE, JP = "keamanan-loket", 200
"""The course of `tests.builders.packs` and its hours, in hundredths of JP."""
FILM = 60
"""Seconds that its film lasts, as the player would say."""


def right_answers(gift: str) -> dict[int, str]:
    """Return the right answer to each question of a quiz, by the places its pack gives."""
    questions = read_questions(seal_quiz(gift).decode(), keys=True)
    return {number: right_answer(one.question) for number, one in enumerate(questions)}  # type: ignore[arg-type]


RIGHT = right_answers(GIFT)
"""The right answers to its quiz, by question."""
READ, WATCH, QUIZ = (f"{COURSE}/{key}" for key in ("m1/baca", "m1/film", "m2/kuis"))
_number = itertools.count(1)


@dataclass(frozen=True)
class Handed:
    """What the centre handed to an office: its signed file, and a code for each person."""

    file: Path
    codes: dict[str, str]
    name: str = OFFICE


def found_office(centre: Centre, folder: Path, people: Sequence[Invented], name: str = "") -> Handed:
    """Make an office as its operator does, by the command and a CSV. Each has a name of its own."""
    name = name or f"{OFFICE} {next(_number)}"
    folder.mkdir(parents=True, exist_ok=True)
    roster = folder / "pegawai.csv"
    write_roster(roster, people)
    words = ("--name", name, "--zone", ZONE, "--url", centre.url, "--out", str(folder))
    centre.ask("office", "new", str(roster), *words)
    return Handed(next(folder.glob("*.suluh-kantor")), read_codes(folder / "kode-pendaftaran.csv"), name)


def withdraw(home: Home, public: bytes, since: str, why: Withdrawal = Withdrawal.COMPROMISED) -> bytes:
    """Publish a trust list in which a publisher's key is withdrawn, and return the list."""
    signer = open_list_key(home.roots)
    with open_database(home) as database, database.writing() as connection:
        documents = Documents.read(connection)
        held = read_trust(TrustStore(documents.root.data, documents.trust.data))
        draft = TrustDraft(
            held.version + 1,
            held.expires,
            tuple(held.publishers.values()),
            held.centres,
            (*held.revoked.values(), Revoked(key_id(public), why, since)),
        )
        signed = sign_trust(draft, signer)
        publish(connection, TRUST, Document(draft.version, signed))
    return signed


class Town:
    """A running centre and its operator's table: publishers, packs, offices, the report.

    The commands run here instead of in a process each, and offices lock their NIPs cheaply: a journey asks
    often, and neither is what it is about.
    """

    def __init__(self, centre: Centre, folder: Path) -> None:
        self.centre = centre
        self.folder = folder
        self.name = f"bpsdm-{next(_number)}"
        self.publisher = SigningKey.generate()
        folder.mkdir(parents=True, exist_ok=True)
        public = folder / f"{self.name}.pub"
        public.write_text(self.publisher.public.hex() + "\n", "ascii")
        self.ask("publisher", "add", str(public), "--title", "BPSDM Provinsi")

    @property
    def url(self) -> str:
        """Where PCs reach it."""
        return self.centre.url

    @property
    def home(self) -> Home:
        """Its data folder."""
        return Home(self.centre.folder)

    def ask(self, *words: str) -> str:
        """Give one command and return what it printed."""
        said, wrong = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(wrong):
            done = commands.main([*words, "--data", str(self.centre.folder)])
        assert done == 0, said.getvalue() + wrong.getvalue()
        return said.getvalue()

    def pack(self, version: str = "1.0", *, catalogue: bool = True, **more: Any) -> Path:
        """Build the small course and put it in the catalogue, where its modules count."""
        folder = self.folder / f"naskah-{next(_number)}"
        path = make_pack(folder, self.publisher, version, publisher=self.name, **more)
        if catalogue:
            self.ask("catalogue", "add", str(path))
        return path

    def revoke(self, since: str, why: Withdrawal = Withdrawal.COMPROMISED) -> None:
        """Publish a trust list in which the publisher's key is withdrawn; there is no command for it yet."""
        withdraw(self.home, self.publisher.public, since, why)

    def papers(self) -> TrustPapers:
        """Root and trust list as they stand, for a pack that must be believed without any office file."""
        with open_database(self.home) as database, database.reading() as connection:
            documents = Documents.read(connection)
        return TrustPapers((documents.root.data,), documents.trust.data)

    def office(self, people: Sequence[Invented], name: str = "", *, url: str = "") -> Handed:
        """Found an office of these people; its PCs reach the centre under `url`, a cable's for example."""
        name = name or f"{OFFICE} {next(_number)}"
        out = self.folder / re.sub(r"\W+", "-", name)
        out.mkdir()
        roster = out / "pegawai.csv"
        write_roster(roster, people)
        keys, database, _ = open_house(self.home)
        with database:
            wish = OfficeWish(name, ZONE, (url or self.url,), cost=CHEAP)
            made = new_office(database, keys, roster.read_bytes(), wish, out)
        return Handed(made.file, read_codes(made.codes), name)

    def report(self, handed: Handed) -> list[dict[str, Any]]:
        """What the centre's report says of the people of an office."""
        (office,) = json.loads(self.ask("report", "--json", "--office", handed.name))["offices"]
        return list(office["people"])

    def row(self, handed: Handed, person: Invented) -> dict[str, Any]:
        """What the centre's report says of somebody."""
        return next(one for one in self.report(handed) if one["name"] == person.name)

    def stored(self, profile: bytes) -> list[Fact]:
        """Every fact that the centre keeps of a profile, as often as it keeps it, in the order it came."""
        with open_database(self.home) as database, database.reading() as connection:
            query = originals(segment.c.fresh).where(holder.c.profile == profile).order_by(segment.c.id)
            return [
                fact for row in connection.execute(query) for fact in fresh_facts(original(row), row.fresh)
            ]


def make_pack(
    folder: Path,
    signer: SigningKey,
    version: str = "1.0",
    *,
    publisher: str = "bpsdm",
    papers: TrustPapers | None = None,
    page: str = "",
    pages: int = 2,
    gift: str = "",
    rules: str = "",
    jp: int = JP // 100,
    extra: str = "",
    files: Mapping[str, str] | None = None,
) -> Path:
    """Sign the small course as a pack; without `papers` it leans on the trust list of whoever gets it.

    `rules` are more lines of TOML for its quiz, which stands last. `pages` is how many its first lesson has.
    """
    naskah = write_course(folder / "naskah", version, page, jp)
    more = [f"m1/lagi-{number}.md" for number in range(3, pages + 1)]
    for name in more:
        (naskah / name).write_text("# Lagi\n\nSimpan kunci lemari.\n", "utf-8")
    toml = naskah / "course.toml"
    listed = '"m1/dua.md"'
    toml.write_text(
        toml.read_text("utf-8").replace(listed, ", ".join((listed, *(f'"{n}"' for n in more)))), "utf-8"
    )
    with toml.open("a", encoding="utf-8") as course:
        course.write(rules)
    if gift:
        (naskah / "m2/kuis.gift").write_text(gift, "utf-8")
    for name, words in (files or {}).items():
        (naskah / name).write_text(words, "utf-8")
    if extra:
        with toml.open("a", encoding="utf-8") as course:
            course.write(extra)
    out = folder / f"{COURSE}-{version}.suluh-paket"
    build_pack(
        read_source(naskah), publisher, signer, out, print_pdf=print_nothing, papers=papers or TrustPapers()
    )
    return out


class Pc:
    """One PC with its folder. `off` and `on` are the evening and the morning after it."""

    def __init__(
        self, folder: Path, name: str, handed: Handed | None = None, clock: Clock | None = None
    ) -> None:
        self.folder, self.handed, self.clock = folder, handed, clock
        self.on()
        self.store.prepare()
        self.store.name_pc(name)
        if handed is not None:
            adopt_office(self.store, inspect_office(self.store, handed.file).raw)

    def on(self) -> None:
        """Switch on."""
        self.store = Store.open(self.folder, self.clock)
        self.index = DeviceIndex(self.store)
        self.belief = Belief(self.store)
        self.objects = self.store.folders.objects
        self.shelf = Shelf(self.index, self.objects)
        self.installer = Installer(self.index, self.belief, self.objects, self.store.now)

    def off(self) -> None:
        """Switch off properly."""
        self.store.close()

    def install(self, pack: Path) -> None:
        """Install a pack from a stick."""
        assert self.installer.install(self.installer.inspect(pack))

    def sit(self, person: Invented, *, code: bool = True, pin: str = PIN) -> Profile:
        """Sign somebody up for the first time; the code is used where they have one."""
        given = self.handed.codes[person.nip] if code and self.handed is not None else ""
        return sign_up(self.store, SignUp(person.nip, person.birth, pin, person.nickname, given))

    def enter(self, profile: bytes, pin: str = PIN) -> Profile:
        """Sign somebody in."""
        return sign_in(self.store, profile, pin)

    def reset(self, profile: bytes, code: str, pin: str) -> Profile:
        """Let somebody choose a new PIN with a coordinator's code."""
        return reset_pin(self.store, profile, code, pin)

    def learning(self, profile: Profile) -> Learning:
        """Open the room Belajar for somebody."""
        return Learning(profile, self.shelf, lambda: None)

    def copy(self, folder: Path) -> "Pc":
        """Copy a PC that is off, with its secret: a backup, or a cloned disk."""
        shutil.copytree(self.folder, folder)
        shutil.copytree(f"{self.folder}.kunci", f"{folder}.kunci")
        made = object.__new__(Pc)
        made.folder, made.handed, made.clock = folder, self.handed, self.clock
        made.on()
        return made


def read_all(learning: Learning) -> None:
    """Read and watch the whole first module."""
    learning.page_read(READ, 1, 60)
    learning.page_read(READ, 2, 75)
    learning.watched(WATCH, FILM, FILM, FILM)


def take_quiz(learning: Learning, *, wrong: int = 0, right: Mapping[int, str] = RIGHT) -> int:
    """Take the quiz once, the first `wrong` questions left wrong; gives the score in hundredths.

    `right` are the answers where the pack has other questions than the small course.
    """
    attempt = learning.quizzing.start(QUIZ)
    for place, view in enumerate(attempt.questions):
        learning.quizzing.answer(QUIZ, attempt.number, view.id, "" if place < wrong else right[view.id], 12)
    return learning.quizzing.finish(QUIZ, attempt.number).score


def send(profile: Profile, url: str) -> SyncOutcome:
    """Send and fetch once, over real HTTP."""
    road = Transport(url)
    try:
        return deliver(profile, road, profile.store.clock)
    finally:
        road.close()


def sent(profile: Profile, url: str) -> SyncOutcome:
    """Send and fetch once, and be sure that all of it went well."""
    outcome = send(profile, url)
    assert outcome.failure is None, outcome
    assert outcome.refusals == (), outcome
    return outcome


def carried(coordinator: Profile, url: str) -> Carried:
    """Bring to the centre what a coordinator carries, and be sure that all of it went well."""
    road = Transport(url)

    def bring(part: bytes) -> bytes | Failure:
        answer = road.post(part, "/v1/carry")
        return answer if isinstance(answer, Failure) else answer.body

    try:
        outcome = to_centre(coordinator, bring)
    finally:
        road.close()
    assert (outcome.failure, outcome.left) == (None, 0), outcome
    return outcome


def jp_of(profile: Profile) -> int:
    """All hours of somebody on this PC, in hundredths of JP."""
    return sum(year.total for year in profile.standing().jp.values())


def desk_row(coordinator: Profile, person: Invented) -> CohortRow:
    """What the coordinator's desk says of somebody, from what has come to it."""
    desk = OfficeDesk(coordinator)
    desk.renew()
    rows = desk.table.rows(desk.table.ids(Filter()))
    return next(one.row for one in rows if one.row.name == person.name)
