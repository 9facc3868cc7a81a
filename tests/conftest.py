"""What every test stands on: no screen, no real user's folders, Indonesian first."""

import gc
import os
import shutil
import sys
from pathlib import Path

# Without a display Qt aborts the process instead of raising, so this comes before any import of Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

import pytest

from desktop.store import keyring
from desktop.store.rows import Stretch

# Some two hundred processes of the product are started: none has to compile again what another has compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

IN_MEMORY = Path("/dev/shm")
ROOM = 6 << 30
"""Bytes of memory without which the folders of the stories lie on the disk: a whole run fills one GiB."""
if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
    # A disk waits for each of some hundred thousand syncs; that they are made is seen where writes are watched.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))

LONGEST_FIRST = (
    "journeys/test_window_road.py",
    "sync/test_schedules.py",
    "sync/server/test_bundle_orders.py",
    "sync/server/test_workers.py",
    "journeys/test_forty_two_people.py",
    "sync/server/test_killed.py",
    "sync/server/test_late_vouchings.py",
    "journeys/test_office_hub.py",
    "sync/server/test_lent_trainers.py",
    "journeys/test_grading_by_stick.py",
    "journeys/test_planted_words.py",
    "journeys/test_rights_over_ones_data.py",
    "desktop/app/test_hub_road.py",
    "desktop/screens/shell/test_for_everybody.py",
    "desktop/app/test_stick_in_the_window.py",
    "desktop/store/test_power_cut.py",
    "journeys/test_borrowed_pc.py",
    "sync/server/test_trouble.py",
    "journeys/test_centre_from_an_older_copy.py",
    "sync/folds/test_listing.py",
)
"""Files that take ten seconds or more: begun last, one of them would keep the others waiting for it alone."""
_RANK = {Path(__file__).parent / name: rank for rank, name in enumerate(LONGEST_FIRST)}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with the long files; within a file, and among all others, the order stays."""
    items.sort(key=lambda item: _RANK.get(item.path, len(_RANK)))


def pytest_collection_finish():
    """What was loaded stays, and need not be looked through for garbage again and again.

    Where Hypothesis comes later it looks itself for what holds its dice, and would not find what is frozen.
    """
    if "hypothesis" in sys.modules:
        gc.collect()
        gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _one_application(qapp):
    """A paper that is drawn first makes an application without windows, and no window lives in that."""
    return qapp


@pytest.fixture(autouse=True)
def cheap_pins(monkeypatch):
    """PINs that cost nothing to try; in a process of its own, as the demo is, each has its price."""
    monkeypatch.setattr(keyring, "new_stretch", lambda: Stretch(os.urandom(16), 8, 1))


@pytest.fixture(autouse=True)
def _folders_of_their_own(tmp_path, monkeypatch):
    """No test reads or writes the data of whoever runs it."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.delenv("SULUH_DATA", raising=False)
