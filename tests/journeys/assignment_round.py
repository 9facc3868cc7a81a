"""Who hands in, who marks, and the coordinator whose stick carries it all: for stories of assignments."""

from desktop.app.marking_room import MarkingRoom
from desktop.demo.people import COORDINATOR, LEARNERS, Invented
from desktop.office.carry import to_centre
from desktop.office.exchange_stick import exchange as visit
from desktop.office.merge import merge
from sync.client.stick import Stick
from sync.client.transport import Transport
from tests.builders.road import COURSE, Pc

FERDINAND, HELENA = LEARNERS[2], LEARNERS[3]
TUTI = Invented("Tuti Sapari", "198803032012012004", "Sekretariat", "widyaiswara")
TONO = Invented("Tono Wijaya", "198404042010011004", "Sekretariat", "widyaiswara")
TASK = f"{COURSE}/m2/rencana"
EXTRA = """
[[module.activity]]
id = "rencana"
title = "Rencana loket"
kind = "tugas"
source = "m2/rencana.md"
minutes = 60
markers = 2
limit = 15
[[module.activity.criterion]]
id = "isi"
title = "Isi"
points = 60
[[module.activity.criterion]]
id = "langkah"
title = "Langkah"
points = 40
"""
FIRST, SECOND = b"%PDF rencana pertama" * 900, b"%PDF rencana yang benar" * 900


def desk_of(pc, profile):
    return MarkingRoom(profile, pc.shelf, lambda: None)


def hands_in(pc, profile, tmp_path, words, data):
    assigning = pc.learning(profile).assigning
    file = tmp_path / "rencana.pdf"
    file.write_bytes(data)
    assigning.keep_text(TASK, words)
    assigning.add_file(TASK, str(file))
    file.unlink()  # the stick it came from is gone
    return assigning.hand_in(TASK)


def grade(pc, profile):
    return pc.learning(profile).assigning.body(TASK).grade


class Round:
    """A coordinator who goes around with a stick, and to town with it; nobody else has any net."""

    def __init__(self, town, office, folder, leader=COORDINATOR):
        self.town, self.pc = town, Pc(folder / "meja", "PC Sekretariat", office)
        self.leader = self.pc.sit(leader)
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.rounds = 0

    def stick(self, pc):
        return Stick(self.root, pc.store.office())

    def goes(self, *pcs):
        """Around, merged, to town, and around again: what the centre answered is delivered.

        Each round has a stick of its own: rounds of one second would ask the same question once.
        """
        self.rounds += 1
        self.root = self.folder / f"flashdisk-{self.rounds}"
        self.root.mkdir()
        self.stick(self.pc).prepare()
        for pc in pcs:
            visit(pc.store, self.stick(pc))
        merge(self.leader, self.stick(self.pc))
        road = Transport(self.town.url)
        outcome = to_centre(self.leader, lambda body: road.post(body, "/v1/carry").body)
        road.close()
        assert outcome.failure is None
        merge(self.leader, self.stick(self.pc))
        for pc in pcs:
            visit(pc.store, self.stick(pc))
        everything = b"\0".join(path.read_bytes() for path in self.root.rglob("*") if path.is_file())
        for secret in (b"Versi yang benar", b"Data kuat", b"rencana.pdf", FERDINAND.nip.encode()):
            assert secret not in everything
