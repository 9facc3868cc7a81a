"""Who looks through the files of a PC finds no answer key, before an attempt, during it or after it."""

import pytest

from desktop.demo.people import LEARNERS
from sync.journal.keys import SigningKey
from sync.packs.sealed_quiz import read_questions
from tests.builders.packs import Authority
from tests.builders.road import QUIZ, Pc, make_pack, right_answers

NAFTALI = LEARNERS[6]
KEYS = ("kucinghutanmerah", "rusatimor", "burungcenderawasih")
GIFT = f"""
::Satu:: Tulis satwa pertama. {{={KEYS[0]}}}

::Dua:: Tulis satwa kedua. {{={KEYS[1]}}}

::Tiga:: Pilih. {{=yang ini#{KEYS[2]} ~yang itu}}
"""


@pytest.fixture
def pc(cheap_pins, tmp_path):
    authority = Authority(publisher=SigningKey.generate())
    made = Pc(tmp_path / "pc", "PC Loket 1")
    made.install(make_pack(tmp_path / "kerja", authority.publisher, papers=authority.papers(), gift=GIFT))
    return made


def found_in(folder):
    """The keys that stand in any file below a folder, as `strings` would show them."""
    data = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return {key for key in KEYS for held in data if key.encode() in held or key.encode("utf-16-le") in held}


def test_no_file_shows_a_key_at_any_time_and_the_review_does(pc, tmp_path):
    assert found_in(tmp_path / "kerja" / "naskah") == set(KEYS), "the author's folder would be found"
    assert found_in(pc.folder) == set()
    naftali = pc.sit(NAFTALI)
    quizzing = pc.learning(naftali).quizzing
    attempt = quizzing.start(QUIZ)
    assert not any(key in repr(attempt) for key in KEYS)
    quizzing.answer(QUIZ, attempt.number, 0, "tidak tahu", 5)
    quizzing.answer(QUIZ, attempt.number, 2, right_answers(GIFT)[2], 5)
    assert found_in(pc.folder) == set()
    result = quizzing.finish(QUIZ, attempt.number)
    told = {mark.question: (mark.correct, mark.right, mark.feedback) for mark in result.marks}
    assert told[0] == (False, KEYS[0], "")
    assert told[2] == (True, "yang ini", KEYS[2])
    assert found_in(pc.folder) == set()
    pack = next((tmp_path / "kerja").glob("*.suluh-paket"))
    assert not any(key.encode() in pack.read_bytes() for key in KEYS)


def test_keys_are_opened_for_an_attempt_that_ends_and_for_nothing_else(pc, monkeypatch):
    asked = []

    def watched(text, *, keys):
        asked.append(keys)
        return read_questions(text, keys=keys)

    monkeypatch.setattr("desktop.assessment.quiz.read_questions", watched)
    naftali = pc.sit(NAFTALI)
    quizzing = pc.learning(naftali).quizzing
    quizzing.body(QUIZ)
    attempt = quizzing.start(QUIZ)
    quizzing.answer(QUIZ, attempt.number, 1, KEYS[1], 5)
    quizzing.start(QUIZ)
    assert asked
    assert not any(asked)
    quizzing.finish(QUIZ, attempt.number)
    assert any(asked)
