"""Fixtures: a PC of its own for every test, an invented office, and a clock."""

import pytest

from desktop.paths import Folders
from desktop.store.device import Store
from tests.builders.office import new_office
from tests.fakes.clock import HandClock


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
