"""A trainer of an academy marks for a district: what is handed in there comes, nothing else, and to nobody else."""

import hashlib
from datetime import UTC, datetime

import pytest

from sync.folds.assignments import GRADED, MARKED, PART, SUBMITTED, work_digest
from sync.folds.lent import LENT, lending, lent_file, lent_now, lent_until, lent_works
from sync.journal.passing import PASSED, passed, to_one
from sync.server import rulings
from sync.server.centre import open_house
from sync.server.home import Home
from sync.server.lending import lend
from sync.server.reports import office_named
from tests.builders.centre import BUDI, MARIA, YOHANA, CentreProcess, Line, Pc, make_office
from tests.builders.postgres import FORGOTTEN_WHERE, postgres_database

TUTI, TONO = "198803032012012004", "198404042010011004"
DISTRICT = f"""NIP;Nama;Unit;Peran
19860926 201505 1 001;Yohana Rumbiak;Distrik Waropen;koordinator
19870515 2022 21 2 007;Budi Wanggai;Puskesmas Urfas;peserta
19910217 2025 24 2 009;Maria Imbiri;Puskesmas Urfas;peserta
{TUTI};Tuti Sapari;Distrik Waropen;widyaiswara
"""
ACADEMY = f"""NIP;Nama;Unit;Peran
19790101 200501 2 002;Agustina Rumaropen;BPSDM;koordinator
{TONO};Tono Wijaya;BPSDM;widyaiswara
{TUTI};Tini Sapari;BPSDM;widyaiswara
"""
ELSEWHERE = f"""NIP;Nama;Unit;Peran
19800101 200601 2 002;Rosina Mambrasar;Balai;koordinator
{TONO};Tono Wijaya;Balai;widyaiswara
"""
TASK = "kursus/m1/tugas"
FILE = b"berkas tugas"
SCAN = b"pindaian sertifikat lama"
TO_EVERY_TRAINER = """
from sqlalchemy import select
from sync.server import lending
from sync.server.tables import person
def all_of_them(connection, identities, where, at):
    keys = connection.execute(select(person.c.id).where(person.c.role == "trainer", person.c.office != where))
    return tuple(identities.person_of(connection, key) for key in keys.scalars())
lending.guests_of = all_of_them
"""
ALL_HE_DID = """
from sync.folds import lent
from sync.server import lending, passing
lent.WORK = lending.WORK = passing.WORK = ("assignment.submitted", "assignment.part", "file.part", "page.read")
lending._KINDS = set(lent.WORK)
"""
EVER_LENT = """
from sync.server import lending, passing
passing.is_guest = lambda *_: True
"""
MARKS_TO_ANYBODY = """
from sync.server import passing
passing._MARKING = set()
real = passing.Passing._may
def may(self, connection, holder, author, to, fact):
    return fact.statement.kind == "assignment.marked" or real(self, connection, holder, author, to, fact)
passing.Passing._may = may
"""


def hands_in(pc, said="Rencana tiga puluh hari", counter=1):
    digest = hashlib.sha256(FILE).digest()
    pc.reads(2)
    pc.says("file.part", file=b"\x06" * 32, part=1, parts=1, data=SCAN)
    pc.says(PART, file=digest, part=1, parts=1, data=FILE)
    files = (("rencana.pdf", digest),)
    work = work_digest(TASK, "1", said, files)
    pc.says(
        SUBMITTED,
        activity=TASK,
        version="1",
        text=said,
        names=("rencana.pdf",),
        files=digest,
        work=work,
        counter=counter,
    )


def states(pc, office, kind, person):
    readers = (office.file.header.centre_letter, pc.letter.public)
    pc.says(kind, **to_one(kind, person, {"id": bytes(16), "comment": "Rapi"}, readers))


def facts_of(pc):
    return [fact for piece in pc.pieces for fact in piece.facts]


def words(pc, *kinds):
    return passed([fact for fact in facts_of(pc) if fact.statement.kind == PASSED], *kinds)


def lends(home, who, name, *, active=True, until=""):
    keys, database, _ = open_house(home)
    with database:
        with database.writing() as connection:
            lend(connection, keys, who, office_named(connection, name), active=active, until=until)
        database.fold_log()


class Story:
    """Two offices at one centre: a district that learns, and an academy whose Tono is lent to it."""

    def __init__(self, home, folder, prelude=""):
        self.home = home
        self.district = make_office(home, folder / "distrik", DISTRICT)
        self.academy = make_office(home, folder / "akademi", ACADEMY, name="BPSDM Provinsi")
        self.centre = CentreProcess(home, prelude)
        self.line = Line(self.centre.port)
        self.tono, self.tini = (Pc.of(self.academy, nip) for nip in (TONO, TUTI))
        self.desk, self.budi, self.maria, self.tuti = (
            Pc.of(self.district, nip) for nip in (YOHANA, BUDI, MARIA, TUTI)
        )

    def __enter__(self):
        self.line.__enter__()
        self.centre.__enter__()
        for pc in (self.desk, self.tono, self.tini, self.maria, self.tuti):
            assert not pc.syncs(self.line).refusals
        return self

    def __exit__(self, *what):
        self.centre.__exit__(*what)
        self.line.__exit__(*what)

    def person(self, nip):
        return (self.academy if nip == TONO else self.district).entry(nip).person

    def lend(self, *, active=True, until=""):
        lends(self.home, self.person(TONO), "Kantor Distrik Waropen", active=active, until=until)

    def all_fetch(self):
        for pc in (self.desk, self.budi, self.maria, self.tuti, self.tono, self.tini):
            pc.fetches(self.line)


def tell(home, folder, prelude=""):
    """What came to whom of one work handed in, marked by Tono, and by Tini who is lent to nobody."""
    with Story(home, folder, prelude) as story:
        story.lend()
        hands_in(story.budi)
        assert not story.budi.syncs(story.line).refusals
        story.all_fetch()
        for pc, office in ((story.tono, story.academy), (story.tini, story.academy)):
            states(pc, office, GRADED, story.person(BUDI))
            states(pc, office, MARKED, story.person(TUTI))
            states(pc, office, MARKED, story.person(MARIA))
            assert not pc.syncs(story.line).refusals
        states(story.tuti, story.district, MARKED, story.person(TONO))
        states(story.tuti, story.district, GRADED, story.person(TONO))
        story.tuti.syncs(story.line)
        story.all_fetch()
        (work,) = lent_works(words(story.tono)) or (None,)
        strangers = {story.budi.profile, story.maria.profile, story.desk.profile}
        return {
            "work": work and (work.submission.person == story.person(BUDI), work.submission.text),
            "office": work and work.office_name,
            "markers": work and set(work.markers) == {story.person(TUTI), story.person(TONO)},
            "file": lent_file(words(story.tono), work.submission.files[0][1]).data if work else None,
            "kinds": {one.kind for one in words(story.tono)},
            "raw": {fact.statement.kind for fact in facts_of(story.tono) if fact.header.profile in strangers},
            "colleague": words(story.tini),
            "told": {name for pc in (story.tono, story.tuti) for name in lending(facts_of(pc)).values()},
            "grades": [one.author == story.person(TONO) for one in words(story.budi, GRADED)],
            "marks": [one.author == story.person(TONO) for one in words(story.tuti, MARKED)],
            "of others": words(story.maria),
        }


RIGHT = {
    "work": (True, "Rencana tiga puluh hari"),
    "office": "Kantor Distrik Waropen",
    "markers": True,
    "file": FILE,
    "kinds": {SUBMITTED, PART, MARKED},
    "raw": set(),
    "colleague": (),
    "told": {"Kantor Distrik Waropen"},
    "grades": [True],
    "marks": [True],
    "of others": (),
}


@pytest.mark.parametrize("kept", ["files", "postgresql"])
def test_who_is_lent_hears_what_is_handed_in_there_and_writes_marks_and_grades(tmp_path, kept):
    if kept == "files":
        assert tell(Home(tmp_path / "pusat"), tmp_path) == RIGHT
    else:
        with postgres_database() as address:
            assert tell(Home(tmp_path / "pusat", address), tmp_path) == RIGHT


@pytest.mark.parametrize(
    ("prelude", "what"),
    [
        (TO_EVERY_TRAINER, "colleague"),
        (ALL_HE_DID, "kinds"),
        (EVER_LENT, "grades"),
        (MARKS_TO_ANYBODY, "of others"),
    ],
    ids=["to every trainer", "everything of theirs", "everybody is lent", "marks go to learners"],
)
def test_planted_faults_are_noticed(tmp_path, prelude, what):
    found = tell(Home(tmp_path / "pusat"), tmp_path, prelude)
    assert found[what] != RIGHT[what]


def test_the_second_wall_gives_who_is_lent_only_what_was_passed_to_them(tmp_path):
    """A feed that forgot to say whose it is hands them nothing that lies in the district's feed."""
    with postgres_database() as address:
        assert tell(Home(tmp_path / "pusat", address), tmp_path, FORGOTTEN_WHERE)["raw"] == set()


def test_what_was_handed_in_before_comes_too_and_who_is_called_back_hears_no_more(tmp_path):
    with Story(Home(tmp_path / "pusat"), tmp_path) as story:
        hands_in(story.budi, "Sebelum")
        story.budi.syncs(story.line)
        story.all_fetch()
        assert words(story.tono) == ()
        story.lend()
        story.all_fetch()
        assert [one.submission.text for one in lent_works(words(story.tono))] == ["Sebelum"]
        story.lend(active=False)
        hands_in(story.budi, "Sesudah", 2)
        story.budi.syncs(story.line)
        states(story.tono, story.academy, GRADED, story.person(BUDI))
        assert not story.tono.syncs(story.line).refusals, "it is kept, and reaches nobody"
        story.all_fetch()
        assert [one.submission.text for one in lent_works(words(story.tono))] == ["Sebelum"]
        assert words(story.budi, GRADED) == ()
        assert lending(facts_of(story.tono)) == lending(facts_of(story.tuti)) == {}
        story.lend()
        story.all_fetch()
        assert {one.submission.text for one in lent_works(words(story.tono))} == {"Sebelum", "Sesudah"}


def test_what_waited_for_a_vouching_comes_once_it_is_known_whose_it_is(tmp_path):
    with Story(Home(tmp_path / "pusat"), tmp_path) as story:
        story.lend()
        late = Pc(story.district.file.header.centre)
        late.opens(story.person(BUDI))
        hands_in(late)
        late.syncs(story.line)
        story.tono.fetches(story.line)
        assert words(story.tono) == (), "nobody has said whose it is"
        story.desk.says(
            "profile.vouched",
            profile=late.profile,
            signing=late.signing.public,
            letter=late.letter.public,
            person=story.person(BUDI),
            role="learner",
        )
        story.desk.syncs(story.line)
        story.tono.fetches(story.line)
        (work,) = lent_works(words(story.tono))
        assert work.submission.person == story.person(BUDI)


def test_only_a_trainer_of_another_office_can_be_lent(tmp_path):
    home = Home(tmp_path / "pusat")
    district = make_office(home, tmp_path / "distrik", DISTRICT)
    make_office(home, tmp_path / "akademi", ACADEMY, name="BPSDM Provinsi")
    for nip, name, word in (
        (BUDI, "BPSDM Provinsi", "Hanya widyaiswara"),
        (TUTI, "Kantor Distrik Waropen", "Ia memang"),
    ):
        with pytest.raises(ValueError, match=word):
            lends(home, district.entry(nip).person, name)
    lends(home, district.entry(TUTI).person, "BPSDM Provinsi", active=False)  # a no to what was proposed
    with pytest.raises(ValueError, match="Sudah begitu"):
        lends(home, district.entry(TUTI).person, "BPSDM Provinsi", active=False)
    with pytest.raises(LookupError):
        lends(home, bytes(16), "BPSDM Provinsi")


@pytest.mark.parametrize("moved", [False, True], ids=["where they were", "moved to another office since"])
def test_of_an_erased_learner_nothing_stays_in_the_feed_of_who_was_lent(tmp_path, moved):
    home = Home(tmp_path / "pusat")
    with Story(home, tmp_path) as story:
        story.lend()
        if moved:
            there = make_office(home, tmp_path / "lain", ELSEWHERE, "Kantor Lain").entry(TONO)
            keys, database, _ = open_house(home)
            with database, database.writing() as connection:
                rulings.merge(connection, keys, story.person(TONO), there.person)
        hands_in(story.budi)
        story.budi.syncs(story.line)
        keys, database, _ = open_house(home)
        with database:
            with database.writing() as connection:
                rulings.erase(connection, keys, story.person(BUDI))
            database.fold_log()
        story.tono.fetches(story.line)
        assert words(story.tono) == ()
        told = [fact for fact in facts_of(story.tono) if fact.statement.kind == "person.erased"]
        assert [fact.statement.fields["person"] for fact in told] == [story.person(BUDI)]
    assert LENT in {fact.statement.kind for fact in facts_of(story.tono)}


ENDLESS = """
from sync.server import lending
lending.last_day_noted = lambda *_: 2**62
"""


@pytest.mark.parametrize(("prelude", "told"), [("", False), (ENDLESS, True)], ids=["kept", "planted fault"])
def test_what_is_dated_after_the_last_day_is_passed_neither_way(tmp_path, prelude, told):
    """The last day has passed already: what was stated before it still goes, and nothing after it."""
    with Story(Home(tmp_path / "pusat"), tmp_path, prelude) as story:
        story.lend(until="2020-01-31")
        hands_in(story.budi)
        story.budi.syncs(story.line)
        states(story.tono, story.academy, GRADED, story.person(BUDI))
        story.tono.syncs(story.line)
        story.all_fetch()
        assert bool(words(story.tono, SUBMITTED)) is told
        assert bool(words(story.budi, GRADED)) is told
        ends = lent_until(facts_of(story.tono))
        assert set(ends.values()) == {int(datetime(2020, 1, 31, 15, tzinfo=UTC).timestamp()) - 1}
        assert lent_now(facts_of(story.tono), max(ends.values()) + 1) == {}
        assert len(lent_now(facts_of(story.tono), max(ends.values()))) == 1


def test_a_lending_that_ended_may_be_given_anew_and_the_same_word_twice_is_none(tmp_path):
    with Story(Home(tmp_path / "pusat"), tmp_path) as story:
        hands_in(story.budi)
        story.budi.syncs(story.line)
        story.lend(until="2020-01-31")
        with pytest.raises(ValueError, match="Sudah begitu"):
            story.lend(until="2020-01-31")
        story.lend(until="2099-12-31")
        story.all_fetch()
        assert len(words(story.tono, SUBMITTED)) == 1, "what was held goes once"
        assert len(lent_now(facts_of(story.tono), 1_800_000_000)) == 1
        story.lend()
        story.all_fetch()
        assert len(lent_now(facts_of(story.tono), 2**40)) == 1, "without a last day it goes on"
