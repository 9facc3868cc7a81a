"""A year's papers come out of the log: the self-study report for the superior, and the transcript with its sums."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.app.homes import Homes
from desktop.app.study_papers import StudyPapers
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.evidence.outside import Outside, claim_training
from desktop.evidence.study_report import studied
from desktop.formats import jp
from desktop.screens.evidence import StudyPaper
from desktop.screens.paper_sheet import PaperSize
from tests.builders.facts import PC
from tests.builders.road import JP, Pc, read_all, take_quiz

FERDINAND = LEARNERS[2]


@pytest.fixture
def story(town, tmp_path, cheap_pins, qapp):
    pc = Pc(tmp_path / "pc", "PC Loket 1", town.office((COORDINATOR, FERDINAND)))
    pc.install(town.pack())
    profile = pc.sit(FERDINAND)
    app = SimpleNamespace(store=pc.store, jobs=None)
    session = SimpleNamespace(app=app, profile=profile, shelf=pc.shelf)
    session.homes = Homes(session)
    yield pc, profile, session
    pc.off()


def test_both_papers_say_what_the_log_says_on_both_sizes(story):
    pc, profile, session = story
    papers, year = StudyPapers(session), session.homes.today().year
    assert papers._letter(StudyPaper.REPORT, year).parts[0].rows == ()
    learning = pc.learning(profile)
    read_all(learning)
    take_quiz(learning)
    long = "Pelatihan pelayanan publik bagi petugas distrik di wilayah kepulauan dan pegunungan " * 2
    claim_training(profile, Outside("seminar", long.strip(), "BKPSDM", session.homes.today(), units=2))

    report = papers._letter(StudyPaper.REPORT, year)
    ((source, days, minutes, pages, hours),) = report.parts[0].rows
    assert source.endswith("BPSDM Provinsi, versi 1.0")
    assert str(year) in days
    assert int(minutes) >= 3
    assert (pages, hours) == ("2", jp(JP))
    assert report.lines[0] == FERDINAND.name
    assert [one.name for one in report.signers] == ["", FERDINAND.name]
    assert papers._letter(StudyPaper.REPORT, year - 1).parts[0].rows == ()

    transcript = papers._letter(StudyPaper.TRANSCRIPT, year).parts[0]
    assert {row[0] for row in transcript.rows} > {long.strip()}
    assert [row[-1] for row in transcript.rows[-2:]] == ["0", jp(JP)], "what nobody judged is in no sum"
    assert [row[3] for row in transcript.rows if row[0] == long.strip()] == ["Belum dijumlahkan"]
    for which in StudyPaper:
        for size in PaperSize:
            paper = papers.draw(which, year, size)
            assert (paper.pages, paper.pdf[:5]) == (1, b"%PDF-")


def test_one_transcript_has_all_years_with_their_routes_over_as_many_pages_as_it_takes(story):
    pc, profile, session = story
    papers, today = StudyPapers(session), session.homes.today()
    long = "Pelatihan pelayanan publik bagi petugas distrik di wilayah kepulauan dan pegunungan " * 2
    for number in range(45):
        day = today.replace(year=today.year - number % 3, day=min(today.day, 28))
        form = "seminar" if number % 2 else "bimbingan"
        claim_training(profile, Outside(form, f"{long}angkatan {number}", "BKPSDM", day, units=1))
    learning = pc.learning(profile)
    read_all(learning)
    take_quiz(learning)

    letter = papers._letter(StudyPaper.ALL, today.year)
    by_year, *years = letter.parts[:-1]
    names = [str(today.year - back) for back in (2, 1, 0)]
    assert [row[0] for row in by_year.rows] == [*names, "Semua tahun"]
    assert by_year.rows[-1] == ("Semua tahun", "0", jp(JP), "0", jp(JP), jp(JP)), "nobody judged the others"
    assert [one.title for one in years] == [f"Tahun {name}" for name in names]
    assert sum(len(one.rows) - 2 for one in years) == 45 + 1
    (route,) = papers._letter(StudyPaper.TRANSCRIPT, today.year).parts[1:-1]
    assert route.rows == (("Nonklasikal", "Belajar di Suluh", jp(JP)),)
    for size in PaperSize:
        assert papers.draw(StudyPaper.ALL, today.year, size).pages > 2


@given(st.permutations(range(6)), st.lists(st.integers(0, 5), max_size=4))
def test_order_and_repetition_change_no_minute(order, again):
    pc = PC()
    facts = [
        pc.says("page.read", at, activity="kantor/a/1", page=at % 3, seconds=60, version="1.0")
        for at in range(6)
    ]
    zone = ZoneInfo("Asia/Jayapura")
    year = datetime.fromtimestamp(facts[0].wall, zone).year
    found = studied([facts[at] for at in (*order, *again)], zone, year)
    assert found == studied(facts, zone, year)
    assert (found["kantor"].seconds, len(found["kantor"].pages)) == (360, 3)
    assert studied(facts, zone, year - 1) == {}
