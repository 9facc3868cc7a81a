"""Work that did not come: told at the desk and at the centre, gone when it turns up, never silently forgotten."""

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.office import gather
from desktop.office.desk import Desk
from desktop.office.exchange_stick import exchange
from desktop.office.lost_stick import report_lost
from desktop.office.merge import merge
from desktop.people.vouching import vouch, waiting_keys
from desktop.store.facts import Scope
from desktop.store.handed import Handed
from sync.client.stick import Stick
from sync.journal.acks import Ack
from tests.builders.road import READ, Pc, carried, sent

RAHEL = LEARNERS[0]


class Office:
    """An office of two PCs, with sticks of its coordinator's and one learner on the other PC."""

    def __init__(self, town, folder):
        self.town, self.folder = town, folder
        self.handed = town.office((COORDINATOR, RAHEL))
        self.desk = Pc(folder / "meja", "PC Sekretariat", self.handed)
        self.coordinator = self.desk.sit(COORDINATOR)
        self.pc = Pc(folder / "loket", "PC Loket", self.handed)
        self.rahel = self.pc.sit(RAHEL, code=False)
        self.red, self.blue = self.stick("merah"), self.stick("biru")
        self.visit(self.red)
        self.merge(self.red)
        self.vouch()

    def stick(self, name):
        root = self.folder / name
        root.mkdir()
        Stick(root, self.desk.store.office()).prepare()
        return root

    def studies(self, page):
        """One more day: the app starts anew, and that is a log of its own."""
        self.rahel.close()
        self.rahel = self.pc.enter(self.rahel.profile)
        self.rahel.record("page.read", activity=READ, page=page, seconds=60, version="1.0")

    def visit(self, root):
        """Exchange at the PC; gives the files that are new on the stick."""
        before = set(root.rglob("k-*"))
        exchange(self.pc.store, Stick(root, self.pc.store.office()))
        return set(root.rglob("k-*")) - before

    def merge(self, root):
        merge(self.coordinator, Stick(root, self.desk.store.office()))

    def vouch(self):
        for waiting in waiting_keys(self.coordinator):
            vouch(self.coordinator, waiting, waiting.person)

    def to_centre(self):
        """The desk's post goes over a line, and what comes back is taken by the PC on the next visit."""
        carried(self.coordinator, self.town.url)

    def at_desk(self):
        """How many logs of the learner's PC the desk misses."""
        found = Desk(self.coordinator).renew().computers
        return next(one.missing for one in found if one.name == "PC Loket")

    def at_centre(self):
        return self.town.row(self.handed, RAHEL)["missing"]

    def missing(self):
        return self.at_desk(), self.at_centre()

    def pages(self):
        """What the centre has of the learner's reading, once each."""
        stored = self.town.stored(self.rahel.profile)
        return sorted(one.statement.fields["page"] for one in stored if one.statement.kind == "page.read")

    def a_day_is_lost(self):
        """Three days of study; what the stick carried of the second never reaches the desk."""
        self.studies(1)
        self.visit(self.red)
        self.studies(2)
        (torn,) = self.visit(self.red)
        self.studies(3)
        self.visit(self.red)
        torn.write_bytes(b"bad place on the stick")
        self.merge(self.red)
        torn.unlink(missing_ok=True)
        self.to_centre()

    def off(self):
        self.rahel.close()
        self.coordinator.close()
        self.pc.off()
        self.desk.off()


@pytest.fixture
def office(town, tmp_path, cheap_pins):
    made = Office(town, tmp_path)
    yield made
    made.off()


def test_a_whole_log_that_did_not_come_is_told_and_goes_when_it_turns_up(office):
    assert office.missing() == (0, 0)
    office.a_day_is_lost()
    assert office.pages() == [1, 3]
    assert office.missing() == (1, 1)
    office.visit(office.red)  # not yet acknowledged: the PC hands it over again by itself
    office.merge(office.red)
    assert office.missing() == (0, 1)
    office.to_centre()
    assert office.missing() == (0, 0)
    assert office.pages() == [1, 2, 3]


def test_one_of_two_sticks_is_lost_and_its_work_comes_with_the_other(office):
    office.a_day_is_lost()
    office.studies(4)
    assert office.visit(office.blue)  # and the blue one never comes back
    lost = report_lost(office.coordinator, "di kapal")
    assert office.rahel.person in lost.people
    assert office.missing() == (1, 1)
    assert office.rahel.unsent() > 0
    assert office.visit(office.red), "what was handed to the lost stick is offered again"
    office.merge(office.red)
    office.to_centre()
    assert office.missing() == (0, 0)
    assert office.pages() == [1, 2, 3, 4]
    office.merge(office.red)
    office.visit(office.red)
    assert office.rahel.unsent() == 0


def test_a_pc_given_back_an_old_image_has_what_the_centre_had_and_the_rest_is_told(office, tmp_path):
    office.studies(0)
    office.rahel.close()
    office.pc.off()
    image = office.pc.copy(tmp_path / "citra")
    office.pc.on()
    office.rahel = office.pc.enter(office.rahel.profile)
    office.a_day_is_lost()
    office.rahel.close()
    office.pc.off()  # the disk dies with the second day on it
    office.pc = image
    office.rahel = image.enter(office.rahel.profile)
    person = office.rahel.person
    sent(office.rahel, office.town.url)
    had = {one.statement.fields["page"] for one in office.rahel.facts(kinds=("page.read",))}
    assert had == {0, 1, 3}
    office.studies(5)
    sent(office.rahel, office.town.url)
    assert office.rahel.person == person
    assert office.pages() == [0, 1, 3, 5]
    assert office.missing() == (1, 1), "the second day is not forgotten"


def test_a_pc_installed_anew_brings_the_same_person_back_and_the_rest_is_told(office, tmp_path):
    office.a_day_is_lost()
    old, old_person = office.rahel, office.rahel.person
    old.close()
    office.pc.off()
    office.pc = Pc(tmp_path / "baru", "PC Baru", office.handed)
    office.rahel = office.pc.sit(RAHEL, code=False)
    office.studies(4)
    office.visit(office.red)
    office.merge(office.red)
    office.vouch()
    office.to_centre()
    sent(office.coordinator, office.town.url)
    sent(office.rahel, office.town.url)
    sent(office.rahel, office.town.url)
    assert office.rahel.profile != old.profile
    back = office.rahel.facts(Scope.PERSON, kinds=("page.read",))
    assert {one.statement.fields["page"] for one in back} == {1, 3}, "what came of the old disk is here again"
    assert office.rahel.person == old_person
    assert office.missing() == (1, 1)


def test_planted_fault_the_desk_does_not_look_at_what_logs_name(office, monkeypatch):
    monkeypatch.setattr(gather, "gaps", lambda *_: ())
    with pytest.raises(AssertionError):
        test_a_whole_log_that_did_not_come_is_told_and_goes_when_it_turns_up(office)


def test_planted_fault_what_was_handed_to_a_stick_counts_as_delivered(office, monkeypatch):
    """The PC takes its own handing over for an answer, and offers nothing again."""
    honest = Handed.put

    def put(self, digest, spans, road, wants=0):
        spans = list(spans)
        honest(self, digest, spans, road, wants)
        self._store.outbox.put_acks([Ack(one.log, one.last) for one in spans], 1)

    monkeypatch.setattr(Handed, "put", put)
    with pytest.raises(AssertionError):
        test_one_of_two_sticks_is_lost_and_its_work_comes_with_the_other(office)
