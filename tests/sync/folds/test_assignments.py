"""Assignments add up alike in any order, and two markers are never settled by who came last."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.folds import assignments
from sync.folds.assignments import (
    SUBMITTED,
    Form,
    Mark,
    Rule,
    State,
    Submission,
    agreed,
    mark_fields,
    read_mark,
    standing,
    submissions,
    work_digest,
)
from tests.builders.facts import PC

LIA, OTHER = b"L" * 16, b"O" * 16
TUTI, TONO = b"T" * 16, b"U" * 16
TASK = "kursus/m1/tugas"
TWO = Rule(2, 15)


def handed(counter, said="naskah", person=LIA, log=5):
    work = work_digest(TASK, "1.0", f"{said} {counter}", ())
    return Submission(person, TASK, "1.0", f"{said} {counter}", (), work, counter, log, counter, 0)


def mark(of, total, author=TUTI, form=Form.MARK, turn=1, reason=""):
    name = hashlib.sha256(repr((of.work, total, author, form, turn)).encode()).digest()[:16]
    points = (("isi", total * 100),)
    return Mark(name, form, author, of.person, TASK, of.work, points, total * 100, "", reason, turn, 0)


FIRST, SECOND, THIRD = handed(1), handed(2), handed(3)
MARKS = st.lists(
    st.builds(
        mark,
        st.sampled_from((FIRST, SECOND)),
        st.sampled_from((50, 61, 75, 82)),
        st.sampled_from((TUTI, TONO)),
        st.sampled_from(Form),
        st.integers(1, 2),
    ),
    max_size=6,
)


@given(MARKS, st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_stands_alike(marks, chance):
    works = [FIRST, SECOND]
    told = [*marks, *marks[:2]]
    chance.shuffle(told)
    chance.shuffle(works)
    assert standing(works, told, TWO) == standing([FIRST, SECOND], marks, TWO)


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_two_laptops_that_mark_apart_stand_alike_and_lose_neither_mark(one, two, limit):
    tuti, tono = mark(FIRST, one), mark(FIRST, two, TONO)
    rule = Rule(2, limit)
    assert standing([FIRST], [tuti], rule).state is State.SECOND
    here, there = standing([FIRST], [tuti, tono], rule), standing([FIRST], [tono, tuti], rule)
    assert here == there
    assert set(here.marks) == {tuti, tono}
    far = abs(one - two) > limit
    assert here.state is (State.MODERATION if far else State.AGREED)
    assert here.grade is None, "a difference is settled by a person, and an agreement is stated by one"
    assert agreed([tuti, tono]) == (("isi", (one + two) * 50),)


def test_82_and_61_go_to_moderation_and_the_final_mark_has_a_reason_beside_both():
    both = [mark(FIRST, 82), mark(FIRST, 61, TONO)]
    assert standing([FIRST], both, TWO).state is State.MODERATION
    final = mark(FIRST, 74, TONO, Form.FINAL, 1, "Bagian data lebih kuat daripada dinilai TONO")
    found = standing([FIRST], [*both, final], TWO)
    assert (found.state, found.grade, set(found.marks)) == (State.GRADED, final, set(both))
    assert standing([FIRST], both, Rule(2, 21)).state is State.AGREED


def test_two_grades_given_apart_for_one_work_are_a_difference_and_not_the_last_ones():
    finals = [mark(FIRST, 82, form=Form.FINAL), mark(FIRST, 61, TONO, Form.FINAL)]
    found = standing([FIRST], finals, Rule())
    assert (found.state, found.grade, len(found.finals)) == (State.MODERATION, None, 2)
    settled = mark(FIRST, 70, form=Form.FINAL, turn=2, reason="dibicarakan")
    assert standing([FIRST], [*finals, settled], Rule()).grade == settled


def test_the_newest_before_grading_counts_and_what_was_graded_stays_the_graded_one():
    early = mark(FIRST, 80)
    assert standing([FIRST, SECOND], [early], Rule()).state is State.WAITING, "a newer version came"
    grade = mark(FIRST, 80, form=Form.FINAL)
    found = standing([FIRST, SECOND], [early, grade], Rule())
    assert (found.submission, found.newest, found.newer) == (FIRST, SECOND, True)
    assert found.grade.work == FIRST.work
    anew = mark(SECOND, 88, form=Form.FINAL, turn=2, reason="versi kedua dinilai")
    found = standing([FIRST, SECOND], [grade, anew], Rule())
    assert (found.submission, found.grade, found.finals) == (SECOND, anew, (grade, anew))


def test_what_was_returned_waits_until_a_new_version_comes():
    back = mark(FIRST, 0, form=Form.RETURN)
    assert standing([FIRST], [back], Rule()).state is State.RETURNED
    assert standing([FIRST, SECOND], [back], Rule()).state is State.WAITING


def test_a_marker_who_thinks_again_has_one_mark_in_force():
    marks = [mark(FIRST, 40), mark(FIRST, 70, turn=2), mark(FIRST, 75, TONO)]
    found = standing([FIRST], marks, TWO)
    assert (found.state, len(found.marks)) == (State.AGREED, 3)
    assert agreed(found.marks) == (("isi", 7250),)


def test_two_who_hand_in_the_same_words_are_graded_each_by_themselves():
    copied = replace(FIRST, person=OTHER)
    grade = mark(FIRST, 90, form=Form.FINAL)
    assert standing([FIRST], [grade], Rule()).state is State.GRADED
    assert standing([copied], [grade], Rule()).state is State.WAITING


def test_planted_fault_a_fold_that_asks_for_the_work_alone_gives_the_grade_of_another(monkeypatch):
    monkeypatch.setattr(assignments, "_is_of", lambda mark, handed, works: mark.work in works)
    with pytest.raises(AssertionError):
        test_two_who_hand_in_the_same_words_are_graded_each_by_themselves()


def stated(counter, said, files=(), work=None, log=5):
    digest = work or work_digest(TASK, "1.0", said, files)
    return PC(log=log, seq=counter - 1).says(
        SUBMITTED,
        activity=TASK,
        version="1.0",
        text=said,
        names=tuple(name for name, _ in files),
        files=b"".join(digest for _, digest in files),
        work=digest,
        counter=counter,
    )


def test_what_is_read_is_what_was_handed_in_and_a_false_digest_is_nothing():
    files = (("rencana.pdf", b"\x01" * 32),)
    facts = [stated(2, "dua"), stated(1, "satu", files), stated(3, "tiga", work=b"\x07" * 32)]
    found = submissions(facts, lambda _: LIA)[LIA, TASK]
    assert [one.text for one in found] == ["satu", "dua"]
    assert found[0].files == files
    assert submissions(facts, lambda _: None) == {}


@given(MARKS)
def test_a_mark_comes_home_as_it_was_sent(marks):
    for one in marks:
        assert read_mark(mark_fields(one), one.author, one.at) == one
    assert read_mark({"id": b"x", "form": "later"}, TUTI, 0) is None
