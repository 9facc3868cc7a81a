"""Journeys begin with a running centre; it is a process, and it is stopped whatever the journey did."""

import os
import signal

import pytest

from desktop.demo.centre import Centre
from desktop.store import keyring
from desktop.store.rows import Stretch
from tests.builders.road import Town

LONGEST = 90
"""Seconds after which a story counts as hanging, on a machine that is busy with others."""


@pytest.fixture(autouse=True)
def _nothing_hangs():
    """A story that waits for ever fails, with the place where it waited."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def too_long(*_):
        raise TimeoutError(f"the story did not end within {LONGEST} s")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def cheap_pins(monkeypatch):
    """PINs that cost nothing to try: their price is told elsewhere."""
    monkeypatch.setattr(keyring, "new_stretch", lambda: Stretch(os.urandom(16), 8, 1))


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    """A centre for the stories of one file."""
    with Centre(tmp_path_factory.mktemp("pusat") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def town(centre, tmp_path_factory):
    """The centre's operator, who has let a publisher in."""
    return Town(centre, tmp_path_factory.mktemp("meja"))
