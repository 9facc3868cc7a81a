"""What the centre already has comes again: a second time, at the same moment, from a copied disk, from a backup."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from desktop.demo.people import COORDINATOR, LEARNERS
from desktop.store.facts import Scope
from sync.bundle import decode_reply
from sync.client.deliver import deliver
from sync.client.faults import Failure, Fault
from tests.builders.centre import Line
from tests.builders.road import JP, QUIZ, READ, Pc, desk_row, jp_of, read_all, sent, take_quiz

KETUT = LEARNERS[4]


class Stopped:
    """A road that takes the bundle and does not set off: what lies on it can be sent in any way."""

    def __init__(self):
        self.body = b""

    def post(self, body):
        self.body = body
        return Failure(Fault.CUT)


def bundle_of(profile):
    """What this profile would send now."""
    road = Stopped()
    deliver(profile, road, profile.store.clock)
    return road.body


@pytest.fixture
def office(town):
    return town.office((COORDINATOR, KETUT))


@pytest.fixture
def pc(town, office, tmp_path, cheap_pins):
    made = Pc(tmp_path / "pc", "PC Loket 1", office)
    made.install(town.pack())
    return made


@pytest.fixture
def ketut(pc):
    """A learner with a finished course, none of it sent."""
    made = pc.sit(KETUT)
    read_all(pc.learning(made))
    take_quiz(pc.learning(made))
    return made


def identities(facts):
    return sorted(fact.identity for fact in facts)


def nothing_moved(town, office, ketut, own):
    """The centre keeps each fact once, and its report says the same."""
    row = town.row(office, KETUT)
    return identities(town.stored(ketut.profile)) == own and (row["jp"], row["modules_done"]) == (JP, 2)


def test_the_same_bundle_twice_is_acknowledged_twice_and_kept_once(town, office, ketut):
    own, body = identities(ketut.facts(Scope.OWN)), bundle_of(ketut)
    with Line(town.centre.port) as line:
        replies = [decode_reply(line.send(body).body, ketut.centre_key(), body) for _ in range(3)]
    assert len({reply.acks for reply in replies}) == 1
    assert [reply.refusals for reply in replies] == [()] * 3
    assert replies[0].acks[0].seq == len(own)
    assert nothing_moved(town, office, ketut, own)
    outcome = sent(ketut, town.url)  # the PC heard none of it and sends as if for the first time
    assert outcome.acked == len(own)
    assert ketut.unsent() == 0
    assert nothing_moved(town, office, ketut, own)


def test_the_same_bundle_at_the_same_moment_from_many_lines_is_kept_once(town, office, ketut):
    own, body = identities(ketut.facts(Scope.OWN)), bundle_of(ketut)

    def go(_):
        with Line(town.centre.port) as line:
            return line.send(body)

    with ThreadPoolExecutor(8) as lines:
        answers = list(lines.map(go, range(16)))
    acks = {decode_reply(one.body, ketut.centre_key(), body).acks for one in answers}
    assert len(acks) == 1
    assert nothing_moved(town, office, ketut, own)


def test_a_copied_outbox_brings_nothing_twice_and_what_only_it_has_is_taken(
    town, office, pc, ketut, tmp_path
):
    """The disk was cloned when nothing had been sent; both PCs then send, and both go on learning."""
    ketut.close()
    pc.off()
    clone = pc.copy(tmp_path / "tiruan")
    pc.on()
    here, there = pc.enter(ketut.profile), clone.enter(ketut.profile)
    shared = identities(here.facts(Scope.OWN))
    assert identities(there.facts(Scope.OWN)) == shared

    first, second = sent(here, town.url), sent(there, town.url)
    assert first.acked == second.acked == len(shared)
    assert nothing_moved(town, office, ketut, shared)

    # The clone's numbers are its own: a new start is a new log, so no two PCs ever say two things under one number.
    pc.learning(here).page_read(READ, 1, 11)
    clone.learning(there).page_read(READ, 2, 22)
    for profile in (here, there, here, there):
        sent(profile, town.url)
    assert here.standing().state_hash == there.standing().state_hash, "each got what only the other had"
    both = identities(here.facts(Scope.OWN)) + identities(there.facts(Scope.OWN))
    assert nothing_moved(town, office, ketut, sorted(set(both)))
    assert len(set(both)) == len(shared) + 2
    assert jp_of(here) == jp_of(there) == JP


def test_sealed_segments_that_arrived_meanwhile_by_another_road_are_acked_and_dropped(
    town, office, pc, ketut, tmp_path
):
    """Somebody else's copy of the disk sent Ketut's sealed work first; his own PC is told, and keeps nothing."""
    ketut.close()
    pc.off()
    clone = pc.copy(tmp_path / "tiruan")
    pc.on()
    ketut = pc.enter(ketut.profile)
    own = identities(ketut.facts(Scope.OWN))
    yohana = clone.sit(COORDINATOR)
    sent(yohana, town.url)
    assert clone.store.outbox.outgoing() == ()
    assert nothing_moved(town, office, ketut, own)
    assert sent(ketut, town.url).acked == len(own)
    assert pc.store.outbox.outgoing() == ()
    assert nothing_moved(town, office, ketut, own)


def test_a_profile_restored_from_a_backup_never_uses_a_number_twice_and_gets_back_what_it_forgot(
    town, office, pc, tmp_path
):
    """Monday's copy comes back on Friday: what was sent meanwhile stays, and the new work stands beside it."""
    ketut = pc.sit(KETUT)
    read_all(pc.learning(ketut))
    sent(ketut, town.url)
    ketut.close()
    pc.off()
    backup = pc.copy(tmp_path / "cadangan")
    backup.off()
    pc.on()
    friday = pc.enter(ketut.profile)
    assert take_quiz(pc.learning(friday), wrong=1) == 6666
    assert take_quiz(pc.learning(friday)) == 10_000
    sent(friday, town.url)
    before, full = identities(friday.facts(Scope.OWN)), friday.standing()
    assert jp_of(friday) == JP
    friday.close()
    pc.off()

    restored = backup.copy(tmp_path / "pulih")
    again = restored.enter(ketut.profile)
    assert set(identities(again.facts(Scope.OWN))) < set(before)
    assert (jp_of(again), QUIZ in again.standing().quizzes) == (0, False)
    sent(again, town.url)
    assert again.standing().state_hash == full.state_hash
    body = restored.learning(again).quizzing.body(QUIZ)
    assert (body.used, body.best) == (2, 10_000), "and no third attempt is given away"

    restored.learning(again).page_read(READ, 1, 44)
    outcome = sent(again, town.url)
    assert (outcome.acked, outcome.facts) == (1, 0), "it comes back once, not with every answer"
    after = identities(again.facts(Scope.OWN))
    (new,) = set(after) - set(before)
    assert new.log not in {log for log, _ in before}, "a new log, never a known number"
    kept = town.stored(ketut.profile)
    assert identities(kept) == sorted([*before, new])
    assert len({(fact.identity, fact.statement.digest) for fact in kept}) == len(kept), "no branch anywhere"
    assert again.unsent() == 0

    yohana = Pc(tmp_path / "meja", "PC Sekretariat", office).sit(COORDINATOR)
    sent(yohana, town.url)
    assert jp_of(again) == desk_row(yohana, KETUT).jp == town.row(office, KETUT)["jp"] == JP
