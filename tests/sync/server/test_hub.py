"""Who may bring what to a hub, and what it signs for."""

import asyncio
import socket

import pytest

from sync.postbag.part import Form, digest_of, encode_part, read_part
from sync.postbag.shipment import read_shipment
from sync.postbag.words import sign_custody
from sync.refusal import Code
from sync.server.commands import main
from sync.server.home import Home
from sync.server.hub import Hub
from sync.server.hub_announce import addresses
from sync.server.hub_home import open_hub
from tests.builders.centre import BUDI, CentreProcess, Line, Pc, make_office
from tests.builders.hub import hub_folder
from tests.builders.post import Brought, Machine, names

NOW = 1_790_000_000
KEY = b"k" * 8


@pytest.fixture
def office(tmp_path):
    return make_office(Home(tmp_path / "pusat"), tmp_path / "kantor")


@pytest.fixture
def folder(office, tmp_path):
    return hub_folder(tmp_path / "hub", office, until=NOW + 100)


@pytest.fixture
def hub(folder):
    made = Hub(open_hub(folder, None, NOW), lambda: NOW)
    yield made
    made.stop()


@pytest.fixture
def loket(office):
    machine = Machine(office)
    who = machine.seat(BUDI)
    machine.puts(who.segment())
    return machine


def brings(hub, *parts, key=KEY, trusted=False):
    """Bring parts in one request and return the visit with its answer."""

    async def visit():
        made = hub.visit(key, trusted=trusted)
        for data in parts:
            await made.take(read_part(data), data)
        return made, await made.finish({}, [])

    made, answer = asyncio.run(visit())
    return made, Brought(None, tuple(part for part, _ in read_shipment([answer]).parts))


def answered(tmp_path, office, part):
    """What the centre would say to this part."""
    with CentreProcess(Home(tmp_path / "pusat")) as centre, Line(centre.port) as line:
        found = read_shipment([line.send(part, "/v1/carry").body]).parts
    return [data for _, data in found]


def test_an_answer_of_the_centre_is_taken_from_this_pc_alone(hub, loket, office, tmp_path):
    (part,) = loket.gives()
    brings(hub, part)
    home = answered(tmp_path, office, part)
    visit, back = brings(hub, *home, key=b"x" * 8)
    assert {refusal.code for refusal in visit.refused.values()} == {Code.AUTHOR}
    assert hub.store.waiting() == 1
    assert back.parts == ()
    brings(hub, *home, key=b"x" * 8, trusted=True)
    assert hub.store.waiting() == 0
    assert {one.form for one in brings(hub)[1].parts} >= {Form.RECEIPT, Form.DOCUMENT}


def test_a_custody_of_somebody_else_and_a_part_that_is_no_letter_are_not_carried(hub, office):
    header = office.file.header
    custody = sign_custody(NOW, [bytes(32)], header.office, Pc(header.centre).signing)
    junk = encode_part(Form.OUTWARD, header.office, b"")
    visit, back = brings(hub, custody, junk, trusted=True)
    assert set(visit.refused) == names([custody, junk])
    assert back.parts == ()


def test_what_was_refused_is_not_signed_for(hub, loket, office):
    (part,) = loket.gives()
    elsewhere = bytearray(part[:-32])
    elsewhere[7] ^= 1  # another office's
    foreign = encode_part(Form.OUTWARD, bytes(elsewhere[7:23]), bytes(elsewhere[23:]))
    _, back = brings(hub, part, foreign)
    (custody,) = back.of(Form.CUSTODY)
    assert digest_of(part) in custody.body
    assert digest_of(foreign) not in custody.body


def test_after_its_certificate_has_ended_a_hub_carries_on_and_signs_nothing(folder, loket):
    hub = Hub(open_hub(folder, None, NOW), lambda: NOW + 101)
    _, back = brings(hub, *loket.gives())
    assert back.of(Form.CUSTODY) == []
    assert hub.store.waiting() == 1
    hub.stop()


def test_a_folder_that_does_not_say_whose_hub_it_is_starts_none(tmp_path, capsys):
    assert main(["hub", "run", "--data", str(tmp_path / "kosong")]) == 2
    assert "kantor.suluh-kantor" in capsys.readouterr().err


def test_an_office_file_named_once_stays_in_the_folder(office, tmp_path):
    paper = tmp_path / "kantor.baru"
    paper.write_bytes(office.file.raw)
    made = open_hub(tmp_path / "hub-baru", paper, NOW)
    again = open_hub(tmp_path / "hub-baru", None, NOW)
    assert again.office.header.office == office.file.header.office
    assert again.key.public == made.key.public
    assert again.certificate is None


def test_the_addresses_that_are_told_are_this_pcs_own():
    found = addresses()
    assert found
    for address in found:
        with socket.create_server((address, 0)):
            pass
