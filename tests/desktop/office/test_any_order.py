"""Twenty parts that reach the desk in any order and number give one state."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.office.merge import merge_parts
from desktop.store.facts import Scope
from tests.builders.office import MARKUS
from tests.builders.round import Desk
from tests.harness import orders


@pytest.fixture
def memory(tmp_path):
    """A folder in memory where there is one: hundreds of merges wait for no disk."""
    place = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=place if place.is_dir() else tmp_path) as folder:
        yield Path(folder)


def test_twenty_parts_in_any_order_and_number_give_one_state(office, memory):
    desk, pcs = Desk(memory / "meja", office, "PC"), [Desk(memory / n, office, n) for n in ("a", "b")]
    profile = desk.sit(MARKUS)
    parts = orders.twenty_parts(pcs)
    merge_parts(profile, parts)
    expected, count = orders.state_of(profile), len(profile.facts(Scope.OFFICE))

    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.permutations(range(orders.PARTS)), st.lists(st.integers(0, orders.PARTS - 1), max_size=6))
    def in_order(order, again):
        found = orders.merge_again(profile, [parts[at] for at in (*order, *again)])
        assert (found.new, found.known, found.doubtful) == (count, 0, 0)
        assert orders.state_of(profile) == expected

    in_order()
    for pc in (desk, *pcs):
        pc.off()


def test_a_desk_that_counts_doubles_is_found_out(tmp_path):
    figures = orders.run(tmp_path, rounds=3, seed=1, fault="doubles count")
    assert figures["damaged"] == 3
    assert orders.run(tmp_path, rounds=3, seed=1)["damaged"] == 0
