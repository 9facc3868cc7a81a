"""The stick's harness: a short run loses nothing, and it finds every fault that is planted."""

import pytest

from tests.harness import stick
from tests.harness.stick_faults import FAULTS


def test_a_short_run_loses_nothing_and_meets_every_trouble(tmp_path):
    figures = stick.run(tmp_path, rounds=50, seed=11)
    assert (figures["lost"], figures["damaged"], figures["rounds"]) == (0, 0, 50), figures.get("first_wrong")
    assert {"pull", "full", "lies", "bad", "read-only", "batal", "calm"} <= set(figures["met"])
    assert figures["statements"] > 50


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(tmp_path, fault):
    figures = stick.run(tmp_path, rounds=100, seed=3, fault=fault)
    assert figures["lost"] + figures["damaged"] == 1, figures
