"""A quiz taken on two PCs: every attempt is kept, best and last are told."""

from zoneinfo import ZoneInfo

from sync.folds.standing import standing
from tests.builders.facts import NOON, PC

WIT = ZoneInfo("Asia/Jayapura")
QUIZ = "k/m/q"


def test_both_first_attempts_of_two_pcs_are_kept():
    home, office = PC(profile=b"1" * 16, log=1), PC(profile=b"2" * 16, log=2, wall=NOON + 600)
    home.scores(QUIZ, 1, 9000)
    office.scores(QUIZ, 1, 4000)
    found = standing(office.facts + home.facts, WIT).quizzes[QUIZ]
    assert [result.score for result in found.results] == [9000, 4000]
    assert found.best is not None
    assert found.best.score == 9000
    assert found.last is not None
    assert found.last.score == 4000
    assert found.passed
    assert found.attempts == 2


def test_an_attempt_cut_by_the_power_is_open_with_its_last_answers():
    pc = PC(log=1)
    pc.starts_quiz(QUIZ, 1)
    pc.answers(QUIZ, 1, 0, "2", 10)
    pc.start(2, NOON + 3600)
    pc.answers(QUIZ, 1, 0, "3", 5)
    pc.answers(QUIZ, 1, 1, "benar", 9)
    found = standing(pc.facts, WIT).quizzes[QUIZ]
    assert found.results == ()
    assert {question: answer.text for question, answer in found.open[0].answers.items()} == {
        0: "3",
        1: "benar",
    }
    assert found.open[0].questions == (0, 1, 2)
    assert found.of_profile(pc.profile) == 1
    assert found.of_profile(b"x" * 16) == 0


def test_answers_without_their_start_are_still_shown():
    pc = PC()
    pc.answers(QUIZ, 2, 0, "1")
    assert standing(pc.facts, WIT).quizzes[QUIZ].open[0].attempt == 2


def test_a_restored_backup_that_used_a_number_again_loses_neither_result():
    pc = PC(log=1)
    pc.scores(QUIZ, 1, 5000)
    pc.start(2, NOON + 60)
    pc.scores(QUIZ, 1, 8000)
    assert standing(pc.facts, WIT).quizzes[QUIZ].attempts == 2


def test_of_equal_scores_the_earliest_is_the_best():
    pc = PC(log=1)
    pc.scores(QUIZ, 1, 8000)
    pc.scores(QUIZ, 2, 8000, 60)
    best = standing(pc.facts, WIT).quizzes[QUIZ].best
    assert best is not None
    assert best.attempt == 1
