"""The desk of a real coordinator: what the office feed brought becomes the report, and only what counts."""

import random

import pytest

from desktop.office.desk import Desk
from desktop.office.gather import Frame, gather
from desktop.office.report import Filter
from sync.bundle import seal_piece
from sync.catalogue import shape_of, sign_catalogue
from sync.folds.cohort import CohortState
from sync.folds.completion import CourseShape
from tests.builders.facts import PC
from tests.builders.office import DINA, YOHANA
from tests.builders.shelved import course, shelve

COURSE = course("k", 600, modules=("m1", "m2"))
SHAPE = shape_of(COURSE)
LAPTOP = b"\x08" * 16


@pytest.fixture(autouse=True)
def _on_the_shelf(store):
    """The coordinator's PC has the course, and no catalogue has come yet."""
    shelve(store, COURSE)


def _learner(office, clock, number=7, nip=YOHANA, name="PC Loket 1", wall=0):
    pc = PC(profile=bytes([number]) * 16, pc=bytes([number]) * 16, log=number, wall=wall or clock.wall())
    pc.signer = bytes([number]) * 32
    pc.says(
        "profile.opened",
        signing=pc.signer,
        letter=b"l" * 32,
        person=office.person(nip) if nip else b"",
        proof=b"",
        pc_name=name,
    )
    return pc


def _vouch(office, clock, pc, nip):
    centre = PC(profile=b"\0" * 16, pc=b"\0" * 16, log=900 + pc.log, wall=clock.wall())
    centre.signer = office.centre.public
    centre.says(
        "profile.vouched",
        profile=pc.profile,
        signing=pc.signer,
        letter=b"l" * 32,
        person=office.person(nip),
        role="learner",
    )
    return centre


def _brings(coordinator, office, *pcs):
    facts = [fact for pc in pcs for fact in pc.facts]
    letter = coordinator.keys.letter.public
    return coordinator.take_pieces([seal_piece("office", 0, len(facts), facts, letter, office.centre)])


def _rows(desk):
    return {one.row.name: one.row for one in desk.table.rows(desk.table.ids(Filter()))}


def test_before_anything_came_everybody_has_no_data(coordinator):
    desk = Desk(coordinator)
    desk.renew()
    rows = _rows(desk)
    assert set(rows) == {"Yohana Wenda", "Markus Itlay", "Dina Kambuaya"}
    assert rows["Yohana Wenda"].state is CohortState.BELUM_ADA_DATA
    assert rows["Yohana Wenda"].jp is None


def test_what_the_feed_brought_is_counted(coordinator, office, clock):
    pc = _learner(office, clock)
    pc.finishes_module("k/m1", 10)
    pc.scores("k/m1/q", 1, 8750, 20)
    _brings(coordinator, office, pc, _vouch(office, clock, pc, YOHANA))
    desk = Desk(coordinator)
    found = desk.renew()
    row = _rows(desk)["Yohana Wenda"]
    assert (row.state, row.modules_done, row.modules_total) == (CohortState.SEDANG_BERJALAN, 1, 2)
    assert row.last_score == 8750
    assert "PC Loket 1" in {one.name for one in found.computers}
    assert found.freshness.computers == len(found.computers)


def test_a_profile_that_waits_is_listed_and_not_counted(coordinator, office, clock):
    pc = _learner(office, clock, nip=DINA)
    pc.finishes_module("k/m1", 10)
    _brings(coordinator, office, pc)
    desk = Desk(coordinator)
    found = desk.renew()
    assert [(one.pc_name, one.person) for one in found.waiting] == [("PC Loket 1", office.person(DINA))]
    assert _rows(desk)["Dina Kambuaya"].state is CohortState.MENUNGGU_VERIFIKASI


def test_work_by_a_key_nobody_vouched_for_counts_for_nobody(coordinator, office, clock):
    pc = _learner(office, clock)
    vouched = _vouch(office, clock, pc, YOHANA)
    forged = PC(profile=pc.profile, pc=pc.pc, log=50, wall=clock.wall(), signer=b"x" * 32)
    forged.finishes_course("k", 600)
    facts = [*pc.facts, *vouched.facts, *forged.facts]
    letter = coordinator.keys.letter.public
    coordinator.take_pieces([seal_piece("office", 0, 9, facts[:2], letter, office.centre)])
    known = coordinator.authority()
    assert not known.counts(forged.facts[0])


def test_the_centres_catalogue_says_what_is_mandatory(coordinator, office):
    catalogue = sign_catalogue([CourseShape("k", "Kursus", 600, ("k/a", "k/b", "k/c"))], office.centre)
    coordinator.store.put_blob("document_catalogue", catalogue)
    desk = Desk(coordinator)
    desk.renew()
    assert _rows(desk)["Dina Kambuaya"].modules_total == 3


def test_a_catalogue_by_a_stranger_is_not_believed(coordinator, office):
    forged = sign_catalogue([CourseShape("k", "Kursus", 600, ("k/a",))], type(office.centre).generate())
    coordinator.store.put_blob("document_catalogue", forged)
    assert coordinator.listing().courses == (SHAPE,)


def test_the_desk_reads_less_than_it_holds_and_reports_the_same(coordinator, office, clock):
    chance = random.Random(4)
    pcs = []
    for number in range(20, 26):
        pc = _learner(office, clock, number, chance.choice((YOHANA, DINA)), f"PC {number}")
        for log in range(3):
            pc.start(number * 10 + log, clock.wall() - chance.randrange(40) * 86_400)
            for step in range(chance.randrange(1, 30)):
                act = chance.choice((pc.reads, pc.finishes_module, pc.finishes, pc.scores, pc.answers))
                extra = {pc.reads: (step,), pc.scores: (log, 8000), pc.answers: (log, step, "1")}.get(act, ())
                act("k/m1", *extra, at=step * 60)
        pcs += [pc, _vouch(office, clock, pc, chance.choice((YOHANA, DINA)))]
    _brings(coordinator, office, *pcs)
    desk = Desk(coordinator)
    found = desk.renew()
    known = coordinator.authority()
    less = desk._facts(known)
    every = coordinator.facts()
    assert len(less) < len(every)
    whole = gather(
        every, known, Frame(desk.people(), coordinator.listing(), coordinator.zone(), coordinator.store.now())
    )
    assert found == whole


def test_work_before_a_key_was_lost_counts_and_what_came_after_does_not(coordinator, office, clock):
    pc = _learner(office, clock, wall=clock.wall() - 9000)
    pc.reads("k/m1/a", 1, 100)
    pc.reads("k/m1/a", 2, 8000)
    centre = _vouch(office, clock, pc, YOHANA)
    centre.says("key.revoked", signing=pc.signer, logs=(pc.log,), ends=(2,))
    _brings(coordinator, office, pc, centre)
    desk = Desk(coordinator)
    desk.renew()
    assert _rows(desk)["Yohana Wenda"].last_active == pc.wall + 100


def test_nothing_new_is_not_folded_again_and_anything_new_is(coordinator, office, clock):
    desk = Desk(coordinator)
    first = desk.renew()
    assert desk.renew() is first
    coordinator.record("page.read", activity="k/m1/a", page=1, seconds=9, version="1")
    second = desk.renew()
    assert second is not first
    pc = _learner(office, clock)
    _brings(coordinator, office, pc)
    third = desk.renew()
    assert third is not second
    clock.wait(601)
    assert desk.renew() is not third


def test_old_data_are_told_with_their_date(coordinator, office, clock):
    pc = _learner(office, clock)
    _brings(coordinator, office, pc, _vouch(office, clock, pc, YOHANA))
    began = clock.wall()
    clock.wait(15 * 86_400)
    found = Desk(coordinator).renew()
    assert found.freshness.fresh < found.freshness.computers
    assert found.freshness.oldest == began
