"""The road to the office's hub as the window walks it: a real hub as a child, real stores, no internet."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QWidget

from desktop.app.custody import position
from desktop.app.hub_road import HUB, HubRoad
from desktop.app.office_hub import OfficeHub
from desktop.app.round_room import RoundRoom
from desktop.background.jobs import Jobs
from desktop.screens.exchange import ExchangeView
from desktop.screens.round_views import RoundStep
from desktop.screens.status_line import Place
from tests.builders.office import MARKUS, YOHANA, new_office
from tests.builders.round import Desk

NEVER = lambda: False  # noqa: E731 - nobody leaves


class Net:
    """A desk that may be the hub, and a PC beside it."""

    def __init__(self, folder, window, jobs) -> None:
        office = new_office()
        self.pc, self.desk = (
            Desk(folder / "loket", office, "PC Loket 1"),
            Desk(folder / "meja", office, "Meja"),
        )
        self.yohana, self.markus = self.pc.sit(YOHANA), self.desk.sit(MARKUS)
        nothing = SimpleNamespace(computers=())
        view = ExchangeView(0, 0, None, "", "Kantor", "Meja", online=False)
        road = SimpleNamespace(hub=HubRoad(self.desk.store), view=lambda: view)
        self.app = SimpleNamespace(window=window, store=self.desk.store, jobs=jobs, sticks=lambda: ())
        self.session = SimpleNamespace(
            app=self.app, profile=self.markus, road=road, noted=lambda: None,
            desk=SimpleNamespace(
                renewed=nothing, renew=lambda: nothing, desk=SimpleNamespace(people=lambda: ())
            ),
        )  # fmt: skip
        self.app.session = self.session
        self.hub = OfficeHub(self.app, 0)
        self.road = HubRoad(self.pc.store)

    def room(self) -> RoundRoom:
        return RoundRoom(self.session, self.session.desk)


@pytest.fixture
def net(tmp_path, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    jobs = Jobs()
    made = Net(tmp_path, window, jobs)
    yield made
    made.hub.close()
    made.pc.off()
    made.desk.off()
    assert jobs.close()


def switched_on(qtbot, net):
    net.hub.serve(True)
    qtbot.waitUntil(lambda: bool(net.hub.view().address or net.hub.view().problem), timeout=60_000)
    view = net.hub.view()
    assert view.problem is None
    port = view.address.rpartition(":")[2]
    net.pc.store.put_setting(HUB, f"127.0.0.1:{port}")


def test_without_a_hub_nothing_is_given_and_nothing_is_lost(net):
    net.pc.store.put_setting(HUB, "127.0.0.1:9")
    net.pc.study(YOHANA, [1])
    before = net.yohana.unsent()
    assert not net.road.carry(NEVER)
    assert net.yohana.unsent() == before
    assert position(net.yohana).place is Place.PC


def test_work_goes_to_the_hub_and_its_word_says_where_it_is(qtbot, net):
    switched_on(qtbot, net)
    assert net.hub.view().serving
    assert not net.hub.view().starting
    net.pc.study(YOHANA, range(4))
    assert net.road.carry(NEVER)
    held = position(net.yohana)
    assert held.place is Place.COORDINATOR
    assert held.unsent == net.yohana.unsent() > 0, "a hub's word lets nothing go"

    room = net.room()
    view = room.view()
    assert (view.step, view.hub, view.stick) == (RoundStep.MERGE, 1, None)
    done = room._merge(lambda _: None, NEVER)
    assert done.new > 0
    assert room.view().hub == 0
    assert room.view().step is RoundStep.CENTRE


def test_what_was_given_is_not_given_again(qtbot, net):
    switched_on(qtbot, net)
    net.pc.study(YOHANA, range(4))
    assert net.road.carry(NEVER)
    sent = net.pc.store.traffic.today()["lan"].sent
    assert net.road.carry(NEVER)
    assert net.pc.store.traffic.today()["lan"].sent - sent < sent


def test_a_hub_that_was_on_comes_back_with_the_app_and_nobody_signs_in(qtbot, net):
    switched_on(qtbot, net)
    net.hub.close()
    net.app.session = None
    again = OfficeHub(net.app, 0)
    again.resume()
    qtbot.waitUntil(lambda: bool(again.view().address or again.view().problem), timeout=60_000)
    assert again.view().problem is None
    again.close()


def test_a_hub_that_was_switched_off_stays_off(qtbot, net):
    switched_on(qtbot, net)
    net.hub.serve(False)
    qtbot.waitUntil(net.app.jobs.idle)
    assert not net.hub.view().serving
    again = OfficeHub(net.app)
    again.resume()
    assert not again.view().serving


def test_nobody_but_a_coordinator_makes_a_pc_the_hub(qtbot, net):
    net.app.session = None
    net.hub.serve(True)
    qtbot.waitUntil(net.app.jobs.idle)
    view = net.hub.view()
    assert view.problem is not None
    assert not view.serving


def test_an_address_that_means_nothing_is_not_kept(net):
    net.hub._set_address("bukan alamat")
    assert net.desk.store.setting(HUB) == ""
    net.hub._set_address("192.168.1.5")
    assert net.desk.store.setting(HUB) == "192.168.1.5"
