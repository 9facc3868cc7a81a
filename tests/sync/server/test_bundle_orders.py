"""Twenty bundles that overlap, repeat and contradict one another, in a thousand orders: the centre ends in one state."""

import copy
import hashlib
import random
from collections import Counter
from functools import cache

import pytest
from sqlalchemy import select

from sync.journal.segment import encode_segment
from sync.postbag.part import read_part
from sync.server import branches, intake
from sync.server.carried import open_part, settled
from sync.server.feed import fresh_facts
from sync.server.reports import cohort_report, office_named
from sync.server.stored import original, originals
from sync.server.tables import holder, person, segment
from sync.server.voice import NO_PC
from tests.builders.centre import BUDI, MARIA, YOHANA, list_courses, make_office
from tests.builders.post import Machine
from tests.fakes.clock import HandClock
from tests.harness.sim_centre import SimCentre

ORDERS, BUNDLES, SEED = 1_000, 20, 7
LOOKS = 40
"""After so many orders all is offered once more and the report made, of what is compared after each."""
NAME = "Kantor Distrik Waropen"


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    made = SimCentre(tmp_path_factory.mktemp("pusat"), HandClock())
    list_courses(made.home, pelayanan=600)
    yield made
    made.close()


@pytest.fixture(scope="module")
def bundles(centre, tmp_path_factory):
    """What two PCs and the desk have given to carriers in six weeks, as it lies in twenty bundles."""
    office = make_office(centre.home, tmp_path_factory.mktemp("kantor"), name=NAME)
    centre.restart()
    parts = six_weeks(office)
    dice = random.Random(SEED)
    opened = [[open_part(read_part(part), centre.keys.letter).offer for part in one] for one in parts]
    found = [[opened[0][-1], opened[0][-2], opened[1][-1], opened[2][-1]]]  # the first alone holds everything
    while len(found) < BUNDLES:
        pcs = dice.choice(((0,), (1,), (2,), (0, 1)))
        found.append([dice.choice(opened[pc]) for pc in pcs])
    return found


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """What a segment says is the same each time: it need not be unpacked a thousand times."""
    monkeypatch.setattr(branches, "_digests", cache(branches._digests))


def six_weeks(office):
    """Each week each PC packs all it has; Maria has no code and is vouched for late; Budi's PC was copied."""
    clock = HandClock()
    pcs = [Machine(office) for _ in range(3)]
    budi, yohana = pcs[0].seat(BUDI, clock=clock), pcs[2].seat(YOHANA, clock=clock)
    maria = pcs[1].seat(clock=clock)
    maria.opens(office.entry(MARIA).person)
    people, parts = (budi, maria, yohana), [[] for _ in pcs]
    for week in range(6):
        for pc, one in enumerate(people):
            one.reads(2, f"pelayanan/m{week}/awal")
            clock.wait(3_600)
            if week == 3:
                one.finishes("pelayanan", 600)
            if (week, pc) == (2, 2):
                keys = {"signing": maria.signing.public, "letter": maria.letter.public}
                whose = {"profile": maria.profile, "person": office.entry(MARIA).person, "role": "learner"}
                yohana.says("profile.vouched", **whose, **keys)
            pcs[pc].outbox = []
            pcs[pc].puts(one.segment(3 if week in {2, 4} else 1))
            parts[pc] += pcs[pc].gives(())
        if week == 0:
            twin = copy.deepcopy(budi.writer)
    read = [
        twin.next("page.read", {"activity": "a/b/c", "page": p, "seconds": 9, "version": "1"}) for p in (1, 2)
    ]
    pcs[0].outbox = []
    pcs[0].puts(encode_segment([twin.run(read)], budi.signing))
    parts[0] += pcs[0].gives(())
    return parts


def arrives(centre, connection, bundles, dice):
    """Bring bundles in this order, some at the same moment; what is not listed comes again at the end."""
    waiting = list(bundles)
    while waiting:
        left, again = waiting, []
        while left:
            together = dice.choice((1, 4, 8))
            now, left = left[:together], left[together:]
            taken = iter(centre.intake.take(connection, [offer for bundle in now for offer in bundle]))
            again += [one for one in now if not all(settled(next(taken).refusals) for _ in one)]
        assert len(again) < len(waiting), "nobody is introduced any more"
        waiting = again


def stored_in(connection):
    """Every statement that is kept, as often as it is kept; the centre's own by what they say."""
    rows = connection.execute(originals(segment.c.fresh))
    return Counter(key for row in rows for key in keys_of(original(row), row.fresh))


@cache
def keys_of(data, fresh):
    return [
        repr((one.statement.kind, sorted(one.statement.fields.items())))
        if one.header.pc == NO_PC
        else repr((one.identity, one.statement.digest, one.signer))
        for one in fresh_facts(data, fresh)
    ]


def state_of(centre, connection, bundles):
    """What a centre tells from what it keeps: facts, whose they are, acks, and that nothing of these is new."""
    columns = (holder.c.profile, holder.c.signing, person.c.uuid)
    query = select(*columns).outerjoin(person, person.c.id == holder.c.person)
    whose = sorted((row.profile, row.signing, row.uuid or b"") for row in connection.execute(query))
    again = centre.intake.take(connection, [offer for offers in bundles for offer in offers])
    acked = sorted({(ack.log, ack.seq) for one in again for ack in one.acks})
    return sorted(stored_in(connection).items()), whose, acked, sum(one.new for one in again)


def looked_at(centre, bundles, order, *, closely=False):
    """Let bundles arrive at a centre that has heard nothing, and look; nothing of it stays."""
    connection = centre.database.begin()
    try:
        arrives(centre, connection, [bundles[at] for at in order], random.Random(repr(order)))
        state = state_of(centre, connection, bundles if closely else bundles[:1])
        rows = ()
        if closely:
            rows = cohort_report(connection, office_named(connection, NAME), centre.clock.wall()).rows
        return hashlib.sha256(repr(state).encode()).hexdigest(), rows, state
    finally:
        centre.database.undo(connection)
        connection.close()
        centre.intake.forget()


def orders(count, seed=SEED):
    """Random orders of all bundles, up to six of them twice."""
    dice = random.Random(seed)
    for _ in range(count):
        order = dice.sample(range(BUNDLES), BUNDLES)
        for _ in range(dice.randint(0, 6)):
            order.insert(dice.randint(0, len(order)), dice.randrange(BUNDLES))
        yield order


@pytest.mark.parametrize("half", range(2))
def test_a_thousand_orders_of_twenty_bundles_give_one_state(centre, bundles, half):
    first, rows, (kept, _, _, new) = looked_at(centre, bundles, range(BUNDLES), closely=True)
    assert {count for _, count in kept} == {1}, "each statement once"
    assert (sum(row.jp or 0 for row in rows), new) == (3 * 600, 0)
    for number, order in enumerate(orders(ORDERS // 2, half)):
        state, seen, _ = looked_at(centre, bundles, order, closely=number % LOOKS == 0)
        assert state == first
        assert seen in ((), rows)


def no_dedupe(patch):
    patch.setattr(intake, "fresh", lambda _held, first, last: ((first, last),))


def no_branch(patch):
    """Of two versions of a statement only the one that came first is kept."""
    patch.setattr(intake, "branched", lambda *_: ())


@pytest.mark.parametrize("plant", [no_dedupe, no_branch])
def test_planted_fault_a_centre_that_minds_the_order_is_seen(centre, bundles, monkeypatch, plant):
    plant(monkeypatch)
    first, _, _ = looked_at(centre, bundles, range(BUNDLES))
    assert len({first} | {looked_at(centre, bundles, order)[0] for order in orders(40)}) > 1
