"""A month with planted names: in whatever is left lying about, nobody finds a word of anybody."""

import contextlib
import os
import re
import sqlite3
import tempfile

import pytest

from desktop.app.health import save_zip
from desktop.background.hub_process import prepare_hub
from desktop.demo.centre import Centre
from desktop.demo.people import Invented
from desktop.evidence.outside import Outside, claim_training
from desktop.office.contacts import Way, note_contact
from desktop.office.desk import Desk as OfficeDesk
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.office.roster import preview, propose
from desktop.office.trainings import claims_at_desk, reject
from desktop.people.profiles import today
from desktop.people.vouching import vouch, waiting_keys
from desktop.player.notes import Note, Notes
from desktop.store import keyring
from desktop.store.care import DEVICE_FILE, Care
from desktop.store.health import Finding, look_after
from desktop.store.post import LAN, Post
from desktop.store.rows import Stretch
from sync.client.faults import Failure
from sync.client.hub import HubLink
from sync.client.stick import Stick
from sync.postbag.part import Form
from sync.postbag.shipment import encode_shipment
from tests.builders.cable import Cable
from tests.builders.centre import Line
from tests.builders.form import form, link, submits
from tests.builders.hub import HubProcess
from tests.builders.hunt import found_in, hunt, nip_words, spaced
from tests.builders.road import QUIZ, Pc, Town, carried, read_all, sent, take_quiz
from tests.builders.roster import workbook_bytes

RAHELIA = Invented("Rahelia Yanggroseray, S.STP., M.AP.", "198704122010012003", "Sekretariat", "koordinator")
THEODORA = Invented("Théodora Kayamberawa, S.Sos.", "199307082019032006", "Kependudukan")
ZEBEDEUS = Invented("Zebedeus Mnubarawori, A.Md.Kep.", "197812052003121001", "Kependudukan")
PEOPLE = (RAHELIA, THEODORA, ZEBEDEUS)
PINS = {RAHELIA: "704913", THEODORA: "730518", ZEBEDEUS: "295047"}
ANSWER, NOTE = "kwitansi-merah-muda-warga", "tanya-soal-lembur-bulan-depan"
DRAFT, TITLE, ORGANISER = "naskah-belum-selesai", "Bimtek Kearsipan Wandamasari", "Balai Wandamasari"
SCANNED, LETTER, TALK = (
    "isi-pindaian-sertifikat",
    "alasan-penolakan-yang-rahasia",
    "ditelepon-soal-anak-sakit",
)
ALIAS = "MamaTheoKesayangan"
SAID = (ANSWER, NOTE, DRAFT, TITLE, ORGANISER, SCANNED, LETTER, TALK, ALIAS)
WORDS = (
    *(part for one in PEOPLE for part in one.name.split(",")[0].split()),
    *(one.name.partition(", ")[2] for one in PEOPLE if len(one.name.partition(", ")[2]) > 6),
    *(word for one in PEOPLE for word in nip_words(one.nip)),
    *PINS.values(),
    *SAID,
)
LIMIT_S = 180
HEAD = {*RAHELIA.name.split(",")[0].split(), RAHELIA.name.partition(", ")[2]}
"""The head of an office file names its coordinator: whoever prepares a PC recognises the file by it."""
DATABASE = ("pusat.db",)
"""The centre's own database knows names by its office; it lies with the centre, and is no artefact that travels."""


class Month:
    """Two learners at a PC in the village, a desk, a hub, a stick, a page in town, and a centre of their own."""

    def __init__(self, centre, folder):
        self.folder = folder
        self.town = Town(centre, folder / "operator")
        self.cable = Cable(centre.url)
        self.office = self.town.office(PEOPLE, url=self.cable.url)
        pack = self.town.pack()
        self.pc, self.meja = (
            Pc(folder / name, name, self.office) for name in ("PC Kampung", "PC Sekretariat")
        )
        for pc in (self.pc, self.meja):
            pc.install(pack)
        self.root = folder / "flashdisk"
        self.root.mkdir()
        (self.root / "foto.jpg").write_bytes(b"\xff\xd8\xff")
        self.stick(self.meja).prepare()
        self.saved = folder / "disimpan"
        self.saved.mkdir()
        self.pages = []

    def stick(self, pc):
        return Stick(self.root, pc.store.office())

    def studies(self):
        """Everybody signs up and leaves every sort of words behind."""
        self.people = [self.pc.sit(one, pin=PINS[one]) for one in (THEODORA, ZEBEDEUS)]
        self.desk = self.meja.sit(RAHELIA, pin=PINS[RAHELIA])
        self.pc.store.put_setting("place", "Kantor contoh")
        for one in self.people:
            learning = self.pc.learning(one)
            read_all(learning)
            take_quiz(learning)
            one.record_all(
                [
                    (
                        "quiz.answered",
                        {
                            "activity": "kantor/m1/tulis",
                            "attempt": 1,
                            "answer": ANSWER,
                            "question": n,
                            "seconds": 2,
                        },
                    )
                    for n in range(66)
                ]
            )
            Notes(one).put(Note(QUIZ, 1, quote=NOTE, text=NOTE))
            one.put_draft("tulis", DRAFT.encode())
            scan = b"%PDF-1.7 " + SCANNED.encode() * 900
            claim_training(one, Outside("seminar", TITLE, ORGANISER, today(self.pc.store), 2, scan=scan))

    def around(self):
        """The coordinator comes by: people are away, what they did goes along."""
        exchange(self.pc.store, self.stick(self.pc))
        merge(self.desk, self.stick(self.meja))

    def judges(self):
        """The desk vouches, notes a talk, writes why a claim is not taken, and proposes a roster."""
        for key in waiting_keys(self.desk):
            vouch(self.desk, key, key.person)
        claims = claims_at_desk(self.desk, OfficeDesk(self.desk).people())
        assert len(claims) == 2
        for one in claims:
            reject(self.desk, one, LETTER)
            note_contact(self.desk, one.person, today(self.meja.store), Way.PHONE, TALK)
        office = self.meja.store.office()
        listed = office.desk(self.desk.keys.office[office.header.generation])
        rows = [("NIP", "Nama", "Unit", "Peran")]
        rows += [(one.nip, one.name, "Bidang Baru", one.role) for one in PEOPLE]
        propose(self.desk, preview(list(enumerate(rows, 1)), listed, today(self.meja.store)))

    def to_town(self):
        """By the page of a borrowed PC, then by the desk's own line."""
        office = self.pc.store.office()
        with Line(self.town.centre.port) as line:
            parts = tuple(data for _, data in self.stick(self.pc).parts(Form.OUTWARD))
            page = submits(line, form(encode_shipment(office.header.office, parts)))
            answer = line.send(b"", link(page), "GET").body
        self.pages += [page.body, answer]
        (self.root / "JAWABAN-PUSAT.suluh").write_bytes(answer)
        carried(self.desk, self.cable.url)

    def by_the_hub(self):
        """A hub in a process of its own takes the office's post."""
        self.hub = self.folder / "hub"
        prepare_hub(self.hub, self.meja.store.office(), self.desk.keys.signing, self.meja.store.now())
        post = Post(self.pc.store)
        self.people[0].record("lesson.completed", activity=QUIZ, version="1.0")
        with HubProcess(self.hub) as hub:
            road = HubLink(hub.address, post.key())
            for packed in post.outward():
                shipment = road.carry(packed.part)
                assert not isinstance(shipment, Failure), shipment
                post.handed(packed, LAN)
            road.close()
            hub.process.kill()
            self.said_by_the_hub = hub.said + "".join(hub.process.communicate(timeout=20))

    def by_line(self):
        """Those who are signed in send themselves; the first sees her letter."""
        for one in (*self.people, self.desk):
            sent(one, self.cable.url)
        assert "letter.passed" in {fact.statement.kind for fact in self.people[0].facts()}

    def keeps_copies(self):
        """Backups, and what a technician is handed."""
        care = Care(self.pc.store)
        assert care.copy(DEVICE_FILE)
        for one in self.people:
            file = self.pc.store.profile(one.profile).file
            assert care.copy(file, one.keys.database)
        found = look_after(self.pc.store, [self.root], "1.0")
        save_zip(self.saved / "cek-kesehatan.zip", found)

    def ends(self):
        for one in (*self.people, self.desk):
            one.close()
        for pc in (self.pc, self.meja):
            pc.off()


def asked(cable):
    """The request lines and heads that went up a cable: what proxies and servers write into their logs."""
    return b"\n".join(re.findall(rb"(?:GET|POST) [^\r\n]* HTTP/1\.1\r\n(?:[^\r\n]+\r\n)*", bytes(cable.up)))


def lying_about(month, *where, skip=()):
    """What the hunt finds, but the one name that the head of an office file is meant to show.

    Besides words it seeks the learners' public keys: whatever was signed and not sealed shows them.
    """
    keys = [one.keys.signing.public for one in month.people]
    return {
        (word, file)
        for word, file in hunt((*WORDS, *keys), *where, skip=skip)
        if not (word in HEAD and file.endswith(".suluh-kantor"))
    }


def places(month):
    """Every folder that somebody could open, copy, find or send in."""
    data = [month.pc.folder, month.meja.folder]
    keys = [one.with_name(f"{one.name}.kunci") for one in data]
    return (*data, *keys, month.root, month.hub, month.saved, month.temporary, month.town.home.folder)


@contextlib.contextmanager
def printing_to(path):
    """Let processes that start now say what they say into a file."""
    before = os.dup(2)
    with path.open("wb") as file:
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(before, 2)
            os.close(before)


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    """The month, lived once; the stories below only look."""
    folder = tmp_path_factory.mktemp("bulan")
    temporary = folder / "sementara"
    temporary.mkdir()
    with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as house:
        patch.setattr(keyring, "new_stretch", lambda: Stretch(os.urandom(16), 8, 1))
        patch.setenv("TMPDIR", str(temporary))
        patch.setattr(tempfile, "tempdir", None)
        with printing_to(folder / "pusat.log"):
            centre = house.enter_context(Centre(folder / "pusat", patience=60))
        made = Month(centre, folder)
        house.enter_context(made.cable)
        made.temporary = temporary
        made.studies()
        made.around()
        made.first_stick = lying_about(made, made.root)
        made.judges()
        made.to_town()
        made.around()
        made.by_the_hub()
        made.by_line()
        made.keeps_copies()
        yield made
        made.ends()


def test_a_month_leaves_no_planted_word_anywhere(month):
    assert month.first_stick == set(), "the stick on its way to town"
    assert any(path.name.endswith("-wal") for path in month.pc.folder.iterdir()), "it runs"
    assert lying_about(month, *places(month), skip=DATABASE) == set()


def test_no_address_log_page_or_answer_file_says_a_word(month):
    heads = asked(month.cable)
    assert heads.count(b"POST /v1/sync") >= 3
    said = (month.folder / "pusat.log").read_bytes() + month.said_by_the_hub.encode()
    for what in (heads, said, *month.pages):
        assert found_in(what, WORDS) == set()


def test_what_nobody_but_its_writer_reads_is_not_the_centres_to_read(month):
    private = (NOTE, DRAFT, TALK, ALIAS, *PINS.values())
    assert hunt(private, month.town.home.folder) == set()


def leaky_health(month, patch):
    """A finding that names who is signed in goes into the ZIP."""
    found = (*look_after(month.pc.store, [], "1.0"), Finding("who", good=True, title=month.people[0].nip))
    save_zip(month.saved / "cek-kesehatan-2.zip", found)


def leaky_stick(month, patch):
    """What lies on the stick is signed, packed and padded, and not sealed."""
    for where in ("desktop.store.record.seal", "sync.postbag.outward.seal"):
        patch.setattr(where, lambda data, *_: data)
    month.people[0].record("lesson.completed", activity=QUIZ, version="1.0")
    exchange(month.pc.store, month.stick(month.pc))


def leaky_name(month, patch):
    """Somebody finds it handy to name the file on the stick after its person."""
    month.root.joinpath("SULUH", f"hasil {spaced(month.people[1].nip)}.bin").touch()


def leaky_temporary(month, patch):
    """A report is drawn in the temp folder first, and stays there."""
    with tempfile.NamedTemporaryFile(dir=month.temporary, suffix=".xlsx", delete=False) as file:
        file.write(workbook_bytes([(1, THEODORA.name, THEODORA.nip, "Kependudukan", "III/a")]))


def leaky_database(month, patch):
    """A draft is kept in a database that has no key."""
    with contextlib.closing(sqlite3.connect(month.pc.folder / "naskah.db")) as file:
        file.execute("CREATE TABLE draft (words)")
        file.execute("INSERT INTO draft VALUES (?)", (DRAFT,))
        file.commit()


def leaky_log(month, patch):
    """The hub tells its log who came."""
    prelude = f"import logging; logging.getLogger('hub').warning('masuk: %s', {ZEBEDEUS.name!r})\n"
    with HubProcess(month.hub, prelude=prelude) as hub:
        hub.process.kill()
        (month.saved / "hub.log").write_text("".join(hub.process.communicate(timeout=20)))


@pytest.mark.parametrize(
    "leak", [leaky_health, leaky_stick, leaky_name, leaky_temporary, leaky_database, leaky_log]
)
def test_planted_fault_what_leaks_by_one_way_is_found_there(month, leak, monkeypatch):
    before = {path for place in places(month) for path in place.rglob("*")}
    leak(month, monkeypatch)
    found = lying_about(month, *places(month), skip=DATABASE)
    assert found, leak.__doc__
    for path in {path for place in places(month) for path in place.rglob("*")} - before:
        path.unlink()
    assert lying_about(month, *places(month), skip=DATABASE) == set()
