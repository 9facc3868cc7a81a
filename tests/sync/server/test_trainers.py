"""What is handed in comes to the trainers of its office, and nothing else of anybody's does."""

import pytest
from sqlalchemy import text

from sync.folds.assignments import GRADED, PART, SUBMITTED, work_digest
from sync.journal.passing import passed, to_one
from sync.server.database import open_database
from sync.server.home import Home
from tests.builders.centre import BUDI, MARIA, YOHANA, CentreProcess, Line, Pc, make_office
from tests.builders.postgres import FORGOTTEN_WHERE, postgres_database

TUTI = "198803032012012004"
ROSTER = f"""NIP;Nama;Unit;Peran
19860926 201505 1 001;Yohana Rumbiak;Distrik Waropen;koordinator
19870515 2022 21 2 007;Budi Wanggai;Puskesmas Urfas;peserta
19910217 2025 24 2 009;Maria Imbiri;Puskesmas Urfas;peserta
{TUTI};Tuti Sapari;Distrik Waropen;widyaiswara
"""
TASK = "kursus/m1/tugas"
HANDED = {SUBMITTED, PART}
EVERYBODY_MARKS = """
from sync.server import identity
from sync.server import intake
from sync.journal.kind import Author
identity.Identities.marks = lambda self, connection, key: True
real = intake.Intake._reader
def reader(self, connection, holder):
    import dataclasses
    found = real(self, connection, holder)
    return found and dataclasses.replace(found, trainer=True, office_news=found.office_top)
intake.Intake._reader = reader
"""
TRAINERS_ARE_DESKS = """
from sync.server import feed
feed.for_trainer = feed.for_desk
"""
WRITES_ANYWHERE = """
from sync.server import passing
passing._OF_OFFICE = set()
"""


def hands_in(pc, said="Rencana tiga puluh hari"):
    pc.reads(2)
    pc.says("file.part", file=b"\x06" * 32, part=1, parts=1, data=b"pindaian sertifikat lama")
    pc.says(PART, file=b"\x05" * 32, part=1, parts=1, data=b"berkas tugas")
    work = work_digest(TASK, "1", said, ())
    pc.says(SUBMITTED, activity=TASK, version="1", text=said, names=(), files=b"", work=work, counter=1)


def heard_of(pc, *others):
    """The kinds of what came of some others through the office's feed."""
    whose = {one.profile for one in others}
    return {
        fact.statement.kind for piece in pc.pieces for fact in piece.facts if fact.header.profile in whose
    }


def grades(pc, office, person):
    said = {"id": bytes(16), "comment": "Rapi"}
    readers = (office.file.header.centre_letter, pc.letter.public)
    pc.says(GRADED, **to_one(GRADED, person, said, readers))


def graded(pc):
    return passed([fact for piece in pc.pieces for fact in piece.facts], GRADED)


def round_trip(home, folder, prelude=""):
    """Budi hands in and Maria reads; everybody fetches. Gives what each heard of Budi, and of other offices."""
    office = make_office(home, folder / "kantor", ROSTER)
    other = make_office(home, folder / "lain", ROSTER, name="Kantor lain")
    with CentreProcess(home, prelude) as centre, Line(centre.port) as line:
        desk, budi, maria, tuti = (Pc.of(office, nip) for nip in (YOHANA, BUDI, MARIA, TUTI))
        far = Pc.of(other, TUTI)
        for pc in (desk, maria, tuti, far):
            assert not pc.syncs(line).refusals
        hands_in(budi)
        assert not budi.syncs(line).refusals
        grades(tuti, office, office.entry(BUDI).person)
        grades(far, other, office.entry(BUDI).person)
        grades(maria, office, office.entry(BUDI).person)
        told = [[code for code, _ in pc.syncs(line).refusals] for pc in (tuti, far, maria)]
        for pc in (desk, budi, maria, tuti, far):
            pc.fetches(line)
        return {
            "trainer": heard_of(tuti, budi) - {"profile.opened"},
            "colleague": heard_of(maria, budi) - {"profile.opened"},
            "far": heard_of(far, budi, maria, desk),
            "desk": heard_of(desk, budi),
            "told": told,
            "grades": {word.author for word in graded(budi)},
            "of others": graded(maria),
            "tuti": office.entry(TUTI).person,
        }


@pytest.mark.parametrize("kept", ["files", "postgresql"])
def test_a_trainer_hears_what_is_handed_in_at_the_own_office_and_nothing_else(tmp_path, kept):
    if kept == "files":
        found = round_trip(Home(tmp_path / "pusat"), tmp_path)
    else:
        with postgres_database() as address:
            found = round_trip(Home(tmp_path / "pusat", address), tmp_path)
    assert found["trainer"] == HANDED, "no reading, no scan of a certificate, no PIN code"
    assert found["colleague"] == found["far"] == set()
    assert found["desk"] >= HANDED | {"page.read"}
    assert found["told"] == [[], [], ["author"]], "a learner grades nobody"
    assert found["grades"] == {found["tuti"]}, "a trainer of another office writes to nobody here"
    assert found["of others"] == ()


@pytest.mark.parametrize(
    ("prelude", "who", "right"),
    [
        (EVERYBODY_MARKS, "colleague", set()),
        (TRAINERS_ARE_DESKS, "trainer", HANDED),
        (WRITES_ANYWHERE, "grades", None),
    ],
    ids=["everybody marks", "trainers are desks", "trainers write anywhere"],
)
def test_planted_faults_are_noticed(tmp_path, prelude, who, right):
    found = round_trip(Home(tmp_path / "pusat"), tmp_path, prelude)
    assert found[who] != ({found["tuti"]} if right is None else right)


def test_the_second_wall_shows_a_trainer_what_is_handed_in_and_no_other_work(tmp_path):
    """A feed that forgot to say whose it is hands a colleague nothing, and a trainer only marked segments."""
    with postgres_database() as address:
        found = round_trip(Home(tmp_path / "pusat", address), tmp_path, FORGOTTEN_WHERE)
    assert found["colleague"] == found["far"] == set()
    assert found["trainer"] == HANDED


def test_a_database_from_before_gets_the_wall_that_knows_trainers(tmp_path):
    """Schema 3 is today's tables with the policy of before."""
    with postgres_database() as address:
        home = Home(tmp_path / "pusat", address)
        make_office(home, tmp_path / "dulu", ROSTER, name="Kantor dulu")
        with open_database(home) as database, database.writing() as connection:
            for later in ("certificate_paper", "lent"):
                connection.execute(text(f"DROP TABLE {later}"))
            connection.execute(text("DROP POLICY office ON segment"))
            connection.execute(
                text("CREATE POLICY office ON segment FOR SELECT TO suluh_reader USING (false)")
            )
            connection.execute(text("UPDATE meta SET value = 3 WHERE name = 'schema'"))
        found = round_trip(home, tmp_path)
    assert found["trainer"] == HANDED
