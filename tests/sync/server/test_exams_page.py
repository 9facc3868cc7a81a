"""The page of exams shows each office to who holds its word, and to nobody else; it names no one."""

import re
import time
from urllib.parse import urlencode

import pytest

from sync.server import exam_access
from sync.server.database import open_database
from sync.server.pages import exams
from tests.builders.centre import BUDI, MARIA, PETRUS, YOHANA, Pc, make_office
from tests.builders.exam import opens_exam, proctor_says, sits_exam
from tests.builders.operator import tells

FORM = {"content-type": "application/x-www-form-urlencoded"}


def word_for(home, *offices):
    said = tells(home, "exam", "access", *(part for one in offices for part in ("--office", one)))
    return re.search(r"(\w{4}-){3}\w{4}", said).group()


def asks(line, word, query=""):
    answer = line.send(urlencode({"kata": word}).encode(), f"/ujian{query}", headers=FORM)
    return answer.status, answer.body.decode()


@pytest.fixture
def name(office, line):
    """An exam of three: one has a result, one was cut off and is awaited, one was ticked as absent."""
    proctor = Pc.of(office, YOHANA)
    opens_exam(proctor, office, BUDI, MARIA, PETRUS)
    person = office.entry(PETRUS).person
    proctor_says(proctor, office, "exam.attended", person=person, here=0, turn=1)
    proctor_says(proctor, office, "exam.noted", at=int(time.time()), text="Proyektor <padam>", person=b"")
    proctor.syncs(line)
    for nip, score, gone in ((BUDI, 6666, 0), (MARIA, None, 600)):
        pc = Pc.of(office, nip)
        sits_exam(pc, score, gone=gone)
        pc.syncs(line)
    return office.file.header.name


def test_who_holds_the_word_of_an_office_reads_its_exams_and_no_name(home, line, name):
    status, page = asks(line, word_for(home, name).lower())
    assert status == 200
    assert "1 ujian, 3 peserta. 1 hasil sudah ada, 1 masih ditunggu." in page
    assert "Hadir 2 dari 3, kode mulai terpakai 2, tidak hadir 1, belum dicatat 0." in page
    assert "nilai 66,7" in page
    assert "peserta 2: listrik padam, komputer mati 10 menit, waktu kuis tetap berjalan." in page
    assert "ruangan: Proyektor &lt;padam&gt;" in page
    assert "Aula Setda" in page
    assert "belum ada" in page, "no PC of the absent one has been heard"
    for hidden in ("Nama ", "Budi", "Maria", BUDI, MARIA, "<script"):
        assert hidden not in page
    assert "score 66.7" in asks(line, word_for(home, name), "?bahasa=en")[1]


def test_without_a_word_or_with_another_offices_word_nothing_of_an_office_is_shown(
    home, line, name, tmp_path
):
    other = make_office(home, tmp_path / "lain", name=f"{name} Lain")
    for word in ("AAAA-AAAA-AAAA-AAAA", word_for(home, other.file.header.name)):
        status, page = asks(line, word)
        assert "Aula Setda" not in page
        assert "66,7" not in page
        assert status == (403 if word.startswith("AAAA") else 200)
    assert asks(line, "kata")[0] == 400
    both = asks(line, word_for(home, name, other.file.header.name))[1]
    assert "Aula Setda" in both
    assert "Belum ada ujian dari kantor ini" in both


def test_a_word_ends_by_its_day_or_by_the_operator_and_is_kept_by_nobody(home, line, name):
    word = word_for(home, name)
    kept = asks(line, word)[1]
    assert word not in kept
    with open_database(home) as database, database.reading() as connection:
        (*_, one) = exam_access._held(connection)
        assert exam_access.offices_shown(connection, word, one.until - 1) == one.offices
        assert exam_access.offices_shown(connection, word, one.until) == ()
        assert word.replace("-", "").encode() not in repr(exam_access._held(connection)).encode()
    assert "1 kata masuk diakhiri." in tells(home, "exam", "access", "--office", name, "--end")
    status, page = asks(line, word)
    assert status == 403
    assert "Aula Setda" not in page
    assert "tidak berlaku atau sudah berakhir" in page


def test_a_learner_opens_no_exam_here_however_they_seal_it(home, office, line):
    liar = Pc.of(office, BUDI)
    opens_exam(liar, office, MARIA, place="Rumah")
    liar.syncs(line)
    assert "Rumah" not in asks(line, word_for(home, office.file.header.name))[1]


def test_the_planted_fault_a_page_that_opens_to_any_word_is_noticed(own_home, tmp_path, monkeypatch):
    """What the stories above hold on to: whoever drops the check shows an office to a stranger."""
    from sync.server.centre import Centre
    from sync.server.pages.exams_words import INDONESIAN

    made = make_office(own_home, tmp_path / "kantor")
    centre = Centre(own_home)
    try:
        route = exams.ExamsRoute(centre)
        typed = {"kata": "AAAA-AAAA-AAAA-AAAA"}
        with pytest.raises(exams.AnswerError):
            route.found(INDONESIAN, typed)
        monkeypatch.setattr(exams, "offices_shown", lambda *_: (made.file.header.office,))
        assert "Kantor Distrik Waropen" in route.found(INDONESIAN, typed)
    finally:
        centre.database.close()
