"""A voided criterion: every PC counts without it alike, however often, and what was given stays on record."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.folds import assignments
from sync.folds.assignments import Form, Mark, Rule, State, Submission, agreed, standing, work_digest
from sync.folds.criteria import VOIDED, gone, read_points, voided, write_points
from tests.builders.facts import PC

LIA, TUTI, TONO = b"L" * 16, b"T" * 16, b"U" * 16
TASK = "kursus/m1/tugas"
WORK = work_digest(TASK, "1.0", "naskah", ())
PAPER = Submission(LIA, TASK, "1.0", "naskah", (), WORK, 1, 5, 1, 0)
TWO = Rule(2, 15)
WITHOUT = Rule(2, 15, frozenset({("1.0", "isi")}))
WHOLE_POINTS = st.integers(0, 60)


def mark(isi, langkah, author=TUTI, form=Form.MARK, reason=""):
    points = (("isi", isi * 100), ("langkah", langkah * 100))
    name = bytes((isi, langkah)) + author[:14]
    return Mark(
        name, form, author, LIA, TASK, WORK, points, (isi + langkah) * 100, "", reason, 1, 0, seconds=600
    )


def test_82_and_61_were_apart_by_a_criterion_that_is_voided_and_agree_without_it():
    both = [mark(52, 30), mark(38, 23, TONO)]
    assert standing([PAPER], both, TWO).state is State.MODERATION
    found = standing([PAPER], both, WITHOUT)
    assert (found.state, sorted(one.total for one in found.marks)) == (State.AGREED, [2300, 3000])
    assert sorted(one.before for one in found.marks) == [6100, 8200], "what was given stays on record"


def test_a_grade_given_before_is_counted_again_and_says_what_it_was():
    final = mark(45, 29, form=Form.FINAL, reason="dibicarakan")
    found = standing([PAPER], [final], WITHOUT).grade
    assert (found.total, found.before, found.void, found.reason) == (
        2900,
        7400,
        (("isi", 4500),),
        "dibicarakan",
    )


def test_another_version_of_the_rubric_has_nothing_voided():
    newer = replace(PAPER, version="1.1")
    found = standing([newer], [mark(52, 30)], Rule(gone=frozenset({("1.0", "isi")})))
    assert found.marks[0].total == 8200


@given(st.lists(st.tuples(WHOLE_POINTS, st.integers(0, 40)), min_size=1, max_size=3), st.booleans())
def test_counting_again_any_number_of_times_gives_the_same(given_, both):
    marks = [mark(isi, langkah, bytes([at]) * 16) for at, (isi, langkah) in enumerate(given_)]
    rule = WITHOUT if both else replace(WITHOUT, gone=frozenset({("1.0", "isi"), ("1.0", "langkah")}))
    once = standing([PAPER], marks, rule)
    again = standing([PAPER], once.marks, rule)
    assert again == once
    back = standing([PAPER], once.marks, TWO)
    assert {one.total for one in back.marks} == {one.total for one in marks}


@given(st.lists(st.tuples(WHOLE_POINTS, st.integers(0, 40)), min_size=1, max_size=2))
def test_a_mean_taken_before_or_after_voiding_leaves_the_same_grade(given_):
    marks = [mark(isi, langkah, bytes([at]) * 16) for at, (isi, langkah) in enumerate(given_)]
    grades = []
    for rule in (TWO, WITHOUT):
        points = agreed(standing([PAPER], marks, rule).marks)
        final = replace(mark(0, 0, form=Form.FINAL), points=points, total=sum(one for _, one in points))
        grades.append(standing([PAPER], [final], WITHOUT).grade.total)
    assert grades[0] == grades[1]


def test_planted_fault_a_fold_that_subtracts_again_each_time_is_noticed(monkeypatch):
    real = assignments._counted

    def subtracts(one, works, rule):
        counted = real(one, works, rule)
        return replace(counted, total=counted.total - sum(points for _, points in one.void))

    monkeypatch.setattr(assignments, "_counted", subtracts)
    with pytest.raises(AssertionError):
        test_counting_again_any_number_of_times_gives_the_same()


def said(reason, at, seq=0, log=5):
    pc = PC(log=log, seq=seq)
    return pc.says(VOIDED, at, activity=TASK, version="1.0", criterion="isi", reason=reason)


@given(st.permutations([("pertama", 10, 5), ("kedua", 20, 6), ("ketiga", 20, 7)]))
def test_of_several_words_on_one_criterion_the_first_holds_in_any_order(words):
    found = voided([said(reason, at, log=log) for reason, at, log in words], {})
    assert {which: one.reason for which, one in found.items()} == {(TASK, "1.0", "isi"): "pertama"}
    assert gone(found, TASK) == {("1.0", "isi")}
    assert gone(found, "lain") == frozenset()


@given(st.lists(st.tuples(st.sampled_from(("isi", "langkah")), st.integers(0, 100_000)), max_size=4))
def test_points_come_home_as_they_were_sent(points):
    assert read_points(write_points(tuple(points))) == tuple(points)


@pytest.mark.parametrize("lines", ["isi", "isi x", "isi 4.5", "isi 4.-5", "isi 4.123"])
def test_what_is_no_number_is_no_mark(lines):
    with pytest.raises(ValueError, match=r".*"):
        read_points(lines)
