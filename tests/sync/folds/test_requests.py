"""Requests about one's own data stand the same in any order of arrival, and an answer outlives a withdrawal."""

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.requests import (
    CORRECTED,
    CORRECTION,
    DECLINED,
    DELETION,
    WITHDRAWN,
    State,
    answer_of,
    answers,
    requests,
)
from sync.journal.passing import PASSED
from sync.journal.secret_fields import pack_fields
from tests.builders.facts import PC


def spoken():
    pc, centre = PC(), PC()
    first = pc.says(CORRECTION, 10, field="name", value="Helena M. Bonay", reason="Kurang satu huruf")
    second = pc.says(CORRECTION, 20, field="birth", value="1993-07-09", reason="Salah di SK")
    third = pc.says(DELETION, 30, reason="Pensiun")
    fourth = pc.says(DELETION, 40, reason="")
    back = pc.says(WITHDRAWN, 41, of_log=fourth.statement.log, of_seq=fourth.statement.seq)
    said = {"of_log": first.statement.log, "of_seq": first.statement.seq, "taken": 1, "reason": "Sesuai SK"}
    letter = centre.says(
        PASSED, 50, stated=CORRECTED, author=b"a" * 16, of_log=9, of_seq=1, of_at=50, fields=pack_fields(said)
    )
    no = centre.says(
        DECLINED, 60, of_log=third.statement.log, of_seq=third.statement.seq, reason="Masih bertugas"
    )
    return [first, second, third, fourth, back, letter, no]


FACTS = spoken()


@given(st.permutations(range(7)), st.lists(st.integers(0, 6), max_size=4))
def test_whatever_comes_first_and_how_often(order, again):
    facts = [FACTS[at] for at in (*order, *again)]
    told = answers(facts)
    corrections = {one.field: one for one in requests(facts, told, CORRECTION)}
    assert {field: one.state for field, one in corrections.items()} == {
        "name": State.TAKEN,
        "birth": State.WAITING,
    }
    assert corrections["name"].answer == "Sesuai SK"
    deletions = requests(facts, told, DELETION)
    assert [one.state for one in deletions] == [State.WITHDRAWN, State.DECLINED]
    assert deletions[1].answer == "Masih bertugas"


def test_what_was_decided_stays_decided_when_it_is_taken_back_later():
    third = FACTS[2].statement
    late = PC().says(WITHDRAWN, 70, of_log=third.log, of_seq=third.seq)
    found = requests([*FACTS, late], answers(FACTS), DELETION)
    assert State.DECLINED in {one.state for one in found}


def test_of_two_answers_the_later_holds_and_one_that_is_none_is_passed_over():
    place = FACTS[0].statement
    later = answer_of({"of_log": place.log, "of_seq": place.seq, "taken": 0, "reason": "Keliru"}, 99, 1, 1)
    assert answer_of({"of_log": "x", "of_seq": 1}, 1, 1, 1) is None
    found = {one.field: one for one in requests(FACTS, [*answers(FACTS), later], CORRECTION)}
    assert (found["name"].state, found["name"].answer) == (State.DECLINED, "Keliru")
