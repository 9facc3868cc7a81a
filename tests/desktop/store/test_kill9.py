"""kill -9 at random points: what was acknowledged is there, in the profile and in the outbox."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the harness forks")


def harness(*arguments):
    command = [sys.executable, "-m", "tests.harness", "kill", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path.cwd(), check=False)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_twenty_kills_lose_nothing_that_was_acknowledged():
    code, figures = harness("--rounds", "20", "--seed", str(os.getpid()))
    assert (code, figures["lost"], figures["damaged"], figures["rounds"]) == (0, 0, 0, 20)
    assert figures["acknowledged"] > 20


@pytest.mark.parametrize("fault", ["early-ack", "no-outbox"])
def test_planted_faults_are_found(fault):
    code, figures = harness("--rounds", "8", "--fault", fault)
    assert code == 1
    assert figures["lost"] > 0
