"""What was done with people's data adds up to one list in any order; nobody states a deed for somebody else."""

from hypothesis import given
from hypothesis import strategies as st

from sync.folds.corrections import ANSWERED
from sync.folds.trail import (
    ENDED,
    KINDS_OF_TRAIL,
    OF_TERMS,
    STALE,
    TAKEN,
    TOLD,
    VIEWED,
    Deed,
    Taken,
    trail,
    upcoming,
)
from sync.journal.authority import Roots, authority
from sync.journal.kinds import KINDS
from sync.journal.passing import PASSED, passed_on
from tests.builders.facts import NOON, PC

DESK, CENTRE, LEARNER = b"d" * 32, b"C" * 32, b"l" * 32
MARKUS, YOHANA, DINA = (bytes([number]) * 16 for number in (1, 2, 3))
HERS = b"y" * 16
LOSS = {"at": 1, "seen": 0, "pcs": b"", "people": DINA + YOHANA + b"cut", "about": ""}
ROOTS = Roots(frozenset({CENTRE}), {DESK: MARKUS})


def spoken():
    desk = PC(profile=b"m" * 16, signer=DESK)
    centre = PC(profile=b"c" * 16, log=300, signer=CENTRE)
    learner = PC(profile=HERS, log=400, signer=LEARNER)
    vouched = desk.says(
        "profile.vouched", 5, profile=HERS, signing=LEARNER, letter=b"e" * 32, person=YOHANA, role="learner"
    )
    viewed = desk.says(VIEWED, 20, person=YOHANA, sealed=b"s")
    answered = desk.says(ANSWERED, 25, person=YOHANA, sealed=b"s")
    return [
        vouched,
        viewed,
        desk.says(TAKEN, 30, what=Taken.REPORT.value, people=3),
        desk.says(TAKEN, 40, what=Taken.HANDOVER.value, people=0),
        desk.says("pin.reset", 50, profile=HERS),
        desk.again(6, "stick.lost", 60, LOSS),
        centre.says(PASSED, 70, **passed_on(viewed, MARKUS, {"day": 1}, viewed.wall)),
        centre.says("person.erased", 80, person=DINA),
        learner.says(VIEWED, 90, person=DINA, sealed=b"s"),
        learner.says(TAKEN, 91, what=Taken.REPORT.value, people=3),
        answered,
        centre.says(PASSED, 92, **passed_on(answered, MARKUS, {"verdict": 1}, answered.wall)),
        learner.says(ANSWERED, 93, person=DINA, sealed=b"s"),
    ]


def deeds(facts, me=b""):
    found = trail(facts, authority(facts, ROOTS), me)
    return [(one.at - NOON, one.deed, one.by, one.people) for one in found]


ALL = [
    (80, Deed.ERASED, b"", (DINA,)),
    (60, Deed.LOST, MARKUS, (DINA, YOHANA)),
    (50, Deed.RESET, MARKUS, (YOHANA,)),
    (40, Deed.TAKEN, MARKUS, ()),
    (30, Deed.TAKEN, MARKUS, ()),
    (25, Deed.ANSWERED, MARKUS, (YOHANA,)),
    (20, Deed.VIEWED, MARKUS, (YOHANA,)),
    (5, Deed.VOUCHED, MARKUS, (YOHANA,)),
]


@given(st.permutations(range(13)), st.lists(st.integers(0, 12), max_size=5))
def test_the_list_is_the_same_in_any_order_and_however_often_it_comes(order, again):
    facts = spoken()
    assert deeds([facts[at] for at in (*order, *again)], YOHANA) == ALL


@given(st.permutations((0, 2, 3, 4, 5, 6, 7, 11)))
def test_a_pc_that_has_only_the_centres_word_tells_the_same_deed(order):
    facts = spoken()
    assert deeds([facts[at] for at in order], YOHANA) == ALL


def test_what_a_learners_key_says_of_others_is_no_deed():
    """The planted fault: were it counted, anybody could write into the list."""
    facts = spoken()
    assert not [one for one in deeds(facts) if one[0] in {90, 91, 93}]
    leads = Roots(frozenset({CENTRE}), {DESK: MARKUS, LEARNER: YOHANA})
    assert len(trail(facts, authority(facts, leads))) == len(ALL) + 3


def test_a_coordinator_whose_record_was_merged_is_one_person_in_the_list():
    centre = PC(profile=b"c" * 16, log=500, signer=CENTRE)
    facts = [*spoken(), centre.says("person.merged", 95, source=MARKUS, target=DINA, counter=1)]
    found = trail(facts, authority(facts, ROOTS), DINA)
    assert {one.by for one in found if not one.centre} == {DINA}


def test_what_names_everybody_concerns_everybody_and_the_rest_whom_it_names():
    facts = spoken()
    found = trail(facts, authority(facts, ROOTS), YOHANA)
    about = {one.at - NOON for one in found if one.concerns(YOHANA)}
    assert about == {60, 50, 30, 25, 20, 5}
    stranger = {one.at - NOON for one in found if one.concerns(b"z" * 16)}
    assert stranger == {30}


def test_what_a_pc_ends_by_itself_is_told_by_whoever_sits_there_and_concerns_nobody():
    """The planted fault: a learner's key that calls what it ended a report would stand in everybody's list."""
    facts = spoken()
    learner = PC(profile=HERS, log=600, signer=LEARNER)
    said = {"what": Taken.REPORT.value, "items": 2, "version": 0, "computer": "PC Kampung"}
    facts += [learner.says(ENDED, 96, **said), learner.says(TOLD, 97, **said, until=NOON)]
    found = trail(facts, authority(facts, ROOTS))
    ends = [one for one in found if one.deed in OF_TERMS]
    assert [(one.deed, one.count, one.computer, one.until) for one in ends] == [
        (Deed.TOLD, 2, "PC Kampung", NOON),
        (Deed.ENDED, 2, "PC Kampung", 0),
    ]
    assert not any(one.concerns(DINA) or one.concerns(YOHANA) for one in ends)


def terms_told():
    """Two PCs tell and end, and one of them tells again."""
    office = PC(profile=HERS, log=700, signer=LEARNER)
    far = PC(profile=HERS, log=701, signer=LEARNER)
    backups = {"what": "copy", "items": 1, "version": 0}
    said = {"what": "profile", "items": 2, "version": 0}
    return [
        spoken()[0],
        office.says(TOLD, 100, **said, computer="PC Meja", until=NOON + 1000),
        office.says(TOLD, 110, **backups, computer="PC Meja", until=NOON + 900),
        office.says(ENDED, 1100, **backups, computer="PC Meja"),
        far.says(TOLD, 120, **said, computer="PC Kampung", until=NOON + 500),
        far.says(ENDED, 600, **said, computer="PC Kampung"),
        far.says(TOLD, 700, **said, computer="PC Kampung", until=NOON + 2000),
    ]


@given(st.permutations(range(7)), st.lists(st.integers(0, 6), max_size=4))
def test_what_will_go_is_told_until_it_went_in_any_order(order, again):
    facts = terms_told()
    found = trail([facts[at] for at in (*order, *again)], authority(facts, ROOTS))
    told = [(one.computer, one.what, one.until - NOON) for one in upcoming(found, NOON)]
    assert told == [("PC Meja", "profile", 1000), ("PC Kampung", "profile", 2000)]
    assert [one.computer for one in upcoming(found, NOON + 1500 + STALE)] == ["PC Kampung"]
    assert upcoming(found, NOON + 3000 + STALE) == (), "who came back is no news for ever"


def test_every_kind_of_the_list_is_known():
    assert set(KINDS_OF_TRAIL) <= set(KINDS)
