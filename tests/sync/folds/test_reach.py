"""Where an erasure has come adds up to the same in any order, and no PC speaks for another."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.reach import CARRIED, DUE, ERASED, HEARD, Due, due_fields, erasures
from tests.builders.facts import PC

WHO, OTHER = bytes([1] * 16), bytes([2] * 16)
ONE, TWO, THREE = (bytes([number] * 16) for number in (3, 4, 5))
ASKED = {ONE: Due("PC Loket", own=True), TWO: Due("PC Gudang", own=True), THREE: Due("PC Meja", own=False)}


def from_pc(pc, at, own):
    fact = PC().says(CARRIED, at, person=WHO, own=own)
    return replace(fact, header=replace(fact.header, pc=pc))


def spoken():
    centre = PC()
    return [
        centre.says(ERASED, 10, person=WHO),
        centre.says(ERASED, 90, person=OTHER),
        centre.says(DUE, 11, **due_fields(WHO, ASKED)),
        from_pc(ONE, 20, 0),
        from_pc(ONE, 30, 1),
        from_pc(TWO, 25, 0),
        centre.says(HEARD, 40, person=WHO, pc=THREE, own=0, when=35),
    ]


@given(st.permutations(range(7)), st.lists(st.integers(0, 6), max_size=4))
def test_whatever_comes_first_and_how_often(order, again):
    facts = spoken()
    other, who = erasures([facts[at] for at in (*order, *again)])
    assert (other.person, other.due, other.words) == (OTHER, {}, {})
    assert who.due == ASKED
    assert who.waiting == (TWO,), "its copy went, the profile that was on it did not"
    assert who.words[ONE].own
    assert who.words[THREE].at == 35


@given(st.sets(st.integers(2, 6)))
def test_a_word_without_an_erasure_says_nothing(kept):
    assert erasures([spoken()[at] for at in sorted(kept)]) == ()


def test_a_list_that_does_not_fit_names_only_the_pcs_it_has():
    centre = PC()
    facts = [
        centre.says(ERASED, 10, person=WHO),
        centre.says(DUE, 11, person=WHO, pcs=ONE + b"short", names=("A", "B"), owned=(0, 0)),
    ]
    assert [*erasures(facts)[0].due] == [ONE]
