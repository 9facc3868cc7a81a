"""The coordinator's report: nobody is shown as zero whose data have not come."""

import random
from zoneinfo import ZoneInfo

from sync.folds.cohort import CohortFold, CohortState, PersonLine, cohort
from sync.folds.completion import CourseShape
from sync.folds.listing import Listing
from sync.journal.vouching import Waiting
from tests.builders.facts import NOON, PC

WIT = ZoneInfo("Asia/Jayapura")
DAY = 86_400
ANI, BUDI = b"A" * 16, b"B" * 16
PEOPLE = (PersonLine(ANI, "Ani", "1001", "Distrik"), PersonLine(BUDI, "Budi", "2014", "Puskesmas"))
LISTING = Listing.of_catalogue([CourseShape("k", "Kursus", 600, ("k/m1", "k/m2"), version="1")])


def _rows(facts, owners, now=NOON):
    return {row.name: row for row in cohort(facts, PEOPLE, owners, LISTING, WIT, now)}


def _opened(pc, person=b"", name="PC Loket 1"):
    pc.says("profile.opened", signing=b"s" * 32, letter=b"l" * 32, person=person, proof=b"", pc_name=name)
    return pc


def test_no_data_is_not_zero():
    row = _rows([], {})["Ani"]
    assert row.state is CohortState.BELUM_ADA_DATA
    assert (row.jp, row.modules_done, row.as_of) == (None, None, None)


def test_a_profile_that_opened_no_lesson_has_not_started():
    pc = _opened(PC())
    row = _rows(pc.facts, {pc.profile: ANI})["Ani"]
    assert row.state is CohortState.BELUM_MULAI
    assert (row.jp, row.modules_done, row.modules_total) == (0, 0, 2)


def test_work_of_a_profile_nobody_vouched_for_waits_and_is_not_counted():
    pc = _opened(PC(), person=ANI)
    pc.finishes_course("k", 600)
    row = _rows(pc.facts, {})["Ani"]
    assert row.state is CohortState.MENUNGGU_VERIFIKASI
    assert row.jp is None


def test_one_of_two_modules_is_under_way_and_after_a_fortnight_inactive():
    pc = _opened(PC())
    pc.finishes_module("k/m1")
    owners = {pc.profile: ANI}
    assert _rows(pc.facts, owners)["Ani"].state is CohortState.SEDANG_BERJALAN
    assert _rows(pc.facts, owners, NOON + 14 * DAY)["Ani"].state is CohortState.SEDANG_BERJALAN
    assert _rows(pc.facts, owners, NOON + 14 * DAY + 1)["Ani"].state is CohortState.TIDAK_AKTIF


def test_who_finished_stays_finished_however_long_ago():
    pc = _opened(PC())
    pc.finishes_module("k/m1")
    pc.finishes_module("k/m2", 5)
    pc.scores("k/m2/q", 1, 8750, 4)
    pc.finishes_course("k", 600, 6)
    row = _rows(pc.facts, {pc.profile: ANI}, NOON + 30 * DAY)["Ani"]
    assert row.state is CohortState.SELESAI
    assert (row.jp, row.last_score, row.modules_done) == (600, 8750, 2)


def test_two_pcs_of_one_person_are_one_row():
    home, office = _opened(PC(profile=b"1" * 16, pc=b"1" * 16, log=1)), PC(b"2" * 16, b"2" * 16, log=2)
    home.finishes_module("k/m1")
    office.finishes_module("k/m2", 60)
    row = _rows(home.facts + office.facts, {home.profile: ANI, office.profile: ANI})["Ani"]
    assert row.modules_done == 2
    assert len(row.pcs) == 2
    assert row.as_of == NOON + 60


def test_a_merge_that_is_undone_gives_each_person_their_own_work_back():
    one, other = PC(profile=b"1" * 16, log=1), PC(profile=b"2" * 16, log=2)
    one.finishes_module("k/m1")
    other.finishes_module("k/m2")
    facts = one.facts + other.facts
    merged = _rows(facts, {one.profile: ANI, other.profile: ANI})
    undone = _rows(facts, {one.profile: ANI, other.profile: BUDI})
    assert (merged["Ani"].modules_done, merged["Budi"].modules_done) == (2, None)
    assert (undone["Ani"].modules_done, undone["Budi"].modules_done) == (1, 1)


def test_each_computer_has_its_name_its_people_and_the_date_of_its_data():
    loket = _opened(PC(profile=b"1" * 16, pc=b"1" * 16, log=1), name="PC Loket 1")
    shared = PC(profile=b"2" * 16, pc=b"1" * 16, log=2, wall=NOON - 5 * DAY)
    old = _opened(PC(profile=b"3" * 16, pc=b"3" * 16, log=3, wall=NOON - 20 * DAY), name="PC Loket 2")
    shared.reads("k/m1/a", 1)
    fold = CohortFold()
    for fact in loket.facts + shared.facts + old.facts:
        fold.add(fact)
    rows = fold.computers({})
    assert [(row.name, row.people, row.as_of) for row in rows] == [
        ("PC Loket 2", 1, NOON - 20 * DAY),
        ("PC Loket 1", 2, NOON),
    ]


def test_a_waiting_profile_shows_its_newest_keys():
    pc = _opened(PC(), person=ANI)
    pc.start(2, NOON + 60)
    pc.says("profile.keyed", signing=b"t" * 32, letter=b"m" * 32)
    fold = CohortFold()
    for fact in pc.facts:
        fold.add(fact)
    keys = [Waiting(pc.profile, b"t" * 32, b"m" * 32, b"", "")]
    (waiting,) = fold.waiting(keys, {})
    assert (waiting.person, waiting.signing, waiting.pc_name) == (ANI, b"t" * 32, "PC Loket 1")
    assert not waiting.rekeyed
    assert fold.waiting(keys, {pc.profile: BUDI})[0].person == BUDI
    assert fold.waiting(keys, {pc.profile: BUDI})[0].rekeyed


def test_any_order_and_twice_over_is_the_same_report():
    pcs = [_opened(PC(profile=bytes([n]) * 16, pc=bytes([n % 3]) * 16, log=n)) for n in range(1, 7)]
    for pc in pcs:
        pc.finishes_module("k/m1", pc.log)
        pc.scores("k/m1/q", 1, 5000 + pc.log, pc.log)
    owners = {pc.profile: ANI if pc.log % 2 else BUDI for pc in pcs}
    facts = [fact for pc in pcs for fact in pc.facts]
    first = _rows(facts, owners)
    chance = random.Random(7)
    for _ in range(20):
        mixed = facts + chance.sample(facts, 9)
        chance.shuffle(mixed)
        assert _rows(mixed, owners) == first


def test_a_profile_opened_again_for_its_person_waits_as_theirs_also_when_the_clock_went_back():
    pc = _opened(PC(log=9, wall=NOON))
    _opened(pc.start(log=1, wall=NOON - DAY), person=ANI)
    assert _rows(pc.facts, {})["Ani"].state is CohortState.MENUNGGU_VERIFIKASI
