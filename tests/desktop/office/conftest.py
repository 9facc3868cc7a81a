"""A coordinator's PC: an office, a coordinator with the office key, and cheap PINs."""

import pytest

from desktop.paths import Folders
from desktop.people.profiles import SignUp, sign_up
from desktop.store import keyring
from desktop.store.device import Store
from desktop.store.rows import Stretch
from sync.nip import birth_of
from sync.officefile import read_office
from tests.builders.office import MARKUS, new_office
from tests.fakes.clock import HandClock


@pytest.fixture(autouse=True)
def _cheap_pins(monkeypatch):
    monkeypatch.setattr(keyring, "new_stretch", lambda: Stretch(b"s" * 16, 8, 1))


@pytest.fixture(scope="session")
def office():
    return new_office()


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def store(tmp_path, clock):
    opened = Store.open(Folders(tmp_path / "data", tmp_path / "kunci", shared=True), clock)
    opened.name_pc("PC Sekretariat")
    yield opened
    opened.close()


@pytest.fixture
def coordinator(store, office):
    store.put_office(read_office(office.raw))
    born = birth_of(MARKUS)
    assert born is not None
    made = sign_up(store, SignUp(MARKUS, born, "135790", "Markus", office.codes[MARKUS]))
    yield made
    made.close()
