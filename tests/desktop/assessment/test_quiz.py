"""An attempt laid out and added up: the same order after a power cut, no pass by rounding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.assessment.answers import right_answer
from desktop.assessment.layout import option_order, question_order, shuffled
from desktop.assessment.quiz import read_quiz
from desktop.assessment.score import attempts_left, score
from sync.packs.outline import Activity, ActivityKind, Completion, QuizRule
from sync.refusal import Code, Refusal

GIFT = "A {=x ~y ~z ~w}\n\nB {T}\n\nC {> =1 =2 =3 =4}\n\nD {=a -> 1 =b -> 2 =c -> 3}\n\nE {#3}\n\nF {=ya}\n"


NO_LIMIT = QuizRule()


def quiz(rule=NO_LIMIT, gift=GIFT):
    activity = Activity("kuis", "Kuis", ActivityKind.QUIZ, 5, ("k.gift",), Completion.PASSED, rule)
    return read_quiz("kursus/m1/kuis", activity, gift)


def test_the_order_is_the_same_after_a_restart_and_another_in_the_next_attempt():
    made = quiz()
    first = question_order(made, 1, b"profil")
    assert first == question_order(quiz(), 1, b"profil")
    assert sorted(first) == list(range(6))
    assert len({question_order(made, attempt, b"profil") for attempt in range(1, 9)}) > 1
    assert len({question_order(made, 1, bytes([who])) for who in range(8)}) > 1
    assert option_order(made, 0, 1, b"p") == option_order(made, 0, 1, b"p")


def test_an_unmixed_quiz_keeps_the_source_order_but_never_shows_an_ordering_in_order():
    made = quiz(QuizRule(shuffle=False))
    assert question_order(made, 1) == (0, 1, 2, 3, 4, 5)
    assert option_order(made, 0, 1) == (0, 1, 2, 3)
    for attempt in range(200):
        assert option_order(made, 2, attempt) != (0, 1, 2, 3)
    assert option_order(made, 4, 1) == ()


@given(st.integers(0, 40), st.text(max_size=5), st.binary(max_size=5))
def test_mixing_loses_nothing_and_doubles_nothing(count, word, salt):
    assert sorted(shuffled(count, word, salt)) == list(range(count))


def test_the_order_of_today_is_the_order_of_every_later_version():
    assert shuffled(6, "options", "kursus/m1/kuis", 1, 0, b"") == (4, 5, 2, 1, 3, 0)


def test_all_right_is_a_hundred_and_nothing_is_nothing():
    made = quiz()
    answers = {number: right_answer(question) for number, question in enumerate(made.questions)}
    result = score(made, (5, 4, 3, 2, 1, 0), answers)
    assert (result.score, result.correct, result.total, result.passed) == (10_000, 6, 6, True)
    assert [number for number, _ in result.marks] == [5, 4, 3, 2, 1, 0]
    assert score(made, (0, 1, 2, 3, 4, 5), {}).score == 0


def test_a_pass_is_never_a_matter_of_rounding():
    made = quiz(QuizRule(pass_mark=67), "A {T}\n\nB {T}\n\nC {T}")
    result = score(made, (0, 1, 2), {0: "1", 1: "1"})
    assert (result.score, result.passed) == (6_666, False)


def test_partial_marks_count_towards_the_score():
    made = quiz(QuizRule(pass_mark=50), "A {> =1 =2 =3}\n\nB {T}")
    assert score(made, (0, 1), {0: "1,2,0", 1: "1"}).score == 7_500


def test_attempts_are_counted_down_and_never_below_nothing():
    made = quiz(QuizRule(attempts=2))
    assert [attempts_left(made, used) for used in (0, 1, 2, 3)] == [2, 1, 0, 0]
    assert attempts_left(quiz(), 50) is None


@pytest.mark.parametrize("gift", ["", "Tulis {}", "Hanya teks", "rusak {"])
def test_a_text_that_holds_no_quiz_is_refused(gift):
    with pytest.raises(Refusal) as told:
        quiz(gift=gift)
    assert told.value.code is Code.MALFORMED
