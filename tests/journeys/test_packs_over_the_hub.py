"""Packs over the office's hub: fetched once on a line that breaks, served to everybody when there is no line."""

import re
import secrets
import time

import pytest

from desktop.screens.offer_views import OfferState
from sync.client.faults import Failure, Fault
from sync.client.fetch import ask_offers, fetch
from sync.client.transport import Answer, Transport
from sync.journal.keys import SigningKey
from sync.packs.offer import Offer, sign_offer, write_offers
from sync.refusal import Code, Refusal
from sync.server.home import Home
from sync.server.pack_shelf import PackShelf
from tests.builders.cable import Cable
from tests.builders.centre import CentreProcess, make_office
from tests.builders.hub import EAGER, HubProcess, hub_folder
from tests.builders.offered import FetchingPc, Giving
from tests.fakes.wire import Wire, answer

QUICK = EAGER + "from sync.server import hub_packs\nhub_packs.LOOK = hub_packs.AFTER_POST = 0.05\n"
PATIENCE = 20


@pytest.fixture(scope="module")
def giving(tmp_path_factory):
    """A centre, its publisher, and an office of it."""
    folder = tmp_path_factory.mktemp("pusat")
    home = Home(folder / "data")
    made = make_office(home, folder / "kantor")
    given = Giving(home, folder / "meja")
    given.office = made
    given.offer = given.offers(page=secrets.token_hex(150_000))
    return given


@pytest.fixture
def folder(giving, tmp_path):
    return hub_folder(tmp_path / "hub", giving.office)


def until(look):
    """Look again and again, at a file or over a real line, until something is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := look():
            return found
    raise AssertionError("it never came")


def offered_at(hub, centre):
    road = Transport(hub.address)
    try:
        asked = ask_offers(road, centre)
    finally:
        road.close()
    return () if isinstance(asked, Failure) else asked[0]


def ranges(cable, offer):
    """From which byte each request for a pack asked it."""
    asked = re.findall(
        rb"GET /v1/packs/" + offer.digest.encode() + rb".*?\r\n\r\n", bytes(cable.up), re.DOTALL
    )
    found = [re.search(rb"bytes=(\d+)-", head) for head in asked]
    return [int(one[1]) if one else 0 for one in found]


def test_a_hub_fetches_a_pack_once_over_a_line_cut_twice_and_serves_it_without_one(
    giving, folder, tmp_path, qtbot
):
    offer, key = giving.offer, giving.office.file.header.centre
    part = folder / "paket" / f".{offer.digest}.ambil"
    here = []
    with CentreProcess(giving.home) as centre, Cable(f"http://127.0.0.1:{centre.port}") as cable:
        cable.cut_down_after(40_000)
        with HubProcess(folder, cable.url, QUICK) as hub:
            for further in (60_000, None):
                before = cable.turned_away
                until(lambda: cable.broken)
                until(lambda seen=before: cable.turned_away > seen)  # what came until then is in the file
                assert offered_at(hub, key) == (), "what has not come whole is not offered"
                here.append(until(lambda: part.exists() and part.stat().st_size))
                cable.mend()
                if further:
                    cable.cut_down_after(further)
            until(lambda: offered_at(hub, key) == (offer,))
            assert ranges(cable, offer) == [0, *here], "it went on at the byte, both times"
    # the town's line is gone for weeks; the hub was switched off over night
    with HubProcess(folder, prelude=QUICK) as hub:
        assert offered_at(hub, key) == (offer,)
        pc = FetchingPc(tmp_path / "pc", giving.office.file.raw, qtbot)
        pc.knows(hub.address)
        pc.looks()
        pc.fetching.fetches.take(offer.digest)
        pc.becomes(offer.digest, OfferState.READY)
        pc.installs(offer.digest)
        assert "Satu" in pc.shelf.course(offer.course).text("m1/satu.md")
        pc.off()


def test_a_newer_version_takes_the_place_of_the_older_and_an_old_list_brings_it_not_back(
    giving, folder, tmp_path
):
    office = giving.office
    old = giving.offer
    folder.joinpath("paket").mkdir()
    source = PackShelf(giving.home.packs).path(old.digest)
    PackShelf(folder / "paket").take(source, lambda *_: old)
    key = giving.office.file.header.centre
    newer = tmp_path / "centre"
    newer.mkdir()
    (newer / "baru").write_bytes(b"PK" * 500)
    centre = _centre_key(giving)
    shelf = PackShelf(newer)
    new = shelf.take(
        newer / "baru", lambda _, d, size: sign_offer(Offer(d, size, old.course, "2.0", "K"), centre)
    )

    def both(request):
        if request.startswith(b"GET /v1/packs HTTP"):
            return answer(write_offers([new]))
        return answer(b"PK" * 500)

    with Wire(both) as wire, HubProcess(folder, wire.address, QUICK) as hub:
        until(lambda: offered_at(hub, key) == (new,))
    with Wire(lambda _: answer(write_offers([old]))) as wire, HubProcess(folder, wire.address, QUICK) as hub:
        until(lambda: len(wire.requests) > 3)
        assert offered_at(hub, key) == (new,)
        assert not any(old.digest.encode() in asked for asked in wire.requests)
    assert office


def _centre_key(giving):
    from sync.server.keys import open_keys

    return open_keys(giving.home, begun=True).signing


def test_a_hub_takes_only_what_the_offices_own_centre_has_signed(giving, folder):
    """A portal, another centre, and somebody who lays a longer file under a good name."""
    stranger = sign_offer(giving.offer._replace(digest="a" * 64), SigningKey.generate())
    lists = [b"<html>Masuk</html>", write_offers([stranger, Offer("b" * 64, 9, "", "", "tangan")])]

    def impostor(request):
        if request.startswith(b"GET /v1/packs HTTP"):
            return answer(lists.pop(0) if lists else write_offers([giving.offer]))
        return answer(b"x" * (giving.offer.size + 1))

    with Wire(impostor) as wire, HubProcess(folder, wire.address, QUICK) as hub:
        until(lambda: sum(giving.offer.digest.encode() in one for one in wire.requests) > 2)
        assert offered_at(hub, giving.office.file.header.centre) == ()
        strange = b"GET /v1/packs/" + b"a" * 64, b"GET /v1/packs/" + b"b" * 64
        assert not any(one.startswith(strange) for one in wire.requests)


def bent(giving, nth):
    """The pack with one bit turned, the right length."""
    data = bytearray(PackShelf(giving.home.packs).path(giving.offer.digest).read_bytes())
    data[nth] ^= 1
    return bytes(data)


PLANTED = "from sync.client import fetch\nfetch._Part.finish = lambda self: self._offer.digest\n"


@pytest.mark.parametrize(("planted", "served"), [("", 0), (PLANTED, 1)], ids=["as it is", "planted fault"])
def test_a_pack_that_comes_with_one_bit_turned_is_not_served(giving, folder, planted, served):
    body = bent(giving, 5000)

    def turned(request):
        return answer(write_offers([giving.offer]) if request.startswith(b"GET /v1/packs HTTP") else body)

    with Wire(turned) as wire, HubProcess(folder, wire.address, planted + QUICK) as hub:
        until(lambda: len(wire.requests) > 8 or offered_at(hub, giving.office.file.header.centre))
        assert len(offered_at(hub, giving.office.file.header.centre)) == served
        asked = sum(giving.offer.digest.encode() in one for one in wire.requests)
        assert asked <= 3, "three times is enough: the line is needed for the post"


@pytest.mark.parametrize("limit", [0, 1])
def test_a_hub_fetches_no_more_in_a_month_than_it_may(giving, folder, limit):
    (folder / "paket").mkdir()
    if limit:  # all but a little of this month is spent
        month = time.strftime("%Y-%m", time.gmtime())
        (folder / "paket" / ".bulan").write_text(f"{month} {limit * 1_000_000 - 1000}")
    asks = []

    def centre(request):
        asks.append(request)
        return answer(write_offers([giving.offer]))

    prelude = QUICK + f"sys.argv += ['--pack-limit', '{limit}']\n"
    with Wire(centre) as wire, HubProcess(folder, wire.address, prelude) as hub:
        if limit:
            until(lambda: len(asks) > 3)
        assert offered_at(hub, giving.office.file.header.centre) == ()
    assert not any(giving.offer.digest.encode() in one for one in asks)


def test_a_pc_takes_a_pack_apart_into_nothing_when_the_hub_gives_another_file(giving, tmp_path):
    part = tmp_path / "bagian"
    with Wire(lambda _: answer(bent(giving, 100))) as wire:
        road = Transport(wire.address)
        with pytest.raises(Refusal) as refused:
            fetch(road, giving.offer, part)
        road.close()
    assert (refused.value.code, refused.value.values["pack"]) == (Code.OBJECT, giving.offer.title)
    assert not part.exists()


def test_a_server_that_cannot_begin_in_the_middle_and_a_portal(giving, tmp_path):
    data = PackShelf(giving.home.packs).path(giving.offer.digest).read_bytes()
    part = tmp_path / "bagian"
    part.write_bytes(data[:1000])
    with Wire(lambda _: answer(b"<html>", content_type="text/html")) as wire:
        road = Transport(wire.address)
        portal = fetch(road, giving.offer, part)
        road.close()
    assert isinstance(portal, Failure)
    assert portal.fault is Fault.PORTAL
    assert part.read_bytes() == data[:1000]
    with Wire(lambda _: answer(data)) as wire:
        road = Transport(wire.address)
        assert isinstance(fetch(road, giving.offer, part), Answer)
        road.close()
    assert part.read_bytes() == data
