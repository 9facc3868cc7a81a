"""Two records of one person joined and parted, in any order of arrival, add up to the same."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.folds.cohort import PersonLine, cohort
from sync.folds.completion import CourseShape
from sync.folds.listing import Listing
from sync.journal.aliases import MERGED, aliases
from sync.journal.statement import Fact, LogHeader, Statement
from tests.builders.facts import NOON, PC

WIT = ZoneInfo("Asia/Jayapura")
OLD, NEW = b"O" * 16, b"N" * 16
PEOPLE = (PersonLine(OLD, "Lama", "1001", "Distrik"), PersonLine(NEW, "Baru", "2014", "Distrik"))
LISTING = Listing.of_catalogue([CourseShape(name, name, 600, (), version="1") for name in ("k", "l")])
STAGES = {"apart": (), "joined": ("merged",), "parted": ("merged", "unmerged")}
TRUTH = {
    "apart": {"Lama": 1200, "Baru": 600},
    "joined": {"Lama": None, "Baru": 1200},
    "parted": {"Lama": 1200, "Baru": 600},
}


def everything(stage):
    """What both did, one course of it twice, and what the centre ruled."""
    old, new = PC(b"o" * 16, log=100), PC(b"n" * 16, log=200)
    old.finishes_course("k", 600)
    old.finishes_course("l", 600)
    new.finishes_course("k", 600)
    centre = LogHeader(9, b"c" * 16, b"p" * 16, 0, 0, 0, 0, b"bootboot")
    ruled = [
        Fact(
            centre,
            Statement(9, seq, f"person.{what}", 0, {"source": OLD, "target": NEW, "counter": seq}),
            b"s" * 32,
        )
        for seq, what in enumerate(STAGES[stage], 1)
    ]
    return [*old.facts, *new.facts, *ruled], {old.profile: OLD, new.profile: NEW}


def by_the_map(facts, person):
    return aliases(facts).of(person)


def by_what_came_last(facts, person):
    """The planted fault: the last ruling to arrive holds."""
    ruled = [fact for fact in facts if fact.statement.kind.startswith("person.")]
    return NEW if person == OLD and ruled and ruled[-1].statement.kind == MERGED else person


def hours_do_not_depend_on_order(owner, stage, examples=40):
    facts, whose = everything(stage)

    @settings(deadline=None, max_examples=examples, database=None)
    @given(st.permutations([*facts, *facts[:2]]))
    def law(arrived):
        owners = {profile: owner(arrived, person) for profile, person in whose.items()}
        rows = cohort(arrived, PEOPLE, owners, LISTING, WIT, NOON)
        assert {row.name: row.jp for row in rows} == TRUTH[stage]

    law()


@pytest.mark.parametrize("stage", STAGES)
def test_hours_of_two_records_do_not_depend_on_the_order_of_arrival(stage):
    hours_do_not_depend_on_order(by_the_map, stage)


def test_planted_fault_the_last_ruling_to_arrive_is_caught():
    with pytest.raises(AssertionError):
        hours_do_not_depend_on_order(by_what_came_last, "parted", 200)
