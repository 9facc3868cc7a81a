"""Requests to put something right stand the same in any order of arrival, and only a named request is answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.folds.corrections import (
    ASKED,
    WORDS_LIMIT,
    Answer,
    CorrectionState,
    Topic,
    answer_of,
    corrections,
)
from tests.builders.facts import PC

DESK = b"d" * 16
DONE, DECLINED = CorrectionState.DONE.value, CorrectionState.DECLINED.value


def asks(pc, at, topic="name", right="Helena Bonay, S.Sos.", **more):
    return pc.says(ASKED, at, topic=topic, wrong="Helena Bonai", right=right, basis=1, **more)


def answer(fact, verdict=DONE, counter=1, **more):
    fields = {"request": fact.statement.digest, "verdict": verdict, "counter": counter, **more}
    return answer_of(fields, DESK, 500 + counter, 9, counter)


def spoken():
    pc = PC()
    asked = [asks(pc, 30), asks(pc, 40, "unit", "Pelayanan Umum"), asks(pc, 50, "birth", "27-08-1993")]
    said = [
        answer(asked[0], DECLINED, reason="Ijazah belum ada"),
        answer(asked[0], DONE, counter=2, version=4),
        answer(asked[1], DECLINED, reason="Menunggu surat tugas"),
    ]
    return asked, said


FACTS, ANSWERS = spoken()


@given(
    st.permutations(range(3)),
    st.lists(st.integers(0, 2), max_size=4),
    st.permutations(range(3)),
    st.lists(st.integers(0, 2), max_size=4),
)
def test_whatever_comes_first_and_how_often(order, again, said, twice):
    found = corrections([FACTS[at] for at in (*order, *again)], [ANSWERS[at] for at in (*said, *twice)])
    assert [(one.topic, one.state) for one in found] == [
        (Topic.BIRTH, CorrectionState.WAITING),
        (Topic.UNIT, CorrectionState.DECLINED),
        (Topic.NAME, CorrectionState.DONE),
    ]
    assert (found[1].reason, found[2].reason, found[2].version) == ("Menunggu surat tugas", "", 4)
    assert found[2].answered > 0


def test_an_answer_to_another_statement_of_the_same_number_says_nothing():
    twin = asks(PC(), 30, right="Orang Lain")
    assert twin.statement.seq == FACTS[0].statement.seq
    (found,) = corrections([twin], ANSWERS)
    assert found.state is CorrectionState.WAITING


def test_what_does_not_open_is_none_and_a_topic_of_a_newer_program_is_still_to_be_read():
    pc = PC()
    sealed = pc.says(ASKED, 10, sealed=b"locked")
    newer = asks(pc, 20, "photo", "Foto yang baru")
    (found,) = corrections([sealed, newer], ())
    assert (found.topic, found.right) == (Topic.OTHER, "Foto yang baru")
    assert not found.topic.in_roster


def test_nothing_is_longer_than_the_screens_can_show():
    fact = asks(PC(), 10, right="x" * 5000)
    (found,) = corrections([fact], [answer(fact, DECLINED, reason="y" * 5000)])
    assert (len(found.right), len(found.reason)) == (WORDS_LIMIT, WORDS_LIMIT)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"verdict": 0},
        {"verdict": 7},
        {"verdict": "ya"},
        {"request": 5},
        {"reason": b"x"},
        {"version": "4"},
        {"counter": "x"},
    ],
)
def test_an_answer_that_is_none_is_passed_over(spoilt):
    fields = {"request": b"x" * 32, "verdict": DONE, "version": 1, "reason": "", "counter": 1}
    assert answer_of(fields, DESK, 1, 1, 1) == Answer(1, 1, 1, 1, b"x" * 32, DONE, 1, "", DESK)
    assert answer_of(fields | spoilt, DESK, 1, 1, 1) is None
