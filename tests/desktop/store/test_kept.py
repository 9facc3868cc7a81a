"""What was acknowledged stays sealed for a while, and what a PC got back is its own: both can go again."""

import pytest

from desktop.store.doors import Newcomer, create_profile, unlock
from desktop.store.facts import Scope
from desktop.store.restored import hear_epoch
from sync.bundle import OWN, SyncReply, seal_piece
from sync.journal.acks import Ack
from sync.journal.statement import Fact
from sync.officefile import read_office
from tests.builders.office import YOHANA

PIN = "135790"
DAY = 86_400
NOW = 1_795_700_000


@pytest.fixture
def at_office(store, office):
    store.put_office(read_office(office.raw))
    return store


@pytest.fixture
def profile(at_office):
    made = create_profile(at_office, Newcomer(YOHANA, "Yo", "YO", "learner", {}), PIN)
    yield made
    made.close()


def read_pages(profile, *pages):
    made = [
        profile.record("page.read", activity="k/m/a", page=page, seconds=9, version="1") for page in pages
    ]
    return made[-1].log


def acked(profile, log, seq, at=NOW):
    assert profile.segments_to_send(1 << 20)
    profile.accept(SyncReply(at, b"", acks=(Ack(log, seq),), versions={"epoch": 7}))


def sealed(store):
    return {(one.log, one.first, one.last) for one in store.outbox.outgoing()}


def test_acknowledged_work_leaves_the_outbox_and_is_back_in_it_for_another_life_of_the_centre(
    profile, at_office
):
    log = read_pages(profile, 1, 2, 3)
    before = sealed(at_office)
    acked(profile, log, 3)
    assert (log, 1, 3) in before - sealed(at_office)

    profile.close()
    hear_epoch(at_office, 8, NOW + DAY)
    assert (log, 1, 3) in sealed(at_office), "nobody has signed in, and it waits to go again"


def test_after_ninety_days_it_is_kept_no_longer(profile, at_office):
    log = read_pages(profile, 1, 2)
    acked(profile, log, 2)
    key = profile.profile
    profile.close()
    again = unlock(at_office, key, PIN)
    later = read_pages(again, 3)
    acked(again, later, 1, NOW + 91 * DAY)
    again.close()
    hear_epoch(at_office, 8, NOW + 92 * DAY)
    assert {one.log for one in at_office.outbox.outgoing()} == {later}


def test_what_came_back_to_a_restored_pc_is_offered_like_its_own(profile, at_office, office):
    log = read_pages(profile, 1, 2, 3)
    facts = [fact for fact in profile.facts(Scope.OWN) if fact.statement.log == log]
    with profile.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM statement WHERE log = ? AND seq > 1", (log,))
    at_office.change(lambda run: run("DELETE FROM outbox WHERE log = ?", (log,)))
    back = [Fact(fact.header, fact.statement, fact.signer, endorsed=True) for fact in facts]
    piece = seal_piece(OWN, 0, 0, back, profile.keys.letter.public, office.centre)
    profile.accept(SyncReply(NOW, b"", pieces=(piece,)))
    assert profile.unsent() == 1, "the other two came from the centre, which has them"

    key = profile.profile
    profile.close()
    again = unlock(at_office, key, PIN)
    assert again.unsent() == 3
    assert (log, 1, 3) in sealed(at_office)
    again.close()
