"""Random schedules of the real PCs, desk and centre end with everything everywhere, and would show a fault."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.sim_faults import FAULTS

pytestmark = pytest.mark.skipif(os.name == "nt", reason="copies of open databases")


def harness(*arguments):
    command = [sys.executable, "-m", "tests.harness", "sync", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path.cwd(), check=False)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_whatever_happens_to_pcs_lines_sticks_and_the_centre_in_the_end_all_hold_the_same():
    code, figures = harness("--rounds", "2", "--seed", "4001")
    assert (code, figures["lost"], figures["damaged"], figures["rounds"]) == (0, 0, 0, 2), figures
    assert figures["statements"] > 150
    assert figures["met"]["visit"] > 10
    assert figures["met"]["at_hub"] > 5
    assert figures["met"]["hub_sends"] > 0


FOUND_BY = {
    "no dedupe": (4001, "doubled"),
    "maximum ack": (4003, "lost"),
    "ack before commit": (4001, "untrue"),
    "cursor without from": (4002, "desk"),
    "clock decides": (4001, "notes"),
    "log goes on": (4002, "branched"),
    "summary added": (4002, "desk"),
    "order of arrival": (4002, "revoked"),
    "custody frees": (4001, "untrue"),
    "offered is gone": (4001, "untrue"),
}
"""The seed to begin with, so that it is found soon, and the judge that finds it, where nothing breaks first."""


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_faults_are_found(fault):
    seed, judge = FOUND_BY[fault]
    code, figures = harness("--rounds", "12", "--fault", fault, "--seed", str(seed))
    assert code == 1
    assert {judge, "broke"} & set(figures["first_wrong"])
