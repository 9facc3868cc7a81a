"""A PC fetches packs from the office's hub or the centre: resumed, cancelled, refused, within the month's limit."""

import secrets
import shutil
import threading

import pytest

from desktop.app import pack_errand, pack_sources
from desktop.errors import explain
from desktop.screens.offer_views import OfferState
from desktop.settings import Settings, write_settings
from desktop.store.traffic import LAN, NET
from sync.client import fetch as fetching
from sync.client.transport import Transport
from sync.packs.offer import write_offers
from sync.refusal import Code, Refusal
from sync.server.home import Home
from sync.server.pack_shelf import PackShelf
from tests.builders.cable import Cable
from tests.builders.centre import CentreProcess, make_office
from tests.builders.hub import HubProcess, hub_folder
from tests.builders.offered import FetchingPc, Giving
from tests.builders.road import withdraw
from tests.fakes.wire import Wire, answer

READY, RUNNING, PARTIAL, FAILED = OfferState.READY, OfferState.RUNNING, OfferState.PARTIAL, OfferState.FAILED
COURSE = "keamanan-loket"


@pytest.fixture(scope="module")
def giving(tmp_path_factory):
    """A centre with one pack of version 1.1, and the pack of 1.0 that went before it."""
    folder = tmp_path_factory.mktemp("pusat")
    home = Home(folder / "data")
    office = make_office(home, folder / "kantor")
    made = Giving(home, folder / "meja")
    made.office, made.before = office, made.pack("1.0")
    made.offer = made.offers("1.1", page=secrets.token_hex(150_000))
    made.data = PackShelf(home.packs).path(made.offer.digest).read_bytes()
    return made


@pytest.fixture(scope="module")
def hub(giving, tmp_path_factory):
    """A hub that has fetched the pack, in an office that has no line now."""
    folder = hub_folder(tmp_path_factory.mktemp("hub") / "data", giving.office)
    shutil.copytree(giving.home.packs, folder / "paket")
    with HubProcess(folder) as running:
        yield running


@pytest.fixture
def pc(giving, tmp_path, qtbot):
    made = FetchingPc(tmp_path / "pc", giving.office.file.raw, qtbot)
    made.store.put_setting("server", "http://127.0.0.1:9")
    yield made
    made.off()


@pytest.fixture(autouse=True)
def _a_network_without_hubs(monkeypatch):
    """Whoever types no address hears nobody, and waits for nobody."""
    monkeypatch.setattr("sync.client.hub.find_hubs", lambda _office: ())


def served(giving, body=None):
    """Whoever stands at the hub's address and gives out `body` for the pack."""
    return Wire(
        lambda asked: answer(
            write_offers([giving.offer])
            if asked.startswith(b"GET /v1/packs HTTP")
            else giving.data
            if body is None
            else body
        )
    )


def test_the_pack_comes_from_the_office_is_installed_and_opened_and_the_old_version_was_there_till_then(
    giving, hub, pc
):
    pc.installer.install(pc.installer.inspect(giving.before))
    pc.knows(hub.address.removeprefix("http://"))
    (row,) = pc.looks()
    assert (row.title, row.state, row.office, row.newer) == (
        "Keamanan di loket",
        OfferState.OFFERED,
        True,
        "1.1",
    )
    assert row.minutes == 1
    pc.fetching.fetches.take(row.digest)
    pc.becomes(row.digest, READY)
    pc.qtbot.waitUntil(lambda: bool(pc.said))
    assert pc.said == ["Keamanan di loket sudah diambil. Pasang di Belajar."]
    assert pc.shelf.course(COURSE).course.version == "1.0", "nothing installs itself"
    carried = pc.store.traffic.today()
    assert carried[LAN].received > giving.offer.size
    assert NET not in carried
    pc.installs(row.digest)
    opened = pc.shelf.course(COURSE)
    assert opened.course.version == "1.1"
    assert "Satu" in opened.text("m1/satu.md")
    assert pc.files() == []
    assert pc.looks() == (), "what is installed is offered no more"


def test_a_fetch_that_was_cut_and_an_app_that_was_closed_repeat_no_byte(giving, hub, pc):
    offer = giving.offer
    with Cable(hub.address) as cable:
        pc.knows(cable.url.removeprefix("http://"))
        pc.looks()
        cable.cut_down_after(50_000)
        pc.fetching.fetches.take(offer.digest)
        pc.becomes(offer.digest, OfferState.WAITING)
        first = pc.fetching.folder.part(offer.digest).stat().st_size
        assert 0 < first < 50_000
        pc.off()
        pc.on()
        cable.mend()
        row = next(iter(pc.looks()))
        assert (row.state, row.done) == (PARTIAL, first)
        del cable.up[:]
        del cable.down[:]
        pc.fetching.fetches.take(offer.digest)
        pc.becomes(offer.digest, READY)
        assert f"Range: bytes={first}-".encode() in cable.up
        assert len(cable.down) < offer.size - first + 1000
    assert pc.fetching.folder.file(offer.digest).read_bytes() == giving.data


def bent(giving):
    data = bytearray(giving.data)
    data[len(data) // 2] ^= 1
    return bytes(data)


def believes_all(monkeypatch):
    monkeypatch.setattr(fetching._Part, "finish", lambda self: self._offer.digest)


@pytest.mark.parametrize(
    ("plant", "ends"), [(None, FAILED), (believes_all, READY)], ids=["as it is", "planted fault"]
)
def test_one_bit_that_flipped_at_the_hub_is_told_by_the_packs_name_and_the_old_version_stays(
    giving, pc, monkeypatch, plant, ends
):
    if plant:
        plant(monkeypatch)
    pc.installer.install(pc.installer.inspect(giving.before))
    with served(giving, bent(giving)) as wire:
        pc.knows(wire.address)
        (row,) = pc.looks()
        pc.fetching.fetches.take(row.digest)
        told = pc.becomes(row.digest, READY, FAILED)
    assert told.state is ends
    assert pc.shelf.course(COURSE).course.version == "1.0"
    if plant is None:
        assert told.problem.title == "Keamanan di loket tidak sama dengan aslinya, jadi tidak dipasang."
        assert pc.files() == []


def test_a_pack_of_a_revoked_publisher_may_come_but_is_not_installed(giving, tmp_path, qtbot):
    """Its own publisher, as a key that is revoked stays revoked."""
    robbed = Giving(giving.home, tmp_path / "meja")
    pack = robbed.pack("3.0")
    listed = withdraw(giving.home, robbed.key.public, "2026-11-20")
    pc = FetchingPc(tmp_path / "pc", giving.office.file.raw, qtbot)
    folder = hub_folder(tmp_path / "hub", giving.office)
    (folder / "paket").mkdir()
    shutil.copy(pack, folder / "paket" / "dari-flashdisk.suluh-paket")  # laid in by hand, from a stick
    with HubProcess(folder) as hub:
        pc.knows(hub.address)
        row = next(one for one in pc.looks() if one.title == "dari-flashdisk")
        pc.fetching.fetches.take(row.digest)
        pc.becomes(row.digest, READY)
    pc.belief.take((), listed, pc.index)
    with pytest.raises(Refusal) as refused:
        pc.installer.inspect(pc.fetching.folder.file(row.digest))
    assert refused.value.code is Code.REVOKED
    assert "sudah dicabut sejak 20 November 2026" in explain(refused.value).title
    assert pc.shelf.course(COURSE) is None
    pc.fetching.drop(row.digest)
    pc.qtbot.waitUntil(lambda: pc.files() == [])
    pc.off()


def test_batal_leaves_nothing_half_done(giving, pc):
    offer = giving.offer
    with served(giving, giving.data) as wire, Cable(wire.address) as cable:
        pc.knows(cable.url)
        pc.looks()
        cable.cut_down_after(60_000)
        pc.fetching.fetches.take(offer.digest)
        pc.becomes(offer.digest, OfferState.WAITING)
        assert len(pc.files()) == 2
        pc.fetching.drop(offer.digest)
        pc.qtbot.waitUntil(lambda: pc.files() == [])
        pc.qtbot.waitUntil(lambda: pc.row(offer.digest).state is OfferState.OFFERED)
        assert pc.index.packs() == ()


def test_batal_in_the_middle_of_a_stream_leaves_nothing_either(giving, pc, monkeypatch):
    """It is heard between two pieces, by the work itself."""
    monkeypatch.setattr(
        pack_errand._Meter,
        "count",
        lambda self, done: (
            pc.fetching.fetches._now[1].__setattr__("dropped", True) or pc.fetching.fetches._now[1].stop.set()
        ),
    )
    with served(giving) as wire:
        pc.knows(wire.address)
        pc.looks()
        pc.fetching.fetches.take(giving.offer.digest)
        pc.qtbot.waitUntil(lambda: pc.fetching.fetches._now is None)
    assert pc.files() == []


def test_a_disk_that_would_be_full_says_so_before_anything_comes(giving, pc):
    pc.free = 100_000_000
    with served(giving) as wire:
        pc.knows(wire.address)
        (row,) = pc.looks()
        pc.free = giving.offer.size  # everything over the reserve is gone
        pc.fetching.fetches.take(row.digest)
        told = pc.becomes(row.digest, FAILED)
        assert told.problem.title.startswith("Ruang penyimpanan tidak cukup untuk Keamanan di loket: perlu ")
        assert not any(giving.offer.digest.encode() in asked for asked in wire.requests)
        assert pc.files() == []
        pc.free = 10**12
        pc.fetching.fetches.take(row.digest)
        pc.becomes(row.digest, READY)


def test_a_disk_that_fills_up_in_the_middle_says_so_and_goes_on_at_the_byte(giving, pc, monkeypatch):
    take = fetching._Part.take

    def full(self, start, total, piece):
        if self.done > 50_000:
            raise OSError(28, "No space left on device")
        return take(self, start, total, piece)

    with served(giving) as wire:
        pc.knows(wire.address)
        (row,) = pc.looks()
        monkeypatch.setattr(fetching._Part, "take", full)
        pc.fetching.fetches.take(row.digest)
        assert pc.becomes(row.digest, FAILED).problem.title == "Ruang penyimpanan penuh."
        monkeypatch.setattr(fetching._Part, "take", take)
        pc.fetching.fetches.take(row.digest)
        pc.becomes(row.digest, READY)


@pytest.mark.parametrize(("planted", "ends"), [(False, FAILED), (True, READY)], ids=["as it is", "planted"])
def test_over_the_internet_the_months_limit_is_obeyed_and_in_the_office_it_is_not(
    giving, pc, monkeypatch, planted, ends
):
    write_settings(pc.store.put_setting, Settings(data_limit=1))
    pc.store.traffic.add(NET, 0, 1_000_000 - giving.offer.size // 2)
    with served(giving) as wire:
        # the same server, once as one on the internet and once as the office's own
        for module in (pack_errand, pack_sources):
            monkeypatch.setattr(module, "road_of", lambda _: NET)
        if planted:
            monkeypatch.setattr(pack_errand, "room_left", lambda _: None)
        pc.store.put_setting("server", wire.address)
        (row,) = pc.looks()
        assert row.office is False
        pc.fetching.fetches.take(row.digest)
        told = pc.becomes(row.digest, FAILED, READY)
        assert told.state is ends
        if planted:
            return
        assert "batas data bulan ini tersisa" in told.problem.title
        assert not any(giving.offer.digest.encode() in asked for asked in wire.requests)
        monkeypatch.undo()
        pc.fetching.fetches.take(row.digest)
        pc.becomes(row.digest, READY)


def test_from_the_centre_it_is_never_fetched_by_itself_and_what_it_costs_is_counted(giving, pc, monkeypatch):
    with CentreProcess(giving.home) as centre, Cable(f"http://127.0.0.1:{centre.port}") as cable:
        monkeypatch.setattr(pack_errand, "road_of", lambda _: NET)
        monkeypatch.setattr(pack_sources, "road_of", lambda _: NET)
        pc.store.put_setting("server", cable.url)
        (row,) = pc.looks()
        assert row.office is False
        pc.looks()
        assert giving.offer.digest.encode() not in cable.up
        assert b"If-None-Match" in cable.up, "the list comes once"
        pc.fetching.fetches.take(row.digest)
        pc.becomes(row.digest, READY)
        counted = pc.store.traffic.today()[NET]
        assert counted.received == len(cable.down)
        assert counted.sent == len(cable.up)


def test_what_a_crash_left_behind_without_its_name_is_swept(pc):
    pc.folder_of_packs.mkdir()
    (pc.folder_of_packs / ("e" * 64 + ".bagian")).write_bytes(b"x")
    (pc.folder_of_packs / ("f" * 64 + ".tawaran")).write_bytes(b"rusak")
    assert pc.looks() == ()
    assert pc.files() == []


def test_a_hub_is_listened_for_only_where_there_is_something_to_fetch(giving, pc, monkeypatch):
    listened = []
    monkeypatch.setattr("sync.client.hub.find_hubs", lambda _office: listened.append(1) or ())
    offers = [giving.offer]
    with Wire(lambda _: answer(write_offers(offers))) as wire:
        pc.store.put_setting("server", wire.address)
        pc.looks()
        assert len(listened) == 1
        offers.clear()
        pc.fetching.sources._tags.clear()
        pc.fetching.sources._far = None  # the app was started anew
        pc.looks()
        assert len(listened) == 1, "nothing is offered that this PC does not have"
        asked = len(wire.requests)
        pc.fetching.load()
        assert pc.fetching._looks.waitForDone(20_000)
        assert len(wire.requests) == asked, "the lists are asked for at most every ten minutes"


def test_the_pc_that_is_the_hub_takes_packs_from_its_own(giving, hub, pc):
    pc.store.put_setting("hub_serves", "1")
    view = type("View", (), {"address": hub.address.removeprefix("http://")})
    pc.fetching._app.hub = lambda: type("Hub", (), {"view": staticmethod(lambda: view)})
    (row,) = pc.looks()
    assert row.office


def test_closing_the_app_does_not_wait_for_a_server_that_is_silent(giving, tmp_path, qtbot):
    heard, answers = threading.Event(), threading.Event()

    def silent(_request):
        heard.set()
        answers.wait(20)

    pc = FetchingPc(tmp_path / "pc", giving.office.file.raw, qtbot)
    with Wire(silent) as wire:
        pc.knows(wire.address)
        pc.fetching.load()
        assert heard.wait(20)
        pc.fetching.close()
        pc.store.close()
        assert not answers.is_set(), "the store is closed, and nobody has answered yet"
        answers.set()
        assert pc.fetching._looks.waitForDone(20_000)
    assert pc.jobs.close()


def test_the_centres_list_comes_behind_a_delivery_over_the_same_connection_and_only_when_somebody_looked(
    giving, pc
):
    asked = lambda: sum(one.startswith(b"GET") for one in wire.requests)  # noqa: E731
    with served(giving) as wire:
        pc.store.put_setting("server", wire.address)
        delivery = Transport(wire.address)
        delivery.post(b"a delivery")
        pc.fetching.reached(delivery)
        assert (asked(), wire.connections) == (1, 1), "once after the start, so that the library knows"
        pc.fetching.reached(delivery)
        assert asked() == 1
        pc.fetching.sources._asked.clear()
        pc.fetching.sources._asked["centre"] = -1e9  # long ago
        pc.fetching.reached(delivery)
        assert asked() == 1, "nobody has looked at the library since"
        pc.fetching.load()
        pc.fetching.reached(delivery)
        assert (asked(), wire.connections) == (2, 1)
        delivery.close()
        assert pc.row(giving.offer.digest).state is OfferState.OFFERED


def test_a_hub_that_a_delivery_met_is_asked_at_once(giving, hub, pc):
    pc.fetching.load()
    assert pc.fetching._looks.waitForDone(20_000)
    assert pc.fetching.rows() == ()
    pc.fetching.sources.hub = type("Found", (), {"found": hub.address})
    pc.fetching._app.session.road.hub = pc.fetching.sources.hub
    pc.fetching.reached(None)
    assert pc.fetching._looks.waitForDone(20_000)
    assert pc.row(giving.offer.digest).office
