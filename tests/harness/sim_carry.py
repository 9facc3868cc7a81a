"""The centre's own code for carriers, without its web server and its threads: each part is kept as it comes."""

from sync.postbag.part import read_part
from sync.postbag.shipment import read_shipment
from sync.refusal import Refusal
from sync.server.carry import Carry
from tests.harness.sim_centre import Falls, FellError


class SimCarry(Carry):
    """Implements what the centre's `Visit` needs; the centre may fall over any part."""

    def __init__(self, centre, falls=Falls.NEVER):
        super().__init__(centre.keys, None, centre.answers, centre.database, centre.clock.wall)
        self.centre, self.falls = centre, falls

    async def aside(self, work):
        return work()

    async def keep(self, offer):
        return self.centre.take(offer, self.falls)


def carry(centre, body, falls=Falls.NEVER):
    """Answer one part or one shipment as the centre's address for carriers does. Raises FellError, Refusal."""
    return at_once(_visit(SimCarry(centre, falls), parts_of(body)))


def parts_of(body):
    """Give the parts of a body, each with its bytes, in the order in which they lie there."""
    try:
        return read_shipment([body]).parts
    except Refusal:
        return ((read_part(body), body),)


async def _visit(centre, parts):
    visit = centre.visit()
    for part, data in parts:
        await visit.take(part, data)
    if visit.refused and not visit.answerable:
        raise next(iter(visit.refused.values()))
    return await visit.finish()


def at_once(work):
    """Run a coroutine that never waits for anything."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    raise AssertionError("it waited")


__all__ = ["FellError", "at_once", "carry", "parts_of"]
