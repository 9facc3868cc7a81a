"""A second office file takes a role away: a PC that one road alone reaches has it by that road."""

import time

import pytest

from desktop.app.hub_road import HUB, HubRoad
from desktop.background.hub_process import prepare_hub
from desktop.demo.people import COORDINATOR, LEARNERS, Invented
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from desktop.people.office import adopt_office, inspect_office
from desktop.people.roles import role_of, rooms_of
from desktop.people.vouching import finish
from desktop.store import trust
from sync.client.stick import Stick
from tests.builders.hub import PATIENCE, HubProcess
from tests.builders.road import Handed, Pc, sent

TRAINER = Invented(LEARNERS[1].name, LEARNERS[1].nip, LEARNERS[1].unit, "pengajar")
HELENA = LEARNERS[3]


class Story:
    """A PC with a trainer and a colleague, the coordinator's PC, and a file that knows the trainer no more."""

    def __init__(self, town, folder):
        self.town, self.folder = town, folder
        self.office = town.office((COORDINATOR, TRAINER, HELENA))
        self.pc, self.meja = (Pc(folder / name, name, self.office) for name in ("PC Loket", "PC Meja"))
        self.trainer, self.helena = self.pc.sit(TRAINER), self.pc.sit(HELENA)
        self.yohana = self.meja.sit(COORDINATOR)
        for one in (self.trainer, self.helena, self.yohana):
            sent(one, town.url)
        assert self.rooms(), "a trainer has a room of their own"

    def rooms(self):
        """The rooms that the trainer's role opens at this PC."""
        return rooms_of(role_of(self.trainer.role), proven=True)

    def second(self):
        """The operator's roster has the trainer as a learner."""
        roster, out = self.folder / "daftar.csv", self.folder / "hasil"
        people = (COORDINATOR, Invented(TRAINER.name, TRAINER.nip, TRAINER.unit), HELENA)
        rows = [f"{one.nip};{one.name};{one.unit};{one.role}" for one in people]
        roster.write_text("NIP;Nama;Unit;Peran\n" + "\n".join(rows) + "\n", "utf-8")
        self.town.ask("office", "update", str(roster), "--office", self.office.name, "--out", str(out))
        (file,) = out.glob("*.suluh-kantor")
        self.handed = Handed(file, {}, self.office.name)

    def by_https(self):
        sent(self.helena, self.town.url)

    def by_file(self):
        adopt_office(self.pc.store, inspect_office(self.pc.store, self.handed.file).raw)

    def by_stick(self):
        """The desk has it over its own line and carries it to the PC with its round."""
        sent(self.yohana, self.town.url)
        assert self.meja.store.office().header.version == 2
        root = self.folder / "flashdisk"
        root.mkdir()
        Stick(root, self.meja.store.office()).prepare()
        exchange(self.pc.store, Stick(root, self.pc.store.office()))
        merge(self.yohana, Stick(root, self.meja.store.office()))
        exchange(self.pc.store, Stick(root, self.pc.store.office()))

    def by_hub(self):
        """The PC has no line; it gives its work to the hub, and what the centre answered comes back."""
        place = self.folder / "hub"
        prepare_hub(place, self.meja.store.office(), self.yohana.signing_key(), int(time.time()))
        with HubProcess(place, self.town.url) as hub:
            self.pc.store.put_setting(HUB, hub.address)
            road, end = HubRoad(self.pc.store), time.monotonic() + PATIENCE
            while self.pc.store.office().header.version == 1 and time.monotonic() < end:
                self.helena.record("page.read", activity="a/b/c", page=1, seconds=9, version="1")
                assert road.carry(lambda: False)


ROADS = ("https", "file", "stick", "hub")


@pytest.fixture
def story(town, tmp_path, cheap_pins):
    made = Story(town, tmp_path)
    yield made
    for one in (made.trainer, made.helena, made.yohana):
        one.close()
    made.pc.off()
    made.meja.off()


def goes(story, road):
    story.second()
    assert story.pc.store.office().header.version == 1, "offline: nothing has come yet"
    assert story.rooms()
    getattr(story, f"by_{road}")()
    assert story.pc.store.office().raw == story.handed.file.read_bytes()
    finish(story.pc.store, story.trainer)  # as the window does after each delivery and at each sign-in
    assert (story.trainer.role, story.rooms()) == ("learner", frozenset())
    assert story.helena.role == "learner"


@pytest.mark.parametrize("road", ROADS)
def test_a_role_that_was_taken_away_ends_at_a_pc_reached_by_one_road_alone(story, road):
    goes(story, road)


@pytest.mark.parametrize("road", [one for one in ROADS if one != "hub"])
def test_planted_fault_a_pc_that_keeps_its_first_office_file_is_seen(story, road, monkeypatch):
    """A hub that never brought it would be waited for; every road ends at this one door."""
    monkeypatch.setattr(trust, "_keep", lambda _store, _office: None)
    with pytest.raises(AssertionError):
        goes(story, road)
