"""The centre's disk died and Monday's copy was put back: one delivery heals it, and nobody is told a wrong sum."""

import os
import shutil
from copy import copy
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from desktop.demo.centre import Centre
from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.people.vouching import vouch, waiting_keys
from desktop.store import inward, keyring
from desktop.store import profile as profiles
from desktop.store.facts import Scope
from desktop.store.profile import Profile
from desktop.store.restored import Heard
from desktop.store.rows import Stretch
from desktop.store.tables import cursor
from sync.client.deliver import deliver
from sync.client.faults import Failure, Fault
from sync.client.transport import Transport
from tests.builders.road import JP, Handed, Pc, Town, desk_row, jp_of, read_all, sent, take_quiz

DORCE, KETUT = LEARNERS[1], LEARNERS[4]


class Operator:
    """Who runs a centre of its own, copies its database away, and puts it back."""

    def __init__(self, centre, town, copy):
        self.centre, self.town, self.copy = centre, town, copy

    def copies(self):
        port = self.centre.port
        self.centre.stop()
        shutil.copytree(self.centre.folder, self.copy)
        self.centre.start(port)

    def puts_back(self, *, announced):
        port = self.centre.port
        self.centre.stop()
        shutil.rmtree(self.centre.folder)
        shutil.copytree(self.copy, self.centre.folder)
        if announced:
            self.town.ask("restored")
        self.centre.start(port)

    def goes_on(self, folder):
        """The same town again, in another folder."""
        shutil.copytree(self.centre.folder, folder)
        centre, town = Centre(folder), copy(self.town)
        centre.start()
        town.centre = centre
        return Operator(centre, town, self.copy)


class OneAnswer:
    """A line that carries one request and its answer, and then is cut."""

    def __init__(self, url):
        self._road, self._left = Transport(url), 1

    def post(self, body):
        self._left -= 1
        return self._road.post(body) if self._left >= 0 else Failure(Fault.CUT)

    def close(self):
        self._road.close()


@dataclass(frozen=True)
class Scene:
    """Ketut and Dorce share the PC at the counter, Ketut has a laptop too, Yohana reads the desk."""

    operator: Operator
    office: Handed
    pcs: tuple[Pc, ...]
    ketut: Profile
    dorce: Profile
    laptop: Profile
    desk: Profile

    @property
    def url(self):
        return self.operator.town.url

    def all_is_well(self):
        """Centre, report, desk and both PCs of Ketut know the same, and all of it."""
        for one in (self.laptop, self.ketut, self.desk):
            sent(one, self.url)
        stated = {one: identities(one.facts(Scope.OWN)) for one in (self.ketut, self.laptop)}
        for one, own in stated.items():
            assert identities(self.operator.town.stored(one.profile)) == own, "the centre has it, and once"
            assert one.unsent() == 0
        assert read_by(self.ketut) == read_by(self.laptop)
        assert self.ketut.standing().state_hash == self.laptop.standing().state_hash
        assert hours(self.ketut) == (JP, 0)
        row = self.operator.town.row(self.office, KETUT)
        assert desk_row(self.desk, KETUT).jp == row["jp"] == jp_of(self.laptop) == JP


def identities(facts):
    return sorted(fact.identity for fact in facts)


def read_by(profile):
    """What a profile knows of the pages its person has read, by whatever road."""
    facts = profile.facts(Scope.OWN, Scope.PERSON, kinds=("page.read",))
    return {(fact.header.log, fact.statement.seq, fact.statement.digest) for fact in facts}


def hours(profile):
    """Recognised and waiting hours, in hundredths of JP."""
    years = profile.standing().jp.values()
    return sum(year.recognised for year in years), sum(year.waiting for year in years)


def read_page(profile, page):
    return profile.record("page.read", activity="buku/m1/baca", page=page, seconds=9, version="1")


@pytest.fixture(scope="module")
def friday(tmp_path_factory):
    """Monday: the first module is read and sent, the centre copied. Until Friday more is done and sent.

    Told once: each story goes on from copies of all folders.
    """
    folder = tmp_path_factory.mktemp("jumat")
    with pytest.MonkeyPatch.context() as patch, Centre(folder / "pusat") as centre:
        patch.setattr(keyring, "new_stretch", lambda: Stretch(os.urandom(16), 8, 1))
        operator = Operator(centre, Town(centre, folder / "meja"), folder / "salinan")
        scene = a_week(operator, folder)
        scene.all_is_well()
        for one in (scene.ketut, scene.dorce, scene.laptop, scene.desk):
            one.close()
        for pc in scene.pcs:
            pc.off()
        centre.stop()
        yield scene


def a_week(operator, folder):
    town = operator.town
    office, pack = town.office((COORDINATOR, DORCE, KETUT)), town.pack()
    pcs = counter, home, secretary = [Pc(folder / name, name, office) for name in ("PC 1", "Laptop", "PC 2")]
    for pc in (counter, home):
        pc.install(pack)
    ketut, dorce = counter.sit(KETUT), counter.sit(DORCE)
    desk, laptop = secretary.sit(COORDINATOR), home.sit(KETUT, code=False)
    read_all(counter.learning(ketut))
    for one in (ketut, dorce, laptop, desk):
        sent(one, town.url)
    for waiting in waiting_keys(desk):
        vouch(desk, waiting, waiting.person)
    for one in (desk, laptop, ketut):
        sent(one, town.url)
    operator.copies()

    take_quiz(counter.learning(ketut))
    read_page(dorce, 1)
    for page in (1, 2, 3):
        read_page(laptop, page)
        sent(laptop, town.url)
    for one in (ketut, dorce, laptop, desk):
        sent(one, town.url)
    return Scene(operator, office, tuple(pcs), ketut, dorce, laptop, desk)


@pytest.fixture
def scene(friday, tmp_path):
    operator = friday.operator.goes_on(tmp_path / "pusat")
    pcs = [pc.copy(tmp_path / pc.folder.name) for pc in friday.pcs]
    at = dict(zip(("ketut", "laptop", "desk", "dorce"), (*pcs, pcs[0]), strict=True))
    people = {name: pc.enter(getattr(friday, name).profile) for name, pc in at.items()}
    yield replace(friday, operator=operator, pcs=tuple(pcs), **people)
    operator.centre.stop()


def other_facts_take_the_places(scene):
    """Before the counter hears of anything, the laptop fills the places in the feeds up to where Friday stood."""
    for page in range(11, 17):
        read_page(scene.laptop, page)
        sent(scene.laptop, scene.url)


def test_one_delivery_brings_back_what_the_copy_did_not_hold(scene):
    scene.operator.puts_back(announced=True)
    other_facts_take_the_places(scene)
    outcome = sent(scene.ketut, scene.url)
    assert outcome.acked > 0
    own = identities(scene.ketut.facts(Scope.OWN))
    assert identities(scene.operator.town.stored(scene.ketut.profile)) == own
    assert hours(scene.ketut) == (JP, 0)
    scene.all_is_well()
    assert sent(scene.ketut, scene.url).rounds == 1, "and then all is quiet"


def test_until_the_centre_has_it_again_nobody_is_told_that_it_has(scene):
    """The line is cut after the first answer. Dorce is away: her work was kept sealed, and goes along."""
    own = identities(scene.dorce.facts(Scope.OWN))
    scene.dorce.close()
    scene.operator.puts_back(announced=True)
    line = OneAnswer(scene.url)
    outcome = deliver(scene.ketut, line, scene.ketut.store.clock)
    line.close()
    assert outcome.failure is not None
    assert hours(scene.ketut) == (0, JP), "what was recognised waits again"
    assert scene.ketut.unsent() > 0
    sent(scene.ketut, scene.url)
    scene.all_is_well()
    assert identities(scene.operator.town.stored(scene.dorce.profile)) == own


def test_a_copy_put_back_without_a_word_is_noticed_by_whoever_misses_something(scene):
    port = scene.operator.centre.port
    scene.operator.centre.stop()
    scene.operator.centre.start(port)
    outcome = sent(scene.ketut, scene.url)
    assert (outcome.rounds, outcome.acked, outcome.facts) == (1, 0, 0), "a centre that goes on is no new one"
    assert outcome.sent_bytes + outcome.received_bytes <= 500, "and nothing new costs what it did"
    scene.operator.puts_back(announced=False)
    scene.all_is_well()


def test_planted_fault_a_pc_that_ignores_the_epoch_never_sends_it_again(scene, monkeypatch):
    monkeypatch.setattr(profiles, "hear_epoch", lambda *_: Heard.SAME)
    monkeypatch.setattr(profiles, "lost", lambda *_: False)
    scene.operator.puts_back(announced=True)
    with pytest.raises(AssertionError, match="the centre has it"):
        scene.all_is_well()


def test_planted_fault_a_cursor_that_outlives_the_epoch_skips_what_took_its_places(scene, monkeypatch):
    def any_life(connection, letter, _):
        rows = connection.execute(select(cursor).where(cursor.c.letter == letter.public))
        return {row.scope: row.value for row in rows}

    monkeypatch.setattr(profiles, "forget_bygone", lambda *_: False)
    monkeypatch.setattr(inward, "_reached", any_life)
    scene.operator.puts_back(announced=True)
    other_facts_take_the_places(scene)
    for one in (scene.ketut, scene.laptop, scene.ketut):
        sent(one, scene.url)
    assert read_by(scene.ketut) < read_by(scene.laptop)
