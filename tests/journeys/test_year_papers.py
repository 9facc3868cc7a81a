"""A year's papers come out of the log: the self-study report for the superior, and the transcript with its sums."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer
from PySide6.QtPdf import QPdfDocument

from desktop.app.homes import Homes
from desktop.app.study_papers import StudyPapers
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.errors import Problem
from desktop.evidence.outside import Outside, claim_training
from desktop.evidence.study_report import studied
from desktop.formats import jp
from desktop.player import reflection
from desktop.player.reflection import LIMIT, put_reflection
from desktop.screens.evidence import StudyPaper
from desktop.screens.paper_sheet import PaperSize
from sync.journal.keys import LetterKey
from sync.journal.secret_fields import open_fields
from sync.refusal import Refusal
from tests.builders.facts import PC
from tests.builders.road import JP, Pc, read_all, sent, take_quiz

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


LEARNED = "Surat masuk dicatat dahulu.\nBaru dibagikan."
USE = "Buku agenda di loket distrik."


def printed_words(papers, year, size=PaperSize.A4):
    pdf = QPdfDocument()
    buffer = QBuffer()
    buffer.setData(papers.draw(StudyPaper.REPORT, year, size).pdf)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    pdf.load(buffer)
    return " ".join(" ".join(pdf.getAllText(page).text() for page in range(pdf.pageCount())).split())


def test_a_reflection_is_typed_printed_and_a_paper_keeps_the_words_that_went_out_on_it(story, town, tmp_path):
    _, profile, session = story
    session.noted = lambda: None
    papers, year = StudyPapers(session), session.homes.today().year
    parts = papers._letter(StudyPaper.REPORT, year).parts
    assert [set(part.lines[0]) for part in parts[1:3]] == [{"."}, {"."}], "room to write by hand"

    write = papers.reflection(year)
    with pytest.raises(Problem, match="Tulis dahulu"):
        write.save(" ", "")
    with pytest.raises(Problem, match="terlalu panjang"):
        write.save("x" * (LIMIT + 1), "")
    write.save("Surat masuk.", "")
    write.save(LEARNED, USE)
    assert (write.load().learned, write.load().use, write.load().printed) == (LEARNED, USE, None)
    for size in PaperSize:
        said = printed_words(papers, year, size)
        assert "Surat masuk dicatat dahulu. Baru dibagikan." in said
        assert USE in said
        assert "ditulis oleh yang belajar" in said, "the paper joins f and l in one sign"

    actions = papers.actions(StudyPaper.REPORT, year)
    drawn = actions.draw(PaperSize.A4)
    other = StudyPapers(session).reflection(year)
    other.save("Ditulis sesudah digambar.", USE)
    actions.save(str(tmp_path / "laporan.pdf"), drawn.pdf)
    assert write.load().printed is None, "what was drawn is not what is written now"
    drawn = actions.draw(PaperSize.F4)
    for _ in range(2):
        actions.save(str(tmp_path / "laporan.pdf"), drawn.pdf)
    assert write.load().printed == session.homes.today()
    assert len(profile.facts(kinds=("reflection.printed",))) == 2, "a paper saved twice is told once"
    write.save(LEARNED, USE)
    assert write.load().printed is None, "new words stand on no paper yet"

    sent(profile, town.url)
    assert LEARNED.encode() not in b"".join(
        bytes(fact.statement.fields["sealed"])
        for fact in town.stored(profile.profile)
        if fact.statement.kind == "reflection.put"
    )


def test_planted_fault_a_reflection_sealed_to_the_office_is_read_there(story, monkeypatch):
    _, profile, session = story
    session.noted = lambda: None
    office = LetterKey.generate()

    def readable():
        sealed = [bytes(one.statement.fields["sealed"]) for one in profile.facts(kinds=("reflection.put",))]
        found = []
        for one in sealed:
            try:
                found.append(open_fields("reflection.put", one, office)["use"])
            except Refusal:
                continue
        return found

    put_reflection(profile, 2026, LEARNED, USE)
    assert readable() == []
    monkeypatch.setattr(reflection, "readers_of", lambda one: (one.keys.letter.public, office.public))
    put_reflection(profile, 2026, LEARNED, USE)
    assert readable() == [USE]
