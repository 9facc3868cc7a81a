"""The office's own network in a simulated office: PCs at the hub, the hub's ways and troubles, the desk beside it."""

from desktop.app.hub_road import HubRoad
from desktop.background.hub_process import post_at_hub
from desktop.office.merge import merge_parts
from tests.harness.sim_hub import OPERATIONS, SimHub, SimLan
from tests.harness.sim_truth import carried_anywhere, checked

CHANCES = (
    ("at_hub", 10),
    ("hub_sends", 6),
    ("hub_power", 2),
    ("hub_back_up", 1),
    ("hub_put_back", 1),
    ("hub_certified", 1),
    ("gather_hub", 2),
)
HUB = "hub"
"""The hub among the clocks of a world."""
YEARS = (315_532_800, 2_147_500_000)
LOOKS = 0.3
"""How often it is asked after a visit whether a PC tells the truth: asking costs more than the visit."""


class Lan:
    """Steps over the network; one of the forebears of a life."""

    def begin_lan(self, trouble):
        """Lay the cable."""
        self.lan = SimLan(self.world.hub, self.dice, trouble)
        self.hub_copied = False
        self.sessions = {}

    def at_hub(self):
        """A PC gives to the hub and takes from it, mostly while somebody works there."""
        name = self.dice.choice(sorted(self.world.pcs))
        if self.dice.random() < 0.2:
            self.world.pcs[name].up()
        self.goes_to_hub(name, self.lan)
        if self.dice.random() < LOOKS:
            self.wrong += checked(self, name)

    def goes_to_hub(self, name, lan):
        """Do one round with the hub, by the road that a session has as long as somebody sits there."""
        pc = self.world.pcs[name]
        who, road = self.sessions.get(name, (None, None))
        if road is None or who is not pc.profile or who is None:
            road = HubRoad(pc.store, link=lan.to_hub)
            self.sessions[name] = pc.profile, road
        road.carry(lambda: False)
        if pc.profile is not None:
            pc.profile.catch_up()

    def hub_sends(self):
        """The hub finds a way to the centre, or none; its power may go over it."""
        fuse = self.dice.randint(1, OPERATIONS) if self.dice.random() < 0.2 else None
        hub = self.world.hub
        before = hub.carried()
        hub.pass_on(None if self.dice.random() < 0.2 else self.road, fuse)
        gone = before - hub.carried() - hub.listed()
        self.wrong += [f"the hub let go of {digest.hex()[:8]}" for digest in sorted(gone)]
        if self.dice.random() < LOOKS:
            self.wrong += checked(self, self.dice.choice(sorted(self.world.pcs)))

    def hub_power(self):
        """The hub begins again, now and then with its clock wrong or right again."""
        clock = self.world.clocks[HUB]
        clock.at = self.dice.choice((*YEARS, *(5 * (self.world.clock.at,))))
        clock.restart()
        self.world.hub.restart()

    def hub_back_up(self):
        self.world.hub.back_up(self.world.folder / "hub.salinan")
        self.hub_copied = True

    def hub_put_back(self):
        """The hub's disk is put back from a copy: what it signed for since is gone there."""
        if self.hub_copied:
            self.carried_before |= carried_anywhere(self)
            self.world.hub.put_back(self.world.folder / "hub.salinan")

    def hub_certified(self):
        """A coordinator renews the hub's certificate."""
        SimHub.prepare(self.world.hub.folder, self._desk())
        self.world.hub.restart()

    def gather_hub(self):
        """The desk merges what lies at the hub, which is on its own PC."""
        merge_parts(self._desk(), post_at_hub(self.world.hub.folder))

    def last_lan(self, road):
        """Two rounds over the network without any fault."""
        calm = SimLan(self.world.hub, self.dice)
        clock = self.world.clocks[HUB]
        self.sessions = {}
        for _ in range(2):
            for name in sorted(self.world.pcs):
                self.world.pcs[name].up()
                self.goes_to_hub(name, calm)
            self.world.hub.pass_on(road)
            clock.wait(2 * 86_400)  # what an old answer had put off is tried again
            self.world.hub.pass_on(road)
        for name in sorted(self.world.pcs):
            self.goes_to_hub(name, calm)
        self.world.hub.pass_on(road)
        clock.at = self.world.clock.at
