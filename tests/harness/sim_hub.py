"""The hub's own code in a simulated office, without its web server and threads; its power goes at any operation."""

import shutil

from sqlalchemy import select

from desktop.background.hub_process import prepare_hub
from sync.client.faults import Failure, Fault
from sync.client.hub import HubLink
from sync.postbag.part import Form
from sync.refusal import Refusal
from sync.server import hub_store
from sync.server.hub import Hub
from sync.server.hub_home import open_hub
from sync.server.hub_routes import _COUNTS, _hex
from sync.server.hub_store import HubStore
from sync.server.hub_upstream import Upstream
from tests.harness.sim_carry import at_once, parts_of
from tests.harness.sim_centre import Falls
from tests.harness.sim_road import SimRoad

ADDRESS = "10.0.0.9"
"""What somebody typed on every PC: nothing listens to a network here."""
OPERATIONS = 25
"""Within so many operations the power of a hub that falls goes."""


class HubFellError(Exception):
    """The hub's power went; whoever asked hears nothing."""


class _Store(HubStore):
    """The hub's store on a disk whose power may go before, in the middle of and after whatever it keeps."""

    left = None

    def tick(self):
        """Come nearer to the moment at which the power goes."""
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                raise HubFellError

    def _path(self, form, digest):
        self.tick()
        return super()._path(form, digest)

    def _put(self, *work, **named):
        super()._put(*work, **named)
        self.tick()


def _then_ticks(name):
    def work(self, *given):
        kept = getattr(HubStore, name)(self, *given)
        self.tick()
        return kept

    return work


for _name in ("carry", "postpone", "give_up", "listed", "keep_letter", "keep_document", "for_pc", "taken"):
    setattr(_Store, _name, _then_ticks(_name))


class _Hub(Hub):
    async def aside(self, work):
        return work()


class _Upstream(Upstream):
    road = None

    async def _asked(self, _way, waiting):
        return Failure(Fault.UNREACHABLE) if self.road is None else self.road.post_part(waiting.data)


class SimHub:
    """One hub on a folder; `clock` is its own."""

    def __init__(self, folder, clock):
        self.folder, self.clock = folder, clock
        self.on()

    @staticmethod
    def prepare(folder, profile):
        """Lay into a folder what a hub needs, as a coordinator does who switches it on."""
        prepare_hub(folder, profile.store.office(), profile.signing_key(), profile.store.now())

    def on(self):
        self.hub = _Hub(open_hub(self.folder, None, self.clock.wall()), self.clock.wall)
        self.hub.store.__class__ = _Store
        self.upstream = _Upstream(self.hub, ["https://suluh.example"])

    def off(self):
        self.upstream.close()
        self.hub.stop()

    def restart(self):
        self.off()
        self.on()

    def link(self, dice, trouble):
        """Give a PC's way here through the office's network."""
        return SimLan(self, dice, trouble)

    def give(self, body, headers, fuse=None):
        """Answer one PC as its route does. Raises HubFellError, after which the power is back, and Refusal."""
        self.hub.store.left = fuse
        try:
            return at_once(self._visit(body, headers))
        except HubFellError:
            self.restart()
            raise
        finally:
            self.hub.store.left = None

    async def _visit(self, body, headers):
        visit = self.hub.visit(_hex(headers.get("Suluh-Key", ""), 8), trusted=False)
        for part, data in parts_of(body):
            await visit.take(part, data)
        versions = {name: int(number) for name, number in _COUNTS.findall(headers.get("Suluh-Versions", ""))}
        took = (_hex(one, 8) for one in headers.get("Suluh-Took", "").split(","))
        return await visit.finish(versions, [one for one in took if one])

    def pass_on(self, road, fuse=None):
        """Offer the centre what is due, over a road, None for one that is cut; its power may go meanwhile."""
        self.upstream.road, self.hub.store.left = road, fuse
        try:
            at_once(self.upstream._round())
        except HubFellError:
            self.restart()
        self.upstream.road = self.hub.store.left = None

    def carried(self):
        """The digests of the parts that it has and the centre has not listed."""
        part = hub_store._part
        with self.hub.store._engine.begin() as connection:
            query = select(part.c.digest).where(part.c.form == Form.OUTWARD.mark, part.c.size > 0)
            found = set(connection.execute(query).scalars())
        names = {path.name for path in self.hub.home.parts.iterdir()}
        return {digest for digest in found if f"k-{digest.hex()[:16]}.suluh" in names}

    def listed(self):
        """The digests of the parts that the centre has listed and their PC has not heard of."""
        part = hub_store._part
        with self.hub.store._engine.begin() as connection:
            return set(connection.execute(select(part.c.digest).where(part.c.receipt.is_not(None))).scalars())

    def back_up(self, to):
        """Copy its disk."""
        self.off()
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folder, to)
        self.on()

    def put_back(self, copy):
        """Give it the disk it had once."""
        self.off()
        shutil.rmtree(self.folder)
        shutil.copytree(copy, self.folder)
        self.on()


class SimLan(SimRoad):
    """The office's network between its PCs and its hub: the same troubles as on the way to the centre."""

    def __init__(self, hub, dice, trouble=0.0):
        super().__init__(None, dice, trouble)
        self.hub, self.address = hub, ADDRESS

    def to_hub(self, _address, key):
        """Make the PC's own link over this network."""
        return HubLink(ADDRESS, key, self)

    def close(self):
        """Keep nothing open."""

    def post(self, body, _path="", headers=None):
        """Carry one request to the hub."""
        return self._met(
            body, lambda body, falls=Falls.NEVER: self._give(body, headers or {}, falls), self.old
        )

    def _give(self, body, headers, falls):
        fuse = None if falls is Falls.NEVER else self.dice.randint(1, OPERATIONS)
        try:
            return self.hub.give(body, headers, fuse)
        except HubFellError:
            return Failure(Fault.CUT)
        except Refusal as refusal:
            return Failure(Fault.REFUSED, refusal.code.wire, refusal.values)
