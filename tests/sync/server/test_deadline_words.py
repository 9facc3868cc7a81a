"""When work came is the centre's word, and a decision on its deadline is passed on only from who may decide."""

import pytest

from sync.folds.assignments import SUBMITTED, work_digest
from sync.folds.deadlines import (
    COLLECTED,
    DECIDED,
    DECISIONS,
    RECEIVED,
    Decision,
    Verdict,
    decision_fields,
    decision_of,
)
from sync.journal.passing import passed
from sync.server.home import Home
from tests.builders.centre import BUDI, MARIA, YOHANA, CentreProcess, Line, Pc, make_office

TUTI = "198803032012012004"
ROSTER = f"""NIP;Nama;Unit;Peran
19860926 201505 1 001;Yohana Rumbiak;Distrik Waropen;koordinator
19870515 2022 21 2 007;Budi Wanggai;Puskesmas Urfas;peserta
19910217 2025 24 2 009;Maria Imbiri;Puskesmas Urfas;peserta
{TUTI};Tuti Sapari;Distrik Waropen;widyaiswara
"""
TASK = "kursus/m1/tugas"
WRITES_ANYWHERE = """
from sync.server import passing
passing._OF_OFFICE = set()
"""
EVERYBODY_DECIDES = """
from sync.journal.kind import Author
from sync.journal.kinds import KINDS
import dataclasses
KINDS["deadline.decided"] = dataclasses.replace(KINDS["deadline.decided"], authors=frozenset(Author))
"""
ITSELF_A_WITNESS = """
from sync.journal.kind import Author
from sync.journal.kinds import KINDS
import dataclasses
for kind in ("work.received", "work.collected"):
    KINDS[kind] = dataclasses.replace(KINDS[kind], authors=frozenset(Author))
"""


def hands_in(pc):
    pc.says("work.sealed", floor=0, said=1)
    work = work_digest(TASK, "1", "isi", ())
    pc.says(SUBMITTED, activity=TASK, version="1", text="isi", names=(), files=b"", work=work, counter=1)


def decides(pc, office, learner):
    said = Decision(1, 0, 0, 0, learner, (1, 2), Verdict.LATE.value, "Alasan", b"")
    readers = (office.file.header.centre_letter, pc.letter.public)
    pc.says(DECIDED, **decision_fields(learner, learner, said, readers))


def heard(pc, kind):
    return [fact for piece in pc.pieces for fact in piece.facts if fact.statement.kind == kind]


def round_trip(home, folder, prelude=""):
    """Budi hands in; everybody says of it what they like, and he hears what the centre lets through."""
    office = make_office(home, folder / "kantor", ROSTER)
    other = make_office(home, folder / "lain", ROSTER, name="Kantor lain")
    with CentreProcess(home, prelude) as centre, Line(centre.port) as line:
        desk, budi, maria, tuti = (Pc.of(office, nip) for nip in (YOHANA, BUDI, MARIA, TUTI))
        far = Pc.of(other, YOHANA)
        for pc in (desk, maria, tuti, far):
            assert not pc.syncs(line).refusals
        hands_in(budi)
        assert not budi.syncs(line).refusals
        budi.syncs(line)  # the same once more is no second arrival
        learner = office.entry(BUDI).person
        for pc in (tuti, far, maria):
            decides(pc, office, learner)
        told = [[code for code, _ in pc.syncs(line).refusals] for pc in (tuti, far, maria)]
        budi.says(COLLECTED, of_log=1, of_seq=2)
        witness = [code for code, _ in budi.syncs(line).refusals]
        for pc in (desk, budi, maria, tuti):
            pc.fetches(line)
        words = passed([fact for piece in budi.pieces for fact in piece.facts], *DECISIONS)
        said = [decision_of(one.fields, one.author, one.at, one.log, one.seq) for one in words]
        return {
            "arrivals": [len({one.identity for one in heard(pc, RECEIVED)}) for pc in (budi, desk, tuti)],
            "told": told,
            "witness": witness,
            "authors": {one.author for one in said},
            "tuti": office.entry(TUTI).person,
            "of others": passed([fact for piece in maria.pieces for fact in piece.facts], *DECISIONS),
        }


def test_the_centre_says_once_when_work_came_and_passes_on_who_may_decide(tmp_path):
    found = round_trip(Home(tmp_path / "pusat"), tmp_path)
    assert found["arrivals"] == [1, 1, 1], "learner, desk and marker hear it, once"
    assert found["told"] == [[], [], ["author"]], "a learner decides of nobody's time"
    assert found["authors"] == {found["tuti"]}, "nor does a coordinator of another office"
    assert found["witness"] == ["author"], "and no learner is a desk that had it"
    assert found["of others"] == ()


@pytest.mark.parametrize(
    ("prelude", "what"),
    [(WRITES_ANYWHERE, "authors"), (EVERYBODY_DECIDES, "told"), (ITSELF_A_WITNESS, "witness")],
    ids=["who writes anywhere", "who decides for everybody", "who is their own witness"],
)
def test_planted_faults_are_noticed(tmp_path, prelude, what):
    found = round_trip(Home(tmp_path / "pusat"), tmp_path, prelude)
    right = {"authors": {found["tuti"]}, "told": [[], [], ["author"]], "witness": ["author"]}
    assert found[what] != right[what]
