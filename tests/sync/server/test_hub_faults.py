"""What guards the post in a hub, taken away: the story that relies on it must notice."""

import itertools

import pytest

from sync.journal.keys import SigningKey
from sync.postbag.part import Form, digest_of
from sync.postbag.words import Receipt, sign_receipt
from sync.server.home import Home
from tests.builders.centre import BUDI, make_office
from tests.builders.hub import EAGER, HubProcess, Neighbour, custodies, hub_folder, somebody_else
from tests.builders.post import Machine, names, shipment


def has_what_it_signed_for(office, folder, prelude):
    machine = Machine(office)
    who = machine.seat(BUDI)
    machine.puts(who.segment())
    parts = machine.gives()
    with HubProcess(folder, prelude=prelude) as hub:
        (custody,) = custodies(Neighbour(machine, hub).gives(parts[0]))
        assert set(custody.parts) == names(parts)
        hub.kill()
        assert hub.held == [f"k-{digest_of(parts[0]).hex()[:16]}.suluh"]


def believes_only_the_centre(office, folder, prelude):
    machine = Machine(office)
    parts = machine.gives()
    impostor = SigningKey.generate()

    def forged(body):
        receipt = sign_receipt(Receipt(1, (digest_of(body),)), office.file.header.office, impostor)
        return shipment(office, [receipt])

    with (
        somebody_else(itertools.repeat(forged), tries=1) as (address, enough),
        HubProcess(folder, address, prelude) as hub,
    ):
        pc = Neighbour(machine, hub)
        pc.gives(parts[0])
        assert enough.wait(20)
        assert not any(pc.asks().of(Form.RECEIPT) for _ in range(20))


SIGNS_BEFORE_IT_HAS = """
from sync.server import hub_store
hub_store.write_file = lambda path, data, mode: None
"""
BELIEVES_ANYBODY = """
from sync.server import hub
from sync.journal.keys import VerifyKey
VerifyKey.verify = lambda self, signature, message: None
"""
FAULTS = {
    "signs before it has": (SIGNS_BEFORE_IT_HAS, has_what_it_signed_for),
    "believes anybody": (BELIEVES_ANYBODY, believes_only_the_centre),
}


@pytest.fixture
def office(tmp_path):
    return make_office(Home(tmp_path / "pusat"), tmp_path / "kantor")


@pytest.mark.parametrize("name", FAULTS)
def test_the_fault_is_noticed_and_the_right_hub_keeps_the_promise(office, tmp_path, name):
    prelude, story = FAULTS[name]
    with pytest.raises(AssertionError):
        story(office, hub_folder(tmp_path / "hub", office), EAGER + prelude)
    story(office, hub_folder(tmp_path / "hub-2", office), EAGER)
