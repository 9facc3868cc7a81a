"""The office's hub: PCs without internet give it their post, and one day it finds the way to the centre."""

import hashlib
import http.server
import itertools

import pytest

from sync.client.faults import Failure, Fault
from sync.client.hub import HubLink, find_hubs, typed_address
from sync.journal.keys import SigningKey
from sync.journal.sealing import key_id
from sync.packs.offer import Offer, read_offers
from sync.postbag.part import Form, digest_of
from sync.postbag.words import Receipt, sign_receipt
from sync.server.home import Home
from tests.builders.centre import BUDI, MARIA, CentreProcess, Line, make_office
from tests.builders.hub import EAGER, HubProcess, Neighbour, custodies, hub_folder, somebody_else
from tests.builders.post import Machine, names, shipment


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return Home(tmp_path_factory.mktemp("pusat"))


@pytest.fixture(scope="module")
def centre(home):
    """One centre for the stories in which it is there from the beginning."""
    with CentreProcess(home) as running:
        yield running


@pytest.fixture
def office(home, tmp_path):
    return make_office(home, tmp_path / "kantor", name=tmp_path.name)


@pytest.fixture
def folder(office, tmp_path):
    return hub_folder(tmp_path / "hub", office)


def seated(office, nip):
    machine = Machine(office)
    who = machine.seat(nip)
    who.reads(5)
    machine.puts(who.segment())
    return machine


def free_port():
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        return server.server_port


def test_post_waits_at_the_hub_without_internet_and_comes_home_after_it(tmp_path):
    home = Home(tmp_path / "pusat")
    office = make_office(home, tmp_path / "kantor")
    folder, port = hub_folder(tmp_path / "hub", office), free_port()
    loket = seated(office, BUDI)
    (budi,) = loket.people
    with HubProcess(folder, f"http://127.0.0.1:{port}") as hub:
        pc = Neighbour(loket, hub)
        parts = loket.gives()
        first = pc.gives(parts[0])
        (custody,) = custodies(first)
        assert set(custody.parts) == names(parts)
        assert custody.by_hub
        assert first.of(Form.HOMEWARD) == []
        assert budi.acked == 0, "custody is no ack"
        with CentreProcess(home, port=port):
            back = pc.asks_until(lambda found: found if loket.finds(found) and budi.acked else None)
        assert budi.acked == 6
        assert budi.heard("office", "profile.vouched")
        assert names(parts) <= back.stored
        again = pc.asks_until(lambda found: found if names(parts) - found.stored else None)
        assert not set(again.of(Form.HOMEWARD)) & set(back.of(Form.HOMEWARD)), (
            "the PC has said that it has them"
        )


def test_two_pcs_get_each_what_is_theirs(centre, office, folder):
    first, second = seated(office, BUDI), seated(office, MARIA)
    with HubProcess(folder, f"http://127.0.0.1:{centre.port}") as hub:
        for machine in (first, second):
            Neighbour(machine, hub).gives(machine.gives()[0])
        for machine in (first, second):
            neighbour = Neighbour(machine, hub)
            neighbour.asks_until(lambda found, who=machine: who.finds(found) and who.people[0].acked)
        assert Neighbour(Machine(office), hub).asks().of(Form.HOMEWARD) == []


@pytest.mark.parametrize("which", ["none", "expired", "by a stranger"])
def test_without_a_coordinators_word_the_hub_carries_and_signs_nothing(centre, office, tmp_path, which):
    reasons = {
        "none": {"until": 0},
        "expired": {"until": 1_000},
        "by a stranger": {"by": SigningKey.generate()},
    }
    folder = hub_folder(tmp_path / "hub", office, **reasons[which])
    loket = seated(office, BUDI)
    with HubProcess(folder, f"http://127.0.0.1:{centre.port}") as hub:
        assert "Belum ada sertifikat koordinator" in hub.said
        pc = Neighbour(loket, hub)
        assert custodies(pc.gives(loket.gives()[0])) == []
        assert pc.asks_until(lambda found: loket.finds(found) and loket.people[0].acked) == 6


def test_what_a_hub_has_signed_for_outlives_a_power_cut(centre, office, folder):
    loket = seated(office, BUDI)
    parts = loket.gives()
    with HubProcess(folder) as hub:
        assert custodies(Neighbour(loket, hub).gives(parts[0]))
        hub.kill()
    with HubProcess(folder, f"http://127.0.0.1:{centre.port}") as hub:
        pc = Neighbour(loket, hub)
        assert pc.asks_until(lambda found: loket.finds(found) and loket.people[0].acked) == 6
        assert f"k-{digest_of(parts[0]).hex()[:16]}.suluh" not in hub.held


def test_whoever_answers_in_the_centres_place_empties_no_hub(office, folder):
    loket = seated(office, BUDI)
    parts = loket.gives()
    impostor = SigningKey.generate()

    def forged(body):
        receipt = sign_receipt(Receipt(1, (digest_of(body),)), office.file.header.office, impostor)
        return shipment(office, [receipt])

    answers = itertools.cycle((forged, lambda _: b"<html>Masuk ke WiFi</html>", lambda _: b""))
    with somebody_else(answers) as (address, enough), HubProcess(folder, address) as hub:
        Neighbour(loket, hub).gives(parts[0])
        assert enough.wait(20)
        assert hub.held == [f"k-{digest_of(parts[0]).hex()[:16]}.suluh"]


def test_an_answer_fetched_in_town_by_the_desk_goes_out_over_the_hub(centre, office, folder):
    loket = seated(office, BUDI)
    parts = loket.gives()
    with HubProcess(folder) as hub:
        pc = Neighbour(loket, hub)
        pc.gives(parts[0])
        carried = (folder / "pos" / hub.held[0]).read_bytes()
        assert carried == parts[0], "unchanged, and where the desk of this PC may read it"
        with Line(centre.port) as line:
            answer = line.send(carried, "/v1/carry").body
        desk = HubLink(hub.address, bytes(8))
        assert not isinstance(desk.carry(answer), Failure)
        back = pc.asks()
    assert names(parts) <= back.stored
    assert loket.finds(back)
    assert loket.people[0].acked == 6


def test_a_hub_of_another_office_and_a_full_one_take_nothing_and_say_so(office, folder, tmp_path):
    elsewhere = make_office(Home(tmp_path / "lain"), tmp_path / "kantor-lain", name="Kantor lain")
    foreign = seated(elsewhere, BUDI)
    with HubProcess(folder) as hub:
        outcome = HubLink(hub.address, key_id(foreign.letter.public)).carry(foreign.gives()[0])
        assert isinstance(outcome, Failure)
        assert (outcome.fault, outcome.code) == (Fault.REFUSED, "office")
        assert hub.held == []
    loket = seated(office, BUDI)
    prelude = EAGER + "from sync.server import hub_store\nhub_store.TOTAL = 6000\n"
    with HubProcess(folder, prelude=prelude) as hub:
        outcomes = [
            HubLink(hub.address, key_id(loket.letter.public)).carry(loket.gives()[0]) for _ in range(2)
        ]
        assert not isinstance(outcomes[0], Failure)
        assert isinstance(outcomes[1], Failure)
        assert outcomes[1].fault is Fault.BUSY
        assert len(hub.held) == 1


def test_documents_come_once_and_only_newer_ones(centre, office, folder):
    loket = seated(office, BUDI)
    with HubProcess(folder, f"http://127.0.0.1:{centre.port}") as hub:
        pc = Neighbour(loket, hub)
        pc.gives(loket.gives()[0])
        found = pc.asks_until(lambda back: back.documents)
        assert found["office"].data == office.file.raw
        loket.versions = {name: one.version for name, one in found.items()}
        assert not pc.asks().documents


def test_packs_that_were_fetched_once_serve_the_whole_office(office, folder):
    (folder / "paket").mkdir(exist_ok=True)
    pack = bytes(range(256)) * 2000
    (folder / "paket" / "kursus.suluh-paket").write_bytes(pack)
    (folder / "paket" / "catatan.txt").write_text("bukan paket")
    digest = hashlib.sha256(pack).hexdigest()
    with HubProcess(folder) as hub, Line(hub.port) as line:
        assert read_offers(line.send(b"", "/v1/packs", "GET").body) == (
            Offer(digest, len(pack), "", "", "kursus"),
        )
        whole = line.send(b"", f"/v1/packs/{digest}", "GET")
        rest = line.send(b"", f"/v1/packs/{digest}", "GET", {"Range": "bytes=500000-"})
        assert (whole.status, whole.body) == (200, pack)
        assert (rest.status, rest.body) == (206, pack[500_000:])
        for path in ("/v1/packs/" + "0" * 64, "/v1/packs/..%2Fhub.key", "/v1/sync", "/", "/kirim"):
            assert line.send(b"", path, "GET").status == 404


def test_pcs_find_the_hub_of_their_own_office_and_no_other(office, folder):
    with HubProcess(folder, found=True) as hub:
        assert find_hubs(office.file.header.office, 15, "127.0.0.1") == (hub.address,)
        assert find_hubs(b"x" * 16, 0.5, "127.0.0.1") == ()


def test_a_hub_ends_with_the_program_that_started_it(folder):
    hub = HubProcess(folder)
    assert hub.let_go() == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("192.168.1.5", "http://192.168.1.5:8751"),
        (" pc-kepala:9000/ ", "http://pc-kepala:9000"),
        ("http://10.0.0.2", "http://10.0.0.2:8751"),
        ("https://hub.kantor:443", "https://hub.kantor:443"),
        ("[fe80::1]:8751", "http://[fe80::1]:8751"),
        ("", None),
        ("ftp://x", None),
        ("a b", None),
        ("http://x:99999", None),
        ("http://x/jalan", None),
    ],
)
def test_an_address_may_be_typed_as_people_type(typed, meant):
    assert typed_address(typed) == meant


def test_nobody_there_is_the_ordinary_lack_of_a_network(office):
    link = HubLink(f"http://127.0.0.1:{free_port()}", bytes(8))
    outcome = link.carry(seated(office, BUDI).gives()[0])
    assert isinstance(outcome, Failure)
    assert outcome.fault.offline
