"""The coordinator's rounds in a simulated office: sticks that visit, are merged, go to town, get lost and are copied."""

from desktop.demo.people import COORDINATOR
from desktop.errors import Problem
from desktop.office.carry import from_answer, to_centre
from desktop.office.exchange_stick import exchange
from desktop.office.merge import merge
from sync.client.faults import Failure
from sync.client.stick import DOWN, ENDING, UP, Stick
from sync.postbag.shipment import encode_shipment
from tests.harness.sim_carry import parts_of
from tests.harness.sim_truth import checked
from tests.harness.sim_world import COURSE, DORCE, FERDINAND, SEATS
from tests.harness.stick_disk import ROOT, FaultyStick

STICKS = 2
OPERATIONS = 80
"""Within so many operations a stick that is pulled is pulled."""
SECRETS = tuple(
    word.encode()
    for word in (
        *(one.nip for one in (COORDINATOR, DORCE, FERDINAND)),
        DORCE.name,
        DORCE.nickname,
        COURSE.modules[0],
        *(f"PC {name}" for name in SEATS),
    )
)
"""Words that may stand on no stick in clear; the office file names the coordinators, whom a finder may call."""
CHANCES = (
    ("visit", 16),
    ("gather", 6),
    ("town", 4),
    ("borrow", 3),
    ("answers", 3),
    ("lose_stick", 1),
    ("copy_stick", 1),
)


class SimStick(FaultyStick):
    """A stick whose files lie in the order in which they came: their names are drawn by the crypto library."""

    def files(self, folder):
        super().files(folder)
        return tuple(path.name for path in self.live if path.parent == folder)

    def pull(self):
        torn = dict.fromkeys([*self.live, *self.sure])
        for path in torn:
            torn[path] = self.dice.choice([self.live.get(path), self.sure.get(path)])
        self.plug({path: self._torn(inode) for path, inode in torn.items() if inode is not None})


class Round:
    """What happens to sticks in a schedule. `wrong` gathers what may never be seen on the way."""

    def begin_rounds(self):
        """Buy the sticks."""
        self.sticks = [self._bought() for _ in range(STICKS)]
        self.copies, self.wrong = [], []
        self.ever = set()

    def visit(self):
        """A stick visits a PC, where somebody may be at work."""
        name = self.dice.choice(sorted(self.world.pcs))
        if self.dice.random() < 0.5:
            self.world.pcs[name].up()
        self.visits(name, self.dice.choice(self.sticks), faulty=True)

    def visits(self, name, disk, *, faulty=False):
        """Exchange with a PC; a stick may be pulled at any operation, and whoever sits there goes on."""
        pc = self.world.pcs[name]
        self._with(disk, lambda: exchange(pc.store, self._stick(pc, disk)), faulty=faulty)
        if pc.profile is not None:
            pc.profile.catch_up()
        self.wrong += checked(self, name)

    def gather(self):
        """The desk merges what lies on a stick."""
        self.gathers(self.dice.choice(self.sticks), faulty=True)

    def gathers(self, disk, *, faulty=False):
        """Merge at one of the desks."""
        desk = self._desk()
        self._with(disk, lambda: merge(desk, self._stick(desk, disk)), faulty=faulty)

    def town(self):
        """The coordinator's own PC has a line: everything carried goes to the centre."""
        self.to_town(self.road)

    def to_town(self, road):
        """Carry on over a road."""
        to_centre(self._desk(), road.carry)

    def borrow(self):
        """Somebody brings the one file to a borrowed PC; its answer is saved on the stick, or never arrives."""
        disk = self.dice.choice(self.sticks)
        image = disk.image()
        shipment = image.get(ROOT / UP)
        if shipment is None:
            return
        parts = parts_of(shipment)
        if self.dice.random() < 0.5:  # doubled, shuffled, and perhaps not all of them
            found = self.dice.choices(parts, k=len(parts) + 1)
            shipment = encode_shipment(parts[0][0].office, [data for _, data in found])
        answer = self.road.carry(shipment)
        if isinstance(answer, Failure):
            return
        again = f" ({self.dice.randint(1, 3)})" if self.dice.random() < 0.3 else ""
        disk.plug(image | {ROOT / DOWN.replace(ENDING, again + ENDING): answer})

    def answers(self):
        """The desk takes in what a borrowed PC saved."""
        desk, disk = self._desk(), self.dice.choice(self.sticks)
        self._with(disk, lambda: from_answer(desk, self._stick(desk, disk)), faulty=True)

    def lose_stick(self):
        """A stick is lost, and whoever finds it looks; a new one is bought, or the lost one turns up much later."""
        place = self.dice.randrange(STICKS)
        found = b"".join(self.sticks[place].image().values())
        self.wrong += [f"readable: {word.decode()}" for word in SECRETS if word in found]
        self.sticks[place] = self._bought()

    def _bought(self):
        """A new stick, prepared for the office."""
        disk = SimStick(self.dice)
        self._stick(self.world.pcs["loket"], disk).prepare()
        disk.settle()
        return disk

    def copy_stick(self):
        """A stick is copied; the copy comes in the place of some stick, now or another day."""
        self.copies = [*self.copies[-3:], self.dice.choice(self.sticks).image()]
        self.dice.choice(self.sticks).plug(self.dice.choice(self.copies))

    def last_round(self, road):
        """Two whole rounds without any fault, with the sticks as they are."""
        for disk in self.sticks:
            disk.settle()
        for disk in self.sticks:
            for name in sorted(self.world.pcs):
                self.visits(name, disk)
            self.gathers(disk)
            self.to_town(road)
            self.gathers(disk)
            for name in sorted(self.world.pcs):
                self.visits(name, disk)

    def _with(self, disk, work, *, faulty):
        """Do something with a stick and pull it out; what goes wrong is told to people."""
        disk.operations = 0
        if faulty and self.dice.random() < 0.4:
            disk.pull_at = self.dice.randint(1, OPERATIONS)
        try:
            work()
        except Problem as problem:
            if not faulty or not problem.title:
                self.wrong.append(f"a calm round failed: {problem.title} {problem.details}")
        if disk.pull_at is None and self.dice.random() < 0.5:
            disk.settle()
        disk.pull()

    @staticmethod
    def _stick(where, disk):
        return Stick(ROOT, where.store.office(), disk)
