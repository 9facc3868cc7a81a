"""Fixtures: a PC of its own for every test, an invented office, a clock, and PINs that cost nothing to try."""

import pytest

from desktop.paths import Folders
from desktop.store import keyring
from desktop.store.device import Store
from desktop.store.rows import Stretch
from tests.builders.office import new_office
from tests.fakes.clock import HandClock


@pytest.fixture(autouse=True)
def cheap_pins(monkeypatch):
    monkeypatch.setattr(keyring, "new_stretch", lambda: Stretch(b"s" * 16, 8, 1))


@pytest.fixture(scope="session")
def office():
    return new_office()


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def folders(tmp_path):
    return Folders(tmp_path / "data", tmp_path / "kunci", shared=True)


@pytest.fixture
def store(folders, clock):
    opened = Store.open(folders, clock)
    yield opened
    opened.close()
