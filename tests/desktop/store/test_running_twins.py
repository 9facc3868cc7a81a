"""A virtual PC is copied while somebody works: both go on in the same log, and their post crosses on its way."""

import copy
import itertools
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.store.doors import unlock
from desktop.store.handed import Handed
from desktop.store.post import Post
from sync.journal.sealing import unseal
from sync.journal.segment import decode_segment
from sync.postbag.part import Form, digest_of, read_part
from sync.postbag.shipment import read_shipment
from tests.builders.office import YOHANA
from tests.builders.round import PIN, Desk, PostCentre

HERE, THERE = 0, 1
_number = itertools.count()


def twin_of(pc, folder):
    """Copy a PC that is on, as who copies a running virtual machine does: also what is only in its memory."""
    profile = pc.people[YOHANA]
    for database in (pc.store.device, profile.database):
        database.query("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(pc.folder, folder)
    made = Desk(folder, pc.office, "PC Loket")
    twin = made.people[YOHANA] = unlock(made.store, profile.profile, PIN)
    there, here = twin._recorder, profile._recorder
    there._writer = copy.copy(here._writer)
    there._writer._chain = list(here._writer._chain)
    there._writer._clock = made.clock
    there._row, there._unsealed = here._row, list(here._unsealed)
    return made


class Twins:
    """Two running copies of one PC, a centre, and what is on its way between them in somebody's pocket."""

    def __init__(self, office, folder):
        self.office, self.centre = office, PostCentre(office)
        first = Desk(folder / "loket", office, "PC Loket")
        first.sit(YOHANA)
        first.study(YOHANA, [1])
        first.store.device_letter()  # drawn before, so the copies have the same
        self.pcs = (first, twin_of(first, folder / "tiruan"))
        self.parts, self.answers = [], []
        self.page = itertools.count(2)

    def study(self, which, pages=1):
        self.pcs[which].study(YOHANA, [next(self.page) for _ in range(pages)])

    def give(self, which):
        """Hand over everything to a stick that holds nothing yet."""
        post = Post(self.pcs[which].store)
        for one in post.outward():
            post.handed(one)
            self.parts.append(one.part)

    def carry(self, number):
        """Bring a part to the centre, however often."""
        if self.parts:
            part = self.parts[number % len(self.parts)]
            self.answers.append([data for _, data in read_shipment([self.centre(part)]).parts])

    def bring(self, which, number, form=None):
        """Bring an answer home, or of it only what has one form; nobody can tell the copies apart."""
        for data in self.answers[number % len(self.answers)] if self.answers else ():
            if form in {None, read_part(data).form}:
                assert Post(self.pcs[which].store).take(data).refused is None

    def own(self, which):
        facts = self.pcs[which].people[YOHANA].facts()
        return {(fact.statement.log, fact.statement.seq, fact.statement.digest) for fact in facts}

    def waits(self, which):
        """What the outbox still holds, opened."""
        found = set()
        for one in self.pcs[which].store.outbox.outgoing():
            for run in decode_segment(unseal(one.sealed, self.office.letter)).runs:
                found |= {(run.header.log, made.seq, made.digest) for made in run.statements}
        return found

    def lost(self):
        """What left an outbox though the centre does not hold it in this version."""
        return [self.own(which) - self.waits(which) - set(self.centre.facts) for which in (HERE, THERE)]

    def end(self):
        """Let everything come everywhere: what was given, then what still waits."""
        for _ in range(3):
            for number in range(len(self.parts)):
                self.carry(number)
            for which, number in itertools.product((HERE, THERE), range(len(self.answers))):
                self.bring(which, number)
            self.parts.clear()
            for which in (HERE, THERE):
                self.give(which)

    def off(self):
        for pc in self.pcs:
            pc.off()


@pytest.fixture
def twins(office, tmp_path):
    made = Twins(office, tmp_path)
    yield made
    made.off()


def crossed(twins):
    """Both gave their own version of the same numbers; only the copy's has arrived, and its answer comes here."""
    for which in (HERE, THERE):
        twins.study(which, 3)
        twins.give(which)
    twins.carry(1)
    twins.bring(HERE, 0)


def test_an_answer_about_the_copys_version_takes_nothing_out_of_this_outbox(twins):
    crossed(twins)
    assert twins.own(HERE) != twins.own(THERE)
    assert twins.lost() == [set(), set()]
    assert twins.waits(HERE) == twins.own(HERE)


def test_everything_of_both_arrives_in_the_end_and_then_nothing_waits(twins):
    crossed(twins)
    twins.carry(0)
    twins.bring(HERE, 1)
    twins.bring(THERE, 0)
    assert [twins.waits(which) for which in (HERE, THERE)] == [set(), set()]
    assert set(twins.centre.facts) == twins.own(HERE) | twins.own(THERE)


def test_a_line_that_was_cut_does_not_make_the_copys_version_ours(twins):
    """What went out over a line may never have arrived; a letter about the same numbers proves nothing."""
    for which in (HERE, THERE):
        twins.study(which, 3)
    store = twins.pcs[HERE].store
    for one in store.outbox.outgoing():
        store.outbox.note_sent(one.log, one.first, one.last)
    twins.give(THERE)
    twins.carry(0)
    twins.bring(HERE, 0)
    assert twins.lost() == [set(), set()]


steps = st.lists(
    st.one_of(
        st.tuples(st.just("study"), st.sampled_from([HERE, THERE]), st.integers(1, 40)),
        st.tuples(st.just("give"), st.sampled_from([HERE, THERE])),
        st.tuples(st.just("carry"), st.integers(0, 20)),
        st.tuples(
            st.just("bring"),
            st.sampled_from([HERE, THERE]),
            st.integers(0, 20),
            st.sampled_from([None, Form.RECEIPT, Form.HOMEWARD]),
        ),
    ),
    max_size=16,
)


@settings(
    max_examples=10, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps)
def test_in_whatever_order_the_post_goes_nothing_leaves_before_it_is_there_and_all_arrives(
    office, tmp_path, steps
):
    twins = Twins(office, tmp_path / f"{next(_number)}")
    try:
        for step, *values in steps:
            getattr(twins, step)(*values)
            assert twins.lost() == [set(), set()]
        twins.end()
        assert twins.lost() == [set(), set()]
        assert [twins.waits(which) for which in (HERE, THERE)] == [set(), set()]
        assert set(twins.centre.facts) == twins.own(HERE) | twins.own(THERE)
    finally:
        twins.off()


def test_two_parts_that_arrive_the_wrong_way_round_free_everything_whatever_is_read_first(office, tmp_path):
    for turn, order in enumerate([(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1), (3, 1, 0, 2)]):
        twins = Twins(office, tmp_path / f"{turn}")
        pc, post = twins.pcs[HERE], Post(twins.pcs[HERE].store)
        twins.study(HERE, 63)
        twins.give(HERE)
        twins.study(HERE, 3)
        (more,) = post.outward(there=[digest_of(part) for part in twins.parts])
        assert more.runs[0].first > 1
        post.handed(more)
        twins.parts.append(more.part)
        twins.carry(1)
        twins.carry(0)
        words = [data for answer in twins.answers for data in answer]
        for number in order:
            assert twins.lost()[HERE] == set()
            assert post.take(words[number]).refused is None
        assert twins.waits(HERE) == set()
        assert set(pc.store.outbox.acks().values()) == {67}
        twins.off()


def test_what_one_life_of_the_centre_had_stored_is_not_what_the_next_one_has(twins):
    """Nothing was acked yet when the centre was put back: its new life holds the copy's version alone."""
    for which in (HERE, THERE):
        twins.study(which, 70)
        twins.give(which)
    twins.carry(0)
    twins.bring(HERE, 0, Form.RECEIPT)
    twins.centre = PostCentre(twins.office, epoch=8)
    twins.centre.time += 1000
    twins.carry(1)
    twins.bring(HERE, 1)
    assert twins.lost() == [set(), set()]
    assert twins.waits(HERE) == twins.own(HERE)


def test_planted_fault_an_ack_that_counts_for_all_that_was_handed_out_loses_a_version(twins, monkeypatch):
    honest = Handed.hear
    monkeypatch.setattr(Handed, "hear", lambda handed, _, acks=(): honest(handed, handed.digests(), acks))
    crossed(twins)
    assert twins.lost() != [set(), set()]
