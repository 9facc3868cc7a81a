"""A paper goes to the colleague it was given to, without its author; a review to its author, without its reviewer."""

import hashlib
from dataclasses import replace

import pytest

from sync.folds.assignments import PART, SUBMITTED, work_digest
from sync.folds.pairing import PAIRED, Pair, pair_fields
from sync.folds.peers import PAPER, REVIEWED, paper_file, papers, review_fields, reviews_told, taken
from sync.journal.passing import PASSED, passed
from sync.journal.secret_fields import pack_fields, seal_fields
from sync.server import rulings
from sync.server.centre import open_house
from sync.server.home import Home
from sync.server.identity import Person
from sync.server.reviewing import may_read
from tests.builders.centre import BUDI, MARIA, YOHANA, CentreProcess, Line, Pc, make_office
from tests.builders.postgres import postgres_database

TUTI, LENA, TITUS = "198803032012012004", "198804042012012005", "198404042010011004"
DISTRICT = f"""NIP;Nama;Unit;Peran
{YOHANA};Yohana Rumbiak;Distrik Waropen;koordinator
{BUDI};Budi Wanggai;Puskesmas Urfas;peserta
{MARIA};Maria Imbiri;Puskesmas Urfas;peserta
{LENA};Lena Sawaki;Puskesmas Urfas;peserta
{TUTI};Tuti Sapari;Distrik Waropen;widyaiswara
"""
ELSEWHERE = f"""NIP;Nama;Unit;Peran
197901012005012002;Agustina Rumaropen;BPSDM;koordinator
{TITUS};Titus Wijaya;BPSDM;peserta
"""
TASK, FILE = "kursus/m1/tugas", b"berkas tugas"
DIGEST = hashlib.sha256(FILE).digest()
TO_ANYBODY = """
from sync.server import reviewing
reviewing.may_read = lambda *_: True
"""
WITH_ITS_AUTHOR = """
from sync.server import reviewing
real = reviewing.paper_fields
reviewing.paper_fields = lambda id_, ticket, work: {**real(id_, ticket, work), "whose": work.person}
"""
REAL_PLACES = """
from sync.journal.passing import PASSED
from sync.journal.secret_fields import pack_fields
from sync.server.reviewing import Reviewing
real, home = Reviewing._speak, Reviewing.bring_home
def bring_home(self, connection, by, facts):
    self.log = facts[0].statement.log if facts else 1
    home(self, connection, by, facts)
def speak(self, to, out, fields):
    said = {"stated": out.kind, "author": out.by, "of_log": getattr(self, "log", 1), "of_seq": out.seq}
    self._effects.speak(PASSED, {**said, "of_at": out.at, "fields": pack_fields(fields)}, None, to.id)
Reviewing.bring_home, Reviewing._speak = bring_home, speak
"""
WITH_ITS_REVIEWER = """
from dataclasses import replace
from sync.server.reviewing import Reviewing
real, tell = Reviewing._speak, Reviewing._tell
def telling(self, connection, author, reviewer, *rest):
    self.who = reviewer.uuid
    tell(self, connection, author, reviewer, *rest)
def speak(self, to, out, fields):
    real(self, to, replace(out, by=getattr(self, "who", out.by)), fields)
Reviewing._tell, Reviewing._speak = telling, speak
"""
ANY_TICKET = """
from sync.server import reviewing
reviewing.hmac.compare_digest = lambda *_: True
"""
ANY_READER = """
from sync.server import reviewing
reviewing.was_given = lambda *_: True
"""


def work_of(said):
    return work_digest(TASK, "1", said, (("rencana.pdf", DIGEST),))


def hands_in(pc, said):
    pc.says("file.part", file=b"\x06" * 32, part=1, parts=1, data=b"pindaian sertifikat")
    pc.says(PART, file=DIGEST, part=1, parts=1, data=FILE)
    pc.says(
        SUBMITTED,
        activity=TASK,
        version="1",
        text=said,
        names=("rencana.pdf",),
        files=DIGEST,
        work=work_of(said),
        counter=1,
    )


def letters(pc, *kinds):
    facts = [fact for piece in pc.pieces for fact in piece.facts]
    return passed([fact for fact in facts if fact.statement.kind == PASSED], *kinds)


def traces(pc, of, person):
    """Which marks of somebody lie in what was passed to a PC: UUID, profile, or a log of theirs."""
    told = letters(pc, PAPER, "peer.file", REVIEWED)
    whole = b"".join(one.author + pack_fields(one.fields) for one in told)
    own = of.writer.header.log
    marks = {
        "person": person in whole,
        "profile": of.profile in whole,
        "log": own in {one.log for one in told},
    }
    return {name for name, found in marks.items() if found}


class Story:
    """Budi, Maria and Lena handed in; Tuti gives Budi's paper to Maria, and tries more than she may."""

    def __init__(self, home, folder, prelude=""):
        self.office = make_office(home, folder / "distrik", DISTRICT)
        self.other = make_office(home, folder / "bpsdm", ELSEWHERE, name="BPSDM Provinsi")
        self.centre = CentreProcess(home, prelude)
        self.line = Line(self.centre.port)
        self.budi, self.maria, self.lena, self.tuti = (
            Pc.of(self.office, nip) for nip in (BUDI, MARIA, LENA, TUTI)
        )
        self.titus = Pc.of(self.other, TITUS)

    def __enter__(self):
        self.line.__enter__()
        self.centre.__enter__()
        return self

    def __exit__(self, *what):
        self.centre.__exit__(*what)
        self.line.__exit__(*what)

    def person(self, nip):
        return (self.other if nip == TITUS else self.office).entry(nip).person

    def pair(self, author, said, reviewer):
        return Pair(TASK, "1", self.person(author), work_of(said), self.person(reviewer))

    def gives(self, pc, *pairs):
        pc.says(PAIRED, **pair_fields(pairs))
        pc.syncs(self.line)

    def reviews(self, pc, fields):
        readers = (self.office.file.header.centre_letter, pc.letter.public)
        pc.says(REVIEWED, sealed=seal_fields(REVIEWED, fields, readers))
        pc.syncs(self.line)


def tell(home, folder, prelude=""):
    with Story(home, folder, prelude) as story:
        budi, maria, lena, tuti, titus = story.budi, story.maria, story.lena, story.tuti, story.titus
        for pc, said in ((budi, "Budi"), (maria, "Maria"), (lena, "Lena"), (titus, "Titus")):
            hands_in(pc, said)
            assert not pc.syncs(story.line).refusals
        story.gives(
            tuti,
            story.pair(BUDI, "Budi", MARIA),
            story.pair(TITUS, "Titus", MARIA),
            story.pair(BUDI, "Budi", TITUS),
            story.pair(MARIA, "Yang tidak ada", LENA),
        )
        maria.fetches(story.line)
        given = papers(letters(maria))
        paper = next(one for one in given if one.text == "Budi")
        story.reviews(maria, review_fields(paper, (("isi", 5000),), "Jelas", 1))
        story.reviews(lena, review_fields(paper, (("isi", 0),), "Sebenarnya dari Lena", 2))
        forged = {
            "activity": TASK,
            "author": story.person(BUDI),
            "reviewer": story.person(LENA),
            "work": work_of("Budi"),
        }
        ticket = seal_fields("peer.ticket", forged, (story.office.file.header.centre_letter,))
        fields = {"id": b"\x01" * 32, "ticket": ticket, "points": "isi 1", "comment": "Palsu", "counter": 1}
        story.reviews(lena, fields)
        story.gives(lena, story.pair(MARIA, "Maria", LENA))
        for pc in (budi, maria, lena, tuti, titus):
            pc.fetches(story.line)
        return {
            "given": [one.text for one in given],
            "file": paper_file(letters(maria), DIGEST).data,
            "others": [papers(letters(pc)) for pc in (lena, titus, budi, tuti)],
            "came": {one.comment for one in reviews_told(letters(budi))},
            "trainer": {
                (one.learner == story.person(BUDI), one.reviewer == story.person(MARIA), one.comment)
                for one in reviews_told(letters(tuti))
            },
            "elsewhere": [reviews_told(letters(pc)) for pc in (maria, lena, titus)],
            "blind paper": traces(maria, budi, story.person(BUDI)),
            "blind review": traces(budi, maria, story.person(MARIA)),
        }


RIGHT = {
    "given": ["Budi"],
    "file": FILE,
    "others": [(), (), (), ()],
    "came": {"Jelas"},
    "trainer": {(True, True, "Jelas")},
    "elsewhere": [(), (), ()],
    "blind paper": set(),
    "blind review": set(),
}


@pytest.mark.parametrize("kept", ["files", "postgresql"])
def test_a_paper_and_its_review_reach_whom_they_are_for_and_name_nobody(tmp_path, kept):
    if kept == "files":
        assert tell(Home(tmp_path / "pusat"), tmp_path) == RIGHT
    else:
        with postgres_database() as address:
            assert tell(Home(tmp_path / "pusat", address), tmp_path) == RIGHT


def test_a_review_of_a_key_that_waits_comes_home_once_the_key_is_hers(tmp_path):
    with Story(Home(tmp_path / "pusat"), tmp_path) as story:
        hands_in(story.budi, "Budi")
        for pc in (story.budi, story.maria):
            pc.syncs(story.line)
        story.gives(story.tuti, story.pair(BUDI, "Budi", MARIA))
        story.maria.fetches(story.line)
        (paper,) = papers(letters(story.maria))
        new = Pc(story.office.file.header.centre, pc=story.maria.pc)
        new.opens(story.person(MARIA))
        story.reviews(new, review_fields(paper, (("isi", 5000),), "Jelas", 1))
        story.budi.fetches(story.line)
        assert reviews_told(letters(story.budi)) == ()
        desk = Pc.of(story.office, YOHANA)
        desk.says(
            "profile.vouched",
            profile=new.profile,
            signing=new.signing.public,
            letter=new.letter.public,
            person=story.person(MARIA),
            role="learner",
        )
        desk.syncs(story.line)
        story.budi.fetches(story.line)
        assert [one.comment for one in reviews_told(letters(story.budi))] == ["Jelas"]


@pytest.mark.parametrize(
    ("prelude", "what"),
    [
        (TO_ANYBODY, "given"),
        (WITH_ITS_AUTHOR, "blind paper"),
        (WITH_ITS_REVIEWER, "blind review"),
        (REAL_PLACES, "blind review"),
        (ANY_TICKET, "came"),
        (ANY_READER, "came"),
    ],
    ids=["to anybody", "its author", "its reviewer", "the reviewer's log", "any ticket", "any reader"],
)
def test_planted_faults_are_noticed(tmp_path, prelude, what):
    found = tell(Home(tmp_path / "pusat"), tmp_path, prelude)
    assert found[what] != RIGHT[what]


def after_an_erasure(home, folder, *, moved=False):
    """What is left of Budi, who was erased: his paper was Maria's to read, and Maria's his.

    `moved` puts Maria's record beside one in the other office first, as a move does.
    """
    with Story(home, folder) as story:
        for pc, said in ((story.budi, "Budi"), (story.maria, "Maria"), (story.lena, "Lena")):
            hands_in(pc, said)
            assert not pc.syncs(story.line).refusals
        both = story.pair(BUDI, "Budi", MARIA), story.pair(LENA, "Lena", MARIA)
        story.gives(story.tuti, *both, story.pair(MARIA, "Maria", BUDI))
        for pc in (story.maria, story.budi):
            pc.fetches(story.line)
        given = {one.text: one for one in papers(letters(story.maria))}
        for said, comment in (("Budi", "Untuk Budi"), ("Lena", "Untuk Lena")):
            story.reviews(story.maria, review_fields(given[said], (("isi", 1),), comment, 1))
        (own,) = papers(letters(story.budi))
        story.reviews(story.budi, review_fields(own, (("isi", 1),), "Dari Budi", 1))
        keys, database, _ = open_house(home)
        with database:
            with database.writing() as connection:
                if moved:
                    rulings.merge(connection, keys, story.person(MARIA), story.person(TITUS))
                rulings.erase(connection, keys, story.person(BUDI))
            database.fold_log()
        story.maria.fetches(story.line)
        story.tuti.fetches(story.line)
        fresh = Pc(story.office.file.header.centre, signing=story.maria.signing, letter=story.maria.letter)
        fresh.profile = story.maria.profile
        fresh.fetches(story.line)
        texts = {one.id: one.text for one in given.values()}
        return {
            "taken": {texts[id_] for id_ in taken(letters(story.maria))},
            "told whose": story.person(BUDI) in b"".join(pack_fields(one.fields) for one in letters(fresh)),
            "papers": [one.text for one in papers(letters(fresh))],
            "files": {texts[one.fields["id"]] for one in letters(fresh, "peer.file")},
            "own": {one.comment for one in reviews_told(letters(fresh))},
            "trainer": {one.comment for one in reviews_told(letters(story.tuti))},
        }


LEFT = {
    "taken": {"Budi"},
    "told whose": False,
    "papers": ["Lena"],
    "files": {"Lena"},
    "own": {"Dari Budi"},
    "trainer": {"Untuk Lena"},
}


def test_an_erasure_takes_papers_and_reviews_back_and_tells_the_reader_which(tmp_path):
    assert after_an_erasure(Home(tmp_path / "pusat"), tmp_path) == LEFT


def test_a_reader_who_has_moved_to_another_office_since_gives_the_paper_back_too(tmp_path):
    assert after_an_erasure(Home(tmp_path / "pusat"), tmp_path, moved=True) == LEFT


def test_an_erasure_that_forgot_the_readers_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(rulings, "take_papers_back", lambda *_: None)
    found = after_an_erasure(Home(tmp_path / "pusat"), tmp_path)
    assert (found["taken"], sorted(found["papers"])) == (set(), ["Budi", "Lena"])


def test_nobody_is_given_their_own_paper_whoever_they_were_recorded_as():
    """The list cannot say it, and the centre looks again: two records may be one person."""
    one = Person(1, b"a" * 16, 7, "learner", b"", None, None, erased=False)
    other = replace(one, id=2, uuid=b"b" * 16)
    assert may_read(7, one, other)
    assert not may_read(7, one, one)
    assert not may_read(8, one, other)
    assert not may_read(7, replace(one, erased=True), other)
    assert not may_read(7, one, replace(other, office=8))
