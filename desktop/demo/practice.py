"""Mode latihan: an invented office with a round to go, results on the stick and a PC nobody has visited."""

from pathlib import Path

from desktop.demo.history import Past, study
from desktop.demo.people import LEARNERS
from desktop.demo.world import FIRST_PC, PASTS, Tell, World
from desktop.office.exchange_stick import exchange
from sync.client.stick import Stick
from sync.officefile import read_office

PASTS_HERE = tuple(PASTS[place] for place in (0, 1, 3, 5, 6, 9))
"""Six of the demo's people, so that nobody waits long; the others have not been seen yet."""
STEPS = 5 + len(PASTS_HERE)
"""Steps that are told while the office is made."""
VISITED = ((1, Past(2)), (10, Past(5)))
"""Who learned at the PC whose results lie on the stick: place among LEARNERS, how far."""


def practice_office(world: World, tell: Tell) -> Path:
    """Make the office and give the data folder of its coordinator's PC.

    One PC was visited: its results lie on the stick and wait for *Gabungkan*. Others have sent by network.
    """
    world.found(tell)
    world.live(tell, PASTS_HERE)
    data = world.coordinator_pc(tell)
    tell(f"{FIRST_PC} mengisi flashdisk latihan")
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
    return data
