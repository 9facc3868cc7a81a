"""A coordinator's PC: an office, a coordinator with the office key, and cheap PINs."""

import pytest

from desktop.people.profiles import SignUp, sign_up
from sync.nip import birth_of
from sync.officefile import read_office
from tests.builders.office import MARKUS
from tests.builders.own_pc import clock, folders, office, store

__all__ = ["clock", "coordinator", "folders", "office", "store"]


@pytest.fixture
def coordinator(store, office):
    store.name_pc("PC Sekretariat")
    store.put_office(read_office(office.raw))
    born = birth_of(MARKUS)
    assert born is not None
    made = sign_up(store, SignUp(MARKUS, born, "135790", "Markus", office.codes[MARKUS]))
    yield made
    made.close()
