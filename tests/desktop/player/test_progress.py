"""When something counts as done: page by page, film by film, and the statements that say so once."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.player.progress import Done, State, due, played_out, progress
from sync.packs.outline import Activity, ActivityKind, Completion, Course, Module, QuizRule

PAGES = Activity("baca", "Baca", ActivityKind.PAGE, 5, ("a.md", "b.md"), Completion.READ)
FILM = Activity("film", "Film", ActivityKind.VIDEO, 2, ("f.webm",), Completion.WATCHED)
SHEET = Activity("lembar", "Lembar", ActivityKind.PDF, 2, ("l.pdf",), Completion.OPTIONAL)
QUIZ = Activity("kuis", "Kuis", ActivityKind.QUIZ, 5, ("k.gift",), Completion.PASSED, QuizRule())
COURSE = Course(
    "k", "Kursus", "", 600, "1.0", "", mandatory=True,
    modules=(Module("m1", "Satu", 7, (PAGES, FILM)), Module("m2", "Dua", 7, (SHEET, QUIZ))),
)  # fmt: skip
BOTH = frozenset({1, 2})


def told(steps):
    return [(step.kind, next(iter(step.fields.values()))) for step in steps]


def recorded(done, steps):
    """What a standing says after the statements were recorded."""
    kinds = {kind: {key for k, key in told(steps) if k == kind} for kind, _ in told(steps)}
    return replace(
        done,
        activities=done.activities | kinds.get("lesson.completed", set()),
        modules=done.modules | kinds.get("module.completed", set()),
        courses=done.courses | kinds.get("course.completed", set()),
    )


def test_a_lesson_is_done_when_its_last_page_was_read():
    assert due(COURSE, Done(pages={"k/m1/baca": frozenset({1})})) == ()
    steps = due(COURSE, Done(pages={"k/m1/baca": BOTH}))
    assert told(steps) == [("lesson.completed", "k/m1/baca")]
    assert steps[0].fields["version"] == "1.0"


def test_a_film_completes_the_module_and_the_quiz_the_course():
    done = Done(pages={"k/m1/baca": BOTH}, activities=frozenset({"k/m1/baca"}))
    steps = due(COURSE, done, played=["k/m1/film"])
    assert told(steps) == [("lesson.completed", "k/m1/film"), ("module.completed", "k/m1")]
    done = replace(recorded(done, steps), passed=frozenset({"k/m2/kuis"}))
    steps = due(COURSE, done)
    assert told(steps) == [
        ("lesson.completed", "k/m2/kuis"),
        ("module.completed", "k/m2"),
        ("course.completed", "k"),
    ]
    assert steps[-1].fields["jp"] == 600
    assert due(COURSE, recorded(done, steps)) == ()


def test_a_failed_quiz_completes_nothing_unless_the_course_says_handing_in_is_enough():
    failed = Done(finished=frozenset({"k/m2/kuis"}))
    assert due(COURSE, failed) == ()
    lenient = replace(
        COURSE,
        modules=(COURSE.modules[0], Module("m2", "", 1, (replace(QUIZ, completion=Completion.FINISHED),))),
    )
    assert told(due(lenient, failed)) == [("lesson.completed", "k/m2/kuis"), ("module.completed", "k/m2")]


def test_a_statement_that_a_kill_kept_from_being_recorded_is_due_again():
    """The lesson was stated, then the power went: the module's statement is still due at the next look."""
    done = Done(activities=frozenset({"k/m1/baca", "k/m1/film"}))
    assert told(due(COURSE, done)) == [("module.completed", "k/m1")]


def test_a_later_version_with_a_new_activity_takes_nothing_back():
    more = replace(
        COURSE,
        version="1.1",
        modules=(Module("m1", "", 9, (PAGES, FILM, replace(PAGES, id="baru"))), COURSE.modules[1]),
    )
    done = Done(
        activities=frozenset({"k/m1/baca", "k/m1/film", "k/m2/kuis"}),
        modules=frozenset({"k/m1", "k/m2"}),
        courses=frozenset({"k"}),
    )
    assert due(more, done) == ()
    assert progress(more, done).modules_done == 2


def test_where_to_go_on():
    assert progress(COURSE, Done()).next == (COURSE.modules[0], PAGES)
    assert progress(COURSE, Done()).state is State.NEW
    done = Done(activities=frozenset({"k/m1/baca"}), opened=frozenset({"k/m1/baca", "k/m2/kuis"}))
    seen = progress(COURSE, done)
    assert seen.next == (COURSE.modules[0], FILM)
    assert [state for _, state in seen.modules[0].activities] == [State.DONE, State.NEW]
    assert [state for _, state in seen.modules[1].activities] == [State.NEW, State.STARTED]
    assert seen.state is State.STARTED
    assert progress(COURSE, done, last="k/m2/kuis").next == (COURSE.modules[1], QUIZ)
    assert progress(COURSE, done, last="k/m1/baca").next == (COURSE.modules[0], FILM)
    assert progress(COURSE, done, last="k/dulu/ada").next == (COURSE.modules[0], FILM)


def test_a_finished_course_has_nowhere_to_go_on():
    done = Done(
        activities=frozenset({"k/m1/baca", "k/m1/film", "k/m2/kuis"}), modules=frozenset({"k/m1", "k/m2"})
    )
    seen = progress(COURSE, done)
    assert (seen.next, seen.state, seen.modules_done) == (None, State.DONE, 2)


@pytest.mark.parametrize(
    ("spans", "whole"),
    [
        ([(0, 100)], True),
        ([(0, 95)], True),
        ([(0, 94)], False),
        ([(95, 100)], False),
        ([(50, 100), (0, 50)], True),
        ([(0, 60), (0, 60)], False),
        ([(0, 60), (40, 100)], True),
        ([(0, 500)], True),
        ([], False),
    ],
)
def test_jumping_to_the_end_is_not_watching(spans, whole):
    assert played_out(spans, 100) is whole
    assert played_out(spans, 0) is False


@given(st.sets(st.sampled_from(["k/m1/baca", "k/m1/film", "k/m2/kuis"])), st.booleans(), st.booleans())
def test_stating_what_is_due_leaves_nothing_due(lessons, read, passed):
    done = Done(
        activities=frozenset(lessons),
        pages={"k/m1/baca": BOTH} if read else {},
        passed=frozenset({"k/m2/kuis"}) if passed else frozenset(),
    )
    steps = due(COURSE, done)
    assert len(set(told(steps))) == len(steps)
    assert due(COURSE, recorded(done, steps)) == ()
