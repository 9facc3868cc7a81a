"""What is new in a run, for any history: against a plain set of numbers."""

from hypothesis import given
from hypothesis import strategies as st

from sync.journal.acks import Held
from sync.server.held import fresh, packed, stored

RUNS = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 20)), max_size=25)


@given(RUNS)
def test_each_number_is_new_exactly_once_and_the_ack_never_passes_a_gap(runs):
    held, numbers = Held(), set()
    for first, more in runs:
        wanted = set(range(first, first + more + 1))
        new = fresh(held, first, first + more)
        found = [number for low, high in new for number in range(low, high + 1)]
        assert sorted(found) == sorted(wanted - numbers)
        for low, high in new:
            held = held.add(low, high)
        numbers |= wanted
        held = stored(held.prefix, packed(held))
        gap = next(number for number in range(1, 100) if number not in numbers)
        assert held.prefix == gap - 1
