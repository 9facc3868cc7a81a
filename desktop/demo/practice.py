"""Mode latihan: an invented office with a round to go, results on the stick and a PC nobody has visited."""

from pathlib import Path

from desktop.demo.history import Past, study
from desktop.demo.people import LEARNERS
from desktop.demo.world import FIRST_PC, Tell, World
from desktop.office.exchange_stick import exchange
from sync.client.stick import Stick
from sync.officefile import read_office

VISITED = ((1, Past(2)), (10, Past(5)))
"""Who learned at the PC whose results lie on the stick: place among LEARNERS, how far."""


def practice_office(world: World, tell: Tell) -> Path:
    """Make the office and give the data folder of its coordinator's PC.

    One PC was visited: its results lie on the stick and wait for *Gabungkan*. Others have sent by network.
    """
    world.found(tell)
    world.live(tell)
    data = world.coordinator_pc(tell)
    pc = world.pc(FIRST_PC)
    for pack in world.packs:
        pc.install(pack)
    for place, past in VISITED:
        person = LEARNERS[place]
        profile = pc.sit(person, world.codes[person.nip])
        study(profile, pc.shelf, past)
        profile.close()
    stick = Stick(world.stick, read_office(world.office.read_bytes()))
    stick.prepare()
    exchange(pc.store, stick)
    pc.close()
    tell(f"Hasil dari {FIRST_PC} ada di flashdisk latihan")
    return data
