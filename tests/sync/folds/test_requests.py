"""Requests about one's own data stand the same in any order of arrival, and an answer outlives a withdrawal."""

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.requests import DECLINED, DELETION, WITHDRAWN, State, requests
from tests.builders.facts import PC


def spoken():
    pc, centre = PC(), PC()
    first = pc.says(DELETION, 30, reason="Pensiun")
    second = pc.says(DELETION, 40, reason="")
    third = pc.says(DELETION, 50, reason="Pindah")
    back = pc.says(WITHDRAWN, 41, of_log=second.statement.log, of_seq=second.statement.seq)
    place = {"of_log": first.statement.log, "of_seq": first.statement.seq}
    no = centre.says(DECLINED, 60, **place, reason="Masih bertugas")
    again = centre.says(DECLINED, 70, **place, reason="Masih bertugas sampai Mei")
    return [first, second, third, back, no, again]


FACTS = spoken()


@given(st.permutations(range(6)), st.lists(st.integers(0, 5), max_size=4))
def test_whatever_comes_first_and_how_often(order, again):
    found = requests([FACTS[at] for at in (*order, *again)])
    assert [one.state for one in found] == [State.WAITING, State.WITHDRAWN, State.DECLINED]
    assert [one.reason for one in found] == ["Pindah", "", "Pensiun"]
    assert found[-1].answer == "Masih bertugas sampai Mei"


def test_what_was_decided_stays_decided_when_it_is_taken_back_later():
    first = FACTS[0].statement
    late = PC().says(WITHDRAWN, 90, of_log=first.log, of_seq=first.seq)
    assert requests([*FACTS, late])[-1].state is State.DECLINED
