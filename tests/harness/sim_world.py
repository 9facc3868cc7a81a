"""A small office in a folder: a centre, two PCs with real stores, three people; made once, copied for each schedule."""

import os
import random
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.app.hub_road import HUB
from desktop.demo.people import COORDINATOR, LEARNERS, PIN, ZONE, read_codes, write_roster
from desktop.paths import Folders
from desktop.people.office import adopt_office, inspect_office
from desktop.people.profiles import SignUp, sign_in, sign_up
from desktop.people.vouching import vouch, waiting_keys
from desktop.store import keyring
from desktop.store.device import Store
from desktop.store.facts import Scope
from desktop.store.rows import Stretch
from sync.catalogue import sign_catalogue
from sync.client.deliver import deliver
from sync.folds.completion import CourseShape
from sync.officefile import Role
from sync.server.documents import Document, publish
from sync.server.office_new import OfficeWish, new_office
from sync.signed_documents import CATALOGUE
from tests.builders.centre import CHEAP
from tests.fakes.clock import HandClock
from tests.harness.sim_centre import SimCentre
from tests.harness.sim_hub import ADDRESS, SimHub
from tests.harness.sim_road import SimRoad

DORCE, FERDINAND = LEARNERS[1], replace(LEARNERS[2], role=COORDINATOR.role)
COURSE = CourseShape("pelayanan", "Pelayanan", 600, ("pelayanan/m1", "pelayanan/m2"), version="1.0")
SEATS = {"loket": (COORDINATOR, DORCE), "rapat": (DORCE, FERDINAND)}
"""Who has a profile on which PC."""


@dataclass(frozen=True)
class Seat:
    """A profile on a PC, by the name of the PC and the number of its tile when the office was made."""

    pc: str
    profile: bytes
    person: bytes


class SimPc:
    """One PC that is on; nobody is signed in before `sit`."""

    def __init__(self, folder, clock):
        self.folder, self.clock = folder, clock
        self.profile = None
        self.on()

    def on(self):
        self.store = Store.open(folders_of(self.folder), self.clock)

    def sit(self, profile):
        """Sign in a person by their profile; whoever sits there gets up first."""
        if self.profile is None or self.profile.profile != profile:
            self.up()
            self.profile = sign_in(self.store, profile, PIN)
        return self.profile

    def up(self):
        if self.profile is not None:
            self.profile.close()
            self.profile = None

    def off(self):
        self.up()
        self.store.close()

    def own(self):
        """What every profile on this PC has stated here: identities with digests."""
        found = set()
        for tile in self.store.tiles():
            facts = self.sit(tile.profile).facts(Scope.OWN)
            found |= {(one.statement.log, one.statement.seq, one.statement.digest) for one in facts}
        return found


def folders_of(folder):
    return Folders(folder / "data", folder / "kunci", shared=True)


class World:
    """A running copy of the office. `clock` is the true time, which only the centre is sure to have."""

    def __init__(self, folder, seed=1):
        self.folder, self.dice = folder, random.Random(seed)
        self.clock = HandClock()
        self.centre = SimCentre(folder / "pusat", self.clock)
        self.clocks = {HUB: HandClock(self.clock.at)}
        self.hub = SimHub(folder / HUB, self.clocks[HUB])
        self.pcs = {}
        for name in SEATS:
            self.switch_on(name)
        self.people = {key: self.pcs[name].sit(key).person for name, key in self.seats()}

    def switch_on(self, name):
        if name not in self.clocks:
            self.clocks[name] = HandClock(self.clock.at)
        self.pcs[name] = SimPc(self.folder / name, self.clocks[name])
        return self.pcs[name]

    def copy_pc(self, name, to):
        """Copy the folder of a PC: a backup, or the image for another PC."""
        shutil.rmtree(self.folder / to, ignore_errors=True)
        shutil.copytree(self.folder / name, self.folder / to)

    def seats(self):
        """Every profile on every PC."""
        for name, pc in self.pcs.items():
            for tile in pc.store.tiles():
                yield name, tile.profile

    def leads(self, name, profile):
        """Whether a profile is the coordinator's."""
        roles = {tile.profile: tile.role for tile in self.pcs[name].store.tiles()}
        return roles[profile] == Role.COORDINATOR.value

    def close(self):
        for pc in self.pcs.values():
            pc.off()
        self.hub.off()
        self.centre.close()


def cheap_pins():
    """Let a PIN cost nothing: its price is not what is tried here."""
    keyring.new_stretch = lambda: Stretch(os.urandom(16), 8, 1)


def make_template(folder: Path):
    """Make the office once: founded, signed up, vouched for, everything sent and received."""
    cheap_pins()
    clock = HandClock()
    centre = SimCentre(folder / "pusat", clock)
    papers = folder / "berkas"
    papers.mkdir()
    write_roster(papers / "pegawai.csv", (COORDINATOR, DORCE, FERDINAND))
    wish = OfficeWish("Kantor Distrik Waropen", ZONE, ("https://suluh.example",), cost=CHEAP)
    made = new_office(centre.database, centre.keys, (papers / "pegawai.csv").read_bytes(), wish, papers)
    with centre.database.writing() as connection:
        publish(connection, CATALOGUE, Document(1, sign_catalogue((COURSE,), centre.keys.signing)))
    codes = read_codes(made.codes)
    centre.restart()
    road = SimRoad(centre, random.Random(0))
    for name, people in SEATS.items():
        store = Store.open(folders_of(folder / name), HandClock(clock.at))
        store.name_pc(f"PC {name}")
        store.put_setting(HUB, ADDRESS)
        adopt_office(store, inspect_office(store, made.file).raw)
        for person in people:
            code = "" if name == "rapat" and person is DORCE else codes[person.nip]
            profile = sign_up(store, SignUp(person.nip, person.birth, PIN, person.nickname, code))
            assert deliver(profile, road, store.clock).failure is None
            if person is COORDINATOR:
                SimHub.prepare(folder / HUB, profile)
            profile.close()
        store.close()
    world = World(folder)
    settle(world, rounds=1)
    for name, profile in list(world.seats()):
        if world.leads(name, profile):
            coordinator = world.pcs[name].sit(profile)
            for waiting in waiting_keys(coordinator):
                vouch(coordinator, waiting, waiting.person)
    settle(world)
    world.close()


def settle(world, rounds=3):
    """Let everybody send and receive over a road without faults, until nothing moves."""
    road = SimRoad(world.centre, world.dice)
    for _ in range(rounds):
        moved = 0
        for name, profile in list(world.seats()):
            pc = world.pcs[name]
            outcome = deliver(pc.sit(profile), road, pc.clock)
            assert outcome.failure is None, outcome
            moved += outcome.acked + outcome.facts
        if not moved:
            return
