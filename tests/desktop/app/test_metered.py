"""The meter and the month's limit: every byte of a delivery is counted, and a used-up month sends only by hand."""

import random
import socket
from datetime import UTC, datetime

import pytest

from desktop.app import metered
from desktop.app.metered import deliver_metered, road_of
from desktop.background.sending import Errand
from desktop.background.sync_words import word_failure
from desktop.paths import Folders
from desktop.settings import Settings, write_settings
from desktop.store import keyring
from desktop.store.device import Store
from desktop.store.doors import Newcomer, create_profile
from desktop.store.rows import Stretch
from desktop.store.traffic import LAN, NET, Bytes
from sync.client.faults import Fault
from sync.client.transport import Transport
from sync.officefile import read_office
from tests.builders.certificate import own_certificate
from tests.builders.office import YOHANA, new_office
from tests.fakes.clock import HandClock
from tests.fakes.ends import MemoryCentre
from tests.fakes.wire import Wire, answer

LIMIT = 5_000_000
MONTH = 31 * 86_400


class OnTheInternet(Transport):
    """A centre on loopback that counts as far away."""

    address = "https://suluh.example"


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def yohana(tmp_path, monkeypatch, clock):
    monkeypatch.setattr(keyring, "new_stretch", lambda: Stretch(b"s" * 16, 8, 1))
    store = Store.open(Folders(tmp_path / "data", tmp_path / "kunci", shared=True), clock)
    office = new_office()
    store.put_office(read_office(office.raw))
    made = create_profile(store, Newcomer(YOHANA, "Yo", "YO", "learner", {}), "135790")
    made.centre = MemoryCentre()
    made.centre.key, made.centre.time = office.centre, clock.at
    yield made
    made.close()
    store.close()


@pytest.fixture
def wire(yohana):
    def centre(request):
        return answer(yohana.centre.post(request.partition(b"\r\n\r\n")[2]).body)

    with Wire(centre) as made:
        yield made


def study(profile, pages):
    draw = random.Random(pages)
    seen = [(draw.randrange(1, 40), draw.randrange(1, 60_000)) for _ in range(pages)]
    profile.record_all(
        [
            ("page.read", {"activity": "k/m/a", "page": page, "seconds": seconds, "version": "1"})
            for page, seconds in seen
        ]
    )


def go(profile, wire, *, by_hand=False, road=OnTheInternet, told=None):
    transport = road(wire.address)
    errand = Errand(by_hand, lambda: False, (lambda _: None) if told is None else told.append)
    try:
        return deliver_metered(profile, transport, errand, sealed=False)
    finally:
        transport.close()


def limit(profile, megabytes, used):
    profile.store.put_setting("data_limit", str(megabytes))
    profile.store.traffic.add(NET, used, 0)


def test_what_went_over_the_wire_is_what_the_meter_says(yohana, wire):
    study(yohana, 30)
    outcome = go(yohana, wire)
    assert outcome.acked == 30
    assert yohana.store.traffic.today() == {NET: Bytes(outcome.sent_bytes, outcome.received_bytes)}
    assert outcome.sent_bytes == sum(map(len, wire.requests))


def test_where_nobody_answers_nothing_went_and_nothing_is_counted(yohana):
    study(yohana, 30)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        nobody = listener.getsockname()[1]
    transport = OnTheInternet(f"http://127.0.0.1:{nobody}")
    outcome = deliver_metered(yohana, transport, Errand(False, lambda: False, lambda _: None), sealed=False)
    assert outcome.failure.fault is Fault.UNREACHABLE
    assert yohana.store.traffic.today() == {}


def test_a_used_up_month_sends_nothing_by_itself_and_everything_by_hand(yohana, wire):
    study(yohana, 30)
    limit(yohana, 5, LIMIT)
    outcome = go(yohana, wire)
    assert (outcome.cancelled, outcome.rounds, wire.connections) == (True, 0, 0)
    assert yohana.unsent() == 30
    assert go(yohana, wire, by_hand=True).acked == 30


def test_the_next_month_goes_on_by_itself(yohana, wire, clock):
    study(yohana, 30)
    limit(yohana, 5, LIMIT)
    assert go(yohana, wire).cancelled
    clock.at += MONTH
    assert go(yohana, wire).acked == 30


def test_a_limit_met_half_way_stops_between_two_batches_and_keeps_what_was_acked(yohana, wire):
    study(yohana, 9_000)
    limit(yohana, 5, LIMIT - 1_000)
    outcome = go(yohana, wire)
    assert (outcome.cancelled, outcome.rounds) == (True, 1)
    assert 0 < outcome.acked == 9_000 - yohana.unsent()
    assert go(yohana, wire, by_hand=True).acked == 9_000 - outcome.acked


def test_the_offices_own_network_costs_nobodys_data(yohana, wire):
    study(yohana, 30)
    limit(yohana, 5, LIMIT)
    assert go(yohana, wire, road=Transport).acked == 30
    assert yohana.store.traffic.today()[LAN].sent > 0
    assert yohana.store.traffic.today()[NET] == Bytes(LIMIT, 0)


@pytest.mark.parametrize(
    ("address", "road"),
    [
        ("https://suluh.papua.go.id", NET),
        ("https://103.10.20.30", NET),
        ("http://192.168.1.9:8750", LAN),
        ("http://[fe80::1]:8750", LAN),
        ("http://hub.local:8750", LAN),
        ("http://localhost:8750", LAN),
        ("", NET),
    ],
)
def test_the_road_follows_from_the_address(address, road):
    assert road_of(address) == road


def test_how_far_it_is_begins_at_nothing_and_ends_at_the_whole(yohana, wire):
    study(yohana, 9_000)
    told = []
    outcome = go(yohana, wire, told=told)
    whole = outcome.sent_bytes + outcome.received_bytes
    assert (told[0].done_bytes, told[0].seconds_left) == (0, None)
    assert whole / 3 < told[0].total_bytes < whole * 3, "said before anything went, it is roughly right"
    assert [one.done_bytes for one in told] == sorted(one.done_bytes for one in told)
    assert (told[-1].done_bytes, told[-1].total_bytes, told[-1].seconds_left) == (whole, whole, 0)
    assert all(one.seconds_left is not None for one in told[1:])


@pytest.mark.parametrize(
    ("days", "clock_says", "words"),
    [
        ((300, 400), 315_532_800, "Jam komputer ini menunjukkan 1 Januari 1980,"),
        ((-400, -300), 1_795_000_000, "Pengaman server pusat sudah habis masanya menurut jam komputer ini"),
    ],
)
def test_a_clock_that_keeps_the_centre_from_proving_itself_has_a_sentence_of_its_own(
    yohana, clock, tmp_path, days, clock_says, words
):
    study(yohana, 3)
    clock.restart(wall=clock_says)
    pem, context = own_certificate(tmp_path, from_now=days)
    with Wire(lambda _: answer(b"never asked"), tls=context) as server:
        errand = Errand(True, lambda: False, lambda _: None)
        road = Transport(server.address, verify=str(pem))
        outcome = deliver_metered(yohana, road, errand, sealed=False)
        road.close()
    problem = word_failure(outcome.failure)
    assert problem.title.startswith(words)
    assert "tersimpan" in problem.advice
    assert (yohana.unsent(), server.requests, outcome.at) == (3, [], None)


def test_planted_fault_a_limit_that_nobody_asks_is_seen(yohana, wire, monkeypatch):
    monkeypatch.setattr(metered, "room_left", lambda _: None)
    study(yohana, 30)
    limit(yohana, 5, LIMIT)
    assert not go(yohana, wire).cancelled
    assert wire.connections == 1


def test_what_the_hub_of_this_pc_fetched_this_month_stands_in_the_same_meter(yohana, clock):
    store = yohana.store
    write_settings(store.put_setting, Settings(data_limit=10))
    store.traffic.add(NET, 0, 1_000_000)
    folder = store.folders.data / "hub" / "paket"
    folder.mkdir(parents=True)
    assert (metered.room_left(store), metered.meter(store).month) == (9_000_000, 1_000_000)
    (folder / ".bulan").write_text(f"{datetime.fromtimestamp(clock.at, UTC):%Y-%m} 4000000")
    assert (metered.room_left(store), metered.meter(store).month) == (5_000_000, 5_000_000)
    assert metered.room_for_hub(store) == 9_000_000, "its own bytes are in what it counts itself"
    for other in ("2020-01 4000000", "rusak", ""):
        (folder / ".bulan").write_text(other)
        assert metered.room_left(store) == 9_000_000
