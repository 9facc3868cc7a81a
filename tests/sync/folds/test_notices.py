"""Which version of the privacy notice somebody has read adds up to the same in any order."""

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.notices import READ, Reading, readings
from tests.builders.facts import NOON, PC


def spoken():
    here, there = PC(), PC(log=200)
    return [
        here.says(READ, 50, version=1),
        here.says(READ, 90, version=2),
        there.says(READ, 20, version=1),
        there.says(READ, 10, version=0),
        there.says(READ, 11, version="2"),
        here.reads("k/1", 1, 5),
    ]


@given(st.permutations(range(6)), st.lists(st.integers(0, 5), max_size=4))
def test_the_newest_comes_first_and_the_first_reading_of_each_holds(order, again):
    facts = spoken()
    found = readings([facts[at] for at in (*order, *again)])
    assert found == (Reading(2, NOON + 90), Reading(1, NOON + 20))


def test_who_read_nothing_has_read_nothing():
    assert readings(spoken()[3:]) == ()
