"""A centre that was put back from an older copy gets everything again, whether or not anybody says so."""

import random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.bundle import SyncReply, encode_reply, request_digest
from sync.client.deliver import MOST_RENEWALS, deliver
from sync.client.faults import Failure, Fault
from sync.client.transport import Answer
from sync.folds.standing import standing
from tests.fakes.ends import HandClock, MemoryCentre, MemoryProfile

WIT = ZoneInfo("Asia/Jayapura")
CLOCK = HandClock()


class Cuts:
    """Now and then the request is lost, or its answer."""

    def __init__(self, centre, chance):
        self._centre, self._chance = centre, chance

    def post(self, body):
        draw = self._chance.random()
        if draw < 0.2:
            return Failure(Fault.UNREACHABLE)
        answer = self._centre.post(body)
        return Failure(Fault.CUT) if draw < 0.4 else answer


def _town(profiles=2, **more):
    centre = MemoryCentre(**more)
    people = [MemoryProfile(seed, centre.key.public) for seed in range(1, profiles + 1)]
    for one in people:
        centre.letters[one.profile] = one.letter.public
    return centre, *people


def _agree(centre, people):
    """Everything is at the centre and with each of the person's PCs, and one state follows from it."""
    for one in (*people, *people):
        assert deliver(one, centre, CLOCK).failure is None
    stated = sum(len(all_) for one in people for _, all_ in one.logs.values())
    assert len(centre.facts) == stated
    assert {len(one.fact_list) for one in people} == {stated}
    assert len({standing(one.fact_list, WIT).state_hash for one in people}) == 1


def _story(seed, people_class=MemoryProfile):
    """Two PCs, a road that cuts, copies that are made and put back; each time the operator says so."""
    chance = random.Random(seed)
    centre, home, office = _town(piece=7)
    for one in (home, office):
        one.__class__ = people_class
    backup = centre.copy()
    for _ in range(25):
        one = chance.choice((home, office))
        one.batch = chance.randrange(1, 9)
        if pages := chance.randrange(4):
            if chance.random() < 0.3:
                one.start()
            one.study(pages)
        deliver(one, Cuts(centre, chance), CLOCK)
        if chance.random() < 0.2:
            backup = centre.copy()
        if chance.random() < 0.15:
            centre.put_back(backup)
    _agree(centre, (home, office))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_whenever_a_copy_was_made_and_put_back_nothing_is_missing_anywhere(seed):
    _story(seed)


class EpochIgnored(MemoryProfile):
    """A PC that reads no epoch, and does not count either."""

    def restored(self, reply):
        return False


class CursorKept(MemoryProfile):
    """A PC that offers its work again, and stays where it was in the feed."""

    def accept(self, reply):
        cursor, renewed = self.cursor, self.restored(reply)
        if renewed:
            reply = SyncReply(reply.time, reply.request, reply.acks, versions=reply.versions)
            self.acks = {}
        accepted = super().accept(reply)
        self.cursor = max(cursor, self.cursor)
        return accepted


@pytest.mark.parametrize("fault", [EpochIgnored, CursorKept])
def test_planted_fault_a_pc_that_goes_on_as_if_nothing_had_been_is_found(fault):
    with pytest.raises(AssertionError):
        any(_story(seed, fault) for seed in range(40))


def test_one_delivery_heals_a_centre_that_was_put_back():
    centre, profile = _town(profiles=1)
    profile.study(10)
    deliver(profile, centre, CLOCK)
    backup = centre.copy()
    profile.study(200)
    deliver(profile, centre, CLOCK)
    centre.put_back(backup)
    assert deliver(profile, centre, CLOCK).failure is None
    assert (len(centre.facts), profile.unsent()) == (210, 0)


def test_a_centre_that_lost_work_without_a_word_is_noticed_by_what_it_counts():
    centre, profile = _town(profiles=1)
    backup = centre.copy()
    profile.study(30)
    deliver(profile, centre, CLOCK)
    centre.put_back(backup, announced=False)
    assert deliver(profile, centre, CLOCK).failure is None
    assert (len(centre.facts), profile.unsent()) == (30, 0)


def test_work_on_its_way_is_not_mistaken_for_work_that_was_lost():
    centre, profile = _town(profiles=1)
    profile.batch = 5
    profile.study(30)
    outcome = deliver(profile, centre, CLOCK)
    assert (outcome.rounds, outcome.acked) == (6, 30), "each batch went once"


def test_the_first_word_of_a_centre_takes_nothing_back():
    centre, profile = _town(profiles=1)
    profile.study(3)
    assert deliver(profile, centre, CLOCK).rounds == 1
    assert deliver(profile, centre, CLOCK).rounds == 1


def test_a_centre_of_another_mind_at_every_answer_cannot_make_a_delivery_loop():
    centre, profile = _town(profiles=1)

    class Fickle:
        def __init__(self):
            self.epoch = 0

        def post(self, body):
            self.epoch += 1
            reply = SyncReply(5, request_digest(body), versions={"epoch": self.epoch})
            data = encode_reply(reply, centre.key)
            return Answer(data, len(body), len(data))

    profile.study(4)
    assert deliver(profile, Fickle(), CLOCK).rounds <= 1 + MOST_RENEWALS
