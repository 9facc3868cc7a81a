"""Whose word about lost work the desk takes: of vouched people of its roster, as far as their keys count."""

from dataclasses import replace

import pytest

from desktop.office import gather as module
from desktop.office.desk import Desk
from desktop.store.facts import add_collected
from sync.bundle import seal_piece
from tests.builders.facts import PC
from tests.builders.office import YOHANA

LOST = 77


@pytest.fixture
def learner(office, clock):
    """Yohana's PC: a first log, one that is lost, and one that names it."""
    pc = PC(profile=b"7" * 16, pc=b"7" * 16, log=7, wall=clock.wall(), signer=b"7" * 32)
    pc.says(
        "profile.opened",
        signing=pc.signer,
        letter=b"l" * 32,
        person=office.person(YOHANA),
        proof=b"",
        pc_name="PC Loket",
    )
    pc.start(8, clock.wall() + 60)
    pc.reads("k/m1/a", 1)
    last = pc.facts[-1]
    pc.facts[-1] = replace(last, header=replace(last.header, previous_log=LOST, previous_seq=3))
    return pc


def vouched(office, clock, pc, person=None, **revoked):
    centre = PC(profile=b"\0" * 16, pc=b"\0" * 16, log=900, wall=clock.wall(), signer=office.centre.public)
    centre.says(
        "profile.vouched",
        profile=pc.profile,
        signing=pc.signer,
        letter=b"l" * 32,
        person=person or office.person(YOHANA),
        role="learner",
    )
    if revoked:
        centre.says("key.revoked", signing=pc.signer, **revoked)
    return centre.facts


def collected(coordinator, *facts):
    with coordinator.database.write() as connection:
        add_collected(connection, facts)


def missing(coordinator):
    return [(one.missing, one.missing_since) for one in Desk(coordinator).renew().computers if one.missing]


def lost(learner, seqs):
    header = replace(learner.facts[-1].header, log=LOST, previous_log=7, previous_seq=1)
    last = learner.facts[-1]
    return [
        replace(last, header=header, statement=replace(last.statement, log=LOST, seq=seq)) for seq in seqs
    ]


def test_a_log_that_a_later_one_names_is_missed_until_all_of_it_came(coordinator, office, clock, learner):
    collected(coordinator, *learner.facts, *vouched(office, clock, learner))
    assert missing(coordinator) == [(1, clock.wall() + 60)]
    collected(coordinator, *lost(learner, [3, 1]))
    assert [number for number, _ in missing(coordinator)] == [1]
    collected(coordinator, *lost(learner, [2]))
    assert missing(coordinator) == []


def test_a_key_nobody_vouched_for_makes_nothing_missing(coordinator, learner):
    collected(coordinator, *learner.facts)
    assert missing(coordinator) == []


def test_who_is_not_in_the_roster_is_not_waited_for(coordinator, office, clock, learner):
    collected(coordinator, *learner.facts, *vouched(office, clock, learner, person=b"\x63" * 16))
    assert missing(coordinator) == []


def test_a_revoked_key_is_not_waited_for(coordinator, office, clock, learner):
    told = vouched(office, clock, learner, logs=(7, 8), ends=(1, 1))
    collected(coordinator, *learner.facts, *told)
    assert missing(coordinator) == []


def test_of_a_log_that_the_feed_brought_in_part_nothing_is_missed(coordinator, office, clock, learner):
    """A feed leaves out what a desk may not read; the centre tells of holes that are none of these."""
    facts = [*learner.facts, *lost(learner, [1]), *vouched(office, clock, learner)]
    letter = coordinator.keys.letter.public
    coordinator.take_pieces([seal_piece("office", 0, len(facts), facts, letter, office.centre)])
    assert missing(coordinator) == []


_honest = module.LogSeen


def test_planted_fault_a_feed_is_taken_for_all_there_is(coordinator, office, clock, learner, monkeypatch):
    def blind(header, signer, held, **_more):
        return _honest(header, signer, held)

    monkeypatch.setattr(module, "LogSeen", blind)
    with pytest.raises(AssertionError):
        test_of_a_log_that_the_feed_brought_in_part_nothing_is_missed(coordinator, office, clock, learner)


def test_planted_fault_any_key_is_believed(coordinator, learner, monkeypatch):
    def seen(arrived, *_):
        return [_honest(one.header, one.signer, one.held) for one in arrived]

    monkeypatch.setattr(module, "_seen", seen)
    with pytest.raises(AssertionError):
        test_a_key_nobody_vouched_for_makes_nothing_missing(coordinator, learner)


def test_planted_fault_a_revocation_is_not_handed_on(coordinator, office, clock, learner, monkeypatch):
    honest = module.gaps
    monkeypatch.setattr(module, "gaps", lambda logs, _revoked, offsets: honest(logs, {}, offsets))
    with pytest.raises(AssertionError):
        test_a_revoked_key_is_not_waited_for(coordinator, office, clock, learner)
