"""Only the unbroken prefix is acknowledged: an ack past a hole would let the PC forget what never came."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.journal.acks import Held
from tests.builders.journal import PLANTED

spans = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 12)).map(lambda one: (one[0], one[0] + one[1])), max_size=14
)
quick = settings(deadline=None, max_examples=200)


def an_ack_never_covers_a_hole(acknowledge, how=quick):
    """The law, for any implementation: whatever it acknowledges arrived."""

    @how
    @given(st.integers(0, 9), spans)
    def law(prefix, arrived):
        held = set(range(1, prefix + 1)).union(*(range(a, b + 1) for a, b in arrived))
        ack = acknowledge(prefix, arrived)
        assert set(range(1, ack + 1)) <= held
        assert ack + 1 not in held

    law()


def test_an_ack_never_covers_a_hole():
    an_ack_never_covers_a_hole(lambda prefix, runs: _all(runs, Held(prefix)).prefix)


@pytest.mark.parametrize(
    "planted",
    [
        lambda prefix, runs: max([prefix, *(last for _, last in runs)]),  # the maximum
        lambda prefix, runs: prefix + sum(last - first + 1 for first, last in runs),  # a count
        lambda prefix, _: prefix,  # never moves
        lambda prefix, runs: (
            runs[-1][1] if runs and runs[-1][0] <= prefix + 1 else prefix
        ),  # the last to come
    ],
)
def test_a_wrong_ack_is_caught(planted):
    with pytest.raises(AssertionError):
        an_ack_never_covers_a_hole(planted, PLANTED)


@quick
@given(spans, st.randoms())
def test_what_is_held_does_not_depend_on_the_order_of_arrival(arrived, chance):
    shuffled = [*arrived, *arrived[:3]]
    chance.shuffle(shuffled)
    assert _all(arrived) == _all(shuffled)


@quick
@given(spans)
def test_held_knows_what_it_holds_and_what_is_missing(arrived):
    held = _all(arrived)
    numbers = set().union(*(range(a, b + 1) for a, b in arrived)) if arrived else set()
    missing = {number for low, high in held.missing() for number in range(low, high + 1)}
    assert missing == set(range(1, max(numbers, default=0) + 1)) - numbers
    for first, last in arrived:
        assert held.holds(first, last)
    for number in missing:
        assert not held.holds(number, number)


def _all(arrived, held=Held()):  # noqa: B008 - it is frozen
    for first, last in arrived:
        held = held.add(first, last)
    return held
